"""The kinds of things that careless extractors leave in copies, each in several forms and languages."""

from __future__ import annotations

# ruff: noqa: E501 - texts are read more easily on one line
import textwrap
from typing import NamedTuple

import pytest

from newscrawl.extract.plaintext.article import article_from_text


class Story(NamedTuple):
    language: str
    headline: str
    paragraphs: tuple[str, ...]


EN = Story(
    "en",
    "Oakfield Council Weighs Future Of Flood-Damaged Bridge",
    (
        "The council of Oakfield met on Monday to decide what becomes of the old bridge, closed since the flood in March.",
        "Engineers said that the pillars had held but that the roadway would have to be built anew before traffic returns.",
        '"Nobody wants to wait another winter," the deputy mayor told reporters, adding that bids would be opened in June.',
        "Residents of the lower town have had to take a detour of 14 kilometers since the bridge was closed.",
    ),
)
RU = Story(
    "ru",
    "Совет Дубовска решает судьбу моста",
    (
        "Совет города собрался в понедельник, чтобы решить судьбу старого моста, закрытого после мартовского наводнения.",
        "Инженеры сообщили, что опоры выдержали, но дорожное полотно придётся строить заново.",
        "Жители нижнего города вынуждены ездить в объезд 14 километров.",
    ),
)
UK = Story(
    "uk",
    "Рада Дубівки вирішує долю мосту",
    (
        "Рада міста зібралася в понеділок, щоб вирішити долю старого мосту, закритого після березневої повені.",
        "Інженери повідомили, що опори витримали, але дорожнє полотно доведеться будувати заново.",
        "Мешканці нижнього міста змушені їздити в об'їзд 14 кілометрів.",
    ),
)
FA = Story(
    "fa",
    "شورای شهر درباره آینده پل تصمیم می\u200cگیرد",
    (
        "شورای شهر روز دوشنبه تشکیل جلسه داد تا درباره پل قدیمی که پس از سیل بسته شده است تصمیم بگیرد.",
        "مهندسان گفتند که پایه\u200cها سالم مانده\u200cاند اما باید سطح جاده از نو ساخته شود.",
        "ساکنان پایین شهر مجبورند ۱۴ کیلومتر دورتر بروند.",
    ),
)
SR = Story(
    "sr-Latn",
    "Skupština odlučuje o mostu u Dubovcu",
    (
        "Skupština grada sastala se u ponedeljak da odluči o sudbini starog mosta, zatvorenog posle martovske poplave.",
        "Inženjeri su rekli da su stubovi izdržali, ali da se kolovoz mora izgraditi iznova.",
        "Stanovnici donjeg grada moraju da voze obilaznicom od 14 kilometara.",
    ),
)
ES = Story(
    "es",
    "El consejo decide el futuro del puente",
    (
        "El consejo de la ciudad se reunió el lunes para decidir el futuro del viejo puente, cerrado desde la inundación de marzo.",
        "Los ingenieros dijeron que los pilares resistieron, pero que la calzada tendrá que construirse de nuevo.",
        "Los vecinos de la parte baja deben dar un rodeo de 14 kilómetros.",
    ),
)

