"""Atom 1.0, with summaries and, where the outlet is generous, the whole article."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from crawler.sample.dates import iso_date
from crawler.sample.links import listed
from crawler.sample.markup import article_html

if TYPE_CHECKING:
    from crawler.sample.outlet import Outlet, SampleEntry


def atom(outlet: Outlet, port: int) -> str:
    """Return the outlet's feed as Atom."""
    newest = max(entry.published for entry in outlet.entries)
    entries = "\n".join(_entry(outlet, entry, link, port) for entry, link in listed(outlet, port))
    return f"""<?xml version="1.0" encoding="{outlet.encoding}"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{outlet.language}">
<title>{escape(outlet.title)}</title>
<id>{outlet.base(port)}/</id>
<link rel="self" href="{outlet.base(port)}{outlet.feed}"/>
<link rel="alternate" href="{outlet.base(port)}/"/>
<updated>{iso_date(outlet, newest)}</updated>
{entries}
</feed>
"""


def _entry(outlet: Outlet, entry: SampleEntry, link: str, port: int) -> str:
    content = escape(article_html(outlet, entry, port))
    date = iso_date(outlet, entry.published)
    lines = [
        f"<title>{escape(entry.title)}</title>",
        f'<link rel="alternate" type="text/html" href="{escape(link)}"/>',
        f"<id>tag:{outlet.id}.example,{entry.published.year}:{entry.slug}</id>",
        f"<published>{date}</published>",
        f"<updated>{date}</updated>",
        f"<author><name>{escape(entry.author or outlet.title)}</name></author>",
        f"<summary>{escape(entry.summary)}</summary>",
        f'<content type="html">{content}</content>' if outlet.quirks.full else "",
    ]
    return "<entry>\n" + "\n".join(line for line in lines if line) + "\n</entry>"
