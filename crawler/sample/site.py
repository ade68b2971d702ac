"""What an outlet's web server answers to a request: a pure function of outlet, path and headers.

It opens no socket; `web` does.
"""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from email.utils import format_datetime, parsedate_to_datetime
from typing import TYPE_CHECKING

from crawler.sample.atom import atom
from crawler.sample.jsonfeed import json_feed
from crawler.sample.links import AMP
from crawler.sample.listing import listing
from crawler.sample.oppo import page_of_rows
from crawler.sample.page import article_page
from crawler.sample.rdf import rdf
from crawler.sample.rss import rss
from crawler.sample.sitemap import news_sitemap, part, sitemap_index

if TYPE_CHECKING:
    from collections.abc import Mapping

    from crawler.sample.outlet import Outlet, SampleEntry

_HTML, _JSON = "text/html", "application/json"
_FORMATS = {
    "rss": (rss, "application/rss+xml"),
    "rdf": (rdf, "application/rdf+xml"),
    "atom": (atom, "application/atom+xml"),
    "json": (json_feed, "application/feed+json"),
    "listing": (listing, _HTML),
    "sitemap": (sitemap_index, "application/xml"),
    "newsmap": (news_sitemap, "application/xml"),
}
_DENIED = "<html><head><title>Access Denied</title></head><body><h1>Access Denied</h1></body></html>"
_PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


@dataclass(frozen=True, slots=True)
class Answer:
    """One HTTP answer.

    Args:
        delay: Seconds to wait before it is sent.
    """

    status: int
    media_type: str = "text/plain"
    body: bytes = b""
    headers: tuple[tuple[str, str], ...] = ()
    delay: float = 0.0


def answer(outlet: Outlet, port: int, path: str, headers: Mapping[str, str], payload: bytes | None = None) -> Answer:
    """Answer a request.

    Args:
        outlet: As it is now.
        port: The one it is served on, for its links.
        path: With its query, which no outlet looks at.
        headers: The request's, keys in lower case.
        payload: What was posted; None for a GET.
    """
    path = path.partition("?")[0]
    is_api = outlet.format == "oppo" and path == outlet.feed
    if is_api != (payload is not None):
        return Answer(405, body=b"Not by this method\n")
    if payload is not None:
        return _api(outlet, payload)
    if path == outlet.feed:
        return _feed(outlet, port, headers)
    return _static(outlet, port, path) or Answer(404, body=b"Not here\n")


def _api(outlet: Outlet, payload: bytes) -> Answer:
    rows = page_of_rows(outlet, payload)
    return Answer(200, _JSON, rows.encode()) if rows else Answer(400, _JSON, b'{"code": 400, "msg": "bad parameters"}')


def _static(outlet: Outlet, port: int, path: str) -> Answer | None:
    if path == "/robots.txt":
        rules = "".join(f"Disallow: {prefix}\n" for prefix in outlet.quirks.disallow or ("",))
        return Answer(200, body=f"User-agent: *\n{rules}".encode())
    if path == "/":
        return Answer(200, _HTML, _encoded(outlet, listing(outlet, port)))
    if path.startswith("/img/"):
        return Answer(200, "image/png", _PIXEL)
    if outlet.format == "sitemap" and (body := part(outlet, port, path)):
        return Answer(200, "application/gzip" if path.endswith(".gz") else "application/xml", body)
    entry = _entry_at(outlet, path)
    return Answer(200, _HTML, _encoded(outlet, article_page(outlet, entry, port))) if entry else None


def _entry_at(outlet: Outlet, path: str) -> SampleEntry | None:
    plain = path.removesuffix(AMP).rstrip("/")
    return next((entry for entry in outlet.entries if outlet.path(entry).rstrip("/") == plain), None)


def _feed(outlet: Outlet, port: int, headers: Mapping[str, str]) -> Answer:
    if outlet.quirks.missing:
        return Answer(404, body=b"Not here any more\n")
    if outlet.quirks.blocked:
        return Answer(200, _HTML, _DENIED.encode())
    render, media_type = _FORMATS[outlet.format]
    body = _encoded(outlet, render(outlet, port))
    etag, changed = f'"{hashlib.sha256(body).hexdigest()[:16]}"', max(entry.published for entry in outlet.entries)
    validators = (("ETag", etag), ("Last-Modified", format_datetime(changed, usegmt=True)))
    if outlet.quirks.sticky and {"if-none-match", "if-modified-since"} & headers.keys():
        return Answer(304, media_type, headers=validators, delay=outlet.quirks.delay)
    if _unchanged(dict(validators), headers):
        return Answer(304, media_type, headers=validators, delay=outlet.quirks.delay)
    return Answer(200, media_type, body, validators, outlet.quirks.delay)


def _unchanged(validators: Mapping[str, str], headers: Mapping[str, str]) -> bool:
    """RFC 9110, 13.2.2: where If-None-Match is sent, If-Modified-Since says nothing."""
    if "if-none-match" in headers:
        return validators["ETag"] in headers["if-none-match"]
    since = headers.get("if-modified-since")
    return bool(since) and parsedate_to_datetime(since or "") >= parsedate_to_datetime(validators["Last-Modified"])


def _encoded(outlet: Outlet, text: str) -> bytes:
    """Letters that the encoding lacks become character references, as old newsroom systems do it."""
    return text.encode(outlet.encoding, "xmlcharrefreplace")
