"""Decode pages: every encoding undeclared, declared rightly and wrongly; pages in several encodings."""

from __future__ import annotations

import pytest

from newscrawl.extract.html.encoding import decoded

TEXTS = {
    "ru": (
        "Садовники Тихой Пристани насчитали сто новых деревьев, и мост снова открыт.",
        "cp1251 koi8-r iso8859-5 cp866",
    ),
    "uk": ("Садівники Тихої Пристані налічили сто нових дерев, і міст її знову відкрито.", "cp1251 koi8-u iso8859-5"),
    "be": ("Садоўнікі налічылі сто новых дрэў, і мост зноў адкрыты для ўсіх, сказаў мэр.", "cp1251 iso8859-5"),
    "bg": ("Градинарите преброиха сто нови дървета и мостът отново е отворен, каза кметът.", "cp1251 iso8859-5"),
    "mk": ("Градинарите изброија сто нови дрвја и мостот повторно е отворен за сите луѓе.", "cp1251 iso8859-5"),
    "sr": ("Баштовани су избројали сто нових стабала и мост је поново отворен за људе.", "cp1251 iso8859-5"),
    "cs": ("Zahradníci napočítali sto nových stromů a most je opět otevřen, řekl starosta.", "cp1250 iso8859-2"),
    "pl": ("Ogrodnicy naliczyli sto nowych drzew i most jest znów otwarty, mówi wójt, że działa.", "cp1250 iso8859-2"),
    "hu": (
        "A kertészek száz új fát számoltak, és a híd újra nyitva van, mondta a főkertész, tűz.",
        "cp1250 iso8859-2",
    ),
    "ro": ("Grădinarii au numărat o sută de copaci, iar podul este deschis în oraş şi în ţară.", "cp1250 iso8859-2"),
    "tr": ("Bahçıvanlar yüz yeni ağaç saydı ve köprü yeniden açıldı, dedi belediye başkanı İnan.", "cp1254 iso8859-9"),
    "lt": ("Sodininkai suskaičiavo šimtą naujų medžių, ir tiltas vėl atidarytas, sakė mėras.", "cp1257"),
    "fr": ("Les jardiniers de la rivière ont compté cent arbres, « déjà », dit le maire.", "cp1252"),
    "de": ("Die Gärtner zählten hundert neue Bäume, und die Brücke ist wieder geöffnet.", "cp1252 iso8859-15"),
    "el": ("Οι κάτοικοι της πόλης είπαν ότι η νέα γέφυρα άνοιξε σήμερα το πρωί.", "cp1253 iso8859-7"),
    "he": ("הגננים ספרו מאה עצים חדשים והגשר נפתח שוב, אמר ראש העיר לעיתונאים.", "cp1255 iso8859-8"),
    "ar": ("قال سكان المدينة إن الجسر الجديد مفتوح منذ صباح اليوم بعد انتظار طويل.", "cp1256 iso8859-6"),
    "th": ("ชาวสวนนับต้นไม้ใหม่ได้หนึ่งร้อยต้น และสะพานเปิดอีกครั้งแล้ว", "cp874"),
    "zh": ("园丁们数出了一百棵新树，桥又开放了，市长对记者说，大家都很高兴。", "gbk gb18030"),
    "zh-Hant": ("園丁們數出了一百棵新樹，橋又開放了，市長對記者說，大家都很高興。", "big5"),
    "ja": ("庭師たちは新しい木を百本数え、橋がまた開いたと市長は記者に語った。", "shift_jis euc_jp"),
    "ko": ("정원사들은 새 나무 백 그루를 세었고 다리가 다시 열렸다고 시장은 말했다.", "euc_kr"),
}
CASES = [(language, name) for language, (_, names) in TEXTS.items() for name in names.split()]
WRONG = ("utf-8", "iso-8859-1", "windows-1252", "koi8-r", "windows-1251", "gb2312")
MARKUP = "<html><head>%s<style>.a > b {}</style></head><body class='pg-news'><p>%s</p><p>By Ann Lee</p></body></html>"


def _page(language: str, declaration: str = "") -> str:
    return MARKUP % (declaration, " ".join([TEXTS[language][0]] * 3))


@pytest.mark.parametrize(("language", "encoding"), CASES)
def test_undeclared_encoding_is_found_by_letters(language: str, encoding: str) -> None:
    html = _page(language)

    assert decoded(html.encode(encoding), None) == html


@pytest.mark.parametrize("declared", WRONG)
@pytest.mark.parametrize(("language", "encoding"), CASES)
def test_declared_encoding_that_gives_unlikely_letters_is_not_used(language: str, encoding: str, declared: str) -> None:
    html = _page(language)

    assert decoded(html.encode(encoding), f"text/html; charset={declared}") == html


@pytest.mark.parametrize(("language", "encoding"), CASES)
def test_declared_encoding_that_fits_is_used(language: str, encoding: str) -> None:
    html = _page(language, f'<meta charset="{encoding}">')

    assert decoded(html.encode(encoding), "text/html") == html


def test_declared_encoding_of_kazakh_counts_more_than_one_that_fits_nearly() -> None:
    html = MARKUP % (
        '<meta charset="ptcp154">',
        "Өрт сөндірушілер түні бойы өзенді ұстап тұрды, су деңгейі төрт метрге көтерілді",
    )

    assert decoded(html.encode("ptcp154"), "text/html") == html


@pytest.mark.parametrize("label", ["win-1250", "windows1250", "x-cp1250", "CP-1250", "WINDOWS-1250", '"windows-1250"'])
def test_labels_that_no_registry_has_are_understood(label: str) -> None:
    html = MARKUP % ("", "Pan Žižka šel.")

    assert decoded(html.encode("cp1250"), f"text/html; charset={label}") == html


def test_declaration_behind_a_long_script_is_found() -> None:
    html = MARKUP % (f"<script>{'x' * 60_000}</script><meta charset='windows-1250'>", "Pan Žižka šel.")

    assert decoded(html.encode("cp1250"), "text/html; charset=iso-8859-1") == html


@pytest.mark.parametrize("foreign", [1, 5, 10, 20])
def test_paragraphs_in_another_encoding_within_utf_8_are_decoded(foreign: int) -> None:
    text, _ = TEXTS["ru"]
    payload = b"".join(
        f"<p>{number} {text}</p>\n".encode("cp1251" if number < foreign else "utf-8") for number in range(40)
    )

    assert decoded(payload, "text/html; charset=utf-8") == "".join(f"<p>{number} {text}</p>\n" for number in range(40))


def test_single_bad_byte_in_utf_8_costs_one_character() -> None:
    text, _ = TEXTS["ru"]
    payload = f"<p>{text}</p>\n<p>One".encode() + b"\xff" + f" bad byte, {text}</p>".encode()

    assert decoded(payload, None) == f"<p>{text}</p>\n<p>One� bad byte, {text}</p>"


def test_english_page_with_curly_quotes_of_windows_is_no_broken_utf_8() -> None:
    payload = b"<p>\x93We count the trees,\x94 said Ren\xe9 \x96 and left.</p>"

    assert decoded(payload, "text/html; charset=utf-8") == "<p>“We count the trees,” said René – and left.</p>"
