"""What reading gives: plain data that can cross a process."""

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
