from __future__ import annotations

import json
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, FormatChecker
from made_stories import SOURCES, article, feed, partnership, story

from crawler.errors import ConfigError
from exports.channel import Channel

if TYPE_CHECKING:
    from crawler.domain.models import Story

CHANNEL = Channel("Launchwire", "https://news.example/phones/", "en", ("https://hub.example/",))
LIMIT = 250_000


def schema(name: str) -> Draft202012Validator:
    judge = Path(__file__).with_name(name)
    text = (judge if judge.exists() else files("exports") / "schemas" / name).read_text(encoding="utf-8")
    Draft202012Validator.check_schema(json.loads(text))
    return Draft202012Validator(json.loads(text), format_checker=FormatChecker())


FEED_SCHEMA = schema("jsonfeed-1.1.schema.json")
EXTENSION_SCHEMA = schema("launchwire.schema.json")


def long_story(number: int) -> Story:
    told = tuple(
        article(source, number, number + hours, title="長い見出し " * 60, summary="Much text. " * 90)
        for hours, source in enumerate(SOURCES)
    )
    return story(number, articles=told)


def documents(made: dict[str, bytes]) -> dict[str, Any]:
    return {name: json.loads(data) for name, data in made.items()}


def walk(made: dict[str, bytes]) -> list[str]:
    """Follow next_url as a reader does, and give the names met."""
    pages, name, met = documents(made), "feed.json", []
    while name:
        assert name not in met, "the chain loops"
        met.append(name)
        name = pages[name].get("next_url", "").removeprefix("https://news.example/phones/")
    return met


def ids(document: Any) -> list[int]:  # noqa: ANN401 - JSON
    return [int(each["id"].rpartition(":")[2]) for each in document["items"]]


def test_every_page_is_a_json_feed_and_every_extension_as_described() -> None:
    made = feed([partnership(), *(long_story(number) for number in range(8, 150))], CHANNEL)
    assert len(made) > 2
    for document in documents(made).values():
        FEED_SCHEMA.validate(document)
        for each in document["items"]:
            EXTENSION_SCHEMA.validate(each["_launchwire"])


@pytest.mark.parametrize(
    "change",
    [
        {"version": "https://jsonfeed.org/version/1"},
        {"title": 1},
        {"next_url": "javascript:alert(1)"},
        {"feed_url": "feed.json"},
        {"hubs": [{"type": "WebSub"}]},
        {"itmes": []},
        {"items": [{"content_html": "no id"}]},
        {"items": [{"id": "1"}]},
        {"items": [{"id": 1, "content_html": "x"}]},
        {"items": [{"id": "1", "content_html": "x", "date_published": "2022-05-23"}]},
        {"items": [{"id": "1", "content_html": "x", "authors": [{}]}]},
        {"items": [{"id": "1", "content_html": "x", "tags": "xiaomi"}]},
        {"items": [{"id": "1", "content_html": "x", "_launchwire": 1}]},
    ],
)
def test_the_schema_refuses_what_the_specification_does(change: dict[str, Any]) -> None:
    sound = {"version": "https://jsonfeed.org/version/1.1", "title": "T", "items": [{"id": "1", "content_text": "x"}]}
    FEED_SCHEMA.validate(sound)
    assert not FEED_SCHEMA.is_valid(sound | change)


def test_a_feed_without_stories_is_valid() -> None:
    made = feed([], CHANNEL)
    assert list(made) == ["feed.json"]
    FEED_SCHEMA.validate(json.loads(made["feed.json"]))


@settings(max_examples=25, deadline=None)
@given(st.permutations([story(number, hours=number % 7) for number in range(1, 24)]))
def test_the_order_of_stories_changes_no_byte(shuffled: list[Story]) -> None:
    small = replace(CHANNEL, page_size=5)
    stories = sorted(shuffled, key=lambda told: told.id)
    assert list(feed(shuffled, small).items()) == list(feed(stories, small).items())


def test_two_thousand_long_stories_stand_in_the_chain_once_each_on_small_pages() -> None:
    stories = [long_story(number) for number in range(1, 2001)]
    made = feed(stories, CHANNEL)
    assert max(map(len, made.values())) < LIMIT
    pages = documents(made)
    met = walk(made)
    assert sorted(met) == sorted(made)
    assert sorted(number for name in met for number in ids(pages[name])) == list(range(1, 2001))


