"""Bylines: the names, in every language of the family and its neighbours."""

from __future__ import annotations

import pytest

from newscrawl.extract.people.bylines import MAX_BYLINE, by_length, byline_names
from newscrawl.extract.phrases.bylines import BY


@pytest.mark.parametrize(
    ("byline", "language", "names"),
    [
        ("By Ann Lee", "en", ["Ann Lee"]),
        ("By Ann Lee and Bo Day", "en", ["Ann Lee", "Bo Day"]),
        ("By Ann Lee, Bo Day, and Cy Fox", "en", ["Ann Lee", "Bo Day", "Cy Fox"]),
        ("Text: By Ann Lee", "en", ["Ann Lee"]),
        ("Ann Lee, Jr.", "en", ["Ann Lee, Jr."]),
        ("RFE/RL's Ukrainian Service", "en", ["RFE/RL's Ukrainian Service"]),
        ("By RFE/RL", "en", ["RFE/RL"]),
        ("Associated Press", "en", ["Associated Press"]),
        ("Ann Lee <ann.lee@example.org>", "en", ["Ann Lee"]),
        ("Ann Lee @annlee", "en", ["Ann Lee"]),
        ("Ann Y Bo", "en", ["Ann Y Bo"]),
        ("Byron Lee", "en", ["Byron Lee"]),
        ("Автор: Анна Луговая", "ru", ["Анна Луговая"]),
        ("Анна Луговая и Пётр Яров", "ru", ["Анна Луговая", "Пётр Яров"]),
        ("Автори: Ганна Лугова, Петро Яр та Марко Сніг", "uk", ["Ганна Лугова", "Петро Яр", "Марко Сніг"]),
        ("Аўтар Ганна Луг", "be", ["Ганна Луг"]),
        ("От Анна Полева", "bg", ["Анна Полева"]),
        ("Од Ана Полева", "mk", ["Ана Полева"]),
        ("Piše: Ana Poljak i Marko Snijeg", "bs", ["Ana Poljak", "Marko Snijeg"]),
        ("Nga Ana Fusha dhe Besa Bora", "sq", ["Ana Fusha", "Besa Bora"]),
        ("De Ana Câmpean și Ion Zăpadă", "ro", ["Ana Câmpean", "Ion Zăpadă"]),
        ("Szerző: Mező Anna és Hó Péter", "hu", ["Mező Anna", "Hó Péter"]),
        ("Հեղինակ՝ Աննա Դաշտյան", "hy", ["Աննա Դաշտյան"]),
        ("Müəllif: Anna Çöl və Bəhram Qar", "az", ["Anna Çöl", "Bəhram Qar"]),
        ("ავტორი: ანა მინდორი და გია თოვლი", "ka", ["ანა მინდორი", "გია თოვლი"]),
        ("نویسنده: آنا دشتی و بهرام برفی", "fa", ["آنا دشتی", "بهرام برفی"]),
        ("لیکوال: انا دښته او زمری واوره", "ps", ["انا دښته", "زمری واوره"]),
        ("Автор: Анна Дала және Берік Қар", "kk", ["Анна Дала", "Берік Қар"]),
        ("Анна Талаа жана Бакыт Кар", "ky", ["Анна Талаа", "Бакыт Кар"]),
        ("Муаллиф: Анна Дашт ва Бахром Барф", "tg", ["Анна Дашт", "Бахром Барф"]),
        ("Awtor: Anna Meýdan we Berdi Gar", "tk", ["Anna Meýdan", "Berdi Gar"]),
        ("Анна а, Берсан а", "ce", ["Анна", "Берсан"]),
        ("Анна Арена", "ce", ["Анна Арена"]),
        ("Muallif: Anna Dala va Botir Qor", "uz", ["Anna Dala", "Botir Qor"]),
        ("记者：王小桥和李大河", "zh", ["王小桥", "李大河"]),
        ("Von Felix Schröder und Jörg Feld", "de", ["Felix Schröder", "Jörg Feld"]),
        ("Par Anne Pré et Luc Neige", "fr", ["Anne Pré", "Luc Neige"]),
        ("Por Ana Prado y Luis Nieve", "es", ["Ana Prado", "Luis Nieve"]),
        ("Anna Prato e Luca Neve", "it", ["Anna Prato", "Luca Neve"]),
        ("Anna Łąka i Piotr Śnieg", "pl", ["Anna Łąka", "Piotr Śnieg"]),
        ("Door Anna Weide en Piet Sneeuw", "nl", ["Anna Weide", "Piet Sneeuw"]),
        ("Felix Schröder und Jörg Feld", None, ["Felix Schröder", "Jörg Feld"]),
        ("Анна Луговая и Пётр Яров", None, ["Анна Луговая", "Пётр Яров"]),
        ("By Ann Lee", "xx", ["Ann Lee"]),
        ("AFP/Reuters", "en", ["AFP", "Reuters"]),
        ("RFE/RL/AFP", "en", ["RFE/RL", "AFP"]),
        ("By RFE/RL, AP/dpa", "en", ["RFE/RL", "AP", "dpa"]),
        ("Radio Free Europe/Radio Liberty", "en", ["Radio Free Europe/Radio Liberty"]),
        ("Oakfield/Quillhaven Desk", "en", ["Oakfield/Quillhaven Desk"]),
        ("By Ann Lee in Oakfield and Bo Day in New Oakfield", "en", ["Ann Lee", "Bo Day"]),
        ("By Ann Lee for RFE/RL", "en", ["Ann Lee"]),
        ("Doctors In Oakfield", "en", ["Doctors In Oakfield"]),
        ("Institute for War", "en", ["Institute for War"]),
        ("Подготовила Анна Луговая", "ru", ["Анна Луговая"]),
        ("Підготував Петро Яр", "uk", ["Петро Яр"]),
        ("Падрыхтавала Ганна Луг", "be", ["Ганна Луг"]),
        ("Подготви Ана Полева", "mk", ["Ана Полева"]),
        ("Priredila Ana Poljak", "sr", ["Ana Poljak"]),
        ("Përgatiti Ana Fusha", "sq", ["Ana Fusha"]),
        ("Írta Mező Anna", "hu", ["Mező Anna"]),
    ],
)
def test_a_byline_gives_its_names(byline: str, language: str | None, names: list[str]) -> None:
    assert list(byline_names(byline, language)) == names


@pytest.mark.parametrize("language", sorted(BY))
def test_every_phrase_of_a_language_leaves_the_name(language: str) -> None:
    name = "王小桥" if language == "zh" else "Anna Weaver"
    assert {
        phrase: byline_names(f"{phrase.capitalize()}: {name}", language) for phrase in BY[language]
    } == dict.fromkeys(BY[language], (name,))


@pytest.mark.parametrize(
    "text", ["", " ", "By", "автор", "5", "--", "28.04.2024", "x" * (MAX_BYLINE + 1), "By Ann Lee, " * MAX_BYLINE]
)
def test_what_names_nobody_gives_nothing(text: str) -> None:
    assert byline_names(text, "ru") == ()


def test_by_is_a_word_of_its_own() -> None:
    assert by_length("Byron", "en") == 0
    assert by_length("By Ann", "en") == 3
    assert by_length("Текст песни", "ru") == 0
