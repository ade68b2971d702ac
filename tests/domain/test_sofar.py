"""The story so far: earlier and later stories of the same phones, whatever order they are given in."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from crawler.domain import sofar
from crawler.domain.models import Article, Stage, Story
from crawler.domain.sofar import MOST, Moment, SoFar, around

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


def moment(told: Story) -> Moment:
    return Moment(told.lead.published.isoformat(), told.id)


def subjects(told: Story) -> tuple[str, ...]:
    return sofar.subjects(told.brands, told.models)


def so_far(stories: list[Story]) -> dict[int, SoFar]:
    ways = {
        subject: sorted(moment(each) for each in stories if subject in subjects(each))
        for told in stories
        for subject in subjects(told)
    }
    found = {told.id: around(moment(told), [ways[subject] for subject in subjects(told)]) for told in stories}
    return {number: sides for number, sides in found.items() if sides.earlier or sides.later}


def test_a_launch_is_linked_with_its_leak_and_its_date() -> None:
    told = so_far(ALL)
    assert told[2].earlier == (moment(LEAK), moment(DATE))
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


def test_of_many_stories_the_nearest_are_told() -> None:
    stories = [story(number, number, Stage.TEASER, "12S" if number % 2 else "12S Pro") for number in range(1, 200)]
    sides = so_far(stories)[100]
    assert [one.story for one in sides.earlier] == list(range(100 - MOST, 100))
    assert [one.story for one in sides.later] == list(range(101, 101 + MOST))


def test_of_two_stories_at_one_time_the_smaller_id_is_the_earlier() -> None:
    told = so_far([story(number, 1, Stage.TEASER, "12S") for number in (3, 1, 2)])
    assert [one.story for one in told[2].earlier] == [1]
    assert [one.story for one in told[2].later] == [3]
