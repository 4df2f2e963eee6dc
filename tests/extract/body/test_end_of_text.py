"""The end of the text on pages of every service: sources, bios and furniture leave the body in its language."""

from __future__ import annotations

from html import escape

import pytest

from newscrawl.extract.phrases import phrases_of, primary
from newscrawl.extract.phrases.boilerplate import BIO_MARK
from newscrawl.extract.phrases.page_boilerplate import ALONE
from newscrawl.extract.phrases.read_also import ALSO_READ
from newscrawl.sites import site_for
from tests.extract.chain import article_of
from tests.extract.pangea import Pangea
from tests.extract.people.test_credit_line import LINES

BODY = ("The bridge was closed for nine days, said the mayor.", "It carries 4,000 cars an hour, he added.")
HOSTS = {
    "ru": "www.svoboda.org",
    "uk": "www.radiosvoboda.org",
    "be": "www.svaboda.org",
    "bg": "www.svobodnaevropa.bg",
    "mk": "www.slobodnaevropa.mk",
    "sr": "www.slobodnaevropa.org",
    "sq": "www.evropaelire.org",
    "ro": "moldova.europalibera.org",
    "hu": "www.szabadeuropa.hu",
    "crh": "ktat.krymr.com",
    "tt": "www.azatliq.org",
    "hy": "www.azatutyun.am",
    "az": "www.azadliq.org",
    "ka": "www.radiotavisupleba.ge",
    "fa": "www.radiofarda.com",
    "ps": "pa.azadiradio.com",
    "kk": "www.azattyq.org",
    "ky": "www.azattyk.org",
    "tg": "www.ozodi.org",
    "tk": "www.azathabar.com",
    "uz": "www.ozodlik.org",
    "zh": "www.voachinese.com",
    "en": "www.rferl.org",
}


def _url(language: str) -> str:
    return f"https://{HOSTS[primary(language)]}/a/bridge/31000000.html"


@pytest.mark.parametrize("language", sorted(HOSTS))
def test_the_service_is_one_of_the_family(language: str) -> None:
    site = site_for(_url(language))

    assert site is not None
    assert primary(site.language) == language


@pytest.mark.parametrize(("language", "line", "sources"), LINES)
@pytest.mark.parametrize("markup", ["<p>{}</p>", "<p><em>{}</em></p>", "<p><br/><i>{}</i></p>", "{}"])
def test_the_sources_leave_the_body(language: str, line: str, sources: list[str], markup: str) -> None:
    wsw = "".join(f"<p>{text}</p>" for text in BODY) + markup.format(escape(line))

    article = article_of(Pangea(url=_url(language), lang=language, wsw=wsw).capture())

    assert article.paragraphs == BODY
    assert list(article.sources) == sources
    assert [(removed.text, removed.reason) for removed in article.removed] == [(line, "credit")]


@pytest.mark.parametrize("language", sorted(HOSTS))
def test_furniture_between_paragraphs_leaves_the_body(language: str) -> None:
    labels = set(phrases_of(ALONE, language)) - {BIO_MARK}  # which ends the text
    pointers = [f"{phrase.capitalize()}: The Mill" for phrase in ALSO_READ.get(language, ())]
    lines = [BODY[0], *sorted(labels), *pointers, BODY[1]]
    wsw = "".join(f"<p>{escape(line)}</p>" for line in lines)

    article = article_of(Pangea(url=_url(language), lang=language, wsw=wsw).capture())

    assert article.paragraphs == BODY
    assert len(article.removed) == len(lines) - len(BODY)


@pytest.mark.parametrize("language", sorted(HOSTS))
def test_the_bio_and_the_house_leave_the_body(language: str) -> None:
    bio = ["16x9 Image", "Anna Weaver", "Anna Weaver reports from Oakfield."]
    wsw = "".join(f"<p>{line}</p>" for line in (*BODY, *bio))
    after = '<ul><li class="c-author"><span>16x9 Image</span><p>RFE/RL journalists report the news.</p></li></ul>'

    article = article_of(Pangea(url=_url(language), lang=language, wsw=wsw, after=after).capture())

    assert article.paragraphs == BODY
    assert [removed.reason for removed in article.removed] == ["bio"] * 3


@pytest.mark.parametrize(
    "widget",
    [
        '<div class="region"><div class="wsw"><p>Write to us.</p><a href="/a/mill/1.html">The Mill</a></div></div>',
        '<div data-area-id="R1_1"><h3>Write to us</h3><p>Write to us.</p></div>',
        "<p hidden>Write to us.</p>",
    ],
)
def test_regions_within_the_text_are_none_of_it(widget: str) -> None:
    article = article_of(Pangea(wsw=f"<p>{BODY[0]}</p>{widget}<p>{BODY[1]}</p>").capture())

    assert article.paragraphs == BODY


def test_what_stands_under_an_embedded_video_is_on_record() -> None:
    video = (
        '<div class="wsw__embed"><div class="media-pholder media-pholder--video"><div class="c-mmp"><p>please wait</p>'
        '<video src="https://av.rferl.org/ice.mp4"></video>'
        '</div><div class="intro"><p>The ice on the river.</p></div></div></div>'
    )

    article = article_of(Pangea(wsw=f"<p>{BODY[0]}</p>{video}<p>{BODY[1]}</p>").capture())

    assert article.paragraphs == BODY
    assert [(removed.text, removed.reason) for removed in article.removed] == [("The ice on the river.", "embed")]
