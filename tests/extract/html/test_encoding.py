"""The bytes of a page to text, where page and header say nothing, or nothing true, of their coding."""

from __future__ import annotations

import pytest

from newscrawl.extract.html.encoding import decoded

TEXTS = {
    "cp1251": "Садовники Тихой Пристани насчитали сто новых деревьев, и мост снова открыт.",
    "koi8-r": "Садовники Тихой Пристани насчитали сто новых деревьев, и мост снова открыт.",
    "iso8859-5": "Садовники Тихой Пристани насчитали сто новых деревьев, и мост снова открыт.",
    "cp1256": "قال سكان المدينة إن الجسر الجديد مفتوح منذ صباح اليوم بعد انتظار طويل.",
    "cp1253": "Οι κάτοικοι της πόλης είπαν ότι η νέα γέφυρα άνοιξε σήμερα το πρωί.",
    "cp1252": "Les jardiniers de la rivière ont compté cent arbres, « déjà », dit le maire.",
}
MARKUP = "<html><head><style>.a > b {}</style></head><body class='pg-news'><p>%s</p></body></html>"


@pytest.mark.parametrize("encoding", TEXTS)
def test_the_coding_of_a_page_that_states_none_is_told_by_its_letters(encoding: str) -> None:
    html = MARKUP % (TEXTS[encoding] * 3)

    assert decoded(html.encode(encoding), None) == html


@pytest.mark.parametrize("stated", ["utf-8", "iso-8859-1", "windows-1251", "koi8-r"])
@pytest.mark.parametrize("encoding", ["cp1251", "koi8-r", "iso8859-5"])
def test_a_coding_whose_letters_are_unlikely_is_not_believed(encoding: str, stated: str) -> None:
    html = MARKUP % (TEXTS[encoding] * 3)

    assert decoded(html.encode(encoding), f"text/html; charset={stated}") == html


def test_a_stated_coding_that_is_likely_is_believed() -> None:
    html = MARKUP % "Zahradníci napočítali sto nových stromů a most je opět otevřen."

    assert decoded(html.encode("cp1250"), "text/html; charset=windows-1250") == html
