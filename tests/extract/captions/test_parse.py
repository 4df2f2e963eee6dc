"""What captions tell: place, day, credit; and what only looks like it."""

from __future__ import annotations

import pytest

from newscrawl.extract.captions.credit import credit_of, split_credit
from newscrawl.extract.captions.parse import caption_parts


@pytest.mark.parametrize(
    ("caption", "place", "day"),
    [
        ("Belgium -- A guard walks over the bridge in Brussels, November 9, 2016", "Belgium", "2016-11-09"),
        ("Верхнелесье — Вера Лугова осматривает пристань, 26 февраля 2026 года", "Верхнелесье", "2026-02-26"),
        ("Тиха Пристань – Петро Яр оглядає стару пристань, 25 лютого 2026 року", "Тиха Пристань", "2026-02-25"),
        ("Киев — митинг на площади, 3 марта 2014 года", "Киев", "2014-03-03"),
        ("КИЇВ – мітинг на майдані", "КИЇВ", None),
        ("FILE - Oakfield -- The mill, May 5, 2021", "Oakfield", "2021-05-05"),
        ("ველისციხე -- ხიდი მდინარეზე, 2026 წლის 28 თებერვალი", "ველისციხე", "2026-02-28"),
        ("Oakfield -- The bridge, May 5, 2021 (Anna Weaver)", "Oakfield", "2021-05-05"),
        ("تهران -- پل قدیمی، ۹ اسفند ۱۴۰۴", "تهران", "2026-02-28"),
    ],
)
def test_the_place_and_the_day(caption: str, place: str, day: str | None) -> None:
    parts = caption_parts(caption)

    assert (parts.location, parts.dateCreated) == (place, day)
    assert parts.caption == caption


@pytest.mark.parametrize(
    "caption",
    [
        "Анна Луговая — глава посёлка, 26 февраля 2026 года",
        "Марш пам'яті – Новий Гай, 5 травня 2015 року",
        "Громада святкує – Петро Яр виступає перед людьми, 5 травня 2015 року",
        "Глава громади Новий Гай Петро Яр – Марко Сніг слухає його, 5 травня 2015 року",
        "Новый Яр — Анна Полевая осматривает пристань",
        "The mayor – Anna Weaver – opens the bridge, May 5, 2021",
        "The bridge - Anna Weaver opens it again, May 5, 2021",
        "NATO -- Anna Weaver meets the allies, May 5, 2021",
        "She said it was -- after all -- a fine bridge",
        "2021 -- The bridge was new",
    ],
)
def test_a_dash_within_a_sentence_marks_no_place(caption: str) -> None:
    assert caption_parts(caption).location is None


