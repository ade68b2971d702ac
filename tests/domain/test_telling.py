"""What is told of a story: who leads, who was first, how far the phone is, and when a reader must be told again."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from hypothesis import given
from hypothesis import strategies as st

from crawler.domain import telling
from crawler.domain.models import Article, ComingDate, DateOrigin, Decision, Role, SourceFacts, Stage, Story

if TYPE_CHECKING:
    from collections.abc import Sequence

NOON = datetime(2022, 5, 23, 12, tzinfo=UTC)
LATER = NOON + timedelta(days=1)
SOURCES = {
    "maker": SourceFacts("maker", "Xiaomi", Role.BRAND, "xiaomi", brands=("xiaomi", "redmi"), rank=5),
    "rival": SourceFacts("rival", "Huawei", Role.BRAND, "huawei", brands=("huawei",), rank=50),
    "best": SourceFacts("best", "Best News", Role.NEWS, "press", rank=10),
    "good": SourceFacts("good", "Good News", Role.NEWS, "press", rank=20),
    "blog": SourceFacts("blog", "A Blog", Role.NEWS, "blogger", rank=60),
}
TEASER = Decision(relevant=True, score=1.0, stage=Stage.TEASER, brands=("xiaomi",))


def article(source: str, hours: float = 0, decision: Decision = TEASER, **more: Any) -> Article:  # noqa: ANN401 - any field of an article
    key = f"{source}-{hours}"
    when = NOON + timedelta(hours=hours)
    plain = Article(
        source, f"https://{key}", f"https://{key}", f"Title of {key}", when, when, decision=decision, key=key
    )
    return replace(plain, **more)


def tell(articles: Sequence[Article], previous: Story | None = None) -> Story:
    now = LATER if previous else NOON
    return telling.tell(1, articles, SOURCES, created=NOON, now=now, previous=previous)


def test_the_makers_own_newsroom_leads_even_when_it_comes_last() -> None:
    assert telling.lead([article("best"), article("maker", 5)], SOURCES).source == "maker"


def test_the_newsroom_of_another_maker_leads_by_its_rank_only() -> None:
    assert telling.lead([article("rival"), article("good", 1)], SOURCES).source == "good"


def test_among_news_sites_rank_leads_and_then_the_earliest() -> None:
    assert telling.lead([article("blog"), article("best", 3), article("best", 2)], SOURCES).key == "best-2"


def test_a_copy_leads_only_where_there_is_nothing_else() -> None:
    copy = article("best", duplicate_of="blog-0")
    assert telling.lead([copy, article("blog")], SOURCES).source == "blog"
    assert telling.lead([copy], SOURCES) == copy


def test_the_official_word_is_the_first_by_a_maker_of_the_story() -> None:
    assert telling.official([article("maker", 4), article("maker", 2), article("rival")], SOURCES) is not None
    assert telling.official([article("maker", 4), article("maker", 2)], SOURCES) == article("maker", 2)
    assert telling.official([article("best"), article("rival")], SOURCES) is None


def test_the_first_report_is_the_earliest_that_has_a_date() -> None:
    undated = article("blog", -9, dated=DateOrigin.FIRST_SEEN)
    assert telling.first_reported([article("best", 2), article("good", 1), undated]).source == "good"


def test_outlets_count_owners_and_not_sources() -> None:
    assert telling.outlets([article("best"), article("good"), article("blog"), article("blog", 1)], SOURCES) == 2


def test_the_stage_is_the_makers_word_against_any_majority() -> None:
    rumour = replace(TEASER, stage=Stage.RUMOR)
    said = [article("best", 0, rumour), article("good", 0, rumour), article("maker", 1)]
    assert telling.stage(said, SOURCES) is Stage.TEASER


def test_without_a_maker_the_majority_has_the_stage_and_the_lead_breaks_ties() -> None:
    launch = replace(TEASER, stage=Stage.ANNOUNCEMENT)
    assert telling.stage([article("best", 0, launch), article("blog")], SOURCES) is Stage.ANNOUNCEMENT
    many = [article("best", 0, launch), *(article("blog", n) for n in range(3))]
    assert telling.stage(many, SOURCES) is Stage.TEASER


def test_a_story_in_which_nobody_names_a_stage_is_a_rumour() -> None:
    assert telling.stage([article("best", 0, replace(TEASER, stage=None))], SOURCES) is Stage.RUMOR


def test_a_guess_is_never_also_a_model() -> None:
    guess = replace(TEASER, guessed=("12 Ultra", "13"))
    story = tell([article("best", 0, guess), article("maker", 0, replace(TEASER, models=("12 ultra",)))])
    assert story.models == ("12 ultra",)
    assert story.guessed == ("13",)


def test_what_more_sources_suppose_than_state_stays_a_guess() -> None:
    guess, sure = replace(TEASER, guessed=("12 Ultra",)), replace(TEASER, models=("12 Ultra",))
    story = tell([article("best"), article("good", 0, guess), article("blog", 0, guess), article("blog", 1, sure)])
    assert (story.models, story.guessed) == ((), ("12 Ultra",))


def test_a_name_that_one_of_many_articles_drops_in_is_not_told() -> None:
    named = replace(TEASER, models=("Galaxy S24",))
    stray = article("blog", 9, replace(TEASER, models=("Galaxy S23",), brands=("xiaomi", "apple")))
    story = tell([*(article("good", n, named) for n in range(11)), stray])
    assert (story.models, story.brands) == (("Galaxy S24",), ("xiaomi",))


def test_the_makers_date_outweighs_what_others_expect() -> None:
    expected = replace(TEASER, dates=(ComingDate("launch", "2022-08"),))
    own = replace(TEASER, dates=(ComingDate("launch", "2022-07"),))
    story = tell([article("best", 0, expected), article("good", 0, expected), article("maker", 1, own)])
    assert story.dates == (ComingDate("launch", "2022-07", official=True),)


def test_a_further_source_is_no_news_for_a_reader() -> None:
    before = tell([article("best")])
    after = tell([article("best"), article("blog", 3)], before)
    assert len(after.articles) == 2
    assert after.updated == before.updated == NOON


def test_a_new_lead_or_model_is_news_for_a_reader() -> None:
    before = tell([article("best")])
    assert tell([article("best"), article("maker", 3)], before).updated == LATER
    assert tell([article("best", 0, replace(TEASER, guessed=("13",)))], before).updated == LATER


def test_a_source_that_left_the_catalogue_still_has_its_say() -> None:
    assert tell([article("gone")]).lead.source == "gone"
    assert telling.outlets([article("gone"), article("best")], SOURCES) == 2


@given(st.permutations([article(s, h) for s in SOURCES for h in (0, 1)]))
def test_the_order_in_which_articles_come_changes_nothing(articles: list[Article]) -> None:
    assert tell(articles) == tell(sorted(articles, key=lambda a: a.key))


def test_the_title_is_in_the_language_of_the_feed_where_an_article_is() -> None:
    first = replace(article("best"), language="de", title="Es ist da")
    others = [
        replace(article(key, 1), language=spoken, title=spoken) for key, spoken in (("good", "en-GB"), ("blog", "fr"))
    ]
    told = [first, *others]
    assert [telling.title(told, SOURCES, spoken) for spoken in ("en", "fr-CA", "de", "ja", "")] == [
        "en-GB",
        "fr",
        "Es ist da",
        "Es ist da",
        "Es ist da",
    ]
