from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.domain import dating
from crawler.domain.models import DateOrigin

NOW = datetime(2026, 6, 9, 12, tzinfo=UTC)


def test_a_plausible_date_is_believed() -> None:
    stated = NOW - timedelta(days=1500)
    assert dating.judge(stated, NOW) == (stated, DateOrigin.ENTRY)


def test_the_origin_that_the_caller_names_is_kept() -> None:
    assert dating.judge(NOW, NOW, DateOrigin.PAGE) == (NOW, DateOrigin.PAGE)


@pytest.mark.parametrize("year", [1, 1795, 1970, 1994])
def test_a_date_before_the_web_is_none(year: int) -> None:
    assert dating.judge(datetime(year, 1, 1, tzinfo=UTC), NOW) == (NOW, DateOrigin.FIRST_SEEN)


def test_no_date_is_first_sight() -> None:
    assert dating.judge(None, NOW) == (NOW, DateOrigin.FIRST_SEEN)


@pytest.mark.parametrize("ahead", [timedelta(minutes=5), timedelta(hours=8), timedelta(hours=23)])
def test_a_date_a_little_ahead_is_clamped_to_first_sight_and_still_the_sources_word(ahead: timedelta) -> None:
    assert dating.judge(NOW + ahead, NOW) == (NOW, DateOrigin.ENTRY)


def test_a_date_far_ahead_is_none() -> None:
    assert dating.judge(NOW + timedelta(days=30), NOW) == (NOW, DateOrigin.FIRST_SEEN)


def test_a_date_in_another_zone_is_given_in_utc() -> None:
    stated = datetime(2026, 6, 9, 3, tzinfo=timezone(timedelta(hours=8)))
    judged, _ = dating.judge(stated, NOW)
    assert judged.isoformat() == "2026-06-08T19:00:00+00:00"


@given(st.none() | st.datetimes(timezones=st.just(UTC)))
def test_no_date_lies_before_the_web_or_after_first_sight(stated: datetime | None) -> None:
    judged, origin = dating.judge(stated, NOW)
    assert dating.EARLIEST <= judged <= NOW
    assert judged in (stated, NOW)
    assert stated is not None or origin is DateOrigin.FIRST_SEEN
