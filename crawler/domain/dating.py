"""When an article was published, as far as its claims can be believed.

Reading a date out of text is the reader's; here it is only judged.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from crawler.domain.models import DateOrigin

EARLIEST = datetime(1995, 1, 1, tzinfo=UTC)
"""Before it no source had a web site; the epoch and 1795 (both seen) are software, not dates."""

SKEW = timedelta(minutes=10)
"""How far a source's clock may run ahead of ours before its date counts as being in the future."""


def judge(
    published: datetime | None, first_seen: datetime, origin: DateOrigin = DateOrigin.ENTRY
) -> tuple[datetime, DateOrigin]:
    """Decide which date an article gets and how it is known.

    Args:
        published: What the source states, aware, or None.
        first_seen: When we saw the article first, aware.
        origin: Where `published` was stated.

    Returns:
        The date in UTC. A future one is clamped to `first_seen` and keeps its origin up to a day ahead (a wrong zone
        moves it by 14 hours at most, so the day is right); further ahead, as before 1995, it is no date at all.
    """
    if published is None or not EARLIEST <= published <= first_seen + timedelta(days=1):
        return first_seen, DateOrigin.FIRST_SEEN
    if published > first_seen + SKEW:
        return first_seen, origin
    return min(published, first_seen).astimezone(UTC), origin
