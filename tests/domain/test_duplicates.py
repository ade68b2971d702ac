"""The same article met again is found, and what only tells the same event is not."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from crawler.domain.duplicates import mark
from crawler.domain.models import Article, DateOrigin, Decision

NOON = datetime(2024, 1, 17, 12, tzinfo=UTC)
BODY = " ".join(f"word{n} of a long article about a phone" for n in range(20))


def article(key: str, title: str = "A title", source: str = "one", hours: float = 0, **more: Any) -> Article:  # noqa: ANN401 - any field of an article
    address = f"https://{source}.example/{key}"
    when = NOON + timedelta(hours=hours)
    plain = Article(source, address, address, title, published=when, first_seen=when, key=key)
    return replace(plain, **more)


def about(brand: str, model: str) -> Decision:
    return Decision(relevant=True, score=1.0, brands=(brand,), models=(model,))


def test_one_address_at_two_sources_is_one_article_and_the_earlier_is_the_original() -> None:
    late = article("a", source="two", hours=2, canonical_url="https://x.example/")
    early = article("b", "Another title", canonical_url="https://x.example/")
    assert mark([late, early]) == {"a": "b"}


def test_at_the_same_moment_the_better_ranked_source_has_the_original() -> None:
    a, b = (article(k, source=s, canonical_url="https://x.example/") for k, s in (("a", "one"), ("b", "two")))
    assert mark([a, b], {"one": 70, "two": 10}) == {"a": "b"}


def test_a_guid_counts_within_its_source_only() -> None:
    first = article("a", "Galaxy S24 is here", guid="7")
    again = article("b", "Everything on the new Samsung", hours=30, guid="7")
    elsewhere = article("c", "A tablet", source="two", guid="7")
    assert mark([first, again, elsewhere]) == {"b": "a"}


def test_a_guid_that_a_feed_gives_all_its_articles_counts_for_nothing() -> None:
    phones = [("s26", "samsung", "Galaxy S26", 0), ("17", "xiaomi", "Xiaomi 17", 2), ("11", "google", "Pixel 11", 400)]
    told = [
        article(key, f"{model} is here", hours=hours, guid="/feed", decision=about(brand, model))
        for key, brand, model, hours in phones
    ]
    later = article("later", "Galaxy S26 on sale", hours=400, guid="/feed", decision=about("samsung", "Galaxy S26"))
    assert mark([*told, later]) == {}


@pytest.mark.parametrize(
    ("edited", "same"),
    [
        ("Samsung unveils the Galaxy S24 Ultra with a titanium frame and AI", True),
        ("Samsung unveils the Galaxy S25 Ultra with a titanium frame", False),
        ("Samsung prices the Galaxy S24 Ultra for Europe", False),
    ],
)
def test_an_edited_title_at_one_source_is_the_same_article_unless_its_numbers_change(
    edited: str, *, same: bool
) -> None:
    before = article("a", "Samsung unveils the Galaxy S24 Ultra with a titanium frame")
    assert mark([before, article("b", edited, hours=3)]) == ({"b": "a"} if same else {})


def test_the_same_title_a_week_later_is_another_article() -> None:
    assert mark([article("a", "Phones of the week"), article("b", "Phones of the week", hours=168)]) == {}


def test_the_same_short_title_at_another_source_is_no_copy() -> None:
    assert mark([article("a", "Galaxy S24 is official"), article("b", "Galaxy S24 is official", source="two")]) == {}


@pytest.mark.parametrize(
    ("title", "again"),
    [
        (
            "Fairphone's sixth phone can be taken apart with one screwdriver",
            "Fairphone's sixth phone can be taken apart with one screwdriver | The Slab",
        ),
        ("华为发布新款三折叠屏手机起售价一万九千九百九十九元", "华为发布新款三折叠屏手机起售价一万九千九百九十九元"),
    ],
)
def test_a_long_title_found_again_elsewhere_within_days_is_a_copy(title: str, again: str) -> None:
    first, wire = article("a", title), article("b", again, source="two", hours=20)
    assert mark([wire, first]) == {"b": "a"}
    assert mark([first, replace(wire, published=NOON + timedelta(days=9))]) == {}


def test_a_translation_is_a_copy_where_a_page_names_it_and_not_weeks_later() -> None:
    english = article("a", "Maker unveils the phone", translations=("https://one.example/b",))
    german = article("b", "Hersteller zeigt das Handy", hours=30, language="de")
    assert mark([english, german]) == {"b": "a"}
    assert mark([english, replace(german, published=NOON + timedelta(days=9))]) == {}
    assert mark([english, article("c", "Hersteller zeigt das Handy", hours=30)]) == {}


def test_titles_of_two_models_are_two_articles_however_alike() -> None:
    phone = article("a", "Hands on: the new iPhone Pro", decision=Decision(relevant=True, score=1, models=("Pro",)))
    other = article("b", "Hands on: the new iPhone Pro", decision=Decision(relevant=True, score=1, models=("Pro Max",)))
    assert mark([phone, other]) == {}


def test_a_long_body_copied_with_a_line_added_is_a_copy() -> None:
    original = article("a", "Galaxy S24 is official", body=BODY)
    copy = article("b", "Samsung's new phone", source="two", hours=1, body=f"{BODY} Source: one.")
    assert mark([copy, original]) == {"b": "a"}


def test_short_bodies_and_other_bodies_prove_nothing() -> None:
    short = "Samsung has unveiled its new phone today."
    other = " ".join(f"sentence{n} tells something else entirely now" for n in range(20))
    pairs = [article("a", "One", body=short), article("b", "Two", source="two", body=short)]
    assert mark([*pairs, article("c", "Three", source="three", body=BODY), article("d", "Four", body=other)]) == {}


def test_copies_of_copies_have_one_original() -> None:
    a = article("a", "Galaxy S24 is official", canonical_url="https://x.example/")
    b = article("b", "Something else", source="two", hours=1, canonical_url="https://x.example/", body=BODY)
    c = article("c", "A third thing", source="three", hours=2, body=BODY)
    assert mark([c, b, a]) == {"b": "a", "c": "a"}


def test_an_article_without_a_date_is_never_the_original_of_a_dated_one() -> None:
    undated = article("a", canonical_url="https://x.example/", hours=-5, dated=DateOrigin.FIRST_SEEN)
    dated = article("b", source="two", canonical_url="https://x.example/")
    assert mark([undated, dated]) == {"a": "b"}


def test_a_long_title_that_ends_in_another_phone_is_no_copy() -> None:
    told = "Official renders and the full list of specifications leak ahead of launch"
    named = [("a", "samsung", "Galaxy S26 Ultra"), ("b", "xiaomi", "Xiaomi 17 Ultra"), ("c", "google", "Pixel 11")]
    articles = [
        article(key, f"{told} - {model}", source=key, decision=about(brand, model)) for key, brand, model in named
    ]
    assert mark(articles) == {}
    assert mark([replace(each, title=f"{told} - The Site") for each in articles]) == {}


def test_the_order_in_which_articles_came_does_not_decide_which_is_the_original() -> None:
    first, later = (article(key, canonical_url="https://one.example/1") for key in ("9", "10"))
    named = [
        replace(first, canonical_url="https://one.example/a"),
        replace(later, canonical_url="https://one.example/b"),
    ]
    named = [replace(each, body=BODY * 3) for each in named]
    assert mark(named) == {"10": "9"}
    assert mark([replace(named[0], key="10"), replace(named[1], key="9")]) == {"9": "10"}


def test_the_fortieth_copy_of_a_text_takes_no_other_one_out() -> None:
    copies = [article(f"{number:02}", source=f"s{number}", hours=5 * number, body=BODY * 3) for number in range(40)]
    assert mark(copies) == {f"{number:02}": "00" for number in range(1, 40)}
