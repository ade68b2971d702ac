from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from crawler.domain import articles
from crawler.domain.models import Article, DateOrigin, Decision, Entry

NOW = datetime(2026, 6, 9, 12, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
ENTRY = Entry(
    url="https://www.news.example/phone/?utm_source=rss",
    title="  Maker  shows\nphone ",
    summary="It comes in July. […]",
    body="It comes in July.\nYouTube player\nIt costs 999 euros.",
    published=NOW - timedelta(hours=2),
    guid="42",
)


def article(entry: Entry = ENTRY) -> Article:
    return articles.from_entry(entry, "news", "en", NOW)


def stored() -> Article:
    return replace(article(), key="7", story=3, decision=Decision(relevant=True, score=0.9))


def test_an_entry_becomes_a_clean_article() -> None:
    made = article()
    assert made.url == "https://www.news.example/phone/"
    assert made.canonical_url == "https://news.example/phone"
    assert made.title == "Maker shows phone"
    assert made.summary == "It comes in July."
    assert made.body == "It comes in July.\nIt costs 999 euros."
    assert (made.published, made.dated) == (NOW - timedelta(hours=2), DateOrigin.ENTRY)
    assert (made.source, made.language, made.guid, made.first_seen) == ("news", "en", "42", NOW)


def test_an_entry_without_a_summary_gets_one_of_its_body() -> None:
    assert article(replace(ENTRY, summary="")).summary == "It comes in July. It costs 999 euros."


def test_an_entry_without_a_date_is_dated_by_first_sight() -> None:
    made = article(replace(ENTRY, published=None))
    assert (made.published, made.dated, made.has_date) == (NOW, DateOrigin.FIRST_SEEN, False)


def test_the_entrys_own_language_goes_before_the_sources() -> None:
    assert article(replace(ENTRY, language="de")).language == "de"


def test_the_sources_boilerplate_is_left_out() -> None:
    made = articles.from_entry(ENTRY, "news", "en", NOW, frozenset({"It costs 999 euros."}))
    assert made.body == "It comes in July."


def test_a_page_gives_the_better_date_and_the_longer_body() -> None:
    page = Entry(
        url="https://news.example/phone-15",
        title="Other title",
        body="It comes in July.\nIt costs 999 euros.\nIt has two cameras.",
        published=NOW - timedelta(days=1),
        authors=("A. Writer",),
        image="https://news.example/a.jpg",
        videos=("https://vimeo.com/1",),
    )
    made = articles.from_page(article(), page)
    assert made.title == "Maker shows phone"
    assert made.canonical_url == "https://news.example/phone-15"
    assert (made.published, made.dated) == (NOW - timedelta(days=1), DateOrigin.PAGE)
    assert made.body.endswith("It has two cameras.")
    assert (made.authors, made.image, made.videos) == (page.authors, page.image, page.videos)


def test_a_page_names_what_its_sitemap_left_without_a_title() -> None:
    page = Entry(url="https://news.example/phone", title=" Maker\nshows phone ")
    assert articles.from_page(article(replace(ENTRY, title="")), page).title == "Maker shows phone"
    assert articles.from_page(article(replace(ENTRY, title="Its own")), page).title == "Its own"


def test_a_page_without_a_date_leaves_the_entrys() -> None:
    page = Entry(url=ENTRY.url, title="x")
    assert articles.from_page(article(), page) == replace(article(), page_read=True)


def test_a_page_that_keeps_its_text_back_leaves_the_entrys() -> None:
    published = NOW - timedelta(days=1)
    page = Entry(url=ENTRY.url, title="x", published=published, problem="paywall: not free")
    made = articles.from_page(article(), page)
    assert (made.body, made.summary, made.published) == (article().body, article().summary, published)


def test_a_page_that_claims_another_sites_address_is_not_believed() -> None:
    page = Entry(url="https://staging.other.example/phone", title="x")
    assert articles.from_page(article(), page).canonical_url == "https://news.example/phone"


def test_the_same_article_seen_again_is_equal_to_the_stored_one() -> None:
    seen = articles.from_entry(ENTRY, "news", "en", LATER)
    assert articles.merge(stored(), seen, LATER) == stored()


def test_an_article_without_a_date_seen_again_is_equal_to_the_stored_one() -> None:
    undated = replace(ENTRY, published=None)
    old = replace(articles.from_entry(undated, "news", "en", NOW), key="7")
    assert articles.merge(old, articles.from_entry(undated, "news", "en", LATER), LATER) == old


def test_an_edited_title_is_an_update_that_keeps_key_story_and_first_sight() -> None:
    seen = articles.from_entry(replace(ENTRY, title="Maker shows phone 15"), "news", "en", LATER)
    merged = articles.merge(stored(), seen, LATER)
    assert merged == replace(stored(), title="Maker shows phone 15", updated=LATER)


def test_an_amp_twin_listed_beside_its_article_changes_nothing() -> None:
    twin = replace(ENTRY, url=f"{ENTRY.url.split('?')[0].rstrip('/')}/amp/", guid="amp-42")
    assert articles.merge(stored(), articles.from_entry(twin, "news", "en", LATER), LATER) == stored()


def test_an_article_is_linked_without_trackers() -> None:
    tracked = replace(ENTRY, url="https://news.example/phone-15?id=7&utm_source=rss#ftag=RSS")
    assert articles.from_entry(tracked, "news", "en", LATER).url == "https://news.example/phone-15?id=7"


def test_a_feed_does_not_take_back_what_the_page_gave() -> None:
    page = Entry(
        url="https://news.example/phone-15",
        title="x",
        body="It comes in July. " * 20,
        published=NOW - timedelta(days=1),
        language="de",
        videos=("https://vimeo.com/1",),
    )
    complete = articles.from_page(stored(), page)
    assert articles.merge(complete, articles.from_entry(ENTRY, "news", "en", LATER), LATER) == complete


def test_a_page_that_is_read_later_completes_the_stored_article() -> None:
    page = Entry(url=ENTRY.url, title="x", body="It comes in July. " * 20)
    merged = articles.merge(stored(), articles.from_page(article(), page), LATER)
    assert (merged.key, merged.page_read, merged.updated) == ("7", True, LATER)
    assert len(merged.body) > len(stored().body)


def test_a_date_that_appears_later_replaces_first_sight() -> None:
    old = replace(articles.from_entry(replace(ENTRY, published=None), "news", "en", NOW), key="7")
    merged = articles.merge(old, articles.from_entry(ENTRY, "news", "en", LATER), LATER)
    assert (merged.published, merged.dated, merged.updated) == (ENTRY.published, DateOrigin.ENTRY, None)


ILLUSTRATED = replace(stored(), image="https://news.example/a.jpg")


@pytest.mark.parametrize(
    "seen",
    [
        replace(ILLUSTRATED, title=""),
        replace(ILLUSTRATED, summary=""),
        replace(ILLUSTRATED, body=""),
        replace(ILLUSTRATED, image=None),
        replace(ILLUSTRATED, guid=None),
    ],
)
def test_what_a_source_no_longer_says_is_kept(seen: Article) -> None:
    assert articles.merge(ILLUSTRATED, seen, LATER) == ILLUSTRATED


def test_an_article_listed_under_two_addresses_with_one_guid_keeps_the_first() -> None:
    seen = articles.from_entry(replace(ENTRY, url="https://news.example/phone-15"), "news", "en", LATER)
    assert articles.merge(stored(), seen, LATER) == stored()


def test_a_page_that_calls_the_section_its_own_address_is_not_believed() -> None:
    page = Entry(url="https://news.example/", title="Maker shows phone")
    assert articles.from_page(article(), page).canonical_url == article().canonical_url
