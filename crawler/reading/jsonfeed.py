"""JSON Feed 1.0 and 1.1 to entries, tolerant of wrong types as readers must be (https://jsonfeed.org/version/1.1)."""

from __future__ import annotations

from datetime import UTC, tzinfo
from typing import TYPE_CHECKING, Any

from crawler.domain import urls
from crawler.domain.models import Entry
from crawler.errors import ReadingError
from crawler.reading import dates, jsonvalue, markup
from crawler.reading.jsonvalue import text
from crawler.reading.models import Reading

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_ENTRIES = 500
MOST_AUTHORS = 10
LONGEST_TITLE = 500
LONGEST_AUTHOR = 200


def parse(body: bytes, url: str, content_type: str | None = None, timezone: tzinfo = UTC) -> Reading:
    """Read a JSON Feed.

    Args:
        body: The document as fetched, decompressed.
        url: Its address, for relative links.
        content_type: The HTTP header, for its charset.
        timezone: The source's own, for dates without one.

    Raises:
        ReadingError: `unparsable` or `empty`.
    """
    feed = jsonvalue.read(body, content_type)
    items = feed.get("items") if isinstance(feed, dict) else None
    if not isinstance(items, list):
        raise ReadingError("unparsable", "JSON, but no JSON Feed: it has no list of items")
    language = text(feed, "language") or None
    entries = tuple(_entries(items[:MOST_ENTRIES], url, timezone, language))
    if not entries:
        raise ReadingError("empty", "a JSON Feed without entries")
    dropped = min(len(items), MOST_ENTRIES) - len(entries)
    problem = f"{dropped} of {len(items)} items without an address or a title" if dropped else None
    return Reading(entries, problem, None, markup.line(text(feed, "title"))[:LONGEST_TITLE])


def _entries(items: list[Any], base: str, timezone: tzinfo, language: str | None) -> Iterator[Entry]:
    for item in items:
        if isinstance(item, dict) and (entry := _entry(item, base, timezone, language)):
            yield entry


def _entry(item: dict[str, Any], base: str, timezone: tzinfo, language: str | None) -> Entry | None:
    guid = text(item, "id")
    links = (text(item, "url"), guid if guid.startswith(("http://", "https://")) else "", text(item, "external_url"))
    url = next((address for link in links if link and (address := urls.resolve(base, link))), None)
    html = text(item, "content_html")
    body = markup.text(html) or markup.plain(text(item, "content_text")[: markup.LONGEST])
    summary = markup.plain(text(item, "summary")[: markup.LONGEST])
    title = markup.line(text(item, "title")[: 4 * LONGEST_TITLE])[:LONGEST_TITLE] or markup.opening(summary or body)
    if url is None or not title:
        return None
    return Entry(
        url=url,
        title=title,
        summary=summary,
        body=body,
        published=dates.parse(text(item, "date_published"), timezone),
        updated=dates.parse(text(item, "date_modified"), timezone),
        guid=guid[: urls.LONGEST] or None,
        language=text(item, "language") or language,
        authors=tuple(_authors(item)),
        image=next(_images(item, html, url), None),
        videos=markup.videos(html),
    )


def _authors(item: dict[str, Any]) -> Iterator[str]:
    several = item.get("authors")
    people = [*(several if isinstance(several, list) else ()), item.get("author")]
    names = (markup.line(text(person, "name"))[:LONGEST_AUTHOR] for person in people if isinstance(person, dict))
    yield from list(dict.fromkeys(name for name in names if name))[:MOST_AUTHORS]


def _images(item: dict[str, Any], html: str, base: str) -> Iterator[str]:
    attachments = item.get("attachments")
    files = [one for one in attachments if isinstance(one, dict)] if isinstance(attachments, list) else []
    pictures = [text(one, "url") for one in files if text(one, "mime_type").startswith("image/")]
    for source in (text(item, "image"), text(item, "banner_image"), *pictures):
        if address := urls.resolve(base, source):
            yield address
    yield from markup.images(html, base)
