"""Captions leave the body wherever they are repeated, and nothing else does."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.extract.captions.parse import caption_parts
from newscrawl.extract.captions.remove import without_repeated_captions
from newscrawl.items import Article, Image, Removed

CAPTIONS = (
    "Belgium -- A guard walks over the old bridge in Brussels, November 9, 2016",
    'A guard looks at the "old" bridge near the mill',
    "The bridge at dawn.",
    "Горішнє – Петро Яр оглядає стару пристань, 25 лютого 2026 року",
    "Мост «Старый» через реку после паводка",
    "تهران -- پل قدیمی در شب، ۹ اسفند ۱۴۰۴",
    "نگهبان از روی پل می\u200cگذرد",
    "ძველი ხიდი მდინარეზე გამთენიისას ნისლში",
    "ველისციხე -- ხიდი მდინარეზე, 28 თებერვალი, 2026",
    "Հին կամուրջը գետի վրա արշալույսին",
    "黎明时分横跨河流的旧桥在浓雾中的景象",
    "Stari most u zoru, čuvar prelazi rijeku",
    "FILE - The mill behind the bridge",
)

BODIES = (
    "The bridge was closed for nine days, officials said on May 9.",
    "It carries 4,000 cars an hour.",
    "Мост закрыли на девять дней.",
    "Міст закрили на дев'ять днів.",
    "پل نه روز بسته بود.",
    "ხიდი ცხრა დღით დაიხურა.",
    "桥梁关闭了九天。",
    "Most je bio zatvoren devet dana.",
    "What comes next",
    "1.",
    "9 days later the bridge was open again.",
)

CREDITS = (
    " (AFP)",
    " Photo: Anna Weaver",
    " (Photo by Anna Weaver)",
    " / AFP",
    " © Anna Weaver",
    " Фото: Анна Луговая",
)

captions = st.sampled_from(CAPTIONS)
bodies = st.lists(st.sampled_from(BODIES), max_size=6, unique=True)


@st.composite
def dressed(draw: st.DrawFn, caption: str) -> str:
    """The caption in other quotes, other white space, other ending, perhaps with a credit or a slide's number."""
    quotes = draw(st.sampled_from(['""', "“”", "«»", "„“", "''"]))
    text = caption.replace(' "', f" {quotes[0]}").replace('" ', f"{quotes[1]} ")
    text = text.replace("«", quotes[0]).replace("»", quotes[1])
    text = text.replace(" ", draw(st.sampled_from([" ", "  ", "\xa0", " \u200b"])))
    text = draw(st.sampled_from([text, text.upper() if text.isascii() else text, text.replace("--", "—")]))
    text = text.rstrip(".") + draw(st.sampled_from(["", ".", "…", " .", "!"]))
    if text.endswith("."):
        text += draw(st.sampled_from(["", *CREDITS]))
    return draw(st.sampled_from(["", "", "3/12 ", "3. "])) + text


def _article(paragraphs: list[str], *texts: str | None, descriptions: tuple[str, ...] = ()) -> Article:
    shown = [caption_parts(text) for text in texts]
    images = [
        Image(f"https://gdb.example.org/{n}.jpg", part.caption, part.creditText, None, part.location, part.dateCreated)
        for n, part in enumerate(shown)
    ]
    images += [Image(f"https://gdb.example.org/alt{n}.jpg", description=text) for n, text in enumerate(descriptions)]
    return Article(
        url="https://www.example.org/a/1.html",
        articleBody="\n\n".join(paragraphs) or None,
        paragraphs=tuple(paragraphs),
        mainImage=images[0] if images else None,
        images=tuple(images),
    )


@given(st.data(), bodies, st.lists(captions, min_size=1, max_size=3, unique=True))
def test_a_repeated_caption_never_survives_and_no_text_is_lost(
    data: st.DataObject, body: list[str], shown: list[str]
) -> None:
    paragraphs: list[tuple[str, bool]] = [(text, False) for text in body]
    for _ in range(data.draw(st.integers(1, 5))):
        copy = data.draw(dressed(data.draw(st.sampled_from(shown))))
        paragraphs.insert(data.draw(st.integers(0, len(paragraphs))), (copy, True))

    article = without_repeated_captions(_article([text for text, _ in paragraphs], *shown))

    # "1." alone is the number of a slide where it follows a repeated caption.
    numbers = {
        place for place, (text, _) in enumerate(paragraphs) if text == "1." and paragraphs[place - 1][1] and place
    }
    assert list(article.paragraphs) == [
        text for place, (text, is_copy) in enumerate(paragraphs) if not is_copy and place not in numbers
    ]
    assert sorted(removed.text for removed in article.removed) == sorted(
        text for place, (text, is_copy) in enumerate(paragraphs) if is_copy or place in numbers
    )
    assert {removed.reason for removed in article.removed} == {"caption"}
    assert article.articleBody == ("\n\n".join(article.paragraphs) or None)
    assert [image.caption for image in article.images] == [caption_parts(text).caption for text in shown]


