"""What HTTP (RFC 9110) wants of an answer: validators, ranges, encodings, headers that keep a reader safe.

Knows no site: it is given a document and says how it goes over the wire.
"""

from __future__ import annotations

import re
from email.utils import formatdate, parsedate_to_datetime
from http import HTTPStatus
from typing import TYPE_CHECKING

from starlette.responses import Response

from exports.pages import POLICY

if TYPE_CHECKING:
    from collections.abc import Mapping

    from crawler.web.folder import Document

_TYPES = {
    "atom": "application/atom+xml",
    "css": "text/css",
    "html": "text/html",
    "ics": "text/calendar",
    "js": "text/javascript",
    "json": "application/json",
    "opml": "text/x-opml",
    "svg": "image/svg+xml",
}
_OPEN = {"atom", "ics", "json", "opml"}  # may be read by pages of other sites
SAFE = {
    "Content-Security-Policy": f"{POLICY}; frame-ancestors 'none'",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
_FEED = re.compile(r"(.+/)?(feed|archive/[0-9-]+)\.json")
_RANGE = re.compile(r"bytes=([0-9]{0,15})-([0-9]{0,15})", re.ASCII)
_SCRIPTS = {"css", "js", "svg"}


def answer(document: Document, name: str, asked: Mapping[str, str], *, part: bool = True) -> Response:
    """Return a document as the request wants it.

    Args:
        document: What is sent.
        name: Its published name; decides its type.
        asked: The request's headers.
        part: Whether a range of it may be sent: RFC 9110 knows ranges for GET alone.
    """
    wanted = asked.get("range", "").strip() if part else ""
    coding = "" if wanted else _coding(asked.get("accept-encoding", ""))
    packed = document.packed(coding) if coding else None
    tag = f'"{document.digest}{f"-{coding}" if packed else ""}"'
    headers = _headers(name) | {"ETag": tag, "Last-Modified": formatdate(document.modified, usegmt=True)}
    if _known(document, asked):
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
    headers["Content-Type"] = media_type(name)
    if packed:
        return Response(packed, headers=headers | {"Content-Encoding": coding})
    return _part(document, tag, headers, wanted, asked.get("if-range"))


def plain(status: HTTPStatus, text: str, **headers: str) -> Response:
    """Return one line."""
    kept = SAFE | {"Cache-Control": "no-store", "Content-Type": "text/plain; charset=utf-8"} | headers
    return Response(f"{text}\n", status, headers=kept)


def media_type(name: str) -> str:
    """Return the media type of a published file."""
    kind = "application/feed+json" if _FEED.fullmatch(name) else _TYPES.get(_ending(name), "application/octet-stream")
    return f"{kind}; charset=utf-8"


def _ending(name: str) -> str:
    return name.rpartition(".")[2]


def _headers(name: str) -> dict[str, str]:
    ending = _ending(name)
    age = 3600 if ending in _SCRIPTS else 60
    shared = {"Access-Control-Allow-Origin": "*", "Cross-Origin-Resource-Policy": "cross-origin"}
    return {
        **SAFE,
        "Accept-Ranges": "bytes",
        "Cache-Control": f"public, max-age={age}",
        "Vary": "Accept-Encoding",
        **(shared if ending in _OPEN else {}),
    }


def _coding(accepted: str) -> str:
    """Return the best of what `Accept-Encoding` takes, `br` before `gzip`; "" where it takes or likes neither."""
    weights = {}
    for part in accepted.lower().split(","):
        coding, _, parameter = part.partition(";")
        weights[coding.strip()] = _weight(parameter)
    ours = {coding: weights.get(coding, weights.get("*", 0.0)) for coding in ("br", "gzip")}
    best = max(ours, key=lambda coding: ours[coding])
    return best if ours[best] > 0 and ours[best] >= weights.get("identity", 0.0) else ""


def _weight(parameter: str) -> float:
    """Return a weight; one that is none of RFC 9110 counts as 1."""
    found = re.fullmatch(r"q=([01](?:\.[0-9]{0,3})?)", parameter.replace(" ", ""), re.ASCII)
    return float(found[1]) if found else 1.0


def _known(document: Document, asked: Mapping[str, str]) -> bool:
    """Whether the asker has the document: by tag where it sent any, else by date."""
    if (tags := asked.get("if-none-match")) is not None:
        sent = {
            tag.strip().removeprefix("W/").strip('"').removesuffix("-gzip").removesuffix("-br")
            for tag in tags.split(",")
        }
        return bool(sent & {document.digest, "*"})
    since = _seconds(asked.get("if-modified-since", ""))
    return since is not None and document.modified <= since


def _part(document: Document, tag: str, headers: dict[str, str], wanted: str, known: str | None) -> Response:
    """Return the range that was asked for, or all where it was none that can be given alone."""
    size = len(document.data)
    found = _RANGE.fullmatch(wanted)
    if not found or found.group() == "bytes=-" or not _still(document, tag, known):
        return Response(document.data, headers=headers)
    first, last = _bounds(found.group(1), found.group(2), size)
    if first > last or first >= size:
        return plain(
            HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE, "no such range", **{"Content-Range": f"bytes */{size}"}
        )
    headers["Content-Range"] = f"bytes {first}-{last}/{size}"
    return Response(document.data[first : last + 1], HTTPStatus.PARTIAL_CONTENT, headers=headers)


def _bounds(first: str, last: str, size: int) -> tuple[int, int]:
    if not first:
        return (size - min(int(last), size), size - 1)
    return int(first), min(int(last) if last else size, size - 1)


def _still(document: Document, tag: str, known: str | None) -> bool:
    """Whether the document is the one that the asker has the beginning of (If-Range)."""
    return known is None or known == tag or _seconds(known) == document.modified


def _seconds(date: str) -> float | None:
    try:
        return parsedate_to_datetime(date).timestamp()
    except (ValueError, OverflowError):
        return None
