from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from crawler.reading import instants

TOKYO = ZoneInfo("Asia/Tokyo")
NOON = datetime(2026, 6, 9, 12, tzinfo=UTC)
EXACT = "2026-06-09T12:00:00Z"


@pytest.mark.parametrize(
    "exact",
    [EXACT, "2026-06-09T21:00+09:00", "Tue, 09 Jun 2026 12:00:00 +0000", "2026-06-09 12:00Z"],
)
def test_an_exact_claim_goes_before_a_day(exact: str) -> None:
    assert instants.first(["2026-06-08", exact], ["2026-06-07T00:00:00Z"], TOKYO) == NOON


def test_of_exact_claims_the_first_is_believed() -> None:
    assert instants.first([EXACT, "2026-06-10T12:00:00Z"], ["2026-06-11T12:00:00Z"], TOKYO) == NOON


def test_a_claim_without_zone_is_the_sources_time() -> None:
    assert instants.first(["2026-06-09 21:00"], [], TOKYO) == NOON


def test_what_is_shown_speaks_where_nothing_is_stated() -> None:
    assert instants.first(["", "soon"], ["", "2026年6月9日 21:00"], TOKYO) == NOON


def test_utc_that_repeats_a_local_clock_is_local() -> None:
    assert instants.first(["2026-06-09T21:00:00Z"], ["2026-06-09T21:00:00+09:00"], TOKYO) == NOON
    assert instants.first(["2026-06-09T21:00:00+00:00", "2026-06-09T21:00+0900"], [], TOKYO) == NOON


def test_utc_beside_the_same_instant_with_an_offset_is_utc() -> None:
    assert instants.first([EXACT], ["2026-06-09T21:00:00+09:00"], TOKYO) == NOON


def test_no_claim_is_no_date() -> None:
    assert instants.first([], ["", "today"], TOKYO) is None
