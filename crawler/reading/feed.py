"""RSS, RDF and Atom to entries: the one file that knows feedparser.

feedparser only splits the document. Charset, dates, addresses and HTML are read by our own rules, because its own let
scripts through, misread zones and open whatever they take for a file name.
"""

from __future__ import annotations

import io
import re
from datetime import UTC, timedelta, tzinfo
from typing import TYPE_CHECKING, Any

import feedparser

from crawler.domain import urls
from crawler.domain.models import Entry
from crawler.errors import ReadingError
from crawler.reading import charset, dates, markup, mending
from crawler.reading.models import Reading
from crawler.reading.refusal import refuse_pages

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    Raw = dict[str, Any]
    """A FeedParserDict, read by `dict.get` only: its own look-up warns of `updated` and guesses."""

MOST_BYTES = 5 * 2**20
MOST_ENTRIES = 500
MOST_AUTHORS = 10
LONGEST_TITLE = 500

_PERIODS = {"hourly": 1, "daily": 24, "weekly": 168}
_FREQUENCIES = {str(times) for times in range(1, 61)}


def parse(body: bytes, url: str, content_type: str | None = None, timezone: tzinfo = UTC) -> Reading:
    """Read a feed.

    Args:
        body: The document as fetched, decompressed.
        url: Its address, for relative links.
        content_type: The HTTP header, for its charset.
        timezone: The source's own, for dates without one.

    Raises:
        ReadingError: `blocked`, `unparsable` or `empty`.
    """
    if len(body) > MOST_BYTES:
        raise ReadingError("unparsable", f"{len(body)} bytes, more than {MOST_BYTES}")
    text = mending.mended(charset.decode(body, content_type))
    refuse_pages(text)
    document = _document(text)
    raw = document["entries"][:-1] if document["bozo"] and mending.cut_off(text) else document["entries"]
    entries = tuple(_entries(raw[:MOST_ENTRIES], url, timezone))
    problem = f"broken: {document['bozo_exception']}"[:300] if document["bozo"] else None
    if not entries:
        raise _nothing(document, len(raw), problem)
    feed = document["feed"]
    return Reading(entries, problem, _ttl(feed), markup.line(_text(feed, "title")[:LONGEST_TITLE]))


def _document(text: str) -> Raw:
    headers = {"content-type": "application/xml; charset=utf-8"}  # no location: it would make links of guids
    try:
        document: Raw = feedparser.parse(
            io.BytesIO(text.encode()), response_headers=headers, sanitize_html=False, resolve_relative_uris=False
        )
    except MemoryError:
        raise
    except Exception as error:  # it raises whatever its parts meet
        raise ReadingError("unparsable", f"{type(error).__name__}: {error}"[:300]) from error
    return document


def _nothing(document: Raw, seen: int, problem: str | None) -> ReadingError:
    if not document["version"] and not seen:
        return ReadingError("unparsable", problem or "no feed")
    without = f"with {seen} entries, none of which has a link and a title" if seen else "without entries"
    return ReadingError(
        "empty", f"a feed ({document['version'] or 'unknown'}) {without}" + (f"; {problem}" if problem else "")
    )


def _entries(raw: list[Raw], base: str, timezone: tzinfo) -> Iterator[Entry]:
    for one in raw:
        try:
            entry = _entry(one, base, timezone)
        except (ValueError, TypeError, KeyError, AttributeError, IndexError):
            continue  # one broken entry never drops its feed
        if entry is not None:
            yield entry


def _entry(raw: Raw, base: str, timezone: tzinfo) -> Entry | None:
    url = _address(raw, base)
    summary_html = _text(raw, "summary")
    body_html = max((_text(part, "value") for part in dict.get(raw, "content", ())), key=len, default="")
    html = body_html or summary_html
    summary, body = markup.text(summary_html), markup.text(body_html)
    title = markup.line(_text(raw, "title")[: 4 * LONGEST_TITLE])[:LONGEST_TITLE] or markup.opening(summary or body)
    if url is None or not title:
        return None
    return Entry(
        url=url,
        title=title,
        summary=summary,
        body=body if body != summary else "",
        published=_date(raw, ("published", "created", "updated"), timezone),
        updated=_date(raw, ("updated",), timezone),
        guid=_text(raw, "id")[: urls.LONGEST] or None,
        language=_language(raw),
        authors=tuple(_authors(raw)),
        image=next(_images(raw, html, url), None),
        videos=_videos(raw, html),
    )


def _text(raw: Raw, key: str) -> str:
    value = dict.get(raw, key)
    return value.strip() if isinstance(value, str) else ""


def _address(raw: Raw, base: str) -> str | None:
    """The page's link; else a guid that is one; else the file that the entry announces."""
    links = dict.get(raw, "links", ())
    alternates = [link.get("href") or "" for link in links if link.get("rel") == "alternate"]
    enclosures = [link.get("href") or "" for link in links if link.get("rel") == "enclosure"]
    guid = _text(raw, "id")
    own = guid if guid.startswith(("http://", "https://")) else ""
    candidates = (*alternates[:1], own, *enclosures[:1])  # not raw["link"]: feedparser makes links of any guids
    return next((address for link in candidates if link and (address := urls.resolve(base, link))), None)


def _date(raw: Raw, keys: tuple[str, ...], timezone: tzinfo) -> datetime | None:
    found = (dates.parse(_text(raw, key), timezone) for key in keys)
    return next((date for date in found if date), None)


def _language(raw: Raw) -> str | None:
    for detail in (dict.get(raw, "title_detail"), dict.get(raw, "summary_detail")):
        language = detail.get("language") if detail else None
        if isinstance(language, str) and re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", language):
            return language
    return None


def _authors(raw: Raw) -> Iterator[str]:
    people = [person.get("name", "") for person in dict.get(raw, "authors", ())]
    written = _text(raw, "author")
    if not people or (len(people) == 1 and "@" in written):
        people = [written]  # feedparser takes an address that ends in more than four letters for a part of the name
    names = (markup.line(name)[: mending.LONGEST_PERSON] for name in people[:MOST_AUTHORS])
    yield from dict.fromkeys(name for name in names if name)


def _images(raw: Raw, html: str, base: str) -> Iterator[str]:
    media = [*dict.get(raw, "media_content", ()), *dict.get(raw, "media_thumbnail", ())]
    links = [link for link in dict.get(raw, "links", ()) if link.get("rel") == "enclosure"]
    for one in (*media, *links):
        kind = f"{one.get('medium', '')} {one.get('type', '')}"
        address = urls.resolve(base, one.get("url") or one.get("href") or "")
        if address and ("image" in kind or (kind == " " and one in media)):
            yield address
    yield from markup.images(html, base)


def _videos(raw: Raw, html: str) -> tuple[str, ...]:
    players = [dict.get(raw, "media_player") or {}, *dict.get(raw, "media_content", ())]
    links = (urls.watch_link(one.get("url") or "") for one in players)
    return tuple(dict.fromkeys([*filter(None, links), *markup.videos(html)]))


def _ttl(feed: Raw) -> timedelta | None:
    """RSS's `ttl` in minutes, else the syndication module's period; what is out of bounds is no wish."""
    minutes = _text(feed, "ttl")
    if minutes.isdigit() and len(minutes) <= len("10080"):
        return timedelta(minutes=int(minutes)) or None
    hours = _PERIODS.get(_text(feed, "sy_updateperiod").lower())
    times = _text(feed, "sy_updatefrequency")
    return timedelta(hours=hours) / (int(times) if times in _FREQUENCIES else 1) if hours else None
