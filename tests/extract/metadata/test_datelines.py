"""Datelines leave the first paragraph; sentences with a dash keep it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.extract.metadata.datelines import split_dateline
from tests.extract.chain import article_of
from tests.extract.pangea import Pangea

TEXT = "The bridge is open again."


@pytest.mark.parametrize(
    "dateline",
    [
        "KYIV --",
        "KYIV —",
        "KYIV –",
        "KYIV -",
        "WASHINGTON (RFE/RL) --",
        "WASHINGTON/BRUSSELS --",
        "AUBURN, Wash. —",
        "NEW YORK, May 9 --",
        "ST. PETERSBURG --",
        "NUR-SULTAN --",
        "OAKFIELD --",
        "Kyiv --",
        "ПРАГА —",
        "МОСКВА, 9 мая —",
        "КИЇВ –",
        "МІНСК —",
        "СОФИЯ –",
        "СКОПЈЕ –",
        "SARAJEVO --",
        "PRISHTINË --",
        "BUDAPEST –",
        "БИШКЕК —",
        "АСТАНА —",
        "ДУШАНБЕ —",
        "AŞGABAT —",
        "İSTANBUL —",
        "ԵՐԵՎԱՆ —",
        "თბილისი —",
        "تهران —",
        "تهران ــ",
        "تهران، ایران —",
        "BUCHA --",
        "SUMY, Ukraine --",
        "ІРПІНЬ –",
        "Երևան --",
        "ԵՐԵՒԱՆ —",
        "香港 ——",
        "کابل --",
        "华盛顿 —",
    ],
)
def test_a_dateline_is_told_apart(dateline: str) -> None:
    assert split_dateline([f"{dateline} {TEXT}", "More."]) == (dateline, [TEXT, "More."])


@pytest.mark.parametrize(
    ("start", "dateline", "text"),
    [
        ('<p><span class="dateline">KYIV</span> -- The bridge is open.</p>', "KYIV --", "The bridge is open."),
        ('<span class="dateline">KYIV</span><p>— The bridge is open.</p>', "KYIV —", "The bridge is open."),
        ('<span class="dateline">ПРАГА</span> – Мост открыт.', "ПРАГА –", "Мост открыт."),
        ('<p><span class="dateline">KYIV -- </span>-- The bridge is open.</p>', "KYIV --", "-- The bridge is open."),
        ('<p><span class="dateline">KYIV</span> --</p><p>The bridge is open.</p>', "KYIV --", "The bridge is open."),
        ('<p><span class="dateline">KYIV</span> The bridge is open.</p>', "KYIV", "The bridge is open."),
        ('<p><span class="dateline">KYIV</span></p><p>-5 degrees it was.</p>', "KYIV", "-5 degrees it was."),
    ],
)
def test_the_dash_after_a_marked_dateline_is_part_of_it(start: str, dateline: str, text: str) -> None:
    article = article_of(Pangea(wsw=f"{start}<p>{TEXT}</p>").capture())

    assert (article.dateline, article.paragraphs) == (dateline, (text, TEXT))


@pytest.mark.parametrize(
    ("stated", "start", "dateline", "text"),
    [
        ("ON THE BANKS OF THE WEND ", "ON THE BANKS OF THE WEND -- Ice.", "ON THE BANKS OF THE WEND --", "Ice."),
        ("Oak", "Oak – Ice.", "Oak –", "Ice."),
        ("OAK, Wend.", "Oak, Wend. - Ice.", "Oak, Wend. -", "Ice."),
        ("Київ", "Київ – Лід.", "Київ –", "Лід."),
        ("OAK", "The ice is gone.", "OAK", "The ice is gone."),
        ("OAK", "Oak trees -- old ones -- fell.", "OAK", "Oak trees -- old ones -- fell."),
        ("", "Oak – Ice.", None, "Oak – Ice."),
        ("O" * 1000, "Ice.", None, "Ice."),
        ("OAK", "KYIV -- Ice.", "KYIV --", "Ice."),
    ],
)
def test_utag_data_tells_a_dateline_that_nothing_else_tells(
    stated: str, start: str, dateline: str | None, text: str
) -> None:
    article = article_of(Pangea(wsw=f"<p>{start}</p><p>{TEXT}</p>", utag=f'dateline:"{stated}",byline:""').capture())

    assert (article.dateline, article.paragraphs) == (dateline, (text, TEXT))


def test_a_dateline_may_stand_alone() -> None:
    assert split_dateline(["KYIV --", TEXT]) == ("KYIV --", [TEXT])


def test_a_text_of_nothing_else_keeps_it() -> None:
    assert split_dateline(["KYIV --"]) == (None, ["KYIV --"])


@pytest.mark.parametrize(
    "paragraph",
    [
        "Kyiv - the capital - is quiet.",
        "Kyiv — the capital — is quiet.",
        "Киев — столица Украины.",
        "Київ — столиця України.",
        "НАТО — это союз.",
        "США — страна с 50 штатами.",
        "UPDATE -- The bridge is open.",
        "EXCLUSIVE -- The bridge is open.",
        "NATO -- the alliance -- is quiet.",
        "The bridge -- an old one -- is open.",
        "2016 -- The bridge was new.",
        "«Мост» — газета посёлка.",
        "Who knows? KYIV -- the bridge",
        "Belgium -- A guard walks over the bridge in Brussels, November 9, 2016",
        "پل — که قدیمی است — باز شد.",
        "ایران، کشوری بزرگ — که پل دارد — باز شد.",
        "تهرانـی — که پل دارد — باز شد.",
        "Երևանը — մեծ քաղաք է։",
        "ხიდი — ძველი — ღიაა.",
        "A-B",
    ],
)
def test_a_sentence_with_a_dash_stays_whole(paragraph: str) -> None:
    assert split_dateline([paragraph, "More."]) == (None, [paragraph, "More."])


def test_only_the_first_paragraph_has_one() -> None:
    assert split_dateline([TEXT, f"KYIV -- {TEXT}"]) == (None, [TEXT, f"KYIV -- {TEXT}"])


@given(st.lists(st.text(min_size=1, max_size=60).map(str.strip).filter(bool), max_size=4))
def test_whatever_the_text_nothing_vanishes(paragraphs: list[str]) -> None:
    dateline, kept = split_dateline(paragraphs)

    assert "".join("".join([dateline or "", *kept]).split()) == "".join("".join(paragraphs).split())
