"""An article's text as the careless HTML that real newsrooms send.

Captions are file names, embeds leave their labels, an advertisement is glued to the last sentence. No page frame here.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from crawler.sample.outlet import Outlet, SampleEntry

WATCH = "https://www.youtube.com/watch?v="
_EMBED = "https://www.youtube.com/embed/"


def image_url(outlet: Outlet, entry: SampleEntry, port: int) -> str:
    """Return the address of the entry's picture, "" where it has none."""
    return f"{outlet.base(port)}/img/{entry.image}.png" if entry.image else ""


def article_html(outlet: Outlet, entry: SampleEntry, port: int) -> str:
    """Return the body: first paragraph, picture, embeds, then the rest with its advertisement."""
    first, *rest = [escape(text, quote=False) for text in _glued(outlet, entry)]
    pieces = [f"<p>{first}</p>", _figure(outlet, entry, port), _video(outlet, entry), _tweet(outlet, entry)]
    return "\n".join(piece for piece in [*pieces, *(f"<p>{text}</p>" for text in rest)] if piece)


def _glued(outlet: Outlet, entry: SampleEntry) -> list[str]:
    """The paragraphs, the advertisement without a space behind the last one: so it was seen."""
    return (entry.body + outlet.quirks.promotion).split("\n\n")


def _figure(outlet: Outlet, entry: SampleEntry, port: int) -> str:
    caption = entry.image.replace("-", " ")
    picture = f'<img src="{image_url(outlet, entry, port)}" alt="{caption}">'
    return f"<figure>{picture}<figcaption>{caption}</figcaption></figure>" if entry.image else ""


def _video(outlet: Outlet, entry: SampleEntry) -> str:
    frame = f'<iframe src="{_EMBED}{entry.video}" title="{outlet.quirks.embed}" allowfullscreen></iframe>'
    return f"<div><span>{outlet.quirks.embed}</span>{frame}</div>" if entry.video else ""


def _tweet(outlet: Outlet, entry: SampleEntry) -> str:
    return f'<div class="embed">{outlet.quirks.tweet}</div>' if entry.tweet else ""
