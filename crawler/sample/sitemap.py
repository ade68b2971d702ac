"""Sitemaps as newsrooms and news sites keep them: an index with gzipped parts, and Google's for news.

Their `lastmod` is the day on which the site was built last, for every page alike, as real ones have it.
"""

from __future__ import annotations

import gzip
from html import escape
from typing import TYPE_CHECKING

from crawler.sample.dates import iso_date
from crawler.sample.links import canonical

if TYPE_CHECKING:
    from collections.abc import Iterable

    from crawler.sample.outlet import Outlet, SampleEntry

ARTICLES, SHOP = "/sitemap-pages.xml.gz", "/sitemap-shop.xml"
_SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
_NEWS = 'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
_IMAGE = 'xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"'
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'


def sitemap_index(outlet: Outlet, port: int) -> str:
    """Return the index: the pages, changed with the newest article, and a shop."""
    built = outlet.newest_first()[0].published
    maps = "".join(
        f"<sitemap><loc>{outlet.base(port)}{path}</loc><lastmod>{iso_date(outlet, built)}</lastmod></sitemap>\n"
        for path in (ARTICLES, SHOP)
    )
    return f"{_HEAD}<sitemapindex {_SPACE}>\n{maps}</sitemapindex>\n"


def part(outlet: Outlet, port: int, path: str) -> bytes | None:
    """Return one sitemap of the index, gzipped where its name says so, or None."""
    if path == ARTICLES:
        places = (_place(outlet, entry, port) for entry in sorted(outlet.entries, key=lambda entry: entry.slug))
        return gzip.compress(_urlset(f"{_SPACE} {_IMAGE}", places).encode(), mtime=0)
    if path == SHOP:
        shelves = (f"<url><loc>{outlet.base(port)}/shop/{name}</loc></url>" for name in ("phones", "audio"))
        return _urlset(_SPACE, shelves).encode()
    return None


def news_sitemap(outlet: Outlet, port: int) -> str:
    """Return Google's sitemap for news: each article with title and date."""
    return _urlset(f"{_SPACE} {_NEWS}", (_news(outlet, entry, port) for entry in outlet.newest_first()))


def _urlset(spaces: str, places: Iterable[str]) -> str:
    return f"{_HEAD}<urlset {spaces}>\n" + "\n".join(places) + "\n</urlset>\n"


def _place(outlet: Outlet, entry: SampleEntry, port: int) -> str:
    built = iso_date(outlet, outlet.newest_first()[0].published)
    picture = f"<image:image><image:loc>{outlet.base(port)}/img/{entry.image}.png</image:loc></image:image>"
    return (
        f"<url><loc>{canonical(outlet, entry, port)}</loc><lastmod>{built}</lastmod>"
        f"{picture if entry.image else ''}</url>"
    )


def _news(outlet: Outlet, entry: SampleEntry, port: int) -> str:
    publication = (
        f"<news:publication><news:name>{escape(outlet.title)}</news:name>"
        f"<news:language>{outlet.language}</news:language></news:publication>"
    )
    return (
        f"<url><loc>{canonical(outlet, entry, port)}</loc><news:news>{publication}"
        f"<news:publication_date>{iso_date(outlet, entry.published)}</news:publication_date>"
        f"<news:title>{escape(entry.title)}</news:title></news:news></url>"
    )
