"""Sitemaps to entries: urlset, sitemapindex, Google's news sitemaps, gzipped or not (https://www.sitemaps.org/protocol).

`lastmod` orders entries and is never when they were published: it was seen 77 days off. A plain sitemap knows neither
titles nor dates; the articles' own pages do.
"""

from __future__ import annotations

import re
import zlib
from datetime import UTC, datetime, tzinfo
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from lxml import etree  # type: ignore[import-untyped] # ships no types; used here only

from crawler.domain import urls
from crawler.domain.models import Entry
from crawler.errors import ReadingError
from crawler.reading import charset, dates, markup, mending
from crawler.reading.models import MapLink, SitemapReading
from crawler.reading.refusal import refuse_pages

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MOST_BYTES = 10 * 2**20
"""Decompressed; what comes after is not read. The protocol allows 50 MB, the longest newsroom seen has under one."""

MOST_ENTRIES = 1000
"""The newest that are kept of the 50,000 that a sitemap may have."""

LONGEST_TITLE = 500

_GZIP = b"\x1f\x8b"
_ENTITY = re.compile(r"<!(?:ENTITY|ELEMENT|ATTLIST)\b", re.IGNORECASE)
_CLOSED = re.compile(r"</(?:[\w.-]+:)?(?:urlset|sitemapindex)\s*>")
_MONTH = re.compile(r"/(20\d\d)/(0?[1-9]|1[0-2])(?:/|$)")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,2}")
_NEVER = datetime.min.replace(tzinfo=UTC)


def parse(
    body: bytes, url: str, prefixes: tuple[str, ...], content_type: str | None = None, timezone: tzinfo = UTC
) -> SitemapReading:
    """Read a sitemap or an index of sitemaps.

    Args:
        body: The document as fetched; gzip is undone here.
        url: Its address; entries and sitemaps of another site are left out, as the protocol has it.
        prefixes: What the paths of articles begin with.
        content_type: The HTTP header, for its charset.
        timezone: The source's own, for dates without one.

    Returns:
        The newest entries, as `newest_first` has them; those of a plain sitemap have neither title nor date.

    Raises:
        ReadingError: `blocked`, `unparsable`, or `empty` where no address begins with a prefix.
    """
    text = mending.mended(charset.decode(plain(body), content_type))
    refuse_pages(text)
    if _ENTITY.search(text):
        raise ReadingError("unparsable", "it declares a document type of its own; no sitemap needs one")
    root, problem = _root(text)
    nodes = [node for node in root.iter() if _name(node) in {"url", "sitemap"} and _space(node) == _space(root)]
    if not _CLOSED.search(text):
        nodes, problem = nodes[:-1], "broken off: the last entry is left out"
    if _name(root) == "sitemapindex":
        return SitemapReading(maps=_maps(nodes, url, timezone), problem=problem)
    entries = newest_first(_entries(nodes, url, prefixes, timezone))
    if not entries:
        raise ReadingError("empty", f"none of {len(nodes)} addresses begins with {' or '.join(prefixes)}")
    return SitemapReading(entries, problem=problem)


def newest_first(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Put entries in order by the date of their news, else `lastmod`, else the month in their address; each URL once.

    Those that tell no time come last, in the order given. At most MOST_ENTRIES are kept.
    """
    each = {entry.url: entry for entry in entries}
    return tuple(sorted(each.values(), key=_order, reverse=True)[:MOST_ENTRIES])


def plain(body: bytes) -> bytes:
    """The document decompressed; as much of it as there is where it is broken off."""
    if not body.startswith(_GZIP):
        return body[:MOST_BYTES]
    try:
        return zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(body, MOST_BYTES)
    except zlib.error as error:
        raise ReadingError("unparsable", f"no gzip: {error}") from None


def _root(text: str) -> tuple[Any, str | None]:
    parser = etree.XMLParser(
        encoding="utf-8", recover=True, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError as error:
        raise ReadingError("unparsable", f"no XML: {error}"[:300]) from None
    if root is None or _name(root) not in {"urlset", "sitemapindex"}:
        seen = "no XML" if root is None else f"<{_name(root)}>"
        raise ReadingError("unparsable", f"{seen[:80]} instead of a sitemap")
    fatal = next((one for one in parser.error_log if one.level_name == "FATAL"), None)
    return root, f"broken: {fatal.message} (line {fatal.line})"[:300] if fatal else None


def _name(node: Any) -> str:  # noqa: ANN401 (lxml ships no types)
    """An element's name without its namespace, also where its prefix is declared nowhere; "" for a comment."""
    return re.split("[}:]", node.tag)[-1].lower() if isinstance(node.tag, str) else ""


def _said(node: Any, name: str) -> str:  # noqa: ANN401 (lxml ships no types)
    """The text of a child of the same vocabulary: `image:loc` is no `loc`."""
    space = _space(node)
    child = next((one for one in node if _name(one) == name and _space(one) == space), None)
    return "".join(child.itertext()).strip() if child is not None else ""


def _space(node: Any) -> str:  # noqa: ANN401 (lxml ships no types)
    tag = str(node.tag)
    return tag.rpartition("}")[0] or tag.rpartition(":")[0]


def _address(node: Any, base: str) -> str | None:  # noqa: ANN401 (lxml ships no types)
    address = urls.resolve(base, _said(node, "loc"))
    # canonical, so that www and not are one site
    return address if address and urls.same_site(urls.canonical(address), urls.canonical(base)) else None


def _maps(nodes: list[Any], base: str, timezone: tzinfo) -> tuple[MapLink, ...]:
    found = {
        address: MapLink(address, dates.parse(_said(node, "lastmod"), timezone))
        for node in nodes
        if (address := _address(node, base))
    }
    if not found:
        raise ReadingError("empty", f"none of {len(nodes)} sitemaps is of this site")
    return tuple(sorted(found.values(), key=lambda one: one.changed or _NEVER, reverse=True))


def _entries(nodes: list[Any], base: str, prefixes: tuple[str, ...], timezone: tzinfo) -> Iterator[Entry]:
    for node in nodes:
        address = _address(node, base)
        if address and _is_article(address, prefixes):
            news = next((one for one in node if _name(one) == "news"), None)
            changed = dates.parse(_said(node, "lastmod"), timezone)
            yield _entry(address, changed, news, timezone)


def _is_article(url: str, prefixes: tuple[str, ...]) -> bool:
    path = urlsplit(url).path
    return any(path.startswith(prefix) and path.rstrip("/") != prefix.rstrip("/") for prefix in prefixes)


def _entry(url: str, changed: datetime | None, news: Any, timezone: tzinfo) -> Entry:  # noqa: ANN401 (no types)
    if news is None:
        return Entry(url=url, title="", updated=changed)
    publication = next((one for one in news if _name(one) == "publication"), None)
    return Entry(
        url=url,
        title=markup.line(_said(news, "title")[: 4 * LONGEST_TITLE])[:LONGEST_TITLE],
        published=dates.parse(_said(news, "publication_date"), timezone),
        updated=changed,
        language=_language(publication),
    )


def _language(publication: Any) -> str | None:  # noqa: ANN401 (lxml ships no types)
    tag = _said(publication, "language") if publication is not None else ""
    return tag if _LANGUAGE.fullmatch(tag) else None


def _order(entry: Entry) -> datetime:
    month = _MONTH.search(urlsplit(entry.url).path)
    named = datetime(int(month[1]), int(month[2]), 1, tzinfo=UTC) if month else _NEVER
    return entry.published or entry.updated or named
