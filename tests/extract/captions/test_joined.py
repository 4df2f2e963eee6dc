"""Captions that the text repeats with a credit, a label, in pieces or in one paragraph with the text; what stays."""

from __future__ import annotations

from html import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newscrawl.extract.text import comparable
from tests.extract.chain import article_of
from tests.extract.pangea import GUID, Pangea, embedded, figure

BODY = ("The council met for three hours.", "Nobody voted against the plan, the clerk said.")
PLAIN = 'A baker carries bread past the "Old Mill" in Oakfield'
DATED = 'A baker carries bread past the "Old Mill" in Oakfield on May 3, 2023.'
PLACED = "UKRAINE -- A baker carries bread past the mill in Odesa, March 2, 2022"
GEORGIAN = "მცხობელს პური მიაქვს ძველი წისქვილის წინ, სოფლის განაპირას"
ARABIC_LETTERS = "خباز يحمل الخبز أمام المطحنة القديمة قرب النهر"


def _text(*paragraphs: str) -> str:
    return "".join(f"<p>{escape(text)}</p>" for text in paragraphs)


def _paragraphs(wsw: str, caption: str | None, **changes: str) -> tuple[str, ...]:
    article = article_of(Pangea(wsw=wsw, cover=figure(caption, **changes)).capture())
    seen = comparable("".join([*article.paragraphs, article.dateline or "", *(r.text for r in article.removed)]))
    assert {removed.reason for removed in article.removed} <= {"caption"}
    assert sorted(seen) == sorted(comparable("".join(_visible(wsw))))
    return article.paragraphs


def _visible(wsw: str) -> str:
    from selectolax.lexbor import LexborHTMLParser

    return LexborHTMLParser(wsw).text()


@pytest.mark.parametrize("caption", [PLAIN, DATED, PLACED, GEORGIAN])
@pytest.mark.parametrize(
    "dress",
    [
        "{} (Anna Weaver)",
        "{} (RFE/RL)",
        "{} (Anna Weaver, RFE/RL)",
        "{} (Courtesy Photo)",
        "{} (file photo)",
        "{} – Reuters",
        "{}, Reuters",
        "FILE - {}",
        "FILE PHOTO: {}",
        "Photo: {}",
        "На фото: {}",
        "({})",
        "1 / 12 {}",
    ],
)
def test_a_copy_in_another_dress_leaves_the_body(caption: str, dress: str) -> None:
    copy = dress.format(caption)

    assert _paragraphs(_text(BODY[0], copy, BODY[1]), caption) == BODY
    assert _paragraphs(_text(copy, *BODY), caption) == BODY


@pytest.mark.parametrize("dress", ["{} (Anna Weaver)", "{} (RFE/RL)", "{}, Reuters", "{} – AFP", "{} (file photo)"])
def test_a_plain_copy_of_a_dressed_caption_leaves_the_body(dress: str) -> None:
    assert _paragraphs(_text(BODY[0], DATED, BODY[1]), dress.format(DATED)) == BODY


@pytest.mark.parametrize(
    "dress",
    [
        "{} (many of them for the first time)",
        "{} (she had been told not to)",
        "{} (It was her last day at work: nobody knew)",
        "{} (left), who was there on the day",
        "{}, he said",
        "{} – and so did the miller",
        "The mayor: {}",
        "Note: {}",
    ],
)
def test_a_sentence_that_extends_a_caption_stays(dress: str) -> None:
    sentence = dress.format(PLAIN)

    assert _paragraphs(_text(BODY[0], sentence, BODY[1]), PLAIN) == (BODY[0], sentence, BODY[1])


@pytest.mark.parametrize("text", ["Anna Weaver", "The mill"])
def test_a_heading_that_a_caption_says_with_a_remark_stays(text: str) -> None:
    assert _paragraphs(_text(text, *BODY), f"{text} (Left)") == (text, *BODY)


def test_the_marks_that_stretch_arabic_letters_make_no_other_caption() -> None:
    stretched = ARABIC_LETTERS.replace("ا", "اـ")

    assert _paragraphs(_text(BODY[0], stretched, BODY[1]), ARABIC_LETTERS) == BODY


@pytest.mark.parametrize("caption", [DATED, PLACED, f"{PLACED} (AFP)", f"{PLAIN} (AFP)"])
@pytest.mark.parametrize(
    "wsw",
    [
        "<p>{caption} {first}</p>",
        "<p>{caption}<br/>{first}</p>",
        "<p><em>{caption}</em> {first}</p>",
        "<p><strong>{caption}</strong><br>{first}</p>",
        "<p>{caption} {caption}<br/>{first}</p>",
        "{caption}<br/><br/>{first}<br/><br/>",
    ],
)
def test_a_caption_run_together_with_the_text_leaves_it(caption: str, wsw: str) -> None:
    wsw = wsw.format(caption=escape(caption), first=BODY[0]) + _text(BODY[1])

    assert _paragraphs(wsw, caption) == BODY


def test_a_text_may_begin_with_the_words_of_a_caption() -> None:
    text = f"{PLAIN}. {BODY[0]}"

    assert _paragraphs(_text(text, BODY[1]), PLAIN) == (text, BODY[1])