@given(st.data(), bodies, captions.filter(lambda text: text != "The bridge at dawn."))
def test_an_alternative_text_is_no_body_text_either(data: st.DataObject, body: list[str], text: str) -> None:
    copy = data.draw(dressed(text))
    place = data.draw(st.integers(0, len(body)))
    paragraphs = [*body[:place], copy, *(part for part in body[place:] if part != "1.")]

    article = without_repeated_captions(_article(paragraphs, descriptions=(text,)))

    assert copy not in article.paragraphs
    assert len(article.paragraphs) == len(paragraphs) - 1


@given(bodies, captions, captions)
def test_captions_in_a_row_in_one_paragraph_leave_it(body: list[str], first: str, second: str) -> None:
    body = [text for text in body if text != "1."]
    row = f"{first} {second}"

    article = without_repeated_captions(_article([row, *body, f"{row} (AFP)"], f"{first} (AFP)", second))

    assert list(article.paragraphs) == body
    assert [removed.reason for removed in article.removed] == ["caption", "caption"]


QUOTING = (
    'Under the picture it says: "{caption}".',
    "{caption}, said Anna Weaver, who crossed it.",
    "In the picture {caption} is what one sees.",
    "Подпись гласит: «{caption}».",
    "{half} is not what she saw.",
    "{half}",
    "{half} {half}",
    "Once more {caption}",
)


