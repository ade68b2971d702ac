"""How a source is doing, in one word and one line, from what is remembered of it.

Decides nothing about visits; a source in bad health is visited as any other unless it is paused.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from crawler.domain.visits import FOR_GOOD

if TYPE_CHECKING:
    from datetime import datetime

    from crawler.domain.visits import SourceState

SILENCE = timedelta(days=30)
"""How long without a new entry is still normal where the catalogue says nothing else."""


class Condition(StrEnum):
    """The reasons a reader of the source list can act on, worst first."""

    PAUSED = "paused"
    GONE = "gone"
    BLOCKED = "blocked"
    ROBOTS = "robots"
    UNPARSABLE = "unparsable"
    EMPTY = "empty"
    FAILING = "failing"
    MOVED = "moved"
    SILENT = "silent"
    UNPROVEN = "unproven"
    NEW = "new"
    WELL = "well"


_REASONS = {
    "blocked": Condition.BLOCKED,
    "consent": Condition.BLOCKED,
    "refused": Condition.BLOCKED,
    "gone": Condition.GONE,
    "robots": Condition.ROBOTS,
    "unparsable": Condition.UNPARSABLE,
    "shell": Condition.UNPARSABLE,
    "empty": Condition.EMPTY,
    "moved": Condition.MOVED,
}
"""Words before the colon of a visit's problem, as reading and spiders write them."""


@dataclass(frozen=True, slots=True)
class Health:
    """A source's condition and what to say of it."""

    condition: Condition
    line: str


def health(state: SourceState, now: datetime, *, silence: timedelta | None = None, proven: bool = True) -> Health:
    """Judge a source.

    Args:
        state: What is remembered of it; blank where it was never visited.
        now: The time.
        silence: How long without a new entry is normal for it, None for the default.
        proven: Whether its entry in the catalogue rests on an answer that somebody saw.
    """
    if state.paused_until is not None and state.paused_until > now:
        return _paused(state, state.paused_until)
    if state.failures:
        return _failing(state, proven=proven)
    if state.last_success is None:
        return Health(Condition.NEW if proven else Condition.UNPROVEN, state.problem or "never visited")
    if state.moved_to is not None:
        return Health(Condition.MOVED, f"answers from {state.moved_to}; set url to that")
    if state.newest is not None and now - state.newest > (silence or SILENCE):
        return Health(Condition.SILENT, f"nothing since {state.newest:%Y-%m-%d}")
    return Health(Condition.WELL, state.problem or "")


def _paused(state: SourceState, until: datetime) -> Health:
    when = "until it is resumed" if until >= FOR_GOOD else f"until {until:%Y-%m-%d}"
    problem = state.problem or "failed"
    if state.failures and _reason(problem) is Condition.GONE:
        return Health(Condition.GONE, f"{problem}; paused {when}")
    return Health(Condition.PAUSED, when + (f"; the last visit said {problem}" if state.failures else ""))


def _failing(state: SourceState, *, proven: bool) -> Health:
    problem = state.problem or "failed"
    condition = _reason(problem)
    if not proven and state.last_success is None:
        condition = Condition.UNPROVEN
    times = "once" if state.failures == 1 else f"{state.failures} times in a row"
    return Health(condition, f"{problem.removeprefix(f'{condition}: ')} ({times})")


def _reason(problem: str) -> Condition:
    return _REASONS.get(problem.partition(":")[0], Condition.FAILING)
