"""The outlets of the sample web as data: who they are, how they publish, what they wrote.

One TOML file in `outlets/` is one outlet. Nothing here renders or serves.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from importlib.resources import files
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from datetime import datetime
    from importlib.resources.abc import Traversable


@dataclass(frozen=True, slots=True)
class SampleEntry:
    """One article that an invented outlet wrote.

    Args:
        published: Aware, UTC; the day of the real event.
        body: Plain paragraphs with an empty line between them.
        image: File name without its ending; its words are the caption, as careless editors leave it.
        video: Invented id of a teaser video.
        tweet: Whether an embedded post leaves its label in the text.
        path: Where the page lies, "" for the outlet's usual place.
    """

    slug: str
    title: str
    summary: str
    body: str
    published: datetime
    author: str = ""
    image: str = ""
    video: str = ""
    tweet: bool = False
    path: str = ""


@dataclass(frozen=True, slots=True)
class Quirks:
    """How an outlet differs from a well-kept one.

    Args:
        full: The feed carries the whole article, not only its summary.
        media: Images and videos stand in `media:content`.
        cdata: Markup stands in CDATA sections rather than escaped.
        opaque: Ids are not addresses.
        tracker: Query string glued to every link of the feed.
        relative: The feed's links are relative.
        amp: The feed lists every second article once more under its AMP address.
        undated: The feed has no dates.
        naive: Dates in the feed are local time without a zone.
        halved: The feed breaks off in the middle of its oldest entry.
        blocked: The feed answers 200 with an "Access Denied" page.
        missing: The feed answers 404.
        sticky: Any validator at all is answered with 304.
        delay: Seconds before the feed answers.
        disallow: Paths that robots.txt forbids.
        promotion: Advertisement glued to the last sentence of every article.
        embed: What an embedded video leaves in the text.
        tweet: What an embedded post leaves in the text.
    """

    full: bool = False
    media: bool = False
    cdata: bool = False
    opaque: bool = False
    tracker: str = ""
    relative: bool = False
    amp: bool = False
    undated: bool = False
    naive: bool = False
    halved: bool = False
    blocked: bool = False
    missing: bool = False
    sticky: bool = False
    delay: float = 0.0
    disallow: tuple[str, ...] = ()
    promotion: str = ""
    embed: str = "YouTube player"
    tweet: str = "Click here to load the tweet"


@dataclass(frozen=True, slots=True)
class Outlet:
    """One invented source.

    Args:
        address: Its own loopback address, 127.0.x.y.
        format: `rss`, `rdf`, `atom` or `json`; without a feed `listing`, `sitemap`, `newsmap` (Google's for news) or
            `oppo` (a JSON API).
        feed: Path of its feed, listing, sitemap or API.
        article: Path of an article, with `{year}`, `{month}` and `{slug}`.
        rank: 0 is the best.
        follow: Whether its article pages are to be read too.
    """

    id: str
    title: str
    address: str
    role: str
    language: str
    country: str
    timezone: str
    format: str
    feed: str
    article: str
    interval: str = "30m"
    rank: int = 50
    follow: bool = False
    encoding: str = "utf-8"
    brands: tuple[str, ...] = ()
    quirks: Quirks = field(default_factory=Quirks)
    entries: tuple[SampleEntry, ...] = ()

    def base(self, port: int) -> str:
        """Return the outlet's origin, without a slash at its end."""
        return f"http://{self.address}:{port}"

    def path(self, entry: SampleEntry) -> str:
        """Return where the entry's page lies."""
        day = entry.published
        return entry.path or self.article.format(year=day.year, month=f"{day.month:02}", slug=entry.slug)

    def newest_first(self) -> tuple[SampleEntry, ...]:
        """Return the entries as feeds list them."""
        return tuple(sorted(self.entries, key=lambda entry: (entry.published, entry.slug), reverse=True))


def load_outlets() -> tuple[Outlet, ...]:
    """Read every outlet that the package carries, in order of id."""
    folder = files("crawler.sample") / "outlets"
    names = sorted((file for file in folder.iterdir() if file.name.endswith(".toml")), key=lambda file: file.name)
    return tuple(_outlet(file) for file in names)


def _outlet(file: Traversable) -> Outlet:
    facts = tomllib.loads(file.read_text(encoding="utf-8"))
    quirks = _tuples(facts.pop("quirks", {}))
    entries = tuple(_entry(row) for row in facts.pop("entry", ()))
    return Outlet(id=file.name.removesuffix(".toml"), quirks=Quirks(**quirks), entries=entries, **_tuples(facts))


def _entry(row: dict[str, Any]) -> SampleEntry:
    return SampleEntry(**(row | {"body": row["body"].strip()}))


def _tuples(table: dict[str, Any]) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in table.items()}
