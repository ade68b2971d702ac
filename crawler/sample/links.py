"""The addresses under which an outlet's feed names its articles: plain, tracked, relative, or twice with an AMP twin.

It does not read addresses; that is the crawler's work.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crawler.sample.outlet import Outlet, SampleEntry

AMP = "/amp/"


def canonical(outlet: Outlet, entry: SampleEntry, port: int) -> str:
    """Return the address that the page itself calls canonical."""
    return outlet.base(port) + outlet.path(entry)


def listed(outlet: Outlet, port: int) -> Iterator[tuple[SampleEntry, str]]:
    """Yield each entry with its address in the feed, newest first; AMP twins follow their article."""
    for number, entry in enumerate(outlet.newest_first()):
        yield entry, _link(outlet, outlet.path(entry), port)
        if outlet.quirks.amp and number % 2 == 0:
            yield entry, _link(outlet, outlet.path(entry).rstrip("/") + AMP, port)


def _link(outlet: Outlet, path: str, port: int) -> str:
    origin = "" if outlet.quirks.relative else outlet.base(port)
    return origin + path + (f"?{outlet.quirks.tracker}" if outlet.quirks.tracker else "")
