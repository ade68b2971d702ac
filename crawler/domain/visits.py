"""A visit to a source, and what is remembered of the source between visits.

When a source is due again is decided in `crawler.domain.nextcheck`; nothing is fetched or stored here.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from crawler.domain.nextcheck import next_check, spread, until

FOLLOWED = timedelta(days=30)
"""How long a permanent redirect is followed before the source counts as moved."""
FOR_GOOD = datetime(9999, 12, 31, tzinfo=UTC)
"""`paused_until` of a source that stays paused until a person resumes it."""


class Outcome(StrEnum):
    """How a visit ended; POSTPONED: the host had asked for patience, so that nothing was asked."""

    READ = "read"
    UNCHANGED = "unchanged"
    FAILED = "failed"
    POSTPONED = "postponed"


@dataclass(frozen=True, slots=True)
class Visit:
    """One look at one source.

    Args:
        http: Status of the answer, None where there was none.
        entries: Entries seen in the document.
        etag: Validator as sent by the server, verbatim; `last_modified` likewise.
        body_hash: SHA-256 of the body, hexadecimal.
        url: Where the document was in the end; the validators hold for this address alone.
        moved_to: Where a permanent redirect led, None where there was none.
        gone: The server says that the document is gone for good (410).
        ttl: How long the document asks not to be fetched again.
        fresh_for: The same, as the server's caching headers have it.
        not_before: When the server wants to be asked again at the earliest (Retry-After).
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
    url: str | None = None
    moved_to: str | None = None
    gone: bool = False
    ttl: timedelta | None = None
    fresh_for: timedelta | None = None
    not_before: datetime | None = None
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
        validated_url: The address for which the validators hold.
        ttl: What the document last read asked for; holds also while it does not change.
        moved_to: Where a permanent redirect leads since `moved_since`; for a person to enter in the catalogue.
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
    validated_url: str | None = None
    ttl: timedelta | None = None
    moved_to: str | None = None
    moved_since: datetime | None = None

    def has_moved(self, now: datetime) -> bool:
        """Whether a permanent redirect has been followed for long enough; the old address may be anybody's by now."""
        return self.moved_since is not None and now - self.moved_since > FOLLOWED

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
    if visit.outcome is Outcome.POSTPONED:
        wait = spread(until(visit), f"{visit.source}{visit.at}")
        return replace(state, problem=visit.problem, next_check=visit.at + wait)
    seen = _failed(state, visit) if visit.outcome is Outcome.FAILED else _succeeded(state, visit, new, newest)
    return replace(seen, next_check=next_check(visit, seen, interval))


def _failed(state: SourceState, visit: Visit) -> SourceState:
    failed = replace(state, last_check=visit.at, failures=state.failures + 1, problem=visit.problem)
    return replace(failed, paused_until=FOR_GOOD) if visit.gone else failed


def _succeeded(state: SourceState, visit: Visit, new: int, newest: datetime | None) -> SourceState:
    checked = replace(
        state,
        last_check=visit.at,
        last_success=visit.at,
        last_new=visit.at if new else state.last_new,
        newest=max(filter(None, (state.newest, newest)), default=None),
        failures=0,
        problem=visit.problem,
        moved_to=visit.moved_to,
        moved_since=(state.moved_since or visit.at) if visit.moved_to else None,
    )
    if visit.outcome is Outcome.UNCHANGED:
        # The same document may come under new validators; a 304 brings none.
        return checked if visit.url is None else _validated(checked, visit)
    return replace(_validated(checked, visit), body_hash=visit.body_hash, ttl=visit.ttl)


def _validated(state: SourceState, visit: Visit) -> SourceState:
    return replace(state, etag=visit.etag, last_modified=visit.last_modified, validated_url=visit.url)
