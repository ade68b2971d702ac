"""The story so far: earlier and later stories of the same phones, whatever order they are given in."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from crawler.domain.models import Article, Stage, Story
from crawler.domain.sofar import so_far

DAY = datetime(2022, 5, 23, tzinfo=UTC)


def story(number: int, day: int, stage: Stage, *models: str, brand: str = "xiaomi") -> Story:
    at = DAY + timedelta(days=day)
    address = f"https://techpulse.example/{number}"
    lead = Article(source="techpulse", url=address, canonical_url=address, title="x", published=at, first_seen=at)
    return Story(number, lead, (lead,), f"story {number}", stage, at, at, brands=(brand,), models=models)


LEAK = story(4, 0, Stage.RUMOR, "12S Ultra")
DATE = story(1, 30, Stage.TEASER, "12S", "12S Pro")
LAUNCH = story(2, 40, Stage.ANNOUNCEMENT, "12S", "12S Pro", "12S Ultra")
OTHER = story(3, 35, Stage.ANNOUNCEMENT, "12S", brand="oneplus")
NAMELESS = story(5, 36, Stage.TEASER)
ALL = [LEAK, DATE, LAUNCH, OTHER, NAMELESS]


def test_a_launch_is_linked_with_its_leak_and_its_date() -> None:
    told = so_far(ALL)
    assert [(one.stage, one.at, one.story) for one in told[2].earlier] == [
        (Stage.RUMOR, DAY, 4),
        (Stage.TEASER, DAY + timedelta(days=30), 1),
    ]
    assert [one.story for one in told[4].later] == [1, 2]
    assert told[2].later == told[4].earlier == ()


def test_the_same_name_of_another_maker_and_a_story_without_a_phone_are_not_linked() -> None:
    assert set(so_far(ALL)) == {1, 2, 4}


@given(st.permutations(ALL))
def test_the_order_of_stories_does_not_matter(stories: list[Story]) -> None:
    assert so_far(stories) == so_far(ALL)


@given(st.permutations(ALL))
def test_whoever_is_earlier_for_one_is_later_for_the_other(stories: list[Story]) -> None:
    told = so_far(stories)
    assert {(a, b.story) for a in told for b in told[a].later} == {(b.story, a) for a in told for b in told[a].earlier}
