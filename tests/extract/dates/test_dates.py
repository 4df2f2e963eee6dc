"""Dates of pages, in the forms and calendars of the family."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from newscrawl.extract.dates.calendars import gregorian, written_day, written_days
from newscrawl.extract.dates.parse import FIRST_YEAR, parsed_date
from newscrawl.extract.phrases.months import MONTHS, SOLAR_MONTHS


@pytest.mark.parametrize(
    ("raw", "zone", "iso"),
    [
        ("2024-04-28 07:00:00Z", "UTC", "2024-04-28T07:00:00+00:00"),
        ("2024-04-28T03:00:00-04:00", "UTC", "2024-04-28T03:00:00-04:00"),
        ("2024-04-28T03:00:00.123+0200", "UTC", "2024-04-28T03:00:00+02:00"),
        ("2024-04-28 03:00:00 +02:00", "UTC", "2024-04-28T03:00:00+02:00"),
        ("2024-4-8 3:00 GMT", "UTC", "2024-04-08T03:00:00+00:00"),
        ("2024-04-28T03:00:00", "Europe/Prague", "2024-04-28T03:00:00+02:00"),
        ("2024-01-28", "Europe/Kyiv", "2024-01-28T00:00:00+02:00"),
        ("2024-04-28", "Asia/Tehran", "2024-04-28T00:00:00+03:30"),
        ("2022-04-28", "Asia/Tehran", "2022-04-28T00:00:00+04:30"),
        ("2024-04-28", "Nowhere/Oakfield", "2024-04-28T00:00:00+00:00"),
        ("Sun, 28 Apr 2024 07:00:00 +0000", "Europe/Prague", "2024-04-28T07:00:00+00:00"),
        ("Sun, 28 Apr 2024 07:00 EST", "UTC", "2024-04-28T07:00:00-05:00"),
        ("1714287600", "Europe/Prague", "2024-04-28T07:00:00+00:00"),
        ("1714287600000", "UTC", "2024-04-28T07:00:00+00:00"),
        ("/Date(1714287600000)/", "UTC", "2024-04-28T07:00:00+00:00"),
        ("April 28, 2024 3:00 AM", "UTC", "2024-04-28T03:00:00+00:00"),
        ("April 28, 2024 12:05 a.m. EDT", "UTC", "2024-04-28T00:05:00-04:00"),
        ("28 April 2024, 15:30 GMT+02:00", "UTC", "2024-04-28T15:30:00+02:00"),
        ("28 апреля 2024, 15:30", "Europe/Moscow", "2024-04-28T15:30:00+03:00"),
        ("28 квітня 2024, 15:30", "Europe/Kyiv", "2024-04-28T15:30:00+03:00"),
        ("28 красавіка 2024", "Europe/Minsk", "2024-04-28T00:00:00+03:00"),
        ("28 април 2024", "Europe/Sofia", "2024-04-28T00:00:00+03:00"),
        ("28. april 2024", "Europe/Sarajevo", "2024-04-28T00:00:00+02:00"),
        ("28 prill 2024", "Europe/Tirane", "2024-04-28T00:00:00+02:00"),
        ("28 aprilie 2024", "Europe/Chisinau", "2024-04-28T00:00:00+03:00"),
        ("2024. április 28. 15:30", "Europe/Budapest", "2024-04-28T15:30:00+02:00"),
        ("Ապրիլի 28, 2024", "Asia/Yerevan", "2024-04-28T00:00:00+04:00"),
        ("28 Aprel 2024", "Asia/Baku", "2024-04-28T00:00:00+04:00"),
        ("28 აპრილი, 2024", "Asia/Tbilisi", "2024-04-28T00:00:00+04:00"),
        ("2024 წლის 28 აპრილს", "Asia/Tbilisi", "2024-04-28T00:00:00+04:00"),
        ("۱۴۰۳/۰۲/۰۹", "Asia/Tehran", "2024-04-28T00:00:00+03:30"),
        ("1403-02-09 07:30", "Asia/Tehran", "2024-04-28T07:30:00+03:30"),
        ("۹ اردیبهشت ۱۴۰۳ ۱۵:۳۰", "Asia/Tehran", "2024-04-28T15:30:00+03:30"),
        ("یکشنبه ۹ ثور ۱۴۰۳", "Asia/Kabul", "2024-04-28T00:00:00+04:30"),
        ("غويی ۹ ۱۴۰۳", "Asia/Kabul", "2024-04-28T00:00:00+04:30"),
        ("۲۸ آوریل ۲۰۲۴", "Asia/Tehran", "2024-04-28T00:00:00+03:30"),
        ("2024 жылғы 28 сәуір", "Asia/Almaty", "2024-04-28T00:00:00+05:00"),
        ("28-апрель, 2024", "Asia/Bishkek", "2024-04-28T00:00:00+06:00"),
        ("28 апрели 2024", "Asia/Dushanbe", "2024-04-28T00:00:00+05:00"),
        ("2024-nji ýylyň 28-nji apreli", "Asia/Ashgabat", "2024-04-28T00:00:00+05:00"),
        ("2024 yil 28 aprel", "Asia/Tashkent", "2024-04-28T00:00:00+05:00"),
        ("2024年4月28日 下午3:30", "Asia/Hong_Kong", "2024-04-28T15:30:00+08:00"),
        ("28.04.2024 15:30", "Europe/Prague", "2024-04-28T15:30:00+02:00"),
        ("28/04/2024", "UTC", "2024-04-28T00:00:00+00:00"),
    ],
)
def test_a_date_becomes_iso_8601_with_offset(raw: str, zone: str, iso: str) -> None:
    assert parsed_date(raw, zone) == iso


@pytest.mark.parametrize(
    "raw",
    [
        None,
        "",
        " ",
        "0001-01-01 00:00:00Z",
        "0001-01-01",
        "1899-12-31",
        "28 minutes ago",
        "prije 28 minuta",
        "yesterday",
        "2024",
        "April 2024",
        "2024-13-01",
        "2024-02-30",
        "1403-12-31",
        "04/05/2024",
        "12345",
        "9999-12-31T23:59:59+99:00",
        "not a date",
        "2024-04-28" * 20,
    ],
)
def test_what_tells_no_day_is_none(raw: str | None) -> None:
    assert parsed_date(raw, "UTC") is None


@given(st.text(max_size=130), st.text(max_size=20))
def test_it_never_raises(raw: str, zone: str) -> None:
    found = parsed_date(raw, zone)

    assert found is None or datetime.fromisoformat(found).tzinfo is not None


ZONES = st.integers(-14, 14).map(lambda hours: timezone(timedelta(hours=hours)))
MOMENTS = st.tuples(st.integers(-2_208_988_800, 4_102_444_800), ZONES).map(lambda m: datetime.fromtimestamp(m[0], m[1]))
"""1900 to 2100."""


@given(MOMENTS)
def test_iso_8601_comes_back_to_the_second(moment: datetime) -> None:
    known = moment.year >= FIRST_YEAR
    assume(moment.date() not in (date(1970, 1, 1), date(1900, 1, 1), date(1980, 1, 1)))
    assume(moment.astimezone(UTC).date() not in (date(1970, 1, 1), date(1900, 1, 1), date(1980, 1, 1)))

    assert parsed_date(moment.isoformat(), "UTC") == (moment.isoformat() if known else None)
    assert parsed_date(f"{moment.astimezone(UTC):%Y-%m-%d %H:%M:%S}Z", "Asia/Tehran") == (
        moment.astimezone(UTC).isoformat()
    )


GREGORIAN = [
    (language, number, form)
    for language, months in MONTHS.items()
    for number, forms in enumerate(months, 1)
    for form in forms
]


@pytest.mark.parametrize("language", sorted(MONTHS))
def test_every_month_of_a_language_is_told_in_each_form(language: str) -> None:
    wrong = {
        (form, number)
        for name, number, form in GREGORIAN
        if name == language and written_day(f"17 {form} 2016") != date(2016, number, 17)
    }

    assert wrong == set()
    assert len(MONTHS[language]) == 12


@pytest.mark.parametrize("form", [form for forms in SOLAR_MONTHS for form in forms])
def test_every_solar_month_is_told(form: str) -> None:
    number = next(number for number, forms in enumerate(SOLAR_MONTHS, 1) if form in forms)

    assert written_day(f"۱۷ {form} ۱۳۹۵") == gregorian(1395, number, 17)


@pytest.mark.parametrize(
    ("solar", "day"),
    [
        ((1357, 11, 22), date(1979, 2, 11)),
        ((1399, 12, 30), date(2021, 3, 20)),
        ((1400, 1, 1), date(2021, 3, 21)),
        ((1403, 12, 30), date(2025, 3, 20)),
        ((1404, 1, 1), date(2025, 3, 21)),
        ((1404, 12, 29), date(2026, 3, 20)),
    ],
)
def test_the_solar_hijri_calendar(solar: tuple[int, int, int], day: date) -> None:
    assert gregorian(*solar) == day


def test_solar_days_follow_each_other_without_gap() -> None:
    days = [
        found
        for year in range(1300, 1473)
        for month in range(1, 13)
        for day in range(1, 32)
        if (found := gregorian(year, month, day)) is not None
    ]

    assert days == [days[0] + timedelta(days=n) for n in range(len(days))]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("in Brussels, November 9, 2016", [date(2016, 11, 9)]),
        ("from May 1, 2016 to May 9, 2016", [date(2016, 5, 1), date(2016, 5, 9)]),
        ("9 de noviembre de 2016", [date(2016, 11, 9)]),
        ("2016-nji ýylyň 28-nji sentýabrynda", [date(2016, 9, 28)]),
        ("in 2016, 40 cars an hour", []),
        ("May 2016", []),
        ("the 2016 May Day, 11 people", []),
        ("10 people in 2016", []),
    ],
)
def test_days_within_texts(text: str, days: list[date]) -> None:
    assert [found.day for found in written_days(text)] == days


@given(st.text(st.sampled_from("0123456789./- ٠۱年月日MayJune,мая"), max_size=80))
def test_days_have_their_places_in_the_text(text: str) -> None:
    for found in written_days(text):
        assert 0 <= found.start < found.end <= len(text)


SPELLINGS = {
    "May 26, 2018 at 7am": "2018-05-26T07:00:00+02:00",
    "May 26, 2018 12 noon": "2018-05-26T12:00:00+02:00",
    "May 26, 2018, midnight": "2018-05-26T00:00:00+02:00",
    "May 26, 2018 12:05 AM": "2018-05-26T00:05:00+02:00",
    "26.05.2018 19.40": "2018-05-26T19:40:00+02:00",
    "26.05.2018 um 19.40 Uhr": "2018-05-26T19:40:00+02:00",
    "26.05.18, 19:40": "2018-05-26T19:40:00+02:00",
    "26.V.2018": "2018-05-26T00:00:00+02:00",
    "26 May '18 19:40": "2018-05-26T19:40:00+02:00",
    "26 mai 2018 à 19h40": "2018-05-26T19:40:00+02:00",
    "Sat May 26 19:40:00 CEST 2018": "2018-05-26T19:40:00+02:00",
    "Sat May 26 19:40:00 2018": "2018-05-26T19:40:00+02:00",
    "2018年5月26日 下午7:40": "2018-05-26T19:40:00+02:00",
    "2018年5月26日 晚上12:30": "2018-05-26T00:30:00+02:00",
    "2018年5月26日 中午12:30": "2018-05-26T12:30:00+02:00",
    "2018年5月26日 凌晨1:30": "2018-05-26T01:30:00+02:00",
    "2018년 5월 26일 오후 7:40": "2018-05-26T19:40:00+02:00",
    "2018년 5월 26일 오후 7시 40분": "2018-05-26T19:40:00+02:00",
    "2018年5月26日 午後7時40分": "2018-05-26T19:40:00+02:00",
    "28 tháng 4, 2018": "2018-04-28T00:00:00+02:00",
    "২৮ এপ্রিল, ২০১৮": "2018-04-28T00:00:00+02:00",
    "ဧပြီ ၂၈၊ ၂၀၁၈": "2018-04-28T00:00:00+02:00",
    "២៨ មេសា ២០១៨": "2018-04-28T00:00:00+02:00",
    "ኤፕሪል 28, 2018": "2018-04-28T00:00:00+02:00",
    "28 Απριλίου 2018, 7:40 μ.μ.": "2018-04-28T19:40:00+02:00",
    "۹ اردیبهشت ۱۴۰۳، ۷:۳۰ بعدازظهر": "2024-04-28T19:30:00+02:00",
    "28. travnja 2018., 15:30": "2018-04-28T15:30:00+02:00",
    "28. oktobar/listopad 2018": "2018-10-28T00:00:00+02:00",
    "2018-05-26T24:00:00+04:00": "2018-05-27T00:00:00+04:00",
    "2018-05-26T19:40:00 04:00": "2018-05-26T19:40:00+04:00",
    "2018-05-26T19:40:00%2B04:00": "2018-05-26T19:40:00+04:00",
    "2018-05-26 19:40 Europe/Kyiv": "2018-05-26T19:40:00+03:00",
    "1527363600.5": "2018-05-26T19:40:00+00:00",
}


@pytest.mark.parametrize("raw", SPELLINGS)
def test_spelling_of_date_and_time(raw: str) -> None:
    assert parsed_date(raw, "Europe/Prague") == SPELLINGS[raw]


OFFSETS = {
    "GMT+4": "+04:00", "UTC+3": "+03:00", "UTC+05:30": "+05:30", "UTC-3": "-03:00", "+0300": "+03:00", "UTC": "+00:00",
    "GMT": "+00:00", "IRST": "+03:30", "IRDT": "+04:30", "PKT": "+05:00", "AFT": "+04:30", "MSK": "+03:00",
    "EET": "+02:00", "CEST": "+02:00", "ET": "-04:00", "PT": "-07:00", "EDT": "-04:00", "JST": "+09:00",
    "WIB": "+07:00", "EAT": "+03:00", "Asia/Tehran": "+04:30",
}  # fmt: skip


@pytest.mark.parametrize("name", OFFSETS)
@pytest.mark.parametrize("form", ["May 26, 2018 19:40 {}", "2018-05-26 19:40:00 {}", "26 May 2018, 7:40 PM {}"])
def test_zone_after_time(name: str, form: str) -> None:
    assert (parsed_date(form.format(name), "Europe/Prague") or "")[-6:] == OFFSETS[name]


@pytest.mark.parametrize(
    "raw",
    ["1970-01-01T00:00:00Z", "1970-01-01", "1969-12-31T19:00:00-05:00", "0001-01-01 00:00:00Z", "2567-03-04T09:15:00Z"],
)
def test_instant_that_stands_for_no_date_is_none(raw: str) -> None:
    assert parsed_date(raw, "Europe/Prague") is None


def test_range_of_hours_is_no_offset() -> None:
    assert parsed_date("March 4, 2026 09:15 - 10:40", "Europe/Prague") == "2026-03-04T09:15:00+01:00"
