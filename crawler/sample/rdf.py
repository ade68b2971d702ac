"""RSS 1.0 (RDF), with Dublin Core dates or, as some do, with none."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from crawler.sample.dates import iso_date
from crawler.sample.links import canonical, listed

if TYPE_CHECKING:
    from crawler.sample.outlet import Outlet, SampleEntry

_NAMESPACES = (
    'xmlns="http://purl.org/rss/1.0/" '
    'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"'
)


def rdf(outlet: Outlet, port: int) -> str:
    """Return the outlet's feed as RSS 1.0."""
    rows = list(listed(outlet, port))
    sequence = "\n".join(f'<rdf:li rdf:resource="{canonical(outlet, entry, port)}"/>' for entry, _ in rows)
    items = "\n".join(_item(outlet, entry, link, port) for entry, link in rows)
    return f"""<?xml version="1.0" encoding="{outlet.encoding}"?>
<rdf:RDF {_NAMESPACES}>
<channel rdf:about="{outlet.base(port)}{outlet.feed}">
<title>{escape(outlet.title)}</title>
<link>{outlet.base(port)}/</link>
<description>{escape(outlet.title)}</description>
<items><rdf:Seq>
{sequence}
</rdf:Seq></items>
</channel>
{items}
</rdf:RDF>
"""


def _item(outlet: Outlet, entry: SampleEntry, link: str, port: int) -> str:
    date = "" if outlet.quirks.undated else f"\n<dc:date>{iso_date(outlet, entry.published)}</dc:date>"
    return f"""<item rdf:about="{canonical(outlet, entry, port)}">
<title>{escape(entry.title)}</title>
<link>{escape(link)}</link>
<description>{escape(entry.summary)}</description>{date}
</item>"""
