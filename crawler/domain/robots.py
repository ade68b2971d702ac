"""What a robots.txt means by the way it was answered, and how long that holds; RFC 9309.

Its rules are read by protego, in the middleware; nothing is fetched here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

TOKEN = "launchwire"  # noqa: S105 - RFC 9309's product token: the name robots.txt may address us by
MOST_BYTES = 500 * 1024
"""What of a robots.txt is read: the least that RFC 9309 section 2.5 asks for."""
LONGEST_KEPT = timedelta(days=1)
"""RFC 9309 section 2.4."""
SHORTEST_KEPT = timedelta(minutes=10)
"""Also where the server says "do not cache", or could not be reached: every request asks for the rules."""
LONGEST_DELAY = 60.0
"""Seconds; a longer Crawl-delay is one for crawlers that read whole sites, and would keep a round from ending."""

_TOO_MANY = 429


class Standing(StrEnum):
    """What may be asked for."""

    RULES = "rules"
    ALL = "all"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class RobotsFile:
    """One origin's robots.txt as it was last asked for.

    Args:
        origin: Scheme, host and port, as in `https://example.org`.
        fetched: When it was asked for.
        stale_at: When it must be asked for again.
        status: Of the answer after redirects; None where there was none.
        body: The first `MOST_BYTES`.
        etag: Validator as sent, None where it belongs to another URL; `last_modified` likewise.
    """

    origin: str
    fetched: datetime
    stale_at: datetime
    status: int | None = None
    body: bytes = b""
    etag: str | None = None
    last_modified: str | None = None

    @property
    def url(self) -> str:
        """Where it is."""
        return f"{self.origin}/robots.txt"

    @property
    def standing(self) -> Standing:
        """RFC 9309 section 2.3.1: 2xx gives rules, 3xx without end and 4xx allow all, anything else forbids all.

        429 stands with the 5xx: a server that cannot take one request more has not said that it has no rules.
        """
        if self.status is None or self.status >= 500 or self.status == _TOO_MANY:  # noqa: PLR2004 - HTTP's classes
            return Standing.NOTHING
        return Standing.RULES if self.status < 300 else Standing.ALL  # noqa: PLR2004


def kept_for(standing: Standing, fresh: timedelta | None) -> timedelta:
    """How long an answer holds.

    Args:
        standing: What it means.
        fresh: What its caching headers say, None where they say nothing.
    """
    if standing is Standing.NOTHING:
        return SHORTEST_KEPT
    return min(max(LONGEST_KEPT if fresh is None else fresh, SHORTEST_KEPT), LONGEST_KEPT)


def cut(body: bytes) -> bytes:
    """The lines that are read of a long body: half a line could forbid too little."""
    return body if len(body) <= MOST_BYTES else body[:MOST_BYTES].rpartition(b"\n")[0]
