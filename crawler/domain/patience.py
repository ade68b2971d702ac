"""How long a server asks us to wait, by its headers, and how long we wait where it only says "too much".

Reads values of headers; knows no request and keeps nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

LONGEST = timedelta(days=1)
"""What a server may ask for at most: longer is a mistake more often than a wish, and we come once a day at worst."""
FIRST_PAUSE = timedelta(minutes=5)
"""Pause after a first refusal without Retry-After; doubled with each further one."""
SHORTEST_PAUSE = timedelta(minutes=1)
"""Pause after a refusal, even if its Retry-After is over at once."""
REFUSALS = frozenset({429, 503})
"""Statuses by which a whole host asks for patience (RFC 6585 section 4, RFC 9110 section 15.6.4)."""

_DIGITS = re.compile(r"[0-9]+", re.ASCII)
_MAX_AGE = re.compile(r'(?:^|[,\s])max-age\s*=\s*"?([0-9]+)', re.ASCII | re.IGNORECASE)
_UNCACHED = re.compile(r"(?:^|[,\s])no-(?:store|cache)\s*(?:,|$)", re.ASCII | re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Patience:
    """What a host asked for.

    Args:
        until: It is not asked before.
        refusals: How often in a row it refused.
        status: Of its last refusal.
    """

    host: str
    until: datetime
    refusals: int
    status: int


def pause(refusals: int, asked: timedelta | None) -> timedelta:
    """How long to leave a host alone that refused.

    Args:
        refusals: How often in a row it did, 1 or more.
        asked: Its Retry-After, None where it sent none that can be read.
    """
    if asked is not None:
        return max(asked, SHORTEST_PAUSE)
    return min(FIRST_PAUSE * (1 << min(refusals - 1, 10)), LONGEST)


def retry_after(value: str | None, now: datetime) -> timedelta | None:
    """Read Retry-After (RFC 9110 section 10.2.3): seconds or an HTTP date.

    Args:
        value: The header, None where there is none.
        now: What a date is counted from: the answer's own Date where there is one.

    Returns:
        Between nothing and `LONGEST`, or None where it cannot be read.
    """
    text = (value or "").strip()
    if _DIGITS.fullmatch(text):
        return _within(_seconds(text))
    moment = http_date(text)
    return None if moment is None else _within(moment - now)


def fresh_for(cache_control: str | None, expires: str | None, age: str | None, now: datetime) -> timedelta | None:
    """How long a document stays fresh (RFC 9111 section 4.2): max-age, or Expires where there is none.

    Args:
        cache_control: The header Cache-Control; the others likewise.
        expires: Void beside max-age.
        age: Seconds that the document has spent in caches already.
        now: What Expires is counted from: the answer's own Date where there is one.

    Returns:
        Between nothing and `LONGEST`, or None where the server does not say.
    """
    spent = _seconds(age.strip()) if age and _DIGITS.fullmatch(age.strip()) else timedelta(0)
    if cache_control and _UNCACHED.search(cache_control):
        return timedelta(0)
    if cache_control and (found := _MAX_AGE.search(cache_control)):
        return _within(_seconds(found[1]) - spent)
    moment = http_date(expires)
    return None if moment is None else _within(moment - now - spent)


def http_date(value: str | None) -> datetime | None:
    """An HTTP date in any of its three forms, None where it is none."""
    try:
        moment = parsedate_to_datetime(value or "")
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, TypeError, OverflowError):
        return None


def _seconds(digits: str) -> timedelta:
    # Leading zeros aside, a number of more digits than a year has seconds is longer than any wait.
    return timedelta(seconds=int(digits.lstrip("0")[:9] or "0"))


def _within(wait: timedelta) -> timedelta:
    return min(max(wait, timedelta(0)), LONGEST)