CAPTIONS = {
    EN: [
        "The old bridge at Oakfield (file photo)",
        "The old bridge at Oakfield. (file photo)",
        "FILE PHOTO: The old bridge at Oakfield",
        "FILE -- The old bridge at Oakfield, March 18, 2026",
        "FILE - The old bridge at Oakfield, March 18, 2026.",
        "File photo: Workers near the bridge",
        "The old bridge at Oakfield (illustrative photo)",
        "The old bridge in Oakfield on March 18, 2026",
        "The old bridge in Oakfield on March 18",
        "Workers at the old bridge in Oakfield, March 18, 2026. (AP Photo/Bo Day)",
        "Workers clear mud from the roadway in Oakfield. (Photo by Bo Day)",
        "Workers clear mud from the roadway in Oakfield. Photo: Bo Day/AFP",
        "Workers clear mud from the roadway in Oakfield. © Bo Day",
        "Oakfield -- Workers clear mud from the roadway of the old bridge, 18Mar2026",
        "OAKFIELD -- Workers clear mud from the roadway, March 18, 2026",
        "Oakfield -- Workers clear mud from the roadway, undated",
        "Ukraine -- Workers clear mud from the roadway in Kyiv",
        "Oakfield -- Workers clear mud from the roadway of the old bridge, March 18, 2026.",
        "Oakfield - Workers clear mud from the roadway of the old bridge, March 18, 2026",
        "Workers clear mud from the roadway (AFP)",
        "Workers clear mud from the roadway (Reuters)",
        "Workers clear mud from the roadway / AP",
        "A worker (left) clears mud from the old bridge in Oakfield on March 18.",
        "In this photo taken on March 18, 2026, workers clear mud from the roadway.",
        "Workers clear mud in Oakfield on Wednesday, March 18, 2026. (Bo Day/Reuters)",
        "The old bridge at Oakfield (archive photo)",
        "The old bridge at Oakfield, file photo",
        "Mayor Tobias Marle (center) with residents in Oakfield (courtesy photo)",
        "Mayor Tobias Marle (AP file photo)",
        "Tobias Marle, the mayor of Oakfield (file photo)",
        "Photo: Workers clear mud from the roadway in Oakfield, March 18, 2026",
        "A combination photo shows the bridge before and after the flood.",
    ],
    RU: [
        "Старый мост в Дубовске, 18 марта 2026 года",
        "Старый мост в Дубовске, 18 марта 2026",
        "Старый мост в Дубовске (архивное фото)",
        "Старый мост в Дубовске. Архивное фото",
        "Старый мост в Дубовске, архивное фото",
        "Архивное фото: старый мост в Дубовске",
        "Рабочие на мосту в Дубовске. Фото: ТАСС",
        "Рабочие на мосту в Дубовске 18 марта 2026 года",
        "Дубовск -- Рабочие на мосту, 18 марта 2026 года",
        "Рабочие на мосту в Дубовске, 18 марта 2026 г.",
        "Иллюстративное фото: рабочие на старом мосту",
        "Рабочие на мосту (иллюстративное фото)",
        "На фото: рабочие на мосту в Дубовске",
        "Рабочие на мосту в Дубовске (слева – мэр), 18 марта 2026 года",
        "Мэр Дубовска Тихон Марлов, 18.03.2026",
    ],
    UK: [
        "Старий міст у Дубівці, 18 березня 2026 року",
        "Старий міст у Дубівці (архівне фото)",
        "Робітники на мосту. Фото: УНІАН",
        "Ілюстраційне фото. Робітники на мосту",
        "Робітники на старому мосту в Дубівці, архівне фото",
        "Дубівка, 18 березня 2026 року",
        "Міст у Дубівці. Березень 2026 року",
        "На фото: робітники на мосту в Дубівці",
    ],
    FA: [
        "پل قدیمی شهر، ۲۷ اسفند ۱۴۰۴",
        "پل قدیمی در بالای رودخانه (عکس آرشیوی)",
        "پل قدیمی در بالای رودخانه، عکس از آرشیو",
        "عکس آرشیوی: پل قدیمی در بالای رودخانه",
        "پل قدیمی در بالای رودخانه (رویترز)",
    ],
    SR: [
        "Stari most u Dubovcu, 18. mart 2026.",
        "Stari most u Dubovcu (arhivska fotografija)",
        "Radnici na mostu u Dubovcu, ilustrativna fotografija",
        "Foto: Radnici na starom mostu u Dubovcu, 18. mart 2026.",
        "Radnici na mostu (foto: Beta)",
        "Radnici na mostu u Dubovcu, mart 2026.",
    ],
    ES: [
        "El viejo puente de la ciudad, 18 de marzo de 2026",
        "El viejo puente de la ciudad [Foto de archivo]",
        "ARCHIVO - El viejo puente de la ciudad, el 18 de marzo de 2026.",
        "Obreros en el viejo puente. (Foto: AP)",
        "Foto de archivo: el viejo puente de la ciudad",
    ],
}
CASES = [(story, caption) for story, captions in CAPTIONS.items() for caption in captions]


def read(
    lines: list[str] | tuple[str, ...], story: Story = EN, *, language: str | None = ""
) -> tuple[str | None, tuple[str, ...]]:
    """Headline and paragraphs of a copy."""
    article = article_from_text("\n\n".join(lines), language=story.language if language == "" else language)
    return article.headline, article.paragraphs


@pytest.mark.parametrize("language", ["", None])
@pytest.mark.parametrize(("story", "caption"), CASES)
def test_caption_below_the_headline_leaves(story: Story, caption: str, language: str | None) -> None:
    assert read([story.headline, caption, *story.paragraphs], story, language=language) == story[1:]


@pytest.mark.parametrize(("story", "caption"), CASES)
def test_doubled_caption_leaves(story: Story, caption: str) -> None:
    assert read([story.headline, caption, caption, *story.paragraphs], story) == story[1:]


