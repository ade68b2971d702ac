"""What looks wrong about the dates that a document states, all taken together; a single one is judged in `dating`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crawler.domain.dating import EARLIEST, SKEW

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

_SEVERAL = 3
"""Dates that are one moment by chance no more."""


def doubts(stated: Sequence[datetime | None], now: datetime) -> tuple[str, ...]:
    """Say what a person should look at.

    Args:
        stated: Of each entry, aware, None where it states no date.
        now: The time.
    """
    return tuple(_doubts(stated, [date for date in stated if date is not None], now))


def _doubts(stated: Sequence[datetime | None], dates: Sequence[datetime], now: datetime) -> Iterator[str]:
    if len(dates) < len(stated):
        yield f"{len(stated) - len(dates)} of {len(stated)} state no date"
    ahead = [date for date in dates if date > now + SKEW]
    if ahead:
        yield f"{len(ahead)} in the future, up to {max(ahead):%Y-%m-%d %H:%M} UTC; look at the time zone"
    ancient = [date for date in dates if date < EARLIEST]
    if ancient:
        yield f"{len(ancient)} before {EARLIEST:%Y}, such as {min(ancient):%Y-%m-%d}; that is software, no date"
    if len(dates) >= _SEVERAL and len(set(dates)) == 1:
        yield "all are one moment: when the document was made, not the articles"
