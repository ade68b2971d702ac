"""Atom 1.0 (RFC 4287) of a set of stories with the archive of RFC 5005, page by page as `paging` lays it out.

An entry says what the item of the JSON Feed says, except `_launchwire`. `prev-archive` leads down the archive;
RFC 5005 names the older pages so. Without a `base_url` links are relative to the page itself (`xml:base` does the rest
in readers that honour it).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import Element, SubElement, tostring

from exports.clean import line, tag

if TYPE_CHECKING:
    from collections.abc import Mapping

    from exports.channel import Channel
    from exports.paging import Page

ATOM = "http://www.w3.org/2005/Atom"
HISTORY = "http://purl.org/syndication/history/1.0"
EPOCH = "1970-01-01T00:00:00Z"


def entry(item: Mapping[str, Any]) -> bytes:
    """Return a checked item as an `entry` element."""
    made = Element("entry")
    if "language" in item:
        made.set("xml:lang", item["language"])
    _texts(made, id=item["id"], title=item["title"], updated=item["date_modified"], published=item["date_published"])
    SubElement(made, "link", rel="alternate", type="text/html", href=item["url"])
    if item["external_url"] != item["url"]:
        SubElement(made, "link", rel="related", href=item["external_url"])
    for author in item["authors"]:
        _texts(SubElement(made, "author"), name=author["name"], **({"uri": author["url"]} if "url" in author else {}))
    for term in item["tags"]:
        SubElement(made, "category", term=term)
    if "summary" in item:
        _texts(made, summary=item["summary"])
    SubElement(made, "content", type="html").text = item["content_html"]
    return _bytes(made)


def document(page: Page, channel: Channel, folder: str, title: str) -> bytes:
    """Return one page; the arguments are those of `jsonfeed.document`."""
    feed = Element("feed", {"xmlns": ATOM, "xmlns:fh": HISTORY})
    if language := tag(channel.language):
        feed.set("xml:lang", language)
    if channel.base_url:
        feed.set("xml:base", channel.address(f"{folder}{page.name}"))
    updated = max((each.item()["date_modified"] for each in page.cards), default=EPOCH)
    _texts(feed, id=f"urn:launchwire:feed:{folder.strip('/').replace('/', ':') or 'all'}", title=line(title, 200))
    _texts(feed, updated=updated)
    _texts(SubElement(feed, "author"), name=line(channel.title, 200))
    SubElement(feed, "generator").text = "Launchwire"
    if page.newer:
        SubElement(feed, "fh:archive")
    for rel, name in _links(page):
        SubElement(feed, "link", rel=rel, href=_place(name, page, channel, folder), type=_TYPES[name[-4:]])
    for hub in channel.hubs:
        SubElement(feed, "link", rel="hub", href=hub)
    if channel.favicon:
        _texts(feed, icon=channel.favicon)
    opening, closing = _bytes(feed).rsplit(b"</feed>", 1)[0], b"\n</feed>\n"
    entries = b"".join(b"\n" + each.atom() for each in page.cards)
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + opening + entries + closing


_TYPES = {"atom": "application/atom+xml", "html": "text/html"}


def _links(page: Page) -> list[tuple[str, str]]:
    links = [("self", page.name), ("alternate", "index.html")]
    if page.newer:
        links.append(("current", "feed.atom"))
    if page.older:
        links.append(("prev-archive", page.older))
    return links


def _place(name: str, page: Page, channel: Channel, folder: str) -> str:
    up = "../" if page.newer else ""
    return channel.address(f"{folder}{name}") or f"{up}{name}"


def _bytes(element: Element) -> bytes:
    made: bytes = tostring(element, encoding="utf-8")
    return made


def _texts(parent: Element, **texts: str) -> None:
    for name, text in texts.items():
        SubElement(parent, name).text = text
