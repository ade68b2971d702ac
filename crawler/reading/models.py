"""What reading takes and gives: selectors in, a reading out. Plain data that can cross a process."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import timedelta

    from crawler.domain.models import Entry


@dataclass(frozen=True, slots=True)
class Reading:
    """What one document gave.

    Args:
        entries: In the document's own order; never empty (a document without entries is a ReadingError).
        problem: What was broken though entries could be read, for the round log, or None.
        ttl: How long the document asks not to be fetched again, or None.
        title: The document's own name, plain text.
    """

    entries: tuple[Entry, ...]
    problem: str | None = None
    ttl: timedelta | None = None
    title: str = ""


@dataclass(frozen=True, slots=True)
class Selectors:
    """Where a newsroom's index keeps its entries, as CSS selectors.

    Args:
        item: One match per entry.
        link: The link inside an item; "" means the item itself or its first link.
        title: The title inside an item; "" means the link's text.
        date: The date inside an item; "" means its first `<time>`.
    """

    item: str
    link: str = ""
    title: str = ""
    date: str = ""
