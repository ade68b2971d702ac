"""JSON Feed 1.1, as one outlet publishes it; what Launchwire itself exports is not made here."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from crawler.sample.dates import iso_date
from crawler.sample.links import canonical, listed
from crawler.sample.markup import article_html, image_url

if TYPE_CHECKING:
    from crawler.sample.outlet import Outlet, SampleEntry


def json_feed(outlet: Outlet, port: int) -> str:
    """Return the outlet's feed as JSON Feed 1.1."""
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": outlet.title,
        "home_page_url": f"{outlet.base(port)}/",
        "feed_url": f"{outlet.base(port)}{outlet.feed}",
        "language": outlet.language,
        "items": [_item(outlet, entry, link, port) for entry, link in listed(outlet, port)],
    }
    return json.dumps(feed, ensure_ascii=False, indent=1) + "\n"


def _item(outlet: Outlet, entry: SampleEntry, link: str, port: int) -> dict[str, Any]:
    item = {
        "id": canonical(outlet, entry, port),
        "url": link,
        "title": entry.title,
        "summary": entry.summary,
        "content_html": article_html(outlet, entry, port),
        "date_published": iso_date(outlet, entry.published),
        "image": image_url(outlet, entry, port),
        "authors": [{"name": entry.author}] if entry.author else [],
    }
    return {key: value for key, value in item.items() if value}
