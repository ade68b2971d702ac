"""An outlet's index as HTML: tiles with a link, a headline and a day. A newsroom without a feed has only this."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from crawler.sample.page import framed

if TYPE_CHECKING:
    from crawler.sample.outlet import Outlet, SampleEntry

ITEM, LINK, TITLE, DATE = "li.news-tile", "a", "h3", "time"


def listing(outlet: Outlet, port: int) -> str:
    """Return the index of all articles, newest first."""
    tiles = "\n".join(_tile(outlet, entry) for entry in outlet.newest_first())
    head = f"<title>{escape(outlet.title)}</title>"
    return framed(outlet, port, head, f'<ul class="news">\n{tiles}\n</ul>')


def _tile(outlet: Outlet, entry: SampleEntry) -> str:
    day = entry.published
    return (
        f'<li class="news-tile"><a href="{outlet.path(entry)}"><h3>{escape(entry.title)}</h3></a>'
        f'<time datetime="{day:%Y-%m-%d}">{day:%d %B %Y}</time></li>'
    )
