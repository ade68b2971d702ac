"""Which articles are one story: languages meet, generations stay apart, order does not matter, operators are obeyed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.domain.models import Article, DateOrigin, Decision, Stage
from crawler.domain.stories import Verdict, group, why

DAY = datetime(2022, 5, 23, tzinfo=UTC)
ANNOUNCED, RUMOUR, TEASER = Stage.ANNOUNCEMENT, Stage.RUMOR, Stage.TEASER


def article(  # noqa: PLR0913 - a headline has this many sides
    key: str,
    title: str,
    *brands: str,
    models: tuple[str, ...] = (),
    guessed: tuple[str, ...] = (),
    stage: Stage = ANNOUNCED,
    hours: float | None = 0,
    language: str = "en",
    summary: str = "",
) -> Article:
    return Article(
        source=f"source-{key}",
        url=f"https://{key}.example/",
        canonical_url=f"https://{key}.example/",
        title=title,
        summary=summary,
        published=DAY + timedelta(hours=hours or 0),
        first_seen=DAY + timedelta(days=900),
        dated=DateOrigin.FIRST_SEEN if hours is None else DateOrigin.ENTRY,
        language=language,
        decision=Decision(relevant=True, score=1.0, stage=stage, brands=brands, models=models, guessed=guessed),
        key=key,
    )


PARTNERS = [
    article("en", "Xiaomi and Leica enter a strategic partnership, first phone in July", "xiaomi", stage=TEASER),
    article(
        "it",
        "Xiaomi e Leica insieme: il primo smartphone arriva a luglio",
        "xiaomi",
        guessed=("12 Ultra",),
        stage=TEASER,
        hours=3,
        language="it",
    ),
    article("zh", "小米与徕卡达成战略合作 首款手机7月发布", "xiaomi", stage=TEASER, hours=1, language="zh"),
    article("ja", "シャオミとライカが提携 7月に初のスマホ", "xiaomi", stage=TEASER, hours=5, language="ja"),
    article(
        "de",
        "Xiaomi bestätigt Partnerschaft mit Leica, Smartphone kommt im Juli",
        "xiaomi",
        stage=TEASER,
        hours=8,
        language="de",
    ),
]
LAUNCH = [
    article(
        "s24-a", "Samsung unveils the Galaxy S24 series with Galaxy AI", "samsung", models=("Galaxy S24",), hours=48
    ),
    article(
        "s24-b", "The Galaxy S24 Ultra is official: titanium and AI", "samsung", models=("Galaxy S24 Ultra",), hours=49
    ),
    article(
        "s24-c",
        "Galaxy S24, S24+ und S24 Ultra offiziell vorgestellt",
        "samsung",
        models=("Galaxy S24", "Galaxy S24 Ultra"),
        hours=50,
        language="de",
    ),
]
NEAR = [
    article("end", "Huawei and Leica go separate ways: the camera deal is over", "huawei", stage=TEASER, hours=4),
    article(
        "s23", "Samsung unveils the Galaxy S23 series with a new camera", "samsung", models=("Galaxy S23",), hours=48
    ),
    article(
        "leak",
        "Galaxy S24 renders leak ahead of launch in all colours",
        "samsung",
        models=("Galaxy S24",),
        stage=RUMOUR,
        hours=20,
    ),
    article("fold", "OnePlus Open is a foldable phone with a big battery", "oneplus", models=("Open",), hours=49),
]
ALL = [*PARTNERS, *LAUNCH, *NEAR]


def drawn(articles: list[Article], verdicts: list[Verdict] | None = None) -> set[frozenset[str]]:
    return {frozenset(a.key for a in story) for story in group(articles, verdicts=verdicts or ())}


def keys(articles: list[Article]) -> frozenset[str]:
    return frozenset(a.key for a in articles)


def test_one_partnership_told_in_five_languages_is_one_story() -> None:
    assert keys(PARTNERS) in drawn(ALL)


def test_all_sizes_of_one_launch_are_one_story() -> None:
    assert keys(LAUNCH) in drawn(ALL)


def test_near_misses_stay_stories_of_their_own() -> None:
    assert {frozenset({a.key}) for a in NEAR} <= drawn(ALL)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Galaxy S24", "Galaxy S25"), ("12S", "13 Ultra"), ("Pixel 7", "Pixel 7a"), ("Phone (1)", "Phone (2)")],
)
def test_generations_of_one_line_are_never_one_story_however_alike_the_words(one: str, other: str) -> None:
    pair = [article(m, f"The {m} is here: price and colours", "brand", models=(m,)) for m in (one, other)]
    assert len(group(pair)) == 2
    assert why(pair[0], pair[1]).ruled_out


def test_the_same_number_of_two_makers_is_not_the_same_phone() -> None:
    one = article("a", "Xiaomi 12 is official: what it costs", "xiaomi", models=("12",))
    other = article("b", "OnePlus 12 launched with a bright screen", "oneplus", models=("12",))
    assert why(one, other).features["same_phone"] == 0
    assert len(group([one, other])) == 2


def test_a_guess_does_not_rule_a_story_out() -> None:
    sure = article("a", "Xiaomi 12S Ultra with Leica cameras arrives on 4 July", "xiaomi", models=("12S Ultra",))
    guess = article("b", "Xiaomi phone with Leica cameras arrives on 4 July", "xiaomi", guessed=("12 Ultra",))
    assert len(group([sure, guess])) == 1


def test_the_same_words_a_year_later_are_another_story() -> None:
    now, later = (
        article(k, "Xiaomi and Leica announce a new phone", "xiaomi", hours=h) for k, h in (("a", 0), ("b", 8760))
    )
    assert len(group([now, later])) == 2


def test_an_article_without_a_date_joins_the_launch_that_it_tells() -> None:
    undated = article(
        "rdf",
        "Samsung Galaxy S24: Serie mit KI vorgestellt",
        "samsung",
        models=("Galaxy S24",),
        hours=None,
        language="de",
    )
    assert {*keys(LAUNCH), "rdf"} in drawn([*ALL, undated])


def test_a_story_is_in_order_of_time_and_nothing_is_lost() -> None:
    stories = group(ALL)
    assert sorted(a.key for story in stories for a in story) == sorted(keys(ALL))
    assert all(a.published <= b.published for story in stories for a, b in combinations(story, 2))


@settings(max_examples=25, deadline=None)
@given(st.permutations(ALL))
def test_the_order_of_arrival_does_not_matter(articles: list[Article]) -> None:
    assert group(articles) == group(ALL)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(ALL), st.sampled_from(ALL)).filter(lambda p: p[0] is not p[1]), max_size=4))
def test_two_articles_that_an_operator_parted_are_never_together(pairs: list[tuple[Article, Article]]) -> None:
    verdicts = [Verdict(a.key, b.key, same=False) for a, b in pairs]
    stories = drawn(ALL, verdicts)
    assert not [v for v in verdicts for story in stories if {v.a, v.b} <= story]


@settings(max_examples=25, deadline=None)
@given(st.sampled_from(ALL), st.sampled_from(ALL))
def test_two_articles_that_an_operator_joined_are_together_whatever_speaks_against_it(a: Article, b: Article) -> None:
    stories = drawn(ALL, [Verdict(a.key, b.key, same=False), Verdict(b.key, a.key, same=True)] if a is not b else [])
    assert any({a.key, b.key} <= story for story in stories)


def test_a_verdict_on_an_article_that_is_not_here_is_passed_over() -> None:
    assert drawn(ALL, [Verdict("en", "nowhere", same=True)]) == drawn(ALL)


def test_a_pair_is_explained_by_what_was_compared() -> None:
    found = why(PARTNERS[0], PARTNERS[2])
    assert found.score > 0
    assert found.suggested
    assert {"rarest", "same_brand", "days"} <= set(found.parts)
    assert found.parts["days"] > 0


def test_neither_nothing_nor_one_article_is_a_trouble() -> None:
    assert group([]) == ()
    assert group(ALL[:1]) == ((ALL[0],),)
    blank = [article(k, title, hours=None) for k, title in (("a", ""), ("b", "!!!"), ("c", "手"))]
    assert len(group(blank)) == 3


def test_two_stories_that_an_operator_joined_stay_whole_even_of_two_generations() -> None:
    other = [
        article(
            "s23-b", "The Galaxy S23 Ultra is official: a new camera", "samsung", models=("Galaxy S23 Ultra",), hours=49
        )
    ]
    old = [NEAR[1], *other]
    assert keys(old) in drawn([*LAUNCH, *old])
    assert keys([*LAUNCH, *old]) in drawn([*LAUNCH, *old], [Verdict("s24-a", "s23", same=True)])
