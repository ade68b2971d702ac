"""A page's word on its translations: read, kept within its site, and carried through to the article."""

from __future__ import annotations

from datetime import UTC, datetime

from crawler.domain import articles
from crawler.domain.models import Entry
from crawler.reading import page

URL = "https://press.example/en/new-phone"
NOW = datetime(2026, 6, 9, 12, tzinfo=UTC)
TEXT = "".join(f"<p>This is sentence {n} of the article about the new phone of the maker.</p>" for n in range(9))


def read(*links: str) -> Entry:
    head = f'<title>New phone</title><link rel="canonical" href="{URL}">{"".join(links)}'
    body = f"<article><h1>New phone</h1>{TEXT}</article>"
    return page.parse(f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>".encode(), URL)


def alternate(language: str, href: str) -> str:
    return f'<link rel="alternate" hreflang="{language}" href="{href}">'


def test_other_languages_of_a_page_are_read_and_itself_and_feeds_are_none_of_them() -> None:
    feed = '<link rel="alternate" type="application/rss+xml" href="/feed">'
    entry = read(alternate("en", URL), alternate("de", "/de/neues-handy?utm_source=x"), alternate("zh", "//"), feed)
    assert entry.translations == ("https://press.example/de/neues-handy?utm_source=x",)


def test_no_more_translations_are_believed_than_there_are_countries() -> None:
    entry = read(*(alternate("de", f"/de/{n}") for n in range(5_000)))
    assert len(entry.translations) == page.MOST_TRANSLATIONS


def test_nobody_can_claim_the_article_of_another_site() -> None:
    entry = read(alternate("de", "https://other.example/x"), alternate("fr", "https://press.example/fr/x"))
    seen = articles.from_entry(Entry(url=URL, title="New phone"), "press", "en", NOW)
    assert articles.from_page(seen, entry).translations == ("https://press.example/fr/x",)


def test_translations_stay_when_the_article_is_seen_again_without_its_page() -> None:
    seen = articles.from_entry(Entry(url=URL, title="New phone"), "press", "en", NOW)
    whole = articles.from_page(seen, read(alternate("fr", "/fr/x")))
    assert articles.merge(whole, seen, NOW).translations == ("https://press.example/fr/x",)