@pytest.mark.parametrize("caption", CAPTIONS[EN])
def test_caption_above_a_dateline_leaves(caption: str) -> None:
    first, *rest = EN.paragraphs

    assert read([EN.headline, caption, f"OAKFIELD -- {first}", *rest]) == EN[1:]


@pytest.mark.parametrize("caption", CAPTIONS[EN][:14] + CAPTIONS[RU][:8])
def test_certain_caption_between_paragraphs_leaves(caption: str) -> None:
    first, *rest = EN.paragraphs

    assert read([EN.headline, first, caption, *rest], language=None) == EN[1:]


@pytest.mark.parametrize(
    "sentence",
    [
        "Oakfield marks the anniversary of the flood on March 18.",
        "Oakfield marks the anniversary on March 18 with a service, and this year the council will speak there too.",
        "The council meets again on March 18, 2026.",
        "The bridge, which was built in 1936, is closed.",
    ],
)
def test_first_sentence_with_a_day_stays_without_a_dateline(sentence: str) -> None:
    assert read([EN.headline, sentence, *EN.paragraphs]) == (EN.headline, (sentence, *EN.paragraphs))


SITES = [
    "{} | RFE/RL",
    "{} - Radio Free Europe/Radio Liberty",
    "RFE/RL | {}",
    "{} - VOA News",
    "VOA - {}",
    "{} – Радио Свобода",
]


@pytest.mark.parametrize("title", [*SITES, "{}"])
def test_title_with_the_name_of_the_site_is_the_headline_once(title: str) -> None:
    titled = title.format(EN.headline)

    assert read([titled, EN.headline, *EN.paragraphs]) == EN[1:]
    assert read([titled, *EN.paragraphs]) == EN[1:]
    assert read([EN.headline, "March 18, 2026", titled, *EN.paragraphs]) == EN[1:]


@pytest.mark.parametrize(
    "labels",
    [
        ["date 2026-03-22 News"],
        ["2026-03-22", "News"],
        ["News 22 March 2026"],
        ["Published: March 22, 2026 10:15", "World"],
        ["date 2026-03-22 Central Asia"],
        ["22 марта 2026 Новости"],
        ["Новости | Общество"],
        ["RFE/RL"],
        ["Ukraine"],
    ],
)
def test_lines_with_date_section_and_site_above_the_headline_leave(labels: list[str]) -> None:
    assert read([*labels, EN.headline, *EN.paragraphs]) == EN[1:]


@pytest.mark.parametrize("language", ["en", "ru", None])
def test_doubled_paragraph_stays_once(language: str | None) -> None:
    story = RU if language == "ru" else EN
    first, *rest = story.paragraphs

    for lines in ([first, first, *rest], [*story.paragraphs, story.paragraphs[-1]], [*story.paragraphs * 2]):
        assert read([story.headline, *lines], story, language=language) == story[1:]


CHANTS = [
    '"Freedom! Freedom!"',
    "“Shame!”",
    '"No."',
    "Freedom!",
    "- No.",
    "«Позор!»",
    '"We will not leave, we will not leave," they sang.',
    "Glory to Ukraine! Glory to the heroes!",
    '"The bridge is ours, the river is ours!"',
    "Ha-ha-ha.",
    "Why?",
]


@pytest.mark.parametrize("chant", CHANTS)
def test_chant_and_refrain_stay_every_time(chant: str) -> None:
    first, second, *rest = EN.paragraphs

    for lines in (
        [first, chant, chant, second, *rest],
        [first, chant, second, chant, *rest],
        [first, *[chant] * 3, second, *rest],
    ):
        assert read([EN.headline, *lines]) == (EN.headline, tuple(lines))


def escaped(text: str) -> str:
    return text.replace('"', "&quot;")


