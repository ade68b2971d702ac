"""The story so far, in the feed and on the page of a story."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from bs4 import BeautifulSoup
from made_stories import START, article, published, rendered, story

from crawler.domain.models import Stage
from crawler.domain.sofar import MOST
from exports import Channel
from exports.check import problem

if TYPE_CHECKING:
    from pathlib import Path

CHANNEL = Channel("Launchwire", "https://news.example/")
LEAK = story(4, 0, stage=Stage.RUMOR, models=("12S Ultra",))
DATE = story(1, 30, stage=Stage.TEASER, models=("12S",), articles=(article("gamma", 1, 30, language="zh-CN"),))
LAUNCH = story(2, 40, stage=Stage.ANNOUNCEMENT, models=("12S", "12S Ultra"))
OTHER = story(3, 35, models=("Find X5",))
STORIES = [LEAK, DATE, LAUNCH, OTHER]


def items(files: dict[str, bytes]) -> dict[str, Any]:
    return {item["id"].rpartition(":")[2]: item for item in json.loads(files["feed.json"])["items"]}


def test_the_item_of_a_launch_names_its_leak_and_its_date_in_order_of_time() -> None:
    made = items(rendered(STORIES, CHANNEL))
    assert made["2"]["_launchwire"]["timeline"] == [
        {"stage": "rumor", "at": "2022-05-23T08:00:00Z", "story": "urn:launchwire:story:4"},
        {"stage": "teaser", "at": "2022-05-24T14:00:00Z", "story": "urn:launchwire:story:1"},
    ]
    assert [problem(item) for item in made.values()] == ["", "", "", ""]


def test_an_item_without_earlier_stories_has_no_timeline() -> None:
    made = items(rendered(STORIES, CHANNEL))
    assert ["timeline" in made[number]["_launchwire"] for number in "1234"] == [True, True, False, False]


def test_the_page_links_what_came_before_and_after_with_titles_in_their_language() -> None:
    page = BeautifulSoup(rendered(STORIES, CHANNEL)["story/1.html"], "lxml")
    links = {each.h2.get_text(): each.select("li a") for each in page.select("section") if each.h2}
    assert [link["href"] for link in links["What came after"]] == ["../story/2.html"]
    assert [link["href"] for link in links["The story so far"]] == ["../story/4.html"]
    launch = BeautifulSoup(rendered(STORIES, CHANNEL)["story/2.html"], "lxml")
    assert [each.get("lang") for each in launch.select("section li a[href^='../story/']")] == ["en", "zh"]


def test_a_story_that_cannot_be_published_is_linked_from_nowhere() -> None:
    nowhere = story(4, articles=(article(url="javascript:alert(1)"),), models=LEAK.models)
    made = rendered([nowhere, DATE, LAUNCH], CHANNEL)
    assert "story/4.html" not in made
    assert b"story/4.html" not in made["story/2.html"]
    assert b"story:4" not in made["feed.json"]


def test_a_changed_story_writes_the_pages_that_name_it_and_a_new_one_no_older_item(tmp_path: Path) -> None:
    published(tmp_path, [LEAK, DATE, OTHER], CHANNEL)
    before = items({"feed.json": (tmp_path / "feed.json").read_bytes()})
    after = published(tmp_path, STORIES, CHANNEL)
    assert items({"feed.json": (tmp_path / "feed.json").read_bytes()}).items() >= before.items()
    assert {name for name in after.written if name.startswith("story/")} == {f"story/{n}.html" for n in (1, 2, 4)}
    renamed = replace(LEAK, title="Another title", updated=START)
    again = published(tmp_path, [renamed, DATE, LAUNCH, OTHER], CHANNEL)
    assert {name for name in again.written if name.startswith("story/")} == {f"story/{n}.html" for n in (1, 2, 4)}


def test_the_timeline_does_not_depend_on_the_order_of_stories() -> None:
    assert rendered(STORIES, CHANNEL) == rendered(STORIES[::-1], CHANNEL)


def test_the_largest_story_has_room_for_the_longest_timeline() -> None:
    told = tuple(article("alfa", number, 500, title=f"{number} " + "x" * 290) for number in range(400))
    earlier = [story(10**9 + number, number, models=("12S",)) for number in range(60)]
    made = items(rendered([*earlier, story(1, articles=told, models=("12S",))], CHANNEL))
    assert len(made["1"]["_launchwire"]["timeline"]) == MOST
    assert problem(made["1"]) == ""
