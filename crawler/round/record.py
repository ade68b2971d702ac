"""Records a source: a look at it made a sample of its structure, in words of our own, for the tests of all sources."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from crawler.catalogue import Kind
from crawler.domain.visits import Outcome
from crawler.errors import ConfigError, LaunchwireError, ReadingError
from crawler.reading import apis, document, listing, page, sitemap
from crawler.reading.recording import Recorded, Recorder
from spiders.answers import header

if TYPE_CHECKING:
    from pathlib import Path

    from scrapy.http import Response

    from crawler.catalogue import Source
    from crawler.domain.models import Entry
    from crawler.round.look import Look

SUFFIXES = (".xml", ".rdf", ".atom", ".html", ".json")
PAGE = ".page.html"
SHORTEST = 60
"""Characters of text that a recorded page must give."""


@dataclass(frozen=True, slots=True)
class Recording:
    """What was recorded of a source.

    Args:
        page: None for a source whose pages are not followed.
    """

    source: str
    document: Recorded
    page: Recorded | None


def recorded(look: Look) -> Recording:
    """Make a look a recording, and see that it can be read.

    Raises:
        LaunchwireError: The source showed no document or page, or what was made of it cannot be read.
    """
    source, visit = look.source, look.visit
    if visit is None or visit.outcome is not Outcome.READ or look.document is None:
        raise LaunchwireError(f"{source.id}: {(visit and visit.problem) or 'no answer'}; `sources check` explains")
    if source.follow and look.page is None:
        raise LaunchwireError(f"{source.id}: the page of its first article could not be had")
    recorder = Recorder(source, [article.url for article in look.found])
    try:
        body, url, content_type = _with_entries(look, look.document)
        made = recorder.document(body, url, content_type)
        first = _read(source, made, url)
        own = recorder.page(look.page.body, header(look.page, "Content-Type")) if source.follow and look.page else None
        if own is not None:
            _read_page(source, own, first.url)
    except ReadingError as error:
        raise LaunchwireError(f"{source.id}: its sample cannot be read, make it by hand: {error}") from error
    return Recording(source.id, made, own)


def refuse_recorded(folder: Path, source: str) -> None:
    """Raise where a recording of a source is there already.

    Raises:
        ConfigError: It is, and would be overwritten.
    """
    for path in _files(folder, source):
        raise ConfigError(f"{path} is there already; --force overwrites it")


def write(recording: Recording, folder: Path) -> list[Path]:
    """Put a recording into a folder, in place of any earlier one of the same source.

    Raises:
        LaunchwireError: It cannot be written.
    """
    parts = [part for part in (recording.document, recording.page) if part is not None]
    paths = [folder / f"{recording.source}{part.suffix}" for part in parts]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for path in _files(folder, recording.source):
            path.unlink()
        for path, part in zip(paths, parts, strict=True):
            path.write_text(part.text, encoding="utf-8")
    except OSError as error:
        raise LaunchwireError(f"cannot write {folder}: {error.strerror}") from error
    return paths


def _files(folder: Path, source: str) -> list[Path]:
    return [path for suffix in (*SUFFIXES, PAGE) if (path := folder / f"{source}{suffix}").exists()]


def _with_entries(look: Look, answer: Response) -> tuple[bytes, str, str | None]:
    """Body, address and content type: of an index of sitemaps, those of the sitemap with the newest entry."""
    first = look.found[0].url.encode()
    holder = next((one for one in look.maps if first in sitemap.plain(one.body)), answer)
    body = sitemap.plain(holder.body) if look.source.kind is Kind.SITEMAP else holder.body
    return body, holder.url, header(holder, "Content-Type")


def _read(source: Source, made: Recorded, url: str) -> Entry:
    """The first entry of a sample."""
    body = made.text.encode()
    if source.kind is Kind.SITEMAP and source.sitemap is not None:
        found = sitemap.parse(body, url, source.sitemap.path, timezone=source.zone)
        if not found.entries:
            raise ReadingError("empty", "the sample is an index of sitemaps")
        return found.entries[0]
    if source.kind is Kind.LISTING and source.listing is not None:
        return listing.parse(body, url, source.listing, timezone=source.zone).entries[0]
    if source.kind is Kind.API:
        return apis.parse(body, source, timezone=source.zone).entries[0]
    return document.parse(body, url, timezone=source.zone).entries[0]


def _read_page(source: Source, made: Recorded, url: str) -> None:
    read = page.parse(made.text.encode(), url, timezone=source.zone)
    if read.problem or len(read.body) <= SHORTEST or read.published is None:
        seen = read.problem or f"{len(read.body)} characters of text, {'a' if read.published else 'no'} date"
        raise ReadingError("unparsable", f"the page: {seen}")
