"""An article's own page: when, who, which picture and players, and its text.

Best word first: JSON-LD, then OpenGraph and other `<meta>`, then what the page shows. A page that describes an article
but keeps its text back (a paywall, a wall of consent, an app's shell) gives an entry without body that says so.
"""

from __future__ import annotations

import re
from datetime import UTC, tzinfo
from html import unescape
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from bs4 import Tag

from crawler.domain import urls
from crawler.domain.models import Entry
from crawler.errors import ReadingError
from crawler.reading import body as bodies
from crawler.reading import bylines, charset, instants, linkeddata, markup, paragraphs, refusal
from crawler.reading.soup import soup

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bs4 import BeautifulSoup

MOST_BYTES = 5 * 2**20
MOST_TAGS = 30_000
"""Tags, opening and closing, of a page that is read: the largest real one seen had 5,000; the time goes by them."""

DEEPEST = 400
"""Elements inside each other; real pages seen had 21 at most."""

LONGEST_TITLE = 500
MOST_TRANSLATIONS = 50
"""Addresses of a page in other languages; the makers with the most countries name about forty."""

_PUBLISHED = (
    "article:published_time",
    "og:published_time",
    "article:published",
    "datepublished",
    "parsely-pub-date",
    "sailthru.date",
    "publish-date",
    "publish_date",
    "publishdate",
    "publication_date",
    "pubdate",
    "pub_date",
    "cxenseparse:recs:publishtime",
    "article_date_original",
    "dc.date.issued",
    "dcterms.created",
    "dc.date.created",
    "date",
    "dc.date",
    "article.created",
    "created-date",
)
"""Names of `<meta>` in order of trust: those that may be a date of change come last."""

_MODIFIED = ("article:modified_time", "og:updated_time", "datemodified", "last-modified", "modified-date")
_PAGE_DATE = re.compile(r"pagePublishDate(?:\"|&#34;|&quot;)\s*:\s*(?:\"|&#34;|&quot;)([^\"&]{8,40})", re.IGNORECASE)
"""Qualcomm's (Adobe Experience Manager's): the other dates on such pages are of the template."""

_VISIBLE_DATE = "[class*=date], [class*=time], [class*=publi], [id*=date]"
_LONGEST_DATE = 80
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:[-_][a-z0-9]{2,8})*", re.IGNORECASE)
_SITE = re.compile(r"\s*[-|–—·:»]\s+\S.{0,60}$")


def parse(body: bytes, url: str, content_type: str | None = None, timezone: tzinfo = UTC) -> Entry:
    """Read an article's page.

    Args:
        body: The page as fetched, decompressed.
        url: Its address, after redirects.
        content_type: The HTTP header, for its charset.
        timezone: The source's own, for dates without one.

    Returns:
        What the page says of its article; `url` is its `rel=canonical` where it names one. Where it describes an
        article and keeps the text back, `body` is "" and `problem` begins with `paywall`, `consent` or `shell`.

    Raises:
        ReadingError: `blocked`, `gone`, `consent`, `shell`, `unparsable` or `empty`.
    """
    if len(body) > MOST_BYTES:
        raise ReadingError("unparsable", f"{len(body)} bytes, more than {MOST_BYTES}")
    html = charset.decode(body, content_type).replace("\0", "")
    if (tags := html.count("<")) > MOST_TAGS:
        raise ReadingError("unparsable", f"{tags} tags, more than {MOST_TAGS}")
    refusal.refuse_refusals(html)
    _refuse_elsewhere(url)
    page = _Page(html, url, timezone)
    text, problem = page.text()
    if not page.title or (problem and not page.is_article()):
        reason, _, detail = (problem or "empty: a page without a title").partition(": ")
        raise ReadingError(reason, detail)
    return Entry(
        url=page.canonical,
        title=page.title,
        summary=page.summary(),
        body=text,
        published=page.published,
        updated=page.updated,
        language=page.language(),
        authors=page.authors,
        image=page.image,
        videos=page.videos,
        translations=page.translations,
        problem=problem,
    )