@pytest.mark.parametrize(
    ("text", "caption", "credit"),
    [
        ("The bridge at dawn. (AFP)", "The bridge at dawn.", "AFP"),
        ("The bridge at dawn. Photo by Anna Weaver", "The bridge at dawn.", "Anna Weaver"),
        ("The bridge at dawn. Photo: Anna Weaver / Reuters", "The bridge at dawn.", "Anna Weaver / Reuters"),
        ("The bridge at dawn © Anna Weaver", "The bridge at dawn", "Anna Weaver"),
        (
            "Die Brücke. © picture alliance / A. Weber | A. Weber",
            "Die Brücke.",
            "picture alliance / A. Weber | A. Weber",
        ),
        (
            "The bridge at dawn. Anna Weaver - Corbis/Getty Images",
            "The bridge at dawn.",
            "Anna Weaver - Corbis/Getty Images",
        ),
        ("The bridge. Some more of it - Reuters", "The bridge. Some more of it", "Reuters"),
        ("The bridge. (AP Photo/Anna Weaver) - AP Photo", "The bridge.", "AP Photo/Anna Weaver"),
        ("The bridge at dawn (Photo: Anna Weaver)", "The bridge at dawn", "Anna Weaver"),
        ("Мост на рассвете. Фото: Анна Луговая", "Мост на рассвете.", "Анна Луговая"),
        ("Міст на світанку. Світлина: Ганна Лугова", "Міст на світанку.", "Ганна Лугова"),
        ("پل در سپیده‌دم. عکس از رویترز", "پل در سپیده‌دم.", "رویترز"),
        ("Most u zoru. Foto: Ana Poljak", "Most u zoru.", "Ana Poljak"),
        (
            "Die Brücke. (Symbolfoto: picture alliance/dpa | Anna Weber)",
            "Die Brücke.",
            "picture alliance/dpa | Anna Weber",
        ),
        ("Die Brücke © Getty Images/iStockphoto | annaweber", "Die Brücke", "Getty Images/iStockphoto | annaweber"),
        ("Die Brücke (Archivbild)", "Die Brücke (Archivbild)", None),
        ("The bridge at dawn. Ann W. Lee/Getty Images", "The bridge at dawn.", "Ann W. Lee/Getty Images"),
        ("The bridge (Picture: Anna Weaver)", "The bridge", "Anna Weaver"),
        ("Image Credits: Oakfield Paper", "", "Oakfield Paper"),
        ("Le pont. Crédit: Anne Pré", "Le pont.", "Anne Pré"),
        ("The bridge at dawn (RFE/RL)", "The bridge at dawn", "RFE/RL"),
        ("The bridge at dawn (Anna Weaver/RFE/RL)", "The bridge at dawn", "Anna Weaver/RFE/RL"),
        ("The bridge at dawn (RFE/RL's Oakfield Service)", "The bridge at dawn", "RFE/RL's Oakfield Service"),
        ("The bridge at dawn. (Courtesy Photo)", "The bridge at dawn.", "Courtesy Photo"),
        ("The bridge at dawn (via Facebook)", "The bridge at dawn", "via Facebook"),
        ("The bridge at dawn (bridge.example.org)", "The bridge at dawn", "bridge.example.org"),
        ("The bridge at dawn – Reuters", "The bridge at dawn", "Reuters"),
        ("The bridge at dawn. - AP Photo/A. Weaver", "The bridge at dawn.", "AP Photo/A. Weaver"),
        ('The "old" bridge in the fog, Reuters', 'The "old" bridge in the fog, Reuters', None),
        ("The bridge – a picture by AFP", "The bridge – a picture by AFP", None),
        ("The bridge in the U.S. (p.m.)", "The bridge in the U.S. (p.m.)", None),
        ("Pictures of the bridge show the damage", "Pictures of the bridge show the damage", None),
        ("Bild der Brücke nach der Flut", "Bild der Brücke nach der Flut", None),
        ("The bridge at dawn (file photo)", "The bridge at dawn (file photo)", None),
        ("The bridge at dawn (left) and the mill", "The bridge at dawn (left) and the mill", None),
        ("The bridge at dawn (the old one)", "The bridge at dawn (the old one)", None),
        ("A photo by police shows the scene", "A photo by police shows the scene", None),
    ],
)
def test_the_credit_leaves_the_caption(text: str, caption: str, credit: str | None) -> None:
    assert split_credit(text) == (caption, credit)


@pytest.mark.parametrize("text", [None, "", " \u200b "])
def test_no_caption_has_no_parts(text: str | None) -> None:
    parts = caption_parts(text)

    assert (parts.caption, parts.creditText, parts.location, parts.dateCreated) == (None, None, None, None)


@pytest.mark.parametrize(
    ("text", "credit"),
    [
        ("Photo: Anna Weaver", "Anna Weaver"),
        ("(Bild: Anna Weber/dpa)", "Anna Weber/dpa"),
        ("© AFP", "AFP"),
        ("Anna Weaver / Reuters", "Anna Weaver / Reuters"),
        ("Фото: Анна Луговая", "Анна Луговая"),
        ("", None),
        (" () ", None),
    ],
)
def test_a_credit_of_its_own_loses_label_and_brackets(text: str, credit: str | None) -> None:
    assert credit_of(text) == credit