MARKUP = {
    "entities": [EN.headline, *map(escaped, EN.paragraphs)],
    "entities twice": [EN.headline, *(escaped(text).replace("&", "&amp;") for text in EN.paragraphs)],
    "blanks": [EN.headline, *(text.replace(" ", "&nbsp;", 3) for text in EN.paragraphs)],
    "paragraphs": [f"<h1>{EN.headline}</h1>", *(f'<p class="a">{text}</p>' for text in EN.paragraphs)],
    "one line": [f"<h1>{EN.headline}</h1>" + "".join(f"<p>{text}</p>" for text in EN.paragraphs)],
    "line breaks": ["<br/><br />".join([EN.headline, *EN.paragraphs])],
    "links": [
        EN.headline,
        *(text.replace("bridge", '<a href="https://a.example/b">bridge</a>') for text in EN.paragraphs),
    ],
    "emphasis": [EN.headline, *(text.replace("bridge", "<em><b>bridge</b></em>") for text in EN.paragraphs)],
    "script": [EN.headline, "<script>var a = '<p>b</p>';</script>", *EN.paragraphs],
    "comment": [EN.headline, "<!-- an advertisement -->", *EN.paragraphs],
    "picture": [EN.headline, '<img src="x.jpg" alt="Workers at the old bridge">', *EN.paragraphs],
    "figure": [EN.headline, "<figure><figcaption>Workers at the old bridge</figcaption></figure>", *EN.paragraphs],
    "Markdown": [f"# {EN.headline}", f"**{EN.paragraphs[0]}**", *EN.paragraphs[1:]],
    "Markdown links": [
        f"## {EN.headline} ##",
        *(text.replace("bridge", "[bridge](https://a.example/b_(c))") for text in EN.paragraphs),
    ],
    "Markdown pictures": [
        f"# {EN.headline}",
        "![Workers at the bridge](x.jpg)",
        "*Workers at the bridge*",
        *EN.paragraphs,
    ],
    "Markdown lines": [EN.headline, "=====", EN.paragraphs[0], "---", *(f"> {text}" for text in EN.paragraphs[1:])],
    "wrapped": [EN.headline, *("\n".join(textwrap.wrap(text, 72)) for text in EN.paragraphs)],
}


@pytest.mark.parametrize("name", MARKUP)
def test_markup_left_in_a_copy_is_undone(name: str) -> None:
    assert read(MARKUP[name]) == EN[1:]


def test_tags_that_a_text_is_about_stay() -> None:
    sentence = "In HTML the tag <p> opens a paragraph and <br> breaks a line, says the handbook."

    assert sentence in read([EN.headline, *EN.paragraphs, sentence])[1]


MESSAGES = [
    "Your browser doesn’t support HTML5",
    "Your browser doesn't support HTML5",
    "No media source currently available",
    "This content is not available in your location",
    "To view this video please enable JavaScript",
    "To view this video please enable JavaScript, and consider upgrading to a web browser that supports HTML5 video",
    "Embed share",
    "The code has been copied to your clipboard.",
    "This video is not available in your country.",
    "Sorry! No media is currently available",
    "Please wait",
    "Auto 240p 360p 480p 720p 1080p",
    "0:00 0:02:13 0:00",
    "Direct link",
    "Pop-out player",
    "Download audio",
    "We need your consent to load this YouTube service!",
    "Ваш браузер не поддерживает HTML5",
    "Медиаисточник сейчас недоступен",
    "Этот контент недоступен в вашем регионе",
]


@pytest.mark.parametrize("message", MESSAGES)
def test_message_of_a_player_leaves(message: str) -> None:
    first, *rest = EN.paragraphs

    assert read([EN.headline, first, message, *rest], language=None) == EN[1:]


TITLE = "Valley Farmers Count Their Losses After The Flood"
PLAYERS = [
    ["Embed share", TITLE, "by RFE/RL", "No media source currently available", "0:00 0:02:13 0:00", "240p | 5.1MB"],
    ["Your browser doesn’t support HTML5", TITLE, "0:00 0:02:13"],
    ["This content is provided by YouTube", "Accept and show"],
    ["This content is provided by Twitter, which may be using cookies and other technologies.", "Accept and show"],
    ["View this post on Instagram", "A post shared by Ann Lee (@annlee)"],
    ["Этот контент предоставлен YouTube", "Принять и показать"],
    ["Ваш браузер не поддерживает HTML5", "Мост с высоты птичьего полёта", "0:00 0:02:13"],
]


@pytest.mark.parametrize("player", PLAYERS)
def test_player_leaves_with_the_title_of_its_recording(player: list[str]) -> None:
    first, *rest = EN.paragraphs

    assert read([EN.headline, first, *player, *rest], language=None) == EN[1:]


LABELS = [
    "READ MORE:",
    "Read more:",
    "SEE ALSO:",
    "See Also",
    "READ ALSO",
    "Also See",
    "ALSO READ:",
    "Read Also:",
    "RELATED:",
    "More On This Story",
    "Related Stories",
    "WATCH:",
    "LISTEN:",
]


@pytest.mark.parametrize("label", LABELS)
def test_label_that_points_elsewhere_leaves_with_its_headline(label: str) -> None:
    first, *rest = EN.paragraphs

    assert read([EN.headline, first, label, TITLE, *rest]) == EN[1:]
    assert read([EN.headline, first, label.rstrip(":") + f": {TITLE}", *rest]) == EN[1:]


