"""The web application: every published file, feeds by query, and a health check. GET and HEAD only; keeps no log."""

from __future__ import annotations

import time
from functools import lru_cache
from http import HTTPStatus
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.routing import Route

from crawler.web.answer import answer, plain
from crawler.web.filters import UnknownFilterError, chosen, merged
from crawler.web.folder import Document, Folder, document

if TYPE_CHECKING:
    from pathlib import Path

    from starlette.requests import Request
    from starlette.responses import Response

_FEEDS = {"feed.json", "feed.atom"}


def app(path: Path) -> Starlette:
    """Return the application that serves a site folder; it may be published into meanwhile.

    Args:
        path: The folder; may be missing yet.
    """
    site = _Site(Folder(path))
    # Plain functions run in threads: reading a file and packing it would hold up the others.
    return Starlette(routes=[Route("/healthz", site.health), Route("/{name:path}", site.file)])


class _Site:
    def __init__(self, folder: Folder) -> None:
        self._folder = folder
        self._merged = lru_cache(maxsize=64)(self._merge)

    def health(self, _: Request) -> Response:
        """Say whether there is a feed to serve."""
        if self._folder.document("feed.json") is None:
            return plain(HTTPStatus.SERVICE_UNAVAILABLE, "nothing is published yet")
        return plain(HTTPStatus.OK, "ok")

    def file(self, request: Request) -> Response:
        """Send a published file, or a feed filtered by the query."""
        name = request.path_params["name"]
        if not name or name.endswith("/"):
            name += "index.html"
        if name in _FEEDS and request.query_params:
            return self._filtered(name, request)
        found = self._folder.document(name)
        return self._sent(found, name, request, "page")

    def _filtered(self, name: str, request: Request) -> Response:
        try:
            query = request.query_params.multi_items()
            sets = chosen(query, self._folder.names, several=name == "feed.json")
        except UnknownFilterError as error:
            return plain(HTTPStatus.BAD_REQUEST, str(error), **{"Access-Control-Allow-Origin": "*"})
        if len(sets) == 1:
            found = self._folder.document(f"{sets[0]}{name}")
        else:
            found = self._merged(tuple(sets), self._folder.version())
        return self._sent(found, name, request, "feed")

    def _sent(self, found: Document | None, name: str, request: Request, kind: str) -> Response:
        if found is None:
            return plain(HTTPStatus.NOT_FOUND, f"there is no such {kind}")
        return answer(found, name, request.headers, part=request.method == "GET")

    def _merge(self, sets: tuple[str, ...], version: tuple[tuple[int, int], ...]) -> Document | None:
        made = merged(self._folder, sets)
        modified = max(when for when, _ in version) // 10**9 or int(time.time())
        return None if made is None else document(made, modified)
