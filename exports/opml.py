"""OPML 2.0 of the sources that we read and of the feeds that we write."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, SubElement, tostring

from exports.clean import line, web
from exports.pages import title

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from exports.channel import Channel
    from exports.shelf import Shelf
    from exports.status import SourceStatus


def ours(shelves: Sequence[Shelf], channel: Channel) -> bytes:
    """Return our own feeds, each as JSON Feed and as Atom; addresses are relative where we have no public one."""
    site = line(channel.title, 200)
    body, document = _document(f"{site}: feeds")
    for shelf in sorted(shelves, key=lambda each: each.folder):
        outline = SubElement(body, "outline", text=title(shelf))
        for kind, form, words in (("rss", "atom", "Atom"), ("json", "json", "JSON Feed")):
            name = f"{shelf.folder}feed.{form}"
            SubElement(
                outline,
                "outline",
                type=kind,
                text=f"{site}: {title(shelf)} ({words})",
                xmlUrl=channel.address(name) or name,
                htmlUrl=channel.address(f"{shelf.folder}index.html") or f"{shelf.folder}index.html",
            )
    return _bytes(document)


def feeds(sources: Iterable[SourceStatus]) -> list[tuple[str, str, str]]:
    """Return what the list of sources tells of those that publish a feed: feed, name and home, in order of the ids."""
    told = sorted(sources, key=lambda one: one.id)
    return [
        (feed, line(each.name, 100) or line(each.id, 100), web(each.home)) for each in told if (feed := web(each.feed))
    ]


def theirs(sources: Iterable[SourceStatus], channel: Channel) -> bytes:
    """Return the sources that publish a feed."""
    body, document = _document(f"{line(channel.title, 200)}: sources")
    for feed, name, home in feeds(sources):
        made = SubElement(body, "outline", type="rss", text=name, xmlUrl=feed)
        if home:
            made.set("htmlUrl", home)
    return _bytes(document)


def _document(name: str) -> tuple[Element, Element]:
    document = Element("opml", version="2.0")
    SubElement(SubElement(document, "head"), "title").text = name
    return SubElement(document, "body"), document


def _bytes(document: Element) -> bytes:
    made: bytes = tostring(document, encoding="utf-8", xml_declaration=True)
    return made + b"\n"
