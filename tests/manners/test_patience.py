"""Headers by which servers ask us to wait."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.domain.patience import LONGEST, SHORTEST_PAUSE, fresh_for, http_date, pause, retry_after

NOW = datetime(2026, 3, 3, 10, 0, 0, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("value", "wait"),
    [
        ("120", timedelta(minutes=2)),
        (" 120 ", timedelta(minutes=2)),
        ("0", timedelta(0)),
        ("000000000000060", timedelta(minutes=1)),
        ("86401", DAY),
        ("9" * 5000, DAY),
        ("Tue, 03 Mar 2026 11:00:00 GMT", timedelta(hours=1)),
        ("Tuesday, 03-Mar-26 11:00:00 GMT", timedelta(hours=1)),
        ("Tue Mar  3 11:00:00 2026", timedelta(hours=1)),
        ("Tue, 03 Mar 2026 12:00:00 +0100", timedelta(hours=1)),
        ("Tue, 03 Mar 2026 09:00:00 GMT", timedelta(0)),
        ("Sun, 03 Mar 2126 09:00:00 GMT", DAY),
        ("soon", None),
        ("-5", None),
        ("1.5", None),
        ("١٢", None),
        ("", None),
        (None, None),
    ],
)
def test_retry_after_is_read_in_seconds_and_in_all_forms_of_dates(value: str | None, wait: timedelta | None) -> None:
    assert retry_after(value, NOW) == wait


@pytest.mark.parametrize(
    ("cache_control", "expires", "age", "fresh"),
    [
        ("max-age=600", None, None, timedelta(minutes=10)),
        ("public, Max-Age = 600, must-revalidate", None, None, timedelta(minutes=10)),
        ('max-age="600"', None, "120", timedelta(minutes=8)),
        ("max-age=600", None, "6000", timedelta(0)),
        ("max-age=31536000", None, "3600", DAY),
        ("max-age=31536000", None, "31532400", timedelta(hours=1)),
        ("s-maxage=600", None, None, None),
        ("max-age=600", "Tue, 03 Mar 2026 20:00:00 GMT", None, timedelta(minutes=10)),
        ("max-age=600, no-cache", None, None, timedelta(0)),
        ("no-store", "Tue, 03 Mar 2026 20:00:00 GMT", None, timedelta(0)),
        ("private", "Tue, 03 Mar 2026 10:30:00 GMT", None, timedelta(minutes=30)),
        (None, "Tue, 03 Mar 2026 10:30:00 GMT", "600", timedelta(minutes=20)),
        (None, "0", None, None),
        (None, "-1", None, None),
        (None, None, None, None),
    ],
)
def test_caching_headers_say_how_long_a_document_is_fresh(
    cache_control: str | None, expires: str | None, age: str | None, fresh: timedelta | None
) -> None:
    assert fresh_for(cache_control, expires, age, NOW) == fresh


@given(st.text(), st.text(), st.text())
def test_no_header_breaks_the_reading_or_asks_for_more_than_a_day(first: str, second: str, third: str) -> None:
    for wait in (retry_after(first, NOW), fresh_for(first, second, third, NOW)):
        assert wait is None or timedelta(0) <= wait <= LONGEST


@given(st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001 (hypothesis adds it)
def test_a_date_is_read_back_as_it_was_written(moment: datetime) -> None:
    assert http_date(format_datetime(moment, usegmt=True)) == moment.replace(microsecond=0)


@given(st.integers(1, 10**6), st.one_of(st.none(), st.timedeltas(timedelta(0), LONGEST)))
def test_a_host_that_refuses_is_left_alone_for_as_long_as_it_asks_and_at_most_a_day(
    refusals: int, asked: timedelta | None
) -> None:
    wait = pause(refusals, asked)
    assert SHORTEST_PAUSE <= wait <= LONGEST
    assert asked is None or wait >= asked


def test_without_retry_after_each_refusal_doubles_the_pause() -> None:
    waits = [pause(refusals, None) / timedelta(minutes=1) for refusals in range(1, 12)]
    assert waits[:5] == [5, 10, 20, 40, 80]
    assert waits == sorted(waits)
    assert waits[-1] == 24 * 60
