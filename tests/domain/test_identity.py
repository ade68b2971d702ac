"""Ids of stories: they last, they are never re-used, and the older half or the older story keeps its own."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from crawler.domain.identity import settle

KEYS = [f"a{n}" for n in range(8)]


@st.composite
def groupings(draw: st.DrawFn) -> list[list[str]]:
    labels = draw(st.lists(st.integers(0, 7), min_size=len(KEYS), max_size=len(KEYS)))
    return [group for n in range(8) if (group := [k for k, at in zip(KEYS, labels, strict=True) if at == n])]


def earliest(assignments: dict[str, int]) -> dict[int, str]:
    return {story: min(k for k, s in assignments.items() if s == story) for story in set(assignments.values())}


def test_unknown_articles_get_new_ids_from_the_next_one_on() -> None:
    settled = settle([["a", "b"], ["c"]], {}, {}, 7)
    assert settled.assignments == {"a": 7, "b": 7, "c": 8}
    assert settled.created == (7, 8)
    assert settled.merged == {}


def test_a_further_article_joins_without_changing_the_id() -> None:
    settled = settle([["a", "b", "new"]], {"a": 3, "b": 3}, {3: "a"}, 9)
    assert settled.assignments == {"a": 3, "b": 3, "new": 3}
    assert settled.created == ()


def test_on_a_merge_the_older_id_stays_and_the_other_becomes_an_alias() -> None:
    settled = settle([["a", "b"]], {"a": 5, "b": 2}, {5: "a", 2: "b"}, 9)
    assert settled.assignments == {"a": 2, "b": 2}
    assert settled.merged == {5: 2}


def test_on_a_split_the_half_with_the_earliest_article_keeps_the_id() -> None:
    settled = settle([["c", "d", "e"], ["a", "b"]], dict.fromkeys("abcde", 4), {4: "a"}, 9)
    assert settled.assignments == {"a": 4, "b": 4, "c": 9, "d": 9, "e": 9}
    assert settled.created == (9,)


def test_where_the_earliest_article_is_out_of_sight_the_larger_half_keeps_the_id() -> None:
    settled = settle([["b"], ["c", "d"]], dict.fromkeys("abcd", 4), {4: "a"}, 9)
    assert settled.assignments == {"b": 9, "c": 4, "d": 4}


def test_a_story_may_be_split_while_a_part_of_it_merges_into_an_older_one() -> None:
    settled = settle([["a", "x"], ["b"]], {"x": 1, "a": 2, "b": 2}, {1: "x", 2: "a"}, 3)
    assert settled.assignments == {"a": 1, "x": 1, "b": 3}
    assert settled.merged == {2: 1}


@given(groupings(), groupings())
def test_no_id_is_given_twice_and_none_comes_back(before: list[list[str]], after: list[list[str]]) -> None:
    first = settle(before, {}, {}, 1)
    ids = dict(first.assignments)
    second = settle(after, ids, earliest(ids), 100)
    of_groups = [{second.assignments[key] for key in group} for group in after]
    assert all(len(group) == 1 for group in of_groups)
    assert len(set.union(*of_groups)) == len(after)
    assert all(story >= 100 for story in second.created)
    assert set(second.assignments.values()) <= set(ids.values()) | set(second.created)


@given(groupings(), groupings())
def test_every_former_id_still_leads_to_a_story(before: list[list[str]], after: list[list[str]]) -> None:
    ids = dict(settle(before, {}, {}, 1).assignments)
    settled = settle(after, ids, earliest(ids), 100)
    living = set(settled.assignments.values())
    assert all(story in living or settled.merged[story] in living for story in set(ids.values()))
    assert all(gone not in living and survivor < gone for gone, survivor in settled.merged.items())


@given(groupings(), groupings())
def test_settling_again_changes_nothing(before: list[list[str]], after: list[list[str]]) -> None:
    ids = dict(settle(before, {}, {}, 1).assignments)
    once = settle(after, ids, earliest(ids), 100)
    assert once == settle(after, ids, earliest(ids), 100)
    again = settle(after, once.assignments, earliest(dict(once.assignments)), 200)
    assert (again.assignments, again.merged, again.created) == (once.assignments, {}, ())
