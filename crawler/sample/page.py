"""An article's own page: JSON-LD and OpenGraph in the head, the dirty body among navigation and footer."""

from __future__ import annotations

import json
from html import escape
from typing import TYPE_CHECKING

from crawler.sample.dates import iso_date
from crawler.sample.links import canonical
from crawler.sample.markup import article_html, image_url

if TYPE_CHECKING:
    from crawler.sample.outlet import Outlet, SampleEntry


def article_page(outlet: Outlet, entry: SampleEntry, port: int) -> str:
    """Return the page that is served under the entry's address, and under its AMP twin's."""
    address, image = canonical(outlet, entry, port), image_url(outlet, entry, port)
    head = f"""<title>{escape(entry.title)} | {escape(outlet.title)}</title>
<link rel="canonical" href="{address}">
<meta name="description" content="{escape(entry.summary)}">
<meta property="og:title" content="{escape(entry.title)}">
<meta property="og:url" content="{address}">
<meta property="og:image" content="{image}">
<meta property="article:published_time" content="{iso_date(outlet, entry.published)}">
<script type="application/ld+json">{_linked_data(outlet, entry, port)}</script>"""
    body = f"<article>\n<h1>{escape(entry.title)}</h1>\n{article_html(outlet, entry, port)}\n</article>"
    return framed(outlet, port, head, body)


def framed(outlet: Outlet, port: int, head: str, body: str) -> str:
    """Put the navigation, the footer and the cookie note around a page's own part."""
    return f"""<!DOCTYPE html>
<html lang="{outlet.language}">
<head>
<meta charset="{outlet.encoding}">
{head}
</head>
<body>
<nav><a href="/">{escape(outlet.title)}</a> <a href="{outlet.base(port)}{outlet.feed}">RSS</a></nav>
<div class="cookies">We value your privacy. Accept all</div>
<main>
{body}
</main>
<footer>{escape(outlet.title)}: an invented outlet of the sample web</footer>
</body>
</html>
"""


def _linked_data(outlet: Outlet, entry: SampleEntry, port: int) -> str:
    facts = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": entry.title,
        "datePublished": iso_date(outlet, entry.published),
        "image": image_url(outlet, entry, port),
        "mainEntityOfPage": canonical(outlet, entry, port),
        "author": {"@type": "Person", "name": entry.author} if entry.author else None,
        "publisher": {"@type": "Organization", "name": outlet.title},
    }
    return json.dumps({key: value for key, value in facts.items() if value}).replace("</", "<\\/")
