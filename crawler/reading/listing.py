"""A newsroom's index to entries, for newsrooms without a feed. Where the entries stand is the catalogue's to say.

The articles themselves are read in `crawler.reading.page`.
"""

from __future__ import annotations

from datetime import UTC, tzinfo
from typing import TYPE_CHECKING

from soupsieve import SelectorSyntaxError

from crawler.domain import urls
from crawler.domain.models import Entry
from crawler.errors import ReadingError
from crawler.reading import charset, dates, markup, refusal
from crawler.reading.models import Reading
from crawler.reading.soup import soup

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from bs4 import Tag

    from crawler.catalogue import Selectors

MOST_BYTES = 5 * 2**20
MOST_ENTRIES = 200
LONGEST_TITLE = 500


def parse(
    body: bytes, url: str, selectors: Selectors, content_type: str | None = None, timezone: tzinfo = UTC
) -> Reading:
    """Read an index.

    Args:
        body: The page as fetched, decompressed.
        url: Its address, for relative links.
        selectors: Where its entries stand.
        content_type: The HTTP header, for its charset.
        timezone: The source's own, for dates without one.

    Raises:
        ReadingError: `blocked`, `gone`, `unparsable` or `empty`.
    """
    if len(body) > MOST_BYTES:
        raise ReadingError("unparsable", f"{len(body)} bytes, more than {MOST_BYTES}")
    html = charset.decode(body, content_type).replace("\0", "")
    refusal.refuse_refusals(html)
    tree = soup(html)
    try:
        items = tree.select(selectors.item, limit=MOST_ENTRIES)
        entries: dict[str, Entry] = {}
        for entry in _entries(items, url, selectors, timezone):
            entries.setdefault(entry.url, entry)  # cards link an article by its picture and its title
    except SelectorSyntaxError as error:
        raise ReadingError("unparsable", f"a selector is wrong: {str(error).splitlines()[0]}") from None
    if not entries:
        seen = f"{len(items)} elements match" if items else "nothing matches"
        raise ReadingError("empty", f"{seen} {selectors.item!r}, and no entry has a link and a title")
    return Reading(tuple(entries.values()), title=_said(tree.title)[:LONGEST_TITLE])


def _entries(items: list[Tag], base: str, selectors: Selectors, timezone: tzinfo) -> Iterator[Entry]:
    for item in items:
        link = item.select_one(selectors.link) if selectors.link else _first_link(item)
        url = urls.resolve(base, str(link.get("href") or "")) if link else None
        title = _said(item.select_one(selectors.title) if selectors.title else link)[:LONGEST_TITLE]
        if url and title:
            image = next(markup.images(str(item), base), None)
            yield Entry(url=url, title=title, published=_date(item, selectors.date, timezone), image=image)


def _first_link(item: Tag) -> Tag | None:
    return item if item.name == "a" else item.select_one("a[href]")


def _said(tag: Tag | None) -> str:
    return markup.line(tag.decode_contents()) if tag else ""


def _date(item: Tag, selector: str | None, timezone: tzinfo) -> datetime | None:
    """The date's own element, by attribute before text; without one, whatever date the item names."""
    tag = item.select_one(selector or "time")
    if tag is None:
        return None if selector else dates.parse(item.get_text(" ", strip=True), timezone)
    claims = (str(tag.get("datetime") or ""), str(tag.get("content") or ""), tag.get_text(" ", strip=True))
    return next((date for claim in claims if (date := dates.parse(claim, timezone))), None)
