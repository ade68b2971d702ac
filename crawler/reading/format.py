"""Name a document's format, for people; which parser reads it is not decided here."""

from __future__ import annotations

import re
from io import BytesIO

from lxml import etree  # type: ignore[import-untyped] # ships no types

_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_JSON_FEED = re.compile(rb"jsonfeed\.org/version/(\d(?:\.\d)?)")
_START = 4096
_NAMES = {"RDF": "RSS 1.0 (RDF)", "urlset": "sitemap", "sitemapindex": "index of sitemaps"}


def name(body: bytes) -> str:
    """What a document looks like: such as `RSS 2.0`, `Atom`, `JSON Feed 1.1`, `sitemap`, `JSON`, `HTML`."""
    start = body[:_START].lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n\0")
    if body.startswith(b"\x1f\x8b"):
        return "gzip"
    if start.startswith((b"{", b"[")):
        found = _JSON_FEED.search(start)
        return f"JSON Feed {found[1].decode()}" if found else "JSON"
    if _HTML.search(start):
        return "HTML"
    return _xml(body)


def _xml(body: bytes) -> str:
    try:
        events = etree.iterparse(
            BytesIO(body), events=("start",), recover=True, resolve_entities=False, no_network=True, load_dtd=False
        )
        root = next((element for _, element in events), None)
    except etree.XMLSyntaxError:
        root = None
    if root is None:
        return "unknown"
    local = etree.QName(root).localname if isinstance(root.tag, str) else ""
    if local == "rss":
        return f"RSS {root.get('version', '')}".strip()
    return "Atom" if local == "feed" else _NAMES.get(local, f"XML <{local}>")
