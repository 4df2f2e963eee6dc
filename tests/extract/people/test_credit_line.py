"""Credit lines at the end of a text name its sources, in the languages of the family."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.extract.people.credit_line import MAX_CREDIT, REACH, credited_sources, split_credits
from newscrawl.extract.phrases import primary
from newscrawl.extract.phrases.credits import CREDIT_ENDS, CREDIT_STARTS, LABELS
from newscrawl.items import Removed

LINES = [
    ("en", "With reporting by AFP, The Guardian, and The Observer", ["AFP", "The Guardian", "The Observer"]),
    ("en", "Based on reporting by AP and Reuters", ["AP", "Reuters"]),
    ("en", "(Based on reporting by dpa, Interfax, and oakfield.example.)", ["dpa", "Interfax", "oakfield.example"]),
    ("en", "Written by Anna Weaver based on reporting by Bo Day and Cy Fox", ["Bo Day", "Cy Fox"]),
    (
        "en",
        "Written by Anna Weaver in Prague based on reporting by RFE/RL's Radio Farda, with additional reporting by AFP",
        ["RFE/RL's Radio Farda", "AFP"],
    ),
    ("en", "With additional reporting by RFE/RL correspondents in the region", ["RFE/RL correspondents in the region"]),
    ("en", "With reporting by the news agencies Reuters and AFP", ["Reuters", "AFP"]),
    (
        "en",
        "Some information for this report came from The Associated Press and Reuters.",
        ["The Associated Press", "Reuters"],
    ),
    ("en", "AP and Reuters contributed to this report.", ["AP", "Reuters"]),
    (
        "en",
        "Anna Weaver wrote this story for Learning English based on an Associated Press report.",
        ["Associated Press"],
    ),
    ("en", "compiled from Reuters reports", ["Reuters"]),
    ("en", "Based on AP and Reuters reporting", ["AP", "Reuters"]),
    ("en", "(with additional agency reporting)", ["agency"]),
    ("en", "-- AP, Reuters", ["AP", "Reuters"]),
    ("en", "RFE/RL's Oakfield Service, with reporting by AFP", ["RFE/RL's Oakfield Service", "AFP"]),
    ("en", "This report is based on reporting by Anna Weaver.", ["Anna Weaver"]),
    (
        "en",
        "RFE/RL correspondent Anna Weaver contributed to this report from Oakfield.",
        ["RFE/RL correspondent Anna Weaver"],
    ),
    ("en", "Reported by Anna Weaver in Oakfield and written by Bo Day in Prague", ["Anna Weaver", "Bo Day"]),
    (
        "en",
        "Written by Anna Weaver based on reporting by correspondents in Oakfield whose names are withheld for safety",
        ["correspondents"],
    ),
    (
        "en",
        "VOA's Anna Weaver contributed to this report. Some information is from Reuters and AP.",
        ["VOA's Anna Weaver", "Reuters", "AP"],
    ),
    ("en", "Reuters and AFP provided some information for this report.", ["Reuters", "AFP"]),
    ("en", "Sources: AP, TASS", ["AP", "TASS"]),
    ("en", "This story is based on a report by RFE/RL's Oakfield Service", ["RFE/RL's Oakfield Service"]),
    ("en", "This report was written by Anna Weaver based on reporting by Bo Day", ["Bo Day"]),
    ("en", "With reports by AP and Reuters", ["AP", "Reuters"]),
    ("en", "Includes reporting by Reuters and TASS", ["Reuters", "TASS"]),
    ("en", "Some information in this report was provided by The Associated Press.", ["The Associated Press"]),
    ("en", "Some of the information in this report came from Reuters.", ["Reuters"]),
    ("en", "Material in this report came from Reuters.", ["Reuters"]),
    (
        "en",
        "Anna Weaver of VOA's Oakfield Service contributed to this report, and some information came from AP.",
        ["Anna Weaver of VOA's Oakfield Service", "AP"],
    ),
    ("en", "Anna Weaver contributed to this report, which includes information from AP.", ["Anna Weaver", "AP"]),
    (
        "en",
        "VOA's Oakfield Service contributed to this report. Some material came from Reuters.",
        ["VOA's Oakfield Service", "Reuters"],
    ),
    (
        "en",
        "Anna Weaver adapted this story for Learning English based on AP reporting. Bo Day was the editor.",
        ["AP"],
    ),
    ("en", "Compiled by Anna Weaver from RFE/RL and agency reports", ["RFE/RL", "agency"]),
    ("en", "RFE/RL with material from dpa", ["RFE/RL", "dpa"]),
    (
        "en",
        "Reported by Anna Weaver of RFE/RL's Oakfield Service; translated by Bo Day",
        ["Anna Weaver of RFE/RL's Oakfield Service", "Bo Day"],
    ),
    ("en", "Based on Reuters and oakfield.example reporting", ["Reuters", "oakfield.example"]),
    ("en", "(Based on AP, Reuters)", ["AP", "Reuters"]),
    ("en", "Based on an AP story", ["AP"]),
    ("en", "By AP and Reuters", ["AP", "Reuters"]),
    ("en", "AP, Reuters, dpa", ["AP", "Reuters", "dpa"]),
    ("ru", "Reuters, Интерфакс", ["Reuters", "Интерфакс"]),
    ("en", "(AP, Reuters)", ["AP", "Reuters"]),
    ("ru", "По материалам Reuters, AFP и «Зареченской газеты»", ["Reuters", "AFP", "«Зареченской газеты»"]),
    ("ru", "При подготовке материала использованы сообщения агентств Рейтер и Франс Пресс", ["Рейтер", "Франс Пресс"]),
    ("ru", "Источники: Интерфакс, ТАСС", ["Интерфакс", "ТАСС"]),
    ("ru", "С использованием материалов газеты «Мост»", ["Мост"]),
    ("ru", "Материал подготовлен при участии AFP", ["AFP"]),
    ("ru", "Использована информация агентства Reuters", ["Reuters"]),
    ("uk", "На основі матеріалу Радіо Свобода", ["Радіо Свобода"]),
    ("fa", "برگرفته از رویترز و ایسنا", ["رویترز", "ایسنا"]),
    ("kk", "Reuters, AFP ақпараттары бойынша", ["Reuters", "AFP"]),
    ("zh", "（部分信息来自路透社）", ["路透社"]),
    ("uk", "За матеріалами Reuters, AFP та Укрінформу", ["Reuters", "AFP", "Укрінформу"]),
    ("uk", "За повідомленнями агентств AFP і Reuters", ["AFP", "Reuters"]),
    ("be", "Паводле матэрыялаў БелТА й AFP", ["БелТА", "AFP"]),
    ("be", "Паводле AFP і Reuters", ["AFP", "Reuters"]),
    ("bg", "По материали на АП, Ройтерс и БТА", ["АП", "Ройтерс", "БТА"]),
    ("mk", "Според извештаите на Ројтерс и МИА", ["Ројтерс", "МИА"]),
    ("sr-Latn", "Na osnovu izveštaja agencija Reuters i AFP", ["Reuters", "AFP"]),
    ("bs", "Na osnovu izvještavanja Zarečkog lista i AP", ["Zarečkog lista", "AP"]),
    ("sq", "Me raportime nga Reuters dhe AFP", ["Reuters", "AFP"]),
    ("sq", "Bazuar në raportimet e agjencive AP dhe DPA", ["AP", "DPA"]),
    ("ro", "Cu informații de la Agenția Mediafax și Reuters", ["Mediafax", "Reuters"]),
    ("ro", "Sursele: Agerpres, AFP", ["Agerpres", "AFP"]),
    ("hu", "Az MTI és a Reuters jelentései alapján", ["MTI", "Reuters"]),
    ("hu", "Források: MTI, AFP", ["MTI", "AFP"]),
    ("crh", "Menbalar: Ukrinform, QHA", ["Ukrinform", "QHA"]),
    ("tt", "Интерфакс һәм ТАСС материаллары нигезендә", ["Интерфакс", "ТАСС"]),
    ("hy", "Աղբյուրները՝ Արմենպրես և Ինտերֆաքս", ["Արմենպրես", "Ինտերֆաքս"]),
    ("hy", "Ռոյթերս և Արմենպրես նյութերի հիման վրա", ["Ռոյթերս", "Արմենպրես"]),
    ("az", "Reuters və Turan materialları əsasında", ["Reuters", "Turan"]),
    ("az", "Mənbə: APA", ["APA"]),
    ("ka", "წყარო: როიტერსი, ინტერპრესნიუსი", ["როიტერსი", "ინტერპრესნიუსი"]),
    ("ka", "Reuters და BBC მასალების მიხედვით", ["Reuters", "BBC"]),
    ("fa", "با استفاده از گزارش‌های رویترز و خبرگزاری فرانسه", ["رویترز", "خبرگزاری فرانسه"]),
    ("fa", "بر اساس گزارش رویترز و روزنامه پل", ["رویترز", "روزنامه پل"]),
    ("fa", "با گزارش‌هایی از رویترز، ایسنا و وب‌سایت اکسیوس", ["رویترز", "ایسنا", "اکسیوس"]),
    ("prs", "منابع: رویترز، بی‌بی‌سی", ["رویترز", "بی‌بی‌سی"]),
    ("ps", "سرچینې: رویټرز او بلومبرگ", ["رویټرز", "بلومبرگ"]),
    ("kk", "Reuters және Интерфакс материалдары негізінде", ["Reuters", "Интерфакс"]),
    ("kk", "Дереккөз: КазТАГ", ["КазТАГ"]),
    ("ky", "Reuters жана Акипресс маалыматтарынын негизинде", ["Reuters", "Акипресс"]),
    ("tg", "Дар асоси гузоришҳои Reuters ва «Ховар»", ["Reuters", "«Ховар»"]),
    ("tk", "Reuters we AFP maglumatlary esasynda", ["Reuters", "AFP"]),
    ("uz", "Reuters va AFP xabarlari asosida", ["Reuters", "AFP"]),
    ("uz", "Манбалар: Reuters, «Дарё»", ["Reuters", "«Дарё»"]),
    ("zh", "本文参考了美联社和路透社的报道", ["美联社", "路透社"]),
    ("yue", "资料来源：法新社、路透社", ["法新社", "路透社"]),
]


@pytest.mark.parametrize(("language", "line", "sources"), LINES)
def test_a_credit_line_names_its_sources(language: str, line: str, sources: list[str]) -> None:
    assert list(credited_sources(line, language)) == sources


@pytest.mark.parametrize(("language", "line", "sources"), LINES)
def test_it_leaves_the_text_with_its_reason(language: str, line: str, sources: list[str]) -> None:
    found = split_credits(["The bridge was closed.", line], language)

    assert found.paragraphs == ["The bridge was closed."]
    assert list(found.sources) == sources
    assert found.removed == (Removed(line, "credit"),)


@pytest.mark.parametrize(("language", "line", "sources"), LINES)
def test_the_language_need_not_be_known(language: str, line: str, sources: list[str]) -> None:
    found = credited_sources(line, None)

    assert found
    assert set(sources) & set(found)


@pytest.mark.parametrize("language", sorted({*CREDIT_STARTS, *CREDIT_ENDS} - {"ce"}))
def test_every_phrase_of_a_language_is_told(language: str) -> None:
    starts = {
        phrase: credited_sources(f"{phrase.capitalize()}{':' if phrase in LABELS else ''} AFP, Reuters", language)
        for phrase in CREDIT_STARTS.get(language, ())
    }
    ends = {phrase: credited_sources(f"AFP, Reuters {phrase}", language) for phrase in CREDIT_ENDS.get(language, ())}

    assert {phrase for phrase, found in {**starts, **ends}.items() if found != ("AFP", "Reuters")} == set()


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "With reporting by our correspondents it became clear that the bridge would stay closed."),
        ("en", "Source code was published."),
        ("en", "By AP's account the bridge is closed"),
        ("en", "By Anna Weaver and AP"),
        ("en", "Based on AP's account, the bridge is closed"),
        ("en", "AP, Reuters and the mayor"),
        ("en", "AP"),
        ("en", "Anna Weaver contributed to this report, which the mayor read."),
        ("en", "Includes reporting by the mayor."),
        ("en", "Bo Day was the editor."),
        ("en", "Based on what the mayor said, with AFP reporting the same, the bridge stays closed"),
        ("en", "The mayor, with reporting by AFP in his hand, closed the bridge."),
        ("en", "She contributed to this report. Some information about her is wrong."),
        ("en", "- the AP, whose reporter was there"),
        ("en", "Sources say the bridge is closed."),
        ("en", "Sources: the mill is closed, the bridge is open."),
        ("en", "Based on reporting by AP. The bridge is closed."),
        ("en", "(left, with her sister)"),
        ("en", "(AP, whose reporter was there)"),
        ("ru", "По данным полиции, мост закрыт."),
        ("ru", "На основе материала, который собрала полиция, мост закрыли"),
        ("ru", "По информации властей посёлка, мост закроют ещё на девять дней"),
        ("ru", "Источник в администрации сообщил, что мост закрыт"),
        ("uk", "За даними поліції, міст закритий."),
        ("be", "Паводле паліцыі, мост зачынены."),
        ("bg", "По информация на полицията мостът е затворен."),
        ("sr", "Prema pisanju medija most je zatvoren."),
        ("ro", "Sursele spun că podul este închis."),
        ("hu", "A rendőrség jelentése alapján a híd zárva van."),
        ("fa", "بر اساس گزارش پلیس، پل بسته است."),
        ("fa", "منبع آگاه گفت پل بسته است"),
        ("hy", "Աղբյուրը հայտնում է, որ կամուրջը փակ է։"),
        ("ka", "წყარო ამბობს, რომ ხიდი დაკეტილია"),
        ("zh", "来源不明的桥梁关闭了。"),
        ("en", "With reporting by " + "Anna Weaver, " * (MAX_CREDIT // 10)),
        ("en", ""),
    ],
)
def test_a_sentence_that_begins_alike_is_none(language: str, sentence: str) -> None:
    assert credited_sources(sentence, language) == ()


@pytest.mark.parametrize(
    ("language", "end", "sources"),
    [
        ("en", ["With reporting by:", "AP", "Reuters"], ("AP", "Reuters")),
        ("en", ["With reporting by", "Anna Weaver, AP"], ("Anna Weaver", "AP")),
        ("ru", ["По материалам:", "AP, Reuters"], ("AP", "Reuters")),
        ("uk", ["Джерела:", "Укрінформ", "AFP"], ("Укрінформ", "AFP")),
    ],
)
def test_the_sources_may_be_listed_below_the_words(language: str, end: list[str], sources: tuple[str, ...]) -> None:
    found = split_credits(["Text.", *end], language)

    assert found.paragraphs == ["Text."]
    assert found.sources == sources
    assert found.removed == tuple(Removed(line, "credit") for line in end)


@pytest.mark.parametrize(
    "end", [["Sources:", "The bridge is closed."], ["With reporting by:", "we know the bridge"], ["With reporting by:"]]
)
def test_words_before_a_sentence_stay(end: list[str]) -> None:
    assert split_credits(["Text.", *end], "en").paragraphs == ["Text.", *end]


def test_a_note_may_follow_the_credit_line() -> None:
    found = split_credits(["Text.", "With reporting by AFP", "This story was updated."], "en")

    assert found.paragraphs == ["Text.", "This story was updated."]
    assert found.sources == ("AFP",)


@pytest.mark.parametrize(
    ("language", "line", "sources"),
    [
        ("en", "With reporting by AFP", ("AFP",)),
        ("en", "(Based on reporting by AP and Reuters)", ("AP", "Reuters")),
        ("ru", "По материалам Reuters и AFP", ("Reuters", "AFP")),
        ("fa", "با استفاده از گزارش‌های رویترز", ("رویترز",)),
    ],
)
def test_a_credit_line_may_close_the_last_paragraph(language: str, line: str, sources: tuple[str, ...]) -> None:
    found = split_credits(["Text.", f"The bridge was closed. {line}"], language)

    assert found.paragraphs == ["Text.", "The bridge was closed."]
    assert found.sources == sources
    assert found.removed == (Removed(line, "credit"),)


@pytest.mark.parametrize(
    "end",
    ["With reporting by Anna Weaver", "With reporting by AFP she proved it", "Sources say AP.", "By AP and Reuters"],
)
def test_a_sentence_that_closes_the_last_paragraph_stays(end: str) -> None:
    paragraphs = ["Text.", f"The bridge was closed. {end}"]

    assert split_credits(paragraphs, "en").paragraphs == paragraphs


def test_many_credits_in_one_line_cost_no_more_than_its_length() -> None:
    line = "With reporting by AP. " * 18

    assert credited_sources(f"{line[:380]} x", "en") == ()


def test_two_credit_lines_give_each_source_once_in_reading_order() -> None:
    found = split_credits(["Text.", "Based on reporting by AP and AFP", "With reporting by AFP, Reuters"], "en")

    assert found.sources == ("AP", "AFP", "Reuters")
    assert [removed.text for removed in found.removed] == [
        "Based on reporting by AP and AFP",
        "With reporting by AFP, Reuters",
    ]


def test_only_the_end_of_a_text_is_looked_at() -> None:
    paragraphs = ["With reporting by AFP", *(f"Paragraph {n}." for n in range(REACH))]

    assert split_credits(paragraphs, "en").paragraphs == paragraphs


@given(st.lists(st.text(max_size=80), max_size=8), st.sampled_from([None, "en", "ru", "fa", "zh", "xx"]))
def test_whatever_the_text_nothing_vanishes(paragraphs: list[str], language: str | None) -> None:
    found = split_credits(paragraphs, language)

    assert sorted([*found.paragraphs, *(removed.text for removed in found.removed)]) == sorted(paragraphs)
    assert bool(found.sources) == bool(found.removed)


def test_every_language_of_the_table_is_a_primary_subtag() -> None:
    assert {
        language for table in (CREDIT_STARTS, CREDIT_ENDS) for language in table if primary(language) != language
    } == set()
