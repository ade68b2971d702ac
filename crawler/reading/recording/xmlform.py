"""Feeds and sitemaps, reduced to three entries, in words of our own."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from lxml import etree  # type: ignore[import-untyped] # ships no types

from crawler.errors import ReadingError
from crawler.reading import charset, mending

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from crawler.reading.recording.wording import Wording

    Element = Any
    """An lxml element, which has no types."""

MOST = 3
_ENTRIES = {"item", "entry", "url"}
_AS_IT_IS = {
    "pubdate", "date", "published", "updated", "modified", "issued", "created", "lastbuilddate", "lastmod",
    "publication_date", "language", "ttl", "updateperiod", "updatefrequency", "changefreq", "priority",
}  # fmt: skip
_NAMES = {"author", "creator", "contributor", "managingeditor", "webmaster", "name", "copyright", "rights", "generator"}
_SAID = {"title", "label", "term", "text", "alt"}
_ADDRESSES = {"href", "url", "about", "resource", "base", "src"}


def document(
    body: bytes, content_type: str | None, wanted: Sequence[str], wording: Wording, fragment: Callable[[str], str]
) -> tuple[str, str]:
    """A feed or sitemap as its root's name and its new text.

    Args:
        body: As fetched.
        content_type: The HTTP header, for its charset.
        wanted: Addresses of the entries to keep in a sitemap; a feed keeps its first ones.
        wording: Our words.
        fragment: Rewords HTML.

    Raises:
        ReadingError: `unparsable`.
    """
    parser = etree.XMLParser(
        encoding="utf-8", recover=True, resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True,
        remove_pis=True,
    )  # fmt: skip
    text = mending.mended(charset.decode(body, content_type))
    root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    if root is None:
        raise ReadingError("unparsable", "no XML")
    _trim(root, wanted)
    for place, entry in enumerate(_entries(root), 1):
        _reword(entry, wording, fragment, wording.title(place))
    _reword(root, wording, fragment, wording.name())
    etree.indent(root, " ")
    said = etree.tostring(root, encoding="utf-8", xml_declaration=True).decode("utf-8")
    return _local(root), f"{said}\n"


def _entries(root: Element) -> list[Element]:
    return [node for node in root.iter() if _local(node) in _ENTRIES and _local(node.getparent()) not in _ENTRIES]


def _trim(root: Element, wanted: Sequence[str]) -> None:
    entries = _entries(root)
    kept = [node for node in entries if any(_text(child) in wanted for child in node if _local(child) == "loc")]
    kept = (kept if _local(root) == "urlset" and kept else entries)[:MOST]
    for node in entries:
        if node not in kept:
            node.getparent().remove(node)
    about = [value for node in kept for name, value in node.attrib.items() if name.endswith("}about")]
    for node in [one for one in root.iter() if _local(one) == "li"]:
        if not set(node.attrib.values()) & set(about):
            node.getparent().remove(node)


def _reword(top: Element, wording: Wording, fragment: Callable[[str], str], title: str) -> None:
    """Reword an element and all in it that is not reworded yet; the first title in it gets the one given."""
    for node in [one for one in top.iter() if one.get(_DONE) is None]:
        if not isinstance(node.tag, str):
            continue
        _attributes(node, wording)
        if node.text and node.text.strip():
            said = _said(node, wording, fragment, title)
            node.text = etree.CDATA(said) if "<" in said else said
        node.tail = wording.value(node.tail) if node.tail and node.tail.strip() else node.tail
        node.set(_DONE, "")
    if top.getparent() is None:
        etree.strip_attributes(top, _DONE)


_DONE = "reworded-by-launchwire"


def _said(node: Element, wording: Wording, fragment: Callable[[str], str], title: str) -> str:
    name, text = _local(node), node.text
    if name in _AS_IT_IS:
        return str(text)
    if name == "title":
        return title
    if name in _NAMES:
        return wording.name()
    return fragment(text) if re.search(r"<\w", text) else wording.value(text.strip())


def _attributes(node: Element, wording: Wording) -> None:
    for name, value in node.attrib.items():
        local = name.rpartition("}")[2].lower()
        if local in _ADDRESSES:
            node.set(name, wording.address(value))
        elif local in _SAID:
            node.set(name, wording.value(value))


def _local(node: Element) -> str:
    """An element's name without its namespace; "" for none and for a comment."""
    return re.split("[}:]", node.tag)[-1].lower() if node is not None and isinstance(node.tag, str) else ""


def _text(node: Element) -> str:
    return "".join(node.itertext()).strip()
