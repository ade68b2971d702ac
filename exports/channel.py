"""The published feed as a whole: its name, where it lives, how long its pages are. Holds no stories."""

from __future__ import annotations

from dataclasses import dataclass

from crawler.errors import ConfigError
from exports.clean import web

NAME = "feed.json"
SCHEMA = "launchwire.schema.json"
ABOUT = "about.html"


@dataclass(frozen=True, slots=True)
class Channel:
    """What the operator says of the feed.

    Args:
        title: Its name.
        base_url: Public http(s) address of the folder it is published in; "" where there is none.
        language: Its BCP 47 tag.
        hubs: http(s) addresses of WebSub hubs.
        page_size: The most stories in `feed.json`, and how many story ids share a page of the archive.
        icon: http(s) address of a square image, 512 pixels wide; "" where there is none.
        favicon: The same, 64 pixels wide.

    Raises:
        ConfigError: An address is not http(s).
    """

    title: str
    base_url: str = ""
    language: str = "en"
    hubs: tuple[str, ...] = ()
    page_size: int = 50
    icon: str = ""
    favicon: str = ""

    def __post_init__(self) -> None:
        for address in filter(None, (self.base_url, self.icon, self.favicon, *self.hubs)):
            if not web(address):
                raise ConfigError(f"{address!r} is not an http(s) address that a feed can carry")

    def address(self, name: str) -> str:
        """Return the public address of a published file, or "" where there is none."""
        return f"{self.base_url.rstrip('/')}/{name}" if self.base_url else ""
