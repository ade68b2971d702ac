"""When a source is due again."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from crawler.domain.nextcheck import JITTER, LONGEST_WAIT, MOST_QUIET
from crawler.domain.visits import Outcome, SourceState, Visit, after

NOW = datetime(2026, 3, 3, 10, tzinfo=UTC)
HALF_HOUR = timedelta(minutes=30)
UNCHANGED = Visit("techpulse", NOW, Outcome.UNCHANGED, http=304)
READ = Visit("techpulse", NOW, Outcome.READ, http=200)
FAILED = Visit("techpulse", NOW, Outcome.FAILED, http=500)
BLANK = SourceState("techpulse")

spans = st.timedeltas(timedelta(0), timedelta(days=30))
waits = st.one_of(st.none(), spans)
intervals = st.timedeltas(timedelta(minutes=1), timedelta(days=7))


def wait(visit: Visit, state: SourceState = BLANK, interval: timedelta = HALF_HOUR) -> timedelta:
    due = after(state, visit, interval).next_check
    assert due is not None
    return due - visit.at


def holds(found: timedelta, meant: timedelta) -> bool:
    """Whether a wait is as long as meant, jitter added."""
    return meant <= found <= meant * (1 + JITTER)


@given(st.sampled_from([Outcome.READ, Outcome.UNCHANGED, Outcome.FAILED]), intervals, waits, waits, waits, waits)
def test_a_source_is_due_after_the_longest_that_anyone_asks_for_and_no_sooner_than_its_interval(  # noqa: PLR0913, PLR0917 (one for each that asks)
    outcome: Outcome,
    interval: timedelta,
    ttl: timedelta | None,
    fresh_for: timedelta | None,
    retry: timedelta | None,
    quiet: timedelta | None,
) -> None:
    until = None if retry is None else NOW + retry
    visit = Visit("techpulse", NOW, outcome, ttl=ttl, fresh_for=fresh_for, not_before=until)
    state = replace(BLANK, ttl=ttl, last_new=None if quiet is None else NOW - quiet)
    found = wait(visit, state, interval)
    most = max(LONGEST_WAIT, interval)
    asked = min(max(interval, ttl or timedelta(0), fresh_for or timedelta(0)), most)
    assert found >= max(asked, retry or timedelta(0))
    assert found <= max(most, retry or timedelta(0)) * (1 + JITTER)


def test_each_that_asks_is_heard() -> None:
    hour = timedelta(hours=1)
    assert holds(wait(READ), HALF_HOUR)
    assert holds(wait(replace(READ, ttl=hour)), hour)
    assert holds(wait(replace(READ, fresh_for=hour)), hour)
    assert holds(wait(replace(READ, not_before=NOW + hour)), hour)
    assert holds(wait(replace(READ, ttl=hour, fresh_for=2 * hour)), 2 * hour)
    assert holds(wait(replace(READ, fresh_for=timedelta(days=365))), LONGEST_WAIT)
    assert holds(wait(READ, interval=timedelta(days=3)), timedelta(days=3))


def test_the_ttl_of_a_document_holds_also_while_it_does_not_change() -> None:
    hour = timedelta(hours=1)
    state = after(BLANK, replace(READ, ttl=hour), HALF_HOUR)
    assert holds(wait(UNCHANGED, state), hour)
    assert holds(wait(READ, state), HALF_HOUR)


def test_a_source_that_fails_is_asked_later_each_time_and_at_once_when_it_is_well_again() -> None:
    state = BLANK
    for meant in (HALF_HOUR, 2 * HALF_HOUR, 4 * HALF_HOUR, 8 * HALF_HOUR):
        assert holds(wait(FAILED, state), meant)
        state = after(state, FAILED, HALF_HOUR)
    assert holds(wait(UNCHANGED, state), HALF_HOUR)
    for _ in range(100):
        state = after(state, FAILED, HALF_HOUR)
    assert holds(wait(FAILED, state), LONGEST_WAIT)


@given(st.timedeltas(timedelta(0), timedelta(days=1000)))
def test_a_source_without_news_for_long_is_asked_up_to_four_times_less(quiet: timedelta) -> None:
    state = replace(BLANK, last_new=NOW - quiet)
    found = wait(UNCHANGED, state)
    assert HALF_HOUR <= found <= HALF_HOUR * MOST_QUIET * (1 + JITTER)
    if quiet <= timedelta(days=7):
        assert holds(found, HALF_HOUR)
    if quiet >= timedelta(days=28):
        assert holds(found, HALF_HOUR * MOST_QUIET)


@given(st.text(min_size=1), st.text(min_size=1))
def test_jitter_spreads_sources_and_is_the_same_when_a_run_is_repeated(one: str, other: str) -> None:
    waits = [wait(replace(READ, source=source), SourceState(source)) for source in (one, one, other)]
    assert waits[0] == waits[1]
    assert (waits[0] == waits[2]) == (one == other)


def test_a_visit_that_was_postponed_is_no_failure_and_is_made_when_the_host_allows() -> None:
    state = after(BLANK, READ, HALF_HOUR)
    later = NOW + timedelta(hours=1)
    visit = Visit("techpulse", later, Outcome.POSTPONED, not_before=later + HALF_HOUR, problem="postponed: …")
    found = after(state, visit, timedelta(hours=5))
    assert found.next_check is not None
    assert holds(found.next_check - later, HALF_HOUR)
    assert (found.failures, found.last_check, found.last_success) == (0, NOW, NOW)
    assert found.problem == "postponed: …"


def test_validators_are_kept_with_their_address_until_a_document_comes_without() -> None:
    read = replace(READ, etag='"1"', last_modified="Mon", body_hash="a", url="https://example.org/feed")
    state = after(BLANK, read, HALF_HOUR)
    assert (state.etag, state.last_modified, state.validated_url) == ('"1"', "Mon", "https://example.org/feed")
    assert after(state, UNCHANGED, HALF_HOUR).etag == '"1"'
    assert after(state, FAILED, HALF_HOUR).etag == '"1"'
    same_under_new = replace(UNCHANGED, http=200, etag='"2"', url="https://example.org/feed")
    assert after(state, same_under_new, HALF_HOUR).etag == '"2"'
    without = after(state, READ, HALF_HOUR)
    assert (without.etag, without.last_modified, without.body_hash, without.validated_url) == (None, None, None, None)
