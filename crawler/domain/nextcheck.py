"""When a source is looked at again: never sooner than it, its document or its server asks for."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from crawler.domain.visits import SourceState, Visit

LONGEST_WAIT = timedelta(days=1)
"""No source is left alone for longer, unless its own interval is longer."""
JITTER = 0.1
"""Share of the wait by which visits are spread, so that sources with one interval do not fall due together."""
QUIET_AFTER = timedelta(weeks=1)
"""A source that brought nothing new for this long is visited less: half as often after two such spans, and so on."""
MOST_QUIET = 4.0
"""The longest wait of a quiet source, in intervals: a newsroom that sleeps for months wakes up for a launch."""


def next_check(visit: Visit, state: SourceState, interval: timedelta) -> datetime:
    """When a source is due again.

    Args:
        visit: The visit just over.
        state: What is remembered of the source, this visit included.
        interval: The source's own, from the catalogue.

    Returns:
        After `visit.at` by the longest of: the interval, longer after failures and for a quiet source; the document's
        TTL; what the server's caching headers say; all these up to `LONGEST_WAIT` or the interval, whichever is longer;
        and never before the moment for which the server asked.
    """
    usual = interval * max(_after_failures(state.failures), _quiet(visit, state))
    asked = max(state.ttl or timedelta(0), visit.fresh_for or timedelta(0))
    wait = min(max(usual, asked), max(LONGEST_WAIT, interval))
    return visit.at + spread(max(wait, until(visit)), f"{visit.source}{visit.at}")


def until(visit: Visit) -> timedelta:
    """How long after the visit its server does not want to be asked."""
    return timedelta(0) if visit.not_before is None else max(visit.not_before - visit.at, timedelta(0))


def spread(wait: timedelta, seed: str) -> timedelta:
    """A wait made longer by up to `JITTER`, by as much each time for the same seed, so that runs can be repeated."""
    share = int.from_bytes(hashlib.sha256(seed.encode()).digest()[:4]) / 2**32
    return wait * (1 + JITTER * share)


def _after_failures(failures: int) -> float:
    # The first failure may be a passing one and costs no extra wait.
    return float(1 << min(max(failures - 1, 0), 10))


def _quiet(visit: Visit, state: SourceState) -> float:
    if state.last_new is None:
        return 1.0
    return min(max((visit.at - state.last_new) / QUIET_AFTER, 1.0), MOST_QUIET)
