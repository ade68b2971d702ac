"""RSS 2.0 in the dialects of its writers: full text or not, CDATA or escaped, with or without Media RSS."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from crawler.sample.dates import mail_date
from crawler.sample.links import canonical, listed
from crawler.sample.markup import WATCH, article_html, image_url

if TYPE_CHECKING:
    from crawler.sample.outlet import Outlet, SampleEntry

_NAMESPACES = (
    'xmlns:content="http://purl.org/rss/1.0/modules/content/" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:media="http://search.yahoo.com/mrss/"'
)


def rss(outlet: Outlet, port: int) -> str:
    """Return the outlet's feed as RSS 2.0."""
    items = "\n".join(_item(outlet, entry, link, port) for entry, link in listed(outlet, port))
    whole = f"""<?xml version="1.0" encoding="{outlet.encoding}"?>
<rss version="2.0" {_NAMESPACES}>
<channel>
<title>{escape(outlet.title)}</title>
<link>{outlet.base(port)}/</link>
<description>{escape(outlet.title)}</description>
<language>{outlet.language}</language>
{items}
</channel>
</rss>
"""
    return _broken_off(whole) if outlet.quirks.halved else whole


def _broken_off(whole: str) -> str:
    """Cut inside the title of the last item, so that no reader can make an entry of it."""
    return whole[: whole.rindex("<title>") + len("<title>") + 12]


def _item(outlet: Outlet, entry: SampleEntry, link: str, port: int) -> str:
    quirks = outlet.quirks
    lines = [
        f"<title>{_text(outlet, entry.title)}</title>",
        f"<link>{escape(link)}</link>",
        _guid(outlet, entry, link, port),
        "" if quirks.undated else f"<pubDate>{mail_date(outlet, entry.published)}</pubDate>",
        f"<dc:creator>{_text(outlet, entry.author)}</dc:creator>" if entry.author else "",
        f"<description>{_text(outlet, entry.summary)}</description>",
        f"<content:encoded>{_text(outlet, article_html(outlet, entry, port))}</content:encoded>" if quirks.full else "",
        _media(outlet, entry, port) if quirks.media else "",
    ]
    return "<item>\n" + "\n".join(line for line in lines if line) + "\n</item>"


def _text(outlet: Outlet, text: str) -> str:
    return f"<![CDATA[{text}]]>" if outlet.quirks.cdata else escape(text, quote=False)


def _guid(outlet: Outlet, entry: SampleEntry, link: str, port: int) -> str:
    if outlet.quirks.opaque:
        return f'<guid isPermaLink="false">{outlet.id}-{entry.slug}</guid>'
    return f"<guid>{escape(link if outlet.quirks.amp else canonical(outlet, entry, port))}</guid>"


def _media(outlet: Outlet, entry: SampleEntry, port: int) -> str:
    image, video = image_url(outlet, entry, port), f"{WATCH}{entry.video}"
    lines = [f'<media:content url="{image}" medium="image"/>'] if image else []
    lines += [f'<media:content url="{escape(video)}" medium="video"/>'] if entry.video else []
    return "\n".join(lines)
