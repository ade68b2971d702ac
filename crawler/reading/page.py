"""An article's own page: when, who, which picture and players, and the paragraphs of its text.

Best word first: JSON-LD, then OpenGraph and other `<meta>`, then what the page shows.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, tzinfo
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from bs4 import BeautifulSoup, Tag

from crawler.domain import urls
from crawler.domain.models import Entry
from crawler.errors import ReadingError
from crawler.reading import charset, dates, linkeddata, markup, paragraphs, refusal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MOST_BYTES = 5 * 2**20
MOST_AUTHORS = 10
LONGEST_TITLE = 500
LONGEST_AUTHOR = 200

_PUBLISHED = (
    "article:published_time",
    "og:published_time",
    "datepublished",
    "parsely-pub-date",
    "sailthru.date",
    "publish-date",
    "publishdate",
    "pubdate",
    "date",
    "dc.date",
    "dc.date.issued",
    "dcterms.created",
    "article_date_original",
)
_MODIFIED = ("article:modified_time", "og:updated_time", "datemodified")
_VISIBLE_DATE = "[class*=date], [class*=time], [class*=publi], [id*=date]"
_LONGEST_DATE = 80
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:[-_][a-z0-9]{2,8})*", re.IGNORECASE)


def parse(body: bytes, url: str, content_type: str | None = None, timezone: tzinfo = UTC) -> Entry:
    """Read an article's page.

    Args:
        body: The page as fetched, decompressed.
        url: Its address, after redirects.
        content_type: The HTTP header, for its charset.
        timezone: The source's own, for dates without one.

    Returns:
        What the page says of its article; `url` is its `rel=canonical` where it names one.

    Raises:
        ReadingError: `blocked`, `gone`, `unparsable` or `empty`.
    """
    if len(body) > MOST_BYTES:
        raise ReadingError("unparsable", f"{len(body)} bytes, more than {MOST_BYTES}")
    html = charset.decode(body, content_type).replace("\0", "")
    refusal.refuse_refusals(html)
    page = _Page(BeautifulSoup(html, "lxml"), url, timezone)
    title, text = page.title(), page.body()
    if not title or not (text or page.data or page.meta.get("og:title")):
        raise ReadingError("empty", "a page without an article (an app's shell?)")
    return Entry(
        url=page.canonical(),
        title=title,
        summary=page.summary(),
        body=text,
        published=page.published(),
        updated=page.updated(),
        language=page.language(),
        authors=tuple(page.authors()),
        image=next(page.images(), None),
        videos=page.videos(),
    )


class _Page:
    """One page's three layers: `data` (its article in JSON-LD), `meta`, and the tree."""

    def __init__(self, tree: BeautifulSoup, url: str, timezone: tzinfo) -> None:
        self.tree, self.url, self.timezone = tree, url, timezone
        self.meta = _meta(tree)
        self.nodes = linkeddata.nodes(script.get_text() for script in tree.select('script[type*="ld+json"]'))
        self.data = next((node for node in self.nodes if linkeddata.kinds(node) & linkeddata.ARTICLES), {})
        self.videos_found = _players(self.nodes, self.meta)
        for tag in tree.select(paragraphs.ASIDE):
            if tag.name in {"figure", "iframe"}:
                self.videos_found += markup.videos(str(tag))  # players stand in figures
            tag.extract()
        self.holder = paragraphs.holder(tree)

    def title(self) -> str:
        heading = self.tree.find("h1")
        shown = (tag.decode_contents() for tag in (heading, self.tree.title) if isinstance(tag, Tag))
        claims = (*linkeddata.texts(self.data.get("headline")), self.meta.get("og:title", ""), *shown)
        return next((line for claim in claims if (line := markup.line(claim)[:LONGEST_TITLE])), "")

    def summary(self) -> str:
        claims = (
            self.meta.get("og:description"),
            self.meta.get("description"),
            *linkeddata.texts(self.data.get("description")),
        )
        return next((line for claim in claims if claim and (line := markup.line(claim))), "")

    def body(self) -> str:
        shown = "\n".join(paragraphs.lines(self.holder)) if self.holder else ""
        stated = markup.text(next(linkeddata.texts(self.data.get("articleBody")), ""))
        return shown if len(shown) >= len(stated) / 2 else stated

    def published(self) -> datetime | None:
        claims = [*linkeddata.texts(self.data.get("datePublished")), *(self.meta.get(name, "") for name in _PUBLISHED)]
        return self._date([*claims, *self._times()])

    def updated(self) -> datetime | None:
        return self._date(
            [*linkeddata.texts(self.data.get("dateModified")), *(self.meta.get(name, "") for name in _MODIFIED)]
        )

    def language(self) -> str | None:
        root = self.tree.find("html")
        shown = str(root.get("lang") or "") if isinstance(root, Tag) else ""
        claims = (shown, self.meta.get("og:locale", ""), *linkeddata.texts(self.data.get("inLanguage")))
        return next((claim.strip().replace("_", "-") for claim in claims if _LANGUAGE.fullmatch(claim.strip())), None)

    def authors(self) -> Iterator[str]:
        claims = list(linkeddata.texts(self.data.get("author"))) or [self.meta.get("author", "")]
        names = (markup.line(claim)[:LONGEST_AUTHOR] for claim in claims)
        yield from list(dict.fromkeys(name for name in names if name and "://" not in name))[:MOST_AUTHORS]

    def images(self) -> Iterator[str]:
        claims = (
            self.meta.get("og:image", ""),
            *linkeddata.texts(self.data.get("image"), "url"),
            self.meta.get("twitter:image", ""),
        )
        yield from (address for claim in claims if claim and (address := urls.resolve(self.url, claim)))
        if self.holder:
            yield from markup.images(str(self.holder), self.url)

    def videos(self) -> tuple[str, ...]:
        shown = markup.videos(str(self.holder)) if self.holder else ()
        return tuple(dict.fromkeys((*self.videos_found, *shown)))

    def canonical(self) -> str:
        """The page's own word for its address; a home page is no article's (templates get that wrong)."""
        link = self.tree.select_one('link[rel~="canonical"][href]')
        for claim in (str(link["href"]) if link else "", self.meta.get("og:url", "")):
            address = urls.resolve(self.url, claim) if claim else None
            if address and (urlsplit(address).path != "/" or urlsplit(self.url).path in {"", "/"}):
                return address
        return self.url

    def _times(self) -> Iterator[str]:
        """What the page shows: `<time>` beside the text first, then anywhere, then what is styled as a date."""
        for place in (self.holder, self.tree):
            for tag in place.select("time, [itemprop=datePublished]", limit=3) if place else ():
                yield from (str(tag.get(name) or "") for name in ("datetime", "content"))
                yield tag.get_text(" ", strip=True)
        shown = (tag.get_text(" ", strip=True) for tag in self.tree.select(_VISIBLE_DATE, limit=10))
        yield from (text for text in shown if len(text) <= _LONGEST_DATE)

    def _date(self, claims: Iterable[str]) -> datetime | None:
        return next((date for claim in claims if claim and (date := dates.parse(claim, self.timezone))), None)


def _meta(tree: BeautifulSoup) -> dict[str, str]:
    """First content of each `<meta>`, by its name, property or itemprop in lower case."""
    found: dict[str, str] = {}
    for tag in tree.find_all("meta"):
        value = tag.get("content") or tag.get("value")  # the latter is seen in the wild
        name = tag.get("property") or tag.get("name") or tag.get("itemprop")
        if name and value:
            found.setdefault(str(name).lower(), str(value).strip())
    return found


def _players(nodes: list[dict[str, Any]], meta: dict[str, str]) -> tuple[str, ...]:
    claims = [
        str(node.get(key)) for node in nodes if "VideoObject" in linkeddata.kinds(node) for key in ("embedUrl", "url")
    ]
    claims += [meta.get(name, "") for name in ("og:video:secure_url", "og:video:url", "og:video")]
    return tuple(link for claim in claims if (link := urls.watch_link(claim)))
