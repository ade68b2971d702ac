"""A visit to a source, and what is remembered of the source between visits.

Decides when a source is due again; fetches and stores nothing.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

LONGEST_WAIT = timedelta(days=1)
JITTER = 0.1
"""Share of the wait by which visits are spread, so that sources with one interval do not fall due together."""


class Outcome(StrEnum):
    """How a visit ended."""

    READ = "read"
    UNCHANGED = "unchanged"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Visit:
    """One look at one source.

    Args:
        http: Status of the answer, None where there was none.
        entries: Entries seen in the document.
        etag: Validator as sent by the server, verbatim; `last_modified` likewise.
        body_hash: SHA-256 of the body, hexadecimal.
        ttl: How long the document asks not to be fetched again.
        ms: Duration of the visit in milliseconds.
        problem: Reason and detail where it failed, or what was wrong with a document that was read in part.
    """

    source: str
    at: datetime
    outcome: Outcome
    http: int | None = None
    entries: int = 0
    etag: str | None = None
    last_modified: str | None = None
    body_hash: str | None = None
    ttl: timedelta | None = None
    ms: int = 0
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class SourceState:
    """What is remembered of a source.

    Args:
        next_check: When it is due again, None: now.
        last_new: When a visit last brought a new article.
        newest: Latest publication date among its articles.
        failures: Failed visits in a row.
        problem: What the last visit complained of.
        paused_until: Not visited before.
    """

    source: str
    etag: str | None = None
    last_modified: str | None = None
    body_hash: str | None = None
    next_check: datetime | None = None
    last_check: datetime | None = None
    last_success: datetime | None = None
    last_new: datetime | None = None
    newest: datetime | None = None
    failures: int = 0
    problem: str | None = None
    paused_until: datetime | None = None

    def is_due(self, now: datetime) -> bool:
        """Whether the source may be visited at `now`."""
        return all(moment is None or moment <= now for moment in (self.next_check, self.paused_until))


def after(
    state: SourceState, visit: Visit, interval: timedelta, *, new: int = 0, newest: datetime | None = None
) -> SourceState:
    """What is remembered once a visit is over.

    Args:
        state: What was remembered before.
        visit: The visit just over.
        interval: The source's own, from the catalogue.
        new: How many articles the visit brought that were not stored before.
        newest: Latest publication date among them.
    """
    failed = visit.outcome is Outcome.FAILED
    failures = state.failures + 1 if failed else 0
    checked = replace(
        state,
        last_check=visit.at,
        failures=failures,
        problem=visit.problem,
        next_check=visit.at + _wait(visit, interval, failures),
    )
    if failed:
        return checked
    fresh = visit.outcome is Outcome.READ
    return replace(
        checked,
        etag=visit.etag if fresh else state.etag,
        last_modified=visit.last_modified if fresh else state.last_modified,
        body_hash=visit.body_hash or state.body_hash,
        last_success=visit.at,
        last_new=visit.at if new else state.last_new,
        newest=max(filter(None, (state.newest, newest)), default=None),
    )


def _wait(visit: Visit, interval: timedelta, failures: int) -> timedelta:
    # The first failure may be a passing one and costs no extra wait.
    wait = max(interval * (1 << min(max(failures - 1, 0), 10)), visit.ttl or timedelta(0))
    return min(wait, max(LONGEST_WAIT, interval)) * (1 + JITTER * _share(f"{visit.source}{visit.at}"))


def _share(text: str) -> float:
    """A number in [0, 1) that looks random and is the same for the same text, so that runs can be repeated."""
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:4]) / 2**32
