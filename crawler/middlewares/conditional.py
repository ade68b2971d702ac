"""What the last visit means for this one: validators, sent verbatim, and a redirect that is followed no longer."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from crawler.middlewares.stored import StoreMiddleware
from crawler.store import sources

if TYPE_CHECKING:
    from scrapy import Request

    from crawler.domain.visits import SourceState

VALIDATORS = ("If-None-Match", "If-Modified-Since")


class ConditionalMiddleware(StoreMiddleware):
    """Adds validators where the spider asks for it, and only to the address that they came from.

    A redirect takes a request's headers along: what it brought of another address is taken off again.
    """

    def process_request(self, request: Request) -> None:
        """Add the validators; remember the body's hash for servers that know none."""
        if request.meta.get("is_page") or "source" not in request.meta:
            return
        state = self._state(request.meta["source"])
        if state.has_moved(datetime.now(UTC)):
            request.meta["dont_redirect"] = True
        if not request.meta.get("conditional"):
            return
        request.meta["body_hash"] = state.body_hash
        ours = (state.etag, state.last_modified) if request.url == state.validated_url else (None, None)
        for name, value in zip(VALIDATORS, ours, strict=True):
            request.headers.pop(name, None)
            if value and request.method == "GET":
                request.headers[name] = value.encode("latin-1")

    def _state(self, source: str) -> SourceState:
        with self.store.read() as db:
            return sources.state(db, source)