def _refuse_elsewhere(url: str) -> None:
    """Raise where a redirect led away from the article: to the home page or to a consent service."""
    parts = urlsplit(url)
    if (parts.hostname or "").startswith(("consent.", "myprivacy.", "privacy-mgmt.")):
        raise ReadingError("consent", f"the address leads to {parts.hostname}")
    if parts.path in {"", "/"} and not parts.query and not parts.fragment:
        raise ReadingError("gone", "the address leads to the home page")


class _Page:
    """One page's three layers: `data` (its article in JSON-LD), `meta`, and the tree.

    What is read first is kept, since finding the text takes the tree apart.
    """

    def __init__(self, html: str, url: str, timezone: tzinfo) -> None:
        self.html, self.url, self.timezone = html, url, timezone
        self.tree = tree = soup(html)
        _refuse_depth(tree)
        self.meta = _meta(tree)
        self.canonical = self._canonical()
        self.translations = self._translations()
        nodes = linkeddata.nodes(script.get_text() for script in tree.select('script[type*="ld+json"]'))
        heading = next((text for tag in tree.find_all("h1") if (text := _shown(tag))), "")
        names = (self.meta.get("og:title", ""), heading)
        self.data = linkeddata.own(nodes, (url, self.canonical, self.meta.get("og:url", "")), names)
        self.title = self._title(heading)
        self.authors = bylines.authors(self.data, self.meta, tree)
        amp = tree.select_one('link[rel~="amphtml"][href]')
        self.amp = urls.resolve(url, str(amp["href"])) if amp else None
        players = _players(nodes, self.meta)
        for tag in tree.select(paragraphs.ASIDE):
            if tag.name in {"figure", "iframe"}:
                players += markup.videos(str(tag))  # players stand in figures
            tag.extract()
        holder = paragraphs.holder(tree)
        shown = str(holder) if holder else ""
        self.videos = tuple(dict.fromkeys((*players, *markup.videos(shown))))
        self.image = bylines.image(self.data, self.meta, shown, url)
        self.published = instants.first(self._stated(), self._times(holder), timezone)
        self.updated = instants.first(self._said("dateModified", _MODIFIED), (), timezone)

    def is_article(self) -> bool:
        """Whether the page describes an article, with or without its text."""
        stated = any(self.meta.get(name) for name in ("article:published_time", "og:published_time"))
        return bool(self.data or self.meta.get("og:type", "").lower() == "article" or stated)

    def text(self) -> tuple[str, str | None]:
        """The article's text, or "" and why there is none."""
        shown = bodies.text(self.tree, self.title)
        stated = markup.text(next(linkeddata.texts(self.data.get("articleBody")), ""))
        text = shown if len(shown) >= len(stated) / 2 else stated
        seen = refusal.visible(self.html)
        if linkeddata.is_paid(self.data) or self.meta.get("article:content_tier", "").lower() == "locked":
            return "", "paywall: the page says that its article is not free"
        if refusal.asks_money(text, seen):
            return "", "paywall: the text breaks off and asks to subscribe"
        if not stated and refusal.asks_consent(text or seen):
            return "", "consent: a wall of cookies before the text"
        if not text:
            return "", f"shell: a page without text{f'; its AMP page is {self.amp}' if self.amp else ''}"
        return text, None

    def summary(self) -> str:
        claims = (
            self.meta.get("og:description"),
            self.meta.get("description"),
            self.meta.get("twitter:description"),
            *linkeddata.texts(self.data.get("description")),
        )
        return next((line for claim in claims if claim and (line := markup.line(claim))), "")

    def language(self) -> str | None:
        root = self.tree.find("html")
        shown = (str(root.get(name) or "") for name in ("lang", "xml:lang")) if isinstance(root, Tag) else ()
        named = (self.meta.get(name, "").split(",")[0] for name in ("og:locale", "content-language", "language"))
        claims = (claim.strip() for claim in (*shown, *named, *linkeddata.texts(self.data.get("inLanguage"))))
        return next((claim.replace("_", "-") for claim in claims if _LANGUAGE.fullmatch(claim)), None)

    def _title(self, heading: str) -> str:
        """The best claim, without the site's name where the heading or `og:site_name` shows what that is."""
        document = _shown(self.tree.title) if isinstance(self.tree.title, Tag) else ""
        named = (self.meta.get("og:title", ""), self.meta.get("twitter:title", ""))
        claims = (*linkeddata.texts(self.data.get("headline")), *named)
        claim = next((line for claim in (*claims,) if (line := markup.line(claim))), heading or document)
        site = self.meta.get("og:site_name", "").lower()
        for end in _SITE.finditer(claim):
            bare = claim[: end.start()]
            if bare.lower() == heading.lower() or (site and site in end[0].lower()):
                return bare[:LONGEST_TITLE]
        return claim[:LONGEST_TITLE]

    def _canonical(self) -> str:
        """The page's own word for its address; a home page is no article's (templates get that wrong)."""
        link = self.tree.select_one('link[rel~="canonical"][href]')
        for claim in (str(link["href"]) if link else "", self.meta.get("og:url", "")):
            address = urls.resolve(self.url, claim) if claim else None
            if address and (urlsplit(address).path != "/" or urlsplit(self.url).path in {"", "/"}):
                return address
        return self.url

    def _translations(self) -> tuple[str, ...]:
        """Where the page says that it stands in other languages (`rel=alternate` with `hreflang`)."""
        links = self.tree.select('link[rel~="alternate"][hreflang][href]', limit=MOST_TRANSLATIONS)
        found = (urls.resolve(self.url, str(link["href"])) for link in links)
        return tuple(dict.fromkeys(address for address in found if address and address != self.canonical))

    def _stated(self) -> Iterator[str]:
        yield from (unescape(found[1]) for found in _PAGE_DATE.finditer(self.html))
        yield self.meta.get("pagepublishdate", "")
        yield from self._said("datePublished", _PUBLISHED)

    def _said(self, key: str, names: tuple[str, ...]) -> Iterator[str]:
        yield from linkeddata.texts(self.data.get(key))
        yield from (self.meta.get(name, "") for name in names)

    def _times(self, holder: Tag | None) -> Iterator[str]:
        """What the page shows: `<time>` beside the text first, then anywhere, then what is styled as a date."""
        for place in (holder, self.tree):
            for tag in place.select("time, [itemprop=datePublished]:not(meta)", limit=3) if place else ():
                yield from (str(tag.get(name) or "") for name in ("datetime", "content"))
                yield tag.get_text(" ", strip=True)
        shown = (tag.get_text(" ", strip=True) for tag in self.tree.select(_VISIBLE_DATE, limit=10))
        yield from (text for text in shown if len(text) <= _LONGEST_DATE)