BRIEFING = "Live Briefing: Flood In The Valley"
BOXES = [
    [BRIEFING, "RFE/RL's Live Briefing gives you the latest on the flood. For all of RFE/RL's coverage, click here."],
    ["The Farda Briefing is an RFE/RL newsletter that tracks the key issues in Iran. To subscribe, click here."],
    ["Sign up for RFE/RL's weekly newsletter on the valley."],
    ["This image contains sensitive content which some people may find offensive - Click to reveal"],
    [
        'RFE/RL has been declared an "undesirable organization" by the Russian government.',
        "If you are in Russia and hold a Russian passport, you could face fines or imprisonment for sharing our content.",
        "To find out more, click here.",
    ],
    [
        "Радио Свободная Европа/Радио Свобода объявлено в России «нежелательной организацией».",
        "Если вы находитесь в России, вам могут грозить штраф или лишение свободы за распространение наших материалов.",
        "Чтобы узнать больше, нажмите здесь.",
    ],
]


@pytest.mark.parametrize("box", BOXES)
def test_box_between_paragraphs_leaves_with_its_title(box: list[str]) -> None:
    first, *rest = EN.paragraphs

    assert read([EN.headline, first, *box, *rest], language=None) == EN[1:]


ENDS = [
    ["Editors' Picks", TITLE, "Bakers Ask For Longer Hours"],
    ["Related Articles", TITLE, "Bakers Ask For Longer Hours", "A New Road For The Upper Town"],
    ["(AP, Reuters)", "Floods", "Floods", "THE COMPLETE PICTURE: RFE/RL's complete coverage of the floods."],
    ["About This Newsletter", "The Farda Briefing is an RFE/RL newsletter.", "To subscribe, click here."],
    ["Подписывайтесь на наш канал в Telegram!"],
    ["Роскомнагляд намагається заблокувати доступ до сайту Крим.Реалії.", "Також слідкуйте за новинами в Telegram."],
    ["Europa Liberă România este pe Google News. Abonați-vă AICI."],
    ["Copyright (c) 2026. RFE/RL, Inc. Reprinted with the permission of Radio Free Europe/Radio Liberty."],
    ["Ann Lee is a correspondent for RFE/RL based in Oakfield. She covers floods."],
    ["Ann Lee", "Ann Lee reports on floods for RFE/RL's Ukrainian Service."],
    ["With reporting by AP and Reuters", TITLE, "MILLBROOK -- Police have closed the northern road after a landslide."],
    ["All Of The Latest News", TITLE, "MILLBROOK -- Police have closed the northern road after a landslide."],
    [
        "Mirko Halder wrote this story for VOA News. Ida Kron was the editor.",
        "Words in This Story",
        "roadway – n. a part",
    ],
]


@pytest.mark.parametrize("end", ENDS)
def test_what_follows_the_story_leaves(end: list[str]) -> None:
    assert read([EN.headline, *EN.paragraphs, *end], language=None) == EN[1:]


@pytest.mark.parametrize(
    "sentence",
    [
        "RFE/RL has been declared an undesirable organization by the Russian government, he said.",
        "Ann Lee is a freelance correspondent for RFE/RL who was jailed in March.",
        "Read more books, she told the children of the lower town, and watch less television.",
        "Follow the river as far as the mill, the sign says, and then cross the old bridge.",
    ],
)
def test_sentence_that_resembles_them_stays(sentence: str) -> None:
    assert read([EN.headline, *EN.paragraphs, sentence]) == (EN.headline, (*EN.paragraphs, sentence))


@pytest.mark.parametrize(
    ("line", "sources"),
    [
        ("To read the original story by Reuters, click here.", ("Reuters",)),
        (
            "Mirko Halder reported this story for the Associated Press. Jana Dolenz adapted it for Learning English.",
            ("Associated Press",),
        ),
        ("With reporting by AP", ("AP",)),
    ],
)
def test_sources_are_named_by_pointers_and_credits(line: str, sources: tuple[str, ...]) -> None:
    article = article_from_text("\n".join([EN.headline, *EN.paragraphs, line]), language="en")

    assert (article.paragraphs, article.sources) == (EN.paragraphs, sources)


def test_gallery_becomes_pictures() -> None:
    intro = "Here are some of the most compelling photographs of the flood in the valley."
    captions = [
        "A worker carries sandbags in Oakfield on March 18.",
        "Cars stand in the river on March 19.",
        "A boat in the market.",
    ]
    numbered = [line for number, caption in enumerate(captions, 1) for line in (f"{number}/3", caption)]

    article = article_from_text("\n".join(["Photos Of The Flood", intro, *numbered]))

    assert article.paragraphs == (intro,)
    assert [image.caption for image in article.images] == captions
