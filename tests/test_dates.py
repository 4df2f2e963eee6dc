"""Dates of protocols: every syntax is read to the same instant, and no text raises."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.dates import day_of, instant_of

ZONES = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
FIRST = datetime(1971, 1, 2, tzinfo=UTC)
INSTANTS = st.builds(
    lambda seconds, zone: (FIRST + timedelta(seconds=seconds)).astimezone(zone), st.integers(0, 3_000_000_000), ZONES
)
WRITERS = {
    "W3C": lambda moment: moment.isoformat(),
    "W3C with decimals": lambda moment: moment.strftime("%Y-%m-%dT%H:%M:%S.1234567") + moment.strftime("%z"),
    "ISO with blanks": lambda moment: moment.strftime("%Y-%m-%d %H:%M:%S %z"),
    "ISO without separators": lambda moment: moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ"),
    "RFC 822": lambda moment: format_datetime(moment),
    "RFC 850": lambda moment: moment.astimezone(UTC).strftime("%A, %d-%b-%y %H:%M:%S GMT"),
    "asctime": lambda moment: moment.astimezone(UTC).strftime("%a %b %d %H:%M:%S %Y"),
}


@pytest.mark.parametrize("name", WRITERS)
@given(moment=INSTANTS)
def test_every_syntax_gives_the_same_instant(name: str, moment: datetime) -> None:
    assert instant_of(WRITERS[name](moment)) == moment
    assert instant_of(f" {WRITERS[name](moment)}\n") == moment


@pytest.mark.parametrize("name", ["W3C", "W3C with decimals", "ISO with blanks", "RFC 822"])
@given(moment=INSTANTS)
def test_day_is_that_of_the_date_as_written(name: str, moment: datetime) -> None:
    assert day_of(WRITERS[name](moment)) == moment.date()


@given(st.text(max_size=60) | st.from_regex(r"[A-Z][a-z]{2}, \d{1,30} Jan \d{1,30} \d\d:\d\d:\d\d [+-]\d{1,30}"))
def test_no_text_raises(text: str) -> None:
    assert isinstance(instant_of(text), datetime | None)
    assert isinstance(day_of(text), date | None)


@pytest.mark.parametrize(
    "text",
    [
        None,
        "",
        "2025",
        "2025-02",
        "yesterday",
        "12 34 56",
        "2025-13-01",
        "Mon, 01 Jan 99999999999999 00:00:00 GMT",
        "Wed, 12 Jun 2019 17:26:00 +99999999999999999999",
        "0001-01-01T00:00:00+05:00",
        "9999-12-31T23:59:59-05:00",
        "2025-01-01" * 1000,
    ],
)
def test_impossible_date_is_none(text: str | None) -> None:
    assert instant_of(text) is None


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2025-4-5 7:08", datetime(2025, 4, 5, 7, 8, tzinfo=UTC)),
        ("2025-04-05", datetime(2025, 4, 5, tzinfo=UTC)),
        ("2016-12-31T23:59:60Z", datetime(2016, 12, 31, 23, 59, 59, tzinfo=UTC)),
        ("Sat, 5 Apr 2025 07:08 UT", datetime(2025, 4, 5, 7, 8, tzinfo=UTC)),
    ],
)
def test_loose_forms_are_read(text: str, instant: datetime) -> None:
    assert instant_of(text) == instant