def _refuse_depth(tree: BeautifulSoup) -> None:
    """Raise where elements stand inside each other without end: much of what reads trees is quadratic in that."""
    depths = {id(tree): 0}
    for node in tree.descendants:
        if isinstance(node, Tag):
            depths[id(node)] = depth = depths[id(node.parent)] + 1
            if depth > DEEPEST:
                raise ReadingError("unparsable", f"elements nested more than {DEEPEST} deep")


def _meta(tree: BeautifulSoup) -> dict[str, str]:
    """First content of each `<meta>`, by its name, property, itemprop or http-equiv in lower case."""
    found: dict[str, str] = {}
    for tag in tree.find_all("meta"):
        value = tag.get("content") or tag.get("value")  # the latter is seen in the wild
        name = tag.get("property") or tag.get("name") or tag.get("itemprop") or tag.get("http-equiv")
        if name and value:
            found.setdefault(str(name).lower(), str(value).strip())
    return found


def _shown(tag: Tag) -> str:
    return markup.line(tag.decode_contents())


def _players(nodes: list[dict[str, Any]], meta: dict[str, str]) -> tuple[str, ...]:
    claims = [
        str(node.get(key)) for node in nodes if "VideoObject" in linkeddata.kinds(node) for key in ("embedUrl", "url")
    ]
    claims += [meta.get(name, "") for name in ("og:video:secure_url", "og:video:url", "og:video", "twitter:player")]
    return tuple(link for claim in claims if (link := urls.watch_link(claim)))
