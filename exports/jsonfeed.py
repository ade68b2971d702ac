"""JSON Feed 1.1 of a set of stories, page by page as `paging` lays it out.

`next_url` leads from the feed down through the archive to its oldest page. The specification wants absolute addresses,
so without a `base_url` there is no `feed_url`, `home_page_url` and `next_url`; the archive is still written, and
`feeds.html` links its pages.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from crawler.domain.languages import tag
from exports.clean import kept, line, web
from exports.item import encoded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from exports.channel import Channel
    from exports.paging import Page

VERSION = "https://jsonfeed.org/version/1.1"


def document(page: Page, items: Sequence[bytes], channel: Channel, folder: str, title: str) -> bytes:
    """Return one page, an item on each line so that people can read and compare it.

    Args:
        page: Which page it is.
        items: What stands on it.
        channel: The feed as a whole.
        folder: The set's folder, "" or ends in `/`.
        title: The set's title.
    """
    head = {"version": VERSION} | kept(
        {
            "title": line(title, 200),
            "home_page_url": channel.address(f"{folder}index.html"),
            "feed_url": channel.address(f"{folder}feed.json"),
            "next_url": channel.address(f"{folder}{page.older}") if page.older else "",
            "icon": web(channel.icon),
            "favicon": web(channel.favicon),
            "language": tag(channel.language),
            "hubs": [{"type": "WebSub", "url": web(hub)} for hub in channel.hubs],
        }
    )
    return encoded(head)[:-1] + b',"items":[\n' + b",\n".join(items) + b"\n]}\n"
