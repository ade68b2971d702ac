"""From what a document says to an article, and from an article seen again to its new state.

Pure: nothing is fetched or stored, and what the article is about is decided elsewhere.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from crawler.domain import cleaning, dating, languages, urls
from crawler.domain.models import Article, DateOrigin, Entry

if TYPE_CHECKING:
    from datetime import datetime

_RANK = {DateOrigin.PAGE: 0, DateOrigin.ENTRY: 1, DateOrigin.FIRST_SEEN: 2}


class Cleaned(NamedTuple):
    """The part of an entry that its decision weighs, cleaned."""

    title: str
    summary: str
    body: str
    published: datetime
    dated: DateOrigin


def cleaned(entry: Entry, now: datetime, repeated: frozenset[str] = frozenset()) -> Cleaned:
    """Clean what of an entry its decision weighs; the arguments are those of `from_entry`."""
    body = cleaning.body(entry.body, repeated)
    summary = cleaning.summary(entry.summary, repeated) or cleaning.opening(body)
    return Cleaned(cleaning.title(entry.title), summary, body, *dating.judge(entry.published, now))


def completed(clean: Cleaned, entry: Entry, source: str, language: str, now: datetime) -> Article:
    """Make an article of an entry's cleaned part and the rest of it; the arguments are those of `from_entry`."""
    return Article(
        source=source,
        url=urls.untracked(entry.url),
        canonical_url=urls.canonical(entry.url),
        title=clean.title,
        published=clean.published,
        first_seen=now,
        dated=clean.dated,
        guid=entry.guid,
        summary=clean.summary,
        body=clean.body,
        language=languages.tag(entry.language or "") or language,
        authors=_people(entry),
        image=entry.image,
        videos=entry.videos,
    )


def from_entry(
    entry: Entry, source: str, language: str, now: datetime, repeated: frozenset[str] = frozenset()
) -> Article:
    """Make an article of an entry.

    Args:
        entry: As a feed or listing says it.
        source: Id of the source.
        language: The source's own, where the entry states none.
        now: When it was seen, aware.
        repeated: The source's boilerplate, from `cleaning.boilerplate`.
    """
    return completed(cleaned(entry, now, repeated), entry, source, language, now)


def from_page(article: Article, page: Entry, repeated: frozenset[str] = frozenset()) -> Article:
    """Complete an article by its own page.

    Args:
        article: As its feed or listing gave it.
        page: What the page says; its URL is the page's own word (`rel=canonical`) and counts within one host only.
        repeated: The source's boilerplate.

    Returns:
        The article with the page's date first, the longer body, and what the entry left out (a sitemap's: the title).
    """
    published, dated = dating.judge(page.published, article.first_seen, DateOrigin.PAGE)
    if dated is DateOrigin.FIRST_SEEN:
        published, dated = article.published, article.dated
    body = max(cleaning.body(page.body, repeated), article.body, key=len)
    own = urls.canonical(page.url)
    return replace(
        article,
        title=article.title or cleaning.title(page.title),
        canonical_url=own if _names_an_article(own, article.canonical_url) else article.canonical_url,
        published=published,
        dated=dated,
        summary=article.summary or cleaning.summary(page.summary, repeated) or cleaning.opening(body),
        body=body,
        language=languages.tag(page.language or "") or article.language,
        authors=article.authors or _people(page),
        image=article.image or page.image,
        videos=tuple(dict.fromkeys((*article.videos, *page.videos))),
        translations=_translations(page, own),
        page_read=True,
    )


def _people(entry: Entry) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, map(cleaning.person, entry.authors))))


def _translations(page: Entry, own: str) -> tuple[str, ...]:
    """Where the page says that the same stands in other languages, on its own site; nobody can claim another's."""
    named = (urls.canonical(url) for url in page.translations)
    return tuple(dict.fromkeys(url for url in named if url != own and urls.same_site(url, own)))


def _names_an_article(own: str, known: str) -> bool:
    """Whether what a page calls its own address can be believed: not a section of the site, as wrong templates say."""
    return urls.same_site(own, known) and not known.startswith(f"{own.rstrip('/')}/")


def merge(stored: Article, seen: Article, now: datetime) -> Article:
    """Bring a stored article up to date with the same article seen again.

    Args:
        stored: As the store has it.
        seen: As the source has it now: under the same canonical URL or guid, perhaps retitled.
        now: When it was seen again, aware.

    Returns:
        The stored article with its key, first sight, decision and story, and with what is newer or better; equal to
        `stored` where nothing changed. `updated` moves only where title, summary or body did.
    """
    better_dated = _RANK[seen.dated] < _RANK[stored.dated]
    merged = replace(
        stored,
        # Addresses and guid first met stay: feeds that list an article twice (AMP, mobile) would swap them for ever.
        guid=stored.guid or seen.guid,
        title=seen.title or stored.title,
        summary=seen.summary or stored.summary,
        body=max(stored.body, seen.body, key=len),
        published=seen.published if better_dated else stored.published,
        dated=seen.dated if better_dated else stored.dated,
        authors=seen.authors or stored.authors,
        image=seen.image or stored.image,
        videos=tuple(dict.fromkeys((*stored.videos, *seen.videos))),
        translations=seen.translations or stored.translations,
        page_read=stored.page_read or seen.page_read,
    )
    text_changed = (merged.title, merged.summary, merged.body) != (stored.title, stored.summary, stored.body)
    return replace(merged, updated=now) if text_changed else merged
