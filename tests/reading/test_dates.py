from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.reading import dates


@pytest.mark.parametrize(
    ("text", "zone", "expected"),
    [
        ("Tue, 09 Jun 2026 12:00:00 GMT", "UTC", "2026-06-09T12:00"),
        ("Tue, 09 Jun 2026 12:00:00 +0530", "UTC", "2026-06-09T06:30"),
        ("Tue, 9 Jun 26 12:00 EDT", "UTC", "2026-06-09T16:00"),
        ("Tue Jun  9 12:00:00 UTC 2026", "Asia/Tokyo", "2026-06-09T12:00"),
        ("2026-06-09T12:00:00Z", "Asia/Tokyo", "2026-06-09T12:00"),
        ("2026-06-09T12:00:00.123+02:00", "UTC", "2026-06-09T10:00"),
        ("2026-06-09 12:00", "Europe/Berlin", "2026-06-09T10:00"),
        ("2026-01-09 12:00", "Europe/Berlin", "2026-01-09T11:00"),
        ("2026-06-09", "UTC", "2026-06-09T00:00"),
        ("20260609", "UTC", "2026-06-09T00:00"),
        ("2026-06-09 24:00", "UTC", "2026-06-10T00:00"),
        ("2026年11月19日", "Asia/Shanghai", "2026-11-18T16:00"),
        ("2026年11月19日 下午3:30", "Asia/Shanghai", "2026-11-19T07:30"),
        ("2026年4月21日 12時05分更新", "Asia/Tokyo", "2026-04-21T03:05"),
        ("2026년 6월 9일 오후 3:00", "Asia/Seoul", "2026-06-09T06:00"),
        ("2026. 6. 9.", "Asia/Seoul", "2026-06-08T15:00"),
        ("June 9, 2026", "America/New_York", "2026-06-09T04:00"),
        ("Published on Jun. 9, 2026 9:05 a.m. EDT", "UTC", "2026-06-09T13:05"),
        ("June 9, 2026 at 12:30 am", "UTC", "2026-06-09T00:30"),
        ("Monday 8th June 2026 15:00", "UTC", "2026-06-08T15:00"),
        ("09.06.2026", "UTC", "2026-06-09T00:00"),
        ("09.06.2026, 14:00 Uhr", "Europe/Berlin", "2026-06-09T12:00"),
        ("9. Juni 2026", "UTC", "2026-06-09T00:00"),
        ("9 giugno 2026", "UTC", "2026-06-09T00:00"),
        ("9 de junio de 2026", "UTC", "2026-06-09T00:00"),
        ("9 juin 2026", "UTC", "2026-06-09T00:00"),
        ("9 июня 2026", "UTC", "2026-06-09T00:00"),
        ("06/09/2026", "America/New_York", "2026-06-09T04:00"),
        ("09/06/2026", "Asia/Kolkata", "2026-06-08T18:30"),
        ("25/12/2026", "America/New_York", "2026-12-25T05:00"),
        ("1749470400", "UTC", "2025-06-09T12:00"),
        ("1749470400000", "UTC", "2025-06-09T12:00"),
        ("Thu, 01 Jan 1970 00:00:00 +0000", "UTC", "1970-01-01T00:00"),
    ],
)
def test_a_date_is_read_in_the_zone_of_its_source(text: str, zone: str, expected: str) -> None:
    assert dates.parse(text, ZoneInfo(zone)) == datetime.fromisoformat(expected).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "abbreviation", "hour"),
    [
        ("Asia/Shanghai", "CST", 4),
        ("America/Chicago", "CST", 18),
        ("UTC", "CST", 18),
        ("Asia/Kolkata", "IST", 6),
        ("Europe/Dublin", "IST", 11),
        ("Europe/London", "BST", 11),
        ("Europe/Berlin", "CEST", 10),
        ("Asia/Tokyo", "JST", 3),
    ],
)
def test_an_abbreviation_that_zones_share_is_the_sources_own(zone: str, abbreviation: str, hour: int) -> None:
    date = dates.parse(f"Tue, 09 Jun 2026 12:00:00 {abbreviation}", ZoneInfo(zone))
    assert date is not None
    assert date.hour == hour


@pytest.mark.parametrize(
    "text", ["", "today", "3 hours ago", "2026-13-45", "31 Juneish 2026", "Galaxy S24 Ultra", "99.99.2026"]
)
def test_what_is_no_date_is_none(text: str) -> None:
    assert dates.parse(text) is None


@given(st.text() | st.from_regex(r"\d{1,4}[-/. ]\w{1,9}[-/. ]\d{1,4}([T ]\d{1,2}:\d{2} ?[+-]?\w*)?", fullmatch=True))
def test_any_text_gives_a_date_in_utc_or_none(text: str) -> None:
    date = dates.parse(text, ZoneInfo("Asia/Shanghai"))
    assert date is None or date.tzinfo is UTC
