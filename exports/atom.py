"""Atom 1.0 (RFC 4287) of a set of stories with the archive of RFC 5005, page by page as `paging` lays it out.

An entry says what the item of the JSON Feed says, except `_launchwire`. `prev-archive` leads down the archive; RFC 5005
names the older pages so. `next-archive` is left out: a page that is full would change whenever the one above it got
another part. Without a `base_url` links are relative to the page itself.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from crawler.domain.languages import tag
from exports.clean import escaped, line

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from exports.channel import Channel
    from exports.paging import Page

ATOM = "http://www.w3.org/2005/Atom"
HISTORY = "http://purl.org/syndication/history/1.0"
EPOCH = "2000-01-01T00:00:00Z"  # of a page without stories; validators take no time before 1990 for one


def entry(item: Mapping[str, Any]) -> bytes:
    """Return a checked item as an `entry` element."""
    language = f' xml:lang="{item["language"]}"' if "language" in item else ""
    related = item["external_url"] if item["external_url"] != item["url"] else ""
    parts = [
        f"<entry{language}>",
        *(f"<{name}>{escape(item[key], quote=False)}</{name}>" for name, key in _TEXTS if key in item),
        f'<link rel="alternate" type="text/html" href="{escaped(item["url"])}" />',
        f'<link rel="related" href="{escaped(related)}" />' if related else "",
        *(f"<author><name>{escape(each['name'], quote=False)}</name>{_uri(each)}</author>" for each in item["authors"]),
        *(f'<category term="{escaped(term)}" />' for term in item["tags"]),
        f'<content type="html">{escape(item["content_html"], quote=False)}</content></entry>',
    ]
    return "".join(parts).encode()


def document(page: Page, entries: Sequence[bytes], channel: Channel, folder: str, title: str) -> bytes:
    """Return one page; the arguments are those of `jsonfeed.document`."""
    language = tag(channel.language)
    updated = max((each.modified for each in page.held), default=EPOCH)
    parts = [
        f'<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="{ATOM}" xmlns:fh="{HISTORY}"',
        f' xml:lang="{language}">' if language else ">",
        f"<id>urn:launchwire:feed:{folder.strip('/').replace('/', ':') or 'all'}</id>",
        f"<title>{escape(line(title, 200), quote=False)}</title><updated>{updated}</updated>",
        f"<author><name>{escape(line(channel.title, 200), quote=False)}</name></author>",
        "<generator>Launchwire</generator>",
        "<fh:archive />" if page.newer else "",
        *(_link(rel, _place(name, page, channel, folder), _TYPES[name[-4:]]) for rel, name in _links(page)),
        *(f'<link rel="hub" href="{escaped(hub)}" />' for hub in channel.hubs),
        f"<icon>{escaped(channel.favicon)}</icon>" if channel.favicon else "",
    ]
    return b"\n".join(("".join(parts).encode(), *entries, b"</feed>\n"))


_TEXTS = (
    ("id", "id"),
    ("title", "title"),
    ("updated", "date_modified"),
    ("published", "date_published"),
    ("summary", "summary"),
)
_TYPES = {"atom": "application/atom+xml", "html": "text/html"}


def _uri(author: Mapping[str, str]) -> str:
    return f"<uri>{escaped(author['url'])}</uri>" if "url" in author else ""


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


def _link(rel: str, url: str, form: str) -> str:
    return f'<link rel="{rel}" href="{escaped(url)}" type="{form}" />'
