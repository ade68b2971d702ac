"""How a source is doing, from what is remembered of it: each condition, and which comes first."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from crawler.domain.advice import advice
from crawler.domain.doubts import doubts
from crawler.domain.health import SILENCE, Condition, Health, health
from crawler.domain.pausing import paused, resumed
from crawler.domain.visits import FOLLOWED, FOR_GOOD, Outcome, SourceState, Visit, after

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
BLANK = SourceState("one")
READ = replace(BLANK, last_check=NOW - HOUR, last_success=NOW - HOUR, newest=NOW - HOUR)


def failed(problem: str, state: SourceState = READ, times: int = 1) -> SourceState:
    return replace(state, failures=times, problem=problem)


# Each condition


@pytest.mark.parametrize(
    ("problem", "condition"),
    [
        ("blocked: the server answered 403", Condition.BLOCKED),
        ("consent: a wall of cookies", Condition.BLOCKED),
        ("refused: 10.0.0.1 is no public address", Condition.BLOCKED),
        ("gone: the server answered 404", Condition.GONE),
        ("robots: https://a.example/robots.txt forbids /feed", Condition.ROBOTS),
        ("unparsable: no feed", Condition.UNPARSABLE),
        ("shell: a page without text", Condition.UNPARSABLE),
        ("empty: no entry", Condition.EMPTY),
        ("moved: it has been at https://b.example/ for long", Condition.MOVED),
        ("http: the server answered 500", Condition.FAILING),
        ("timeout: no answer in time", Condition.FAILING),
        ("unreachable: the host name is not known here", Condition.FAILING),
    ],
)
def test_a_failed_source_has_the_condition_of_its_last_problem(problem: str, condition: Condition) -> None:
    found = health(failed(problem), NOW)
    assert (found.condition, found.line) == (condition, f"{problem.removeprefix(f'{condition}: ')} (once)")
    assert advice(condition)


def test_failures_in_a_row_are_counted_out() -> None:
    assert health(failed("empty: no entry", times=4), NOW).line == "no entry (4 times in a row)"


def test_a_source_that_was_read_is_well_and_says_what_was_broken_in_its_document() -> None:
    assert health(READ, NOW).condition is Condition.WELL
    assert health(replace(READ, problem="broken: line 7"), NOW) == Health(Condition.WELL, "broken: line 7")
    assert advice(Condition.WELL) is None


@pytest.mark.parametrize(("proven", "condition"), [(True, Condition.NEW), (False, Condition.UNPROVEN)])
def test_a_source_that_was_never_visited_is_new_or_unproven(*, proven: bool, condition: Condition) -> None:
    assert health(BLANK, NOW, proven=proven).condition is condition


def test_a_source_is_unproven_until_its_first_success_whatever_fails() -> None:
    never = failed("blocked: the server answered 403", replace(BLANK, last_check=NOW))
    assert health(never, NOW, proven=False).condition is Condition.UNPROVEN
    assert health(never, NOW, proven=True).condition is Condition.BLOCKED
    assert health(READ, NOW, proven=False).condition is Condition.WELL
    assert health(failed("empty: no entry"), NOW, proven=False).condition is Condition.EMPTY


def test_a_source_whose_host_asked_for_patience_before_its_first_visit_is_still_new_and_says_why() -> None:
    postponed = after(BLANK, Visit("one", NOW, Outcome.POSTPONED, problem="postponed: a.example answered 429"), HOUR)
    assert health(postponed, NOW) == Health(Condition.NEW, "postponed: a.example answered 429")


# Silence


def test_silence_begins_after_the_usual_span_or_the_sources_own() -> None:
    for silence in (None, timedelta(days=2)):
        limit = silence or SILENCE
        for newest, condition in ((NOW - limit, Condition.WELL), (NOW - limit - HOUR, Condition.SILENT)):
            found = health(replace(READ, newest=newest), NOW, silence=silence)
            assert found.condition is condition
    assert found.line == f"nothing since {NOW - timedelta(days=2) - HOUR:%Y-%m-%d}"


def test_a_source_without_dates_is_never_called_silent() -> None:
    assert health(replace(READ, newest=None), NOW).condition is Condition.WELL


def test_a_silent_source_that_fails_tells_the_failure() -> None:
    assert health(failed("empty: x", replace(READ, newest=NOW - 2 * SILENCE)), NOW).condition is Condition.EMPTY


# Moved


def moved(state: SourceState, at: datetime) -> SourceState:
    return after(state, Visit("one", at, Outcome.READ, moved_to="https://b.example/feed"), HOUR, newest=at)


def test_a_permanent_redirect_is_proposed_at_once_and_followed_for_thirty_days() -> None:
    first = moved(READ, NOW)
    found = health(first, NOW)
    assert found.condition is Condition.MOVED
    assert "https://b.example/feed" in found.line
    later = moved(first, NOW + FOLLOWED)
    assert later.moved_since == NOW
    assert not later.has_moved(NOW + FOLLOWED)
    assert later.has_moved(NOW + FOLLOWED + HOUR)


def test_a_redirect_that_is_taken_back_is_forgotten() -> None:
    back = after(moved(READ, NOW), Visit("one", NOW + HOUR, Outcome.READ), HOUR)
    assert (back.moved_to, back.moved_since) == (None, None)
    assert health(back, NOW).condition is Condition.WELL


def test_what_was_proposed_stays_known_while_the_source_fails() -> None:
    failing = after(moved(READ, NOW), Visit("one", NOW + HOUR, Outcome.FAILED, problem="moved: x"), HOUR)
    assert failing.moved_to == "https://b.example/feed"
    assert health(failing, NOW + HOUR).condition is Condition.MOVED


# Paused


def test_a_source_that_is_gone_for_good_is_paused_and_called_gone() -> None:
    gone = Visit("one", NOW, Outcome.FAILED, http=410, gone=True, problem="gone: the server answered 410")
    state = after(READ, gone, HOUR)
    assert state.paused_until == FOR_GOOD
    assert not state.is_due(NOW + timedelta(days=3000))
    found = health(state, NOW)
    assert found.condition is Condition.GONE
    assert found.line == "gone: the server answered 410; paused until it is resumed"


def test_a_pause_ends_by_itself_on_its_day() -> None:
    state = paused(READ, NOW + HOUR)
    assert health(state, NOW).condition is Condition.PAUSED
    assert not state.is_due(NOW)
    assert state.is_due(NOW + HOUR)
    assert health(state, NOW + HOUR).condition is Condition.WELL


def test_a_paused_source_that_failed_before_says_so() -> None:
    line = health(paused(failed("blocked: the server answered 403")), NOW).line
    assert line == "until it is resumed; the last visit said blocked: the server answered 403"


def test_a_resumed_source_is_due_now_and_its_failures_are_forgotten_but_not_where_it_moved() -> None:
    state = failed("moved: x", replace(moved(READ, NOW), next_check=NOW + 9 * HOUR), times=5)
    state = resumed(paused(state))
    assert state.is_due(NOW)
    assert (state.failures, state.paused_until, state.problem) == (0, None, None)
    assert state.moved_to == "https://b.example/feed"


def test_a_visit_by_hand_does_not_end_a_pause() -> None:
    assert after(paused(READ), Visit("one", NOW, Outcome.READ), HOUR).paused_until == FOR_GOOD


# Dates that look wrong


def test_sound_dates_raise_no_doubt() -> None:
    assert doubts([NOW - HOUR, NOW - 2 * HOUR, NOW - 3 * HOUR], NOW) == ()


@pytest.mark.parametrize(
    ("stated", "doubt"),
    [
        ([None, NOW - HOUR], "1 of 2 state no date"),
        ([NOW + 2 * HOUR, NOW - HOUR], "1 in the future, up to 2026-11-24 14:00 UTC; look at the time zone"),
        ([datetime(1970, 1, 1, tzinfo=UTC)], "1 before 1995, such as 1970-01-01; that is software, no date"),
        ([NOW - HOUR] * 3, "all are one moment: when the document was made, not the articles"),
    ],
)
def test_dates_that_cannot_be_right_are_pointed_out(stated: list[datetime | None], doubt: str) -> None:
    assert doubts(stated, NOW) == (doubt,)
