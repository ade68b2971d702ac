"""What reading gives: plain data that can cross a process."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime, timedelta

    from crawler.domain.models import Entry


@dataclass(frozen=True, slots=True)
class Reading:
    """What one document gave.

    Args:
        entries: In the document's own order; never empty (a document without entries is a ReadingError).
        problem: What was broken though entries could be read, for the round log, or None.
        ttl: How long the document asks not to be fetched again, or None.
        title: The document's own name, plain text.
        volatile: Whether the entries may change though this document does not, so that its validators prove nothing.
    """

    entries: tuple[Entry, ...]
    problem: str | None = None
    ttl: timedelta | None = None
    title: str = ""
    volatile: bool = False


@dataclass(frozen=True, slots=True)
class MapLink:
    """A sitemap that an index of sitemaps names.

    Args:
        changed: `lastmod`, or None.
    """

    url: str
    changed: datetime | None = None


@dataclass(frozen=True, slots=True)
class SitemapReading:
    """What a sitemap gave: entries, or the sitemaps that an index names; never both, never neither.

    Args:
        entries: The newest first; a plain sitemap's have neither title nor date, those stand on their own pages.
        maps: The newest first.
        problem: As in `Reading`.
    """

    entries: tuple[Entry, ...] = ()
    maps: tuple[MapLink, ...] = ()
    problem: str | None = None