def test_the_feed_holds_the_newest_stories_newest_first() -> None:
    stories = [story(number, hours=number) for number in range(1, 81)]
    assert ids(json.loads(feed(stories, CHANNEL)["feed.json"])) == list(range(80, 30, -1))


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.integers(0, 400), min_size=30, max_size=60),
    st.lists(st.integers(0, 400), min_size=1, max_size=40),
)
def test_a_closed_page_stays_the_same_when_stories_are_added(old: list[int], new: list[int]) -> None:
    size = 7
    small = replace(CHANNEL, page_size=size)
    stories = [story(number, hours=hours) for number, hours in enumerate(old + new, start=1)]
    before = feed(stories[: len(old)], small)
    after = feed(stories, small)
    open_ids = {(number - 1) // size + 1 for number in ids(json.loads(before["feed.json"]))} | {
        (len(old) - 1) // size + 1
    }
    closed = [name for name in before if name.startswith("archive/") and int(name[8:-5]) not in open_ids]
    assert {name: after.get(name) for name in closed} == {name: before[name] for name in closed}
    assert sorted(walk(after)) == sorted(after)
    assert sorted(number for page in documents(after).values() for number in ids(page)) == list(
        range(1, len(stories) + 1)
    )


def test_stories_of_an_old_archive_neither_push_new_ones_out_nor_move_closed_pages() -> None:
    small = replace(CHANNEL, page_size=10)
    present = [story(number, hours=1000 + number) for number in range(1, 41)]
    before = feed(present, small)
    after = feed([*present, *(story(number, hours=number) for number in range(41, 100))], small)
    assert before["archive/1.json"] == after["archive/1.json"]
    assert before["archive/2.json"] == after["archive/2.json"]
    assert ids(json.loads(before["feed.json"])) == ids(json.loads(after["feed.json"]))


def test_a_page_whose_stories_are_all_in_the_feed_is_kept_free_for_them() -> None:
    small = replace(CHANNEL, page_size=2)
    hours = {1: 1, 2: 2, 3: 1000, 4: 1001, 5: 3, 6: 4}
    before = feed([story(number, at) for number, at in hours.items()], small)
    after = feed([story(number, at) for number, at in {**hours, 7: 2000, 8: 2001}.items()], small)
    assert json.loads(before["archive/2.json"])["items"] == []
    assert ids(json.loads(after["archive/2.json"])) == [4, 3]
    assert before["archive/3.json"] == after["archive/3.json"]
    assert walk(after) == ["feed.json", "archive/3.json", "archive/2.json", "archive/1.json"]


def test_a_merge_changes_only_the_pages_of_its_two_stories() -> None:
    small = replace(CHANNEL, page_size=10)
    stories = [story(number, hours=number) for number in range(1, 101)]
    before = feed(stories, small)
    merged = [replace(each, aliases=(25,)) if each.id == 12 else each for each in stories if each.id != 25]
    after = feed(merged, small)
    assert {name for name in before if before[name] != after[name]} == {"archive/2.json", "archive/3.json"}


def test_a_page_that_grows_too_long_goes_on_without_touching_its_neighbours() -> None:
    small = replace(CHANNEL, page_size=20)
    stories = [story(number, hours=number) for number in range(1, 101)]
    before = feed(stories, small)
    many = tuple(article("alfa", number, number / 10, title="x" * 200) for number in range(60))
    grown = [replace(each, articles=(*many, each.lead)) if 20 < each.id <= 40 else each for each in stories]
    after = feed(grown, small)
    assert {"archive/2-2.json", "archive/2-3.json"} <= set(after)
    assert max(map(len, after.values())) < LIMIT
    assert {name for name in before if before[name] != after[name]} == {"archive/2.json"}
    assert walk(after)[-2:] == [max(name for name in after if name.startswith("archive/2-")), "archive/1.json"]


def test_without_a_base_url_nothing_claims_an_address() -> None:
    made = feed([story(number) for number in range(1, 121)], Channel("Launchwire"))
    assert set(made) == {"feed.json", "archive/1.json", "archive/2.json"}
    for document in documents(made).values():
        FEED_SCHEMA.validate(document)
        assert not {"feed_url", "next_url", "home_page_url"} & set(document)
        assert not any("about" in each["_launchwire"] for each in document["items"])


def test_the_feed_says_where_it_lives_and_who_pushes_it() -> None:
    document = json.loads(feed([story()], CHANNEL)["feed.json"])
    assert next(iter(document)) == "version"
    assert document["feed_url"] == "https://news.example/phones/feed.json"
    assert document["home_page_url"] == "https://news.example/phones/index.html"
    assert document["hubs"] == [{"type": "WebSub", "url": "https://hub.example/"}]
    assert document["language"] == "en"


def test_a_channel_refuses_an_address_that_is_not_http() -> None:
    with pytest.raises(ConfigError, match=r"ftp://news\.example"):
        Channel("Launchwire", "ftp://news.example/")


def test_each_file_ends_in_one_line_break_and_keeps_other_scripts_readable() -> None:
    data = feed([partnership()], CHANNEL)["feed.json"]
    assert data.endswith(b"}\n")
    assert not data.endswith(b"\n\n")
    assert "小米12 Ultra 来了".encode() in data