@pytest.mark.parametrize("caption", [DATED, PLACED, f"{PLACED} (AFP)", GEORGIAN])
@pytest.mark.parametrize("parts", ["<p>{}</p><p>{}</p>", "<p>{}<br><br>{}</p>", "<h4>{}</h4><p>{}</p>"])
def test_a_caption_in_pieces_leaves_the_body(caption: str, parts: str) -> None:
    halves = parts.format(escape(caption[:32]), escape(caption[32:]))

    assert _paragraphs(halves + _text(*BODY), caption) == BODY
    assert _paragraphs(_text(BODY[0]) + halves + _text(BODY[1]), caption) == BODY


@pytest.mark.parametrize("caption", [PLACED, f"{PLACED}.", f"{PLACED} (AFP)", f"{DATED} (AFP)"])
@pytest.mark.parametrize("wsw", ["<p>{0}</p><p>{0}</p>", "<p>{0} {0}</p>", "<p>{0}<br/>{0}</p>", "<p>{0}</p>" * 3])
def test_a_doubled_caption_above_the_text_is_no_dateline(caption: str, wsw: str) -> None:
    page = Pangea(wsw=wsw.format(escape(caption)) + _text(f"KYIV -- {BODY[0]}", BODY[1]))

    article = article_of(page.capture())

    assert article.paragraphs == BODY
    assert article.dateline == "KYIV --"
    assert [comparable(image.caption or "") for image in article.images] == [comparable(caption.removesuffix(" (AFP)"))]


def test_a_dateline_stays_where_the_caption_begins_alike() -> None:
    article = article_of(Pangea(wsw=_text("UKRAINE -- A baker carries bread.", *BODY), cover=figure(PLACED)).capture())

    assert (article.dateline, article.paragraphs) == ("UKRAINE --", ("A baker carries bread.", *BODY))
    assert article.removed == ()


PICTURE = f"https://gdb.rferl.org/{GUID.replace('d5d7', '2222')}"


@pytest.mark.parametrize("name", ["alt", "title"])
@pytest.mark.parametrize(
    "wsw",
    [
        '<p><img src="{url}_w250_r1.jpg" {name}="{caption}"></p><p>{caption}</p>',
        '<p><img src="{url}_w250_r1.jpg" {name}="{caption}"><br>{caption}</p>',
        '<table><tr><td><img src="{url}_w250_r1.jpg" {name}="{caption}"></td></tr><tr><td>{caption}</td></tr></table>',
    ],
)
def test_a_picture_without_a_figure_is_one(name: str, wsw: str) -> None:
    page = Pangea(wsw=wsw.format(url=PICTURE, name=name, caption=escape(DATED)) + _text(*BODY))

    article = article_of(page.capture())

    assert article.paragraphs == BODY
    assert [(image.url, image.description) for image in article.images] == [(f"{PICTURE}.jpg", DATED)]


def test_a_picture_within_a_sentence_does_not_break_it() -> None:
    page = Pangea(wsw=f'<p>The council <img src="{PICTURE}.png" alt="+"> the clerk met.</p>')

    assert article_of(page.capture()).paragraphs == ("The council the clerk met.",)


@pytest.mark.parametrize(
    "wsw",
    [
        '<div class="media-pholder"><img src="{}.jpg"></div>',
        '<div class="wsw__embed"><div class="externalMedia"><img src="{}.jpg"></div></div>',
        '<div class="share"><img src="{}.jpg"></div>',
        '<noscript><img src="{}.gif"></noscript>',
        '<div class="media-block also-read"><img src="{}.jpg"></div>',
        '<img src="{}.gif" width="1" height="1">',
    ],
)
def test_what_is_no_picture_of_the_story_is_none(wsw: str) -> None:
    assert article_of(Pangea(wsw=wsw.format(PICTURE) + _text(*BODY)).capture()).images == ()


CAPTIONS = st.sampled_from([PLAIN, DATED, PLACED, GEORGIAN, ARABIC_LETTERS])
TAGS = st.sampled_from(["span", "em", "b", "a", "font", "i"])


@st.composite
def broken(draw: st.DrawFn, text: str) -> str:
    """``text`` within elements and between line breaks, some of them never closed."""
    words = text.split(" ")
    for place in draw(st.lists(st.integers(0, len(words) - 1), max_size=4, unique=True)):
        tag = draw(TAGS)
        words[place] = f"<{tag}>{words[place]}" + draw(st.sampled_from(["", f"</{tag}>"]))
    return draw(st.sampled_from([" ", "\n", "&nbsp;", " <wbr>", "<!-- -->\t", "<br/>"])).join(words)


@settings(max_examples=150)
@given(st.data(), CAPTIONS)
def test_broken_markup_hides_no_repeated_caption(data: st.DataObject, caption: str) -> None:
    copy = data.draw(broken(escape(caption)))
    shown = data.draw(broken(escape(caption)))
    lead = figure(caption).replace(f'caption">{escape(caption)}', f'caption">{shown}')
    if data.draw(st.booleans()):
        lead = lead.removesuffix("</span></figcaption></figure>")
    lead = data.draw(st.sampled_from(["{}", "<figure>{}</figure>", "<table><tr><td>{}</td></tr></table>"])).format(lead)
    place = data.draw(st.sampled_from(["<p>{}</p>", "<div>{}</div>", "<p>{}", "<table><td>{}</table>", "<li>{}</li>"]))
    page = Pangea(wsw=embedded(lead) + place.format(copy) + _text(*BODY))

    article = article_of(page.capture())

    assert article.paragraphs == BODY
    assert {comparable(image.caption or image.description or "") for image in article.images} == {comparable(caption)}