@given(captions, st.sampled_from(QUOTING), bodies)
def test_a_sentence_that_quotes_or_resembles_a_caption_stays(caption: str, form: str, body: list[str]) -> None:
    half = caption[: len(caption) // 2].rstrip()
    sentence = form.format(caption=caption, half=half)
    paragraphs = [*body, sentence]
    article = _article(paragraphs, caption)

    assert without_repeated_captions(article).paragraphs == tuple(paragraphs)
    assert without_repeated_captions(article).removed == ()


@given(st.lists(st.text(min_size=1, max_size=60), max_size=8), st.lists(st.text(max_size=60), max_size=4))
def test_whatever_the_texts_nothing_vanishes(paragraphs: list[str], shown: list[str]) -> None:
    article = without_repeated_captions(_article(paragraphs, *shown))

    left = [*article.paragraphs, *(removed.text for removed in article.removed)]
    assert sorted("".join("".join(left).split())) == sorted("".join("".join(paragraphs).split()))
    assert {removed.reason for removed in article.removed} <= {"caption"}


@given(captions.filter(lambda text: not text.endswith(".")), bodies)
def test_a_caption_doubled_at_the_top_becomes_one(caption: str, body: list[str]) -> None:
    body = [text for text in body if text != "1."]  # which is the number of a slide after a caption
    paragraphs = ["The bridge was closed.", caption, f"{caption}.", *body]

    article = without_repeated_captions(_article(paragraphs))

    assert list(article.paragraphs) == ["The bridge was closed.", *body]
    assert [image.caption for image in article.images] == [caption_parts(caption).caption]
    assert article.mainImage == article.images[0]
    assert [removed.text for removed in article.removed] == [caption, f"{caption}."]


def test_a_caption_doubled_once_with_its_credit_becomes_one() -> None:
    article = without_repeated_captions(_article(["The bridge at dawn.", "The bridge at dawn. (AFP)", "Text."]))

    assert article.paragraphs == ("Text.",)
    assert article.images == (Image(caption="The bridge at dawn.", creditText="AFP"),)


def test_a_caption_doubled_at_the_top_belongs_to_the_lead_picture() -> None:
    lead = "Belgium -- A guard walks over the bridge in Brussels, November 9, 2016 (AFP)"
    article = replace(_article([lead, lead, "Text."]), images=(Image("https://gdb.example.org/0.jpg"),))

    found = without_repeated_captions(article)

    assert found.paragraphs == ("Text.",)
    assert found.images == (
        Image("https://gdb.example.org/0.jpg", lead.removesuffix(" (AFP)"), "AFP", None, "Belgium", "2016-11-09"),
    )


@pytest.mark.parametrize("sentence", ["Never again.", "«Никогда больше!»", "Was it closed?", "桥梁关闭了九天。"])
def test_a_sentence_said_twice_stays(sentence: str) -> None:
    assert without_repeated_captions(_article([sentence, sentence, "Text."])).paragraphs == (
        sentence,
        sentence,
        "Text.",
    )


@pytest.mark.parametrize("label", ["Table of Contents", "2. Weaver", "*", "Our Bridges", "目录"])
def test_a_heading_is_no_caption_though_a_picture_or_a_list_repeats_it(label: str) -> None:
    paragraphs = [label, label, "The bridge was closed.", label]

    article = without_repeated_captions(_article(paragraphs, descriptions=(label.removeprefix("2. "),)))

    assert list(article.paragraphs) == paragraphs


def test_a_refrain_further_down_stays() -> None:
    paragraphs = [f"Line {n} of the song." for n in range(8)] + ["La la la", "La la la"]

    assert list(without_repeated_captions(_article(paragraphs)).paragraphs) == paragraphs


@given(captions.filter(lambda text: caption_parts(text).dateCreated is not None), st.sampled_from(BODIES[:6]))
def test_a_caption_glued_to_the_text_leaves_and_the_text_stays(caption: str, sentence: str) -> None:
    article = without_repeated_captions(_article([f"{caption} {sentence}"], f"{caption} (AFP)"))

    assert article.paragraphs == (sentence,)
    assert article.removed == (Removed(caption, "caption"),)


@pytest.mark.parametrize("number", ["1", "2/12", "3 of 12", "4 из 12", "5."])
def test_slide_numbers_leave_with_the_captions_of_a_gallery(number: str) -> None:
    shown = ("The bridge at dawn", "The mill at noon")
    paragraphs = ["Text.", shown[0], number, shown[1], number, "(AFP)", "More text."]

    article = without_repeated_captions(_article(paragraphs, f"{shown[0]} (AFP)", f"{shown[1]} (AFP)"))

    assert article.paragraphs == ("Text.", "More text.")
    assert [removed.text for removed in article.removed] == paragraphs[1:-1]


def test_a_picture_stands_there_once_with_all_that_is_told_of_it() -> None:
    guid = "01000000-0aff-0242-d5d7-08dc658aabd0"
    served = Image(
        f"https://gdb.example.org/{guid}.jpg",
        None,
        None,
        "The bridge",
        None,
        None,
        f"https://gdb.example.org/{guid}_w250.jpg",
    )
    told = Image(f"https://gdb.example.org/{guid.upper()}_w650_r1.jpg", "The bridge", "AFP", None, None, None, None)
    other = Image("https://gdb.example.org/2.jpg", "The bridge")

    article = without_repeated_captions(replace(_article(["Text."]), images=(served, told, other), mainImage=served))

    assert article.images == (
        Image(served.url, "The bridge", "AFP", None, None, None, served.contentUrl),
        other,
    )
    assert article.mainImage == article.images[0]


def test_a_credit_that_repeats_the_caption_is_none() -> None:
    image = Image("https://gdb.example.org/0.jpg", "The bridge at dawn.", "The bridge at dawn")

    assert without_repeated_captions(replace(_article(["Text."]), images=(image,))).images[0].creditText is None


@given(captions, st.sampled_from(CREDITS))
def test_an_alternative_text_that_repeats_the_caption_is_no_description(caption: str, credit: str) -> None:
    image = replace(_article([], f"{caption}{credit}").images[0], description=f"{caption} {credit.strip(' ()')}")
    plain = replace(image, description=caption.upper())

    assert without_repeated_captions(replace(_article([]), images=(plain,))).images[0].description is None
    if image.creditText and f"{image.creditText}".casefold() == credit.strip(" ()").casefold():
        assert without_repeated_captions(replace(_article([]), images=(image,))).images[0].description is None


@given(st.data(), bodies, st.lists(captions, min_size=1, max_size=3, unique=True))
def test_doing_it_twice_changes_nothing(data: st.DataObject, body: list[str], shown: list[str]) -> None:
    copies = [data.draw(dressed(text)) for text in shown]

    once = without_repeated_captions(_article([*copies, *body], *shown))

    assert without_repeated_captions(once) == once
