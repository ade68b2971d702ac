"""The publication as a whole: what stands in it, and what a change touches."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import listparser
from made_stories import article, files, partnership, published, rendered, story
from placed import place

from crawler.domain.models import Stage
from exports import Channel, SourceStatus

if TYPE_CHECKING:
    from pathlib import Path

    from crawler.domain.models import Story
    from exports.file import File

CHANNEL = Channel("Launchwire", "https://news.example/", page_size=10)
SEEN = datetime(2022, 5, 24, tzinfo=UTC)


def other(number: int) -> Story:
    stage = list(Stage)[number % 4]
    language = "zh" if number % 2 else "en"
    told = article(number=number, hours=number, language=language)
    return story(number, articles=(told,), stage=stage, brands=("oppo",), models=(f"Find X{number % 7}",))


STORIES = [partnership(), *map(other, range(20, 120))]
STATUSES = [
    SourceStatus("b", "Beta", "news", "https://b.example/", "it", "https://b.example/rss?a=1&b=2", "well", "", SEEN),
    SourceStatus("a", "Alfa", "news", "javascript:alert(1)", "en", "javascript:alert(1)", "blocked", "blocked: 403"),
]


def numbers(data: bytes) -> list[int]:
    return [int(item["id"].rpartition(":")[2]) for item in json.loads(data)["items"]]


def whole(files: dict[str, bytes], folder: str) -> list[int]:
    pages = [name for name in files if name.startswith((f"{folder}feed.json", f"{folder}archive/"))]
    return sorted(number for name in pages if name.endswith(".json") for number in numbers(files[name]))


def test_each_set_holds_its_stories_once_each_over_feed_and_archive() -> None:
    made = rendered(STORIES, CHANNEL)
    assert whole(made, "") == [told.id for told in STORIES]
    assert whole(made, "brand/xiaomi/") == [7]
    assert whole(made, "brand/oppo/") == list(range(20, 120))
    assert whole(made, "stage/rumor/") == list(range(20, 120, 4))
    assert whole(made, "language/zh/") == list(range(21, 120, 2))
    assert whole(made, "official/") == [7]


def test_the_feed_of_a_set_says_what_it_is_and_where_it_lives() -> None:
    document = json.loads(rendered(STORIES, CHANNEL)["brand/oppo/feed.json"])
    assert document["title"] == "Launchwire: Oppo"
    assert document["feed_url"] == "https://news.example/brand/oppo/feed.json"
    assert document["home_page_url"] == "https://news.example/brand/oppo/index.html"
    assert document["next_url"] == "https://news.example/brand/oppo/archive/2.json"


def test_a_brand_that_is_no_name_for_a_folder_gets_no_feed() -> None:
    for brand in ("../x", "a/b", "Xiaomi", "小米", "con.", "-", "x" * 60):
        made = rendered([story(1, brands=(brand,))], CHANNEL)
        assert [name for name in made if name.startswith("brand/")] == []


def test_models_of_one_spelling_share_a_page() -> None:
    made = rendered([story(1, models=("Find X5+",)), story(2, 1, models=("find x5 plus", "小米"))], CHANNEL)
    assert [name for name in made if name.startswith("device/")] == ["device/find-x5-plus.html"]


def test_the_files_come_with_what_they_lead_to_before_them_and_the_feed_last() -> None:
    names = list(rendered(STORIES, CHANNEL))
    assert names[-1] == "feed.json"
    assert len(names) == len(set(names))
    for folder in ("", "brand/oppo/"):
        head = names.index(f"{folder}feed.json")
        assert all(names.index(name) < head for name in names if name.startswith(f"{folder}archive/"))


def test_the_same_stories_give_the_same_bytes_in_any_order_and_touch_no_file(tmp_path: Path) -> None:
    assert rendered(STORIES, CHANNEL) == rendered(STORIES[::-1], CHANNEL)
    published(tmp_path, STORIES, CHANNEL, STATUSES)
    again = published(tmp_path, STORIES[::-1], CHANNEL, STATUSES[::-1])
    assert (again.written, again.removed) == ((), ())


def test_another_day_changes_only_how_the_sources_are_doing(tmp_path: Path) -> None:
    published(tmp_path, STORIES, CHANNEL, STATUSES)
    later = [replace(each, last_success=SEEN.replace(day=25)) for each in STATUSES]
    again = published(tmp_path, STORIES, CHANNEL, later)
    assert set(again.written) == {"status.json", "sources.html"}


def test_one_changed_story_writes_only_the_files_that_hold_it(tmp_path: Path) -> None:
    published(tmp_path, STORIES, CHANNEL)
    changed = [replace(each, title="Changed", updated=SEEN) if each.id == 25 else each for each in STORIES]
    again = published(tmp_path, changed, CHANNEL)
    assert set(again.written) == {
        "index.html",
        *(f"story/{number}.html" for number in range(25, 120, 7)),  # they name it: it came before them
        "device/find-x4.html",
        "archive/3.json",
        "archive/3.atom",
        *(
            f"{folder}/{name}"
            for folder in ("brand/oppo", "stage/teaser", "language/zh")
            for name in ("archive/1.json", "archive/1.atom", "index.html")
        ),
    }


def test_files_are_made_only_where_what_they_depend_on_changed(tmp_path: Path) -> None:
    place(tmp_path, files(STORIES, CHANNEL))
    made = []

    def watched(file: File) -> File:
        def make() -> bytes:
            made.append(file.name)
            return file.make()

        return file._replace(make=make)

    assert place(tmp_path, map(watched, files(STORIES, CHANNEL))).written == ()
    assert made == []


def test_a_file_that_somebody_changed_or_took_away_is_put_back(tmp_path: Path) -> None:
    published(tmp_path, STORIES, CHANNEL)
    whole_page = (tmp_path / "story/7.html").read_bytes()
    (tmp_path / "story/7.html").write_text("defaced")
    (tmp_path / "feed.json").unlink()
    again = published(tmp_path, STORIES, CHANNEL)
    assert set(again.written) == {"story/7.html", "feed.json"}
    assert (tmp_path / "story/7.html").read_bytes() == whole_page


def test_a_brand_without_stories_leaves_no_file_behind(tmp_path: Path) -> None:
    published(tmp_path, STORIES, CHANNEL)
    assert (tmp_path / "brand/xiaomi").is_dir()
    published(tmp_path, STORIES[1:], CHANNEL)
    assert not (tmp_path / "brand/xiaomi").exists()
    assert not (tmp_path / "story/9.html").exists()


def test_our_feeds_are_a_list_that_readers_import() -> None:
    found = listparser.parse(rendered(STORIES, CHANNEL)["feeds.opml"].decode())
    assert not found.bozo
    assert "https://news.example/brand/oppo/feed.atom" in [each.url for each in found.feeds]
    assert "https://news.example/feed.atom" in [each.url for each in found.feeds]
    assert b'type="json"' in rendered(STORIES, CHANNEL)["feeds.opml"]


def test_the_sources_that_have_a_feed_are_a_list_that_readers_import() -> None:
    made = {file.name: file.make() for file in files(STORIES, CHANNEL, statuses=STATUSES)}
    found = listparser.parse(made["sources.opml"].decode())
    assert not found.bozo
    assert [(each.title, each.url) for each in found.feeds] == [("Beta", "https://b.example/rss?a=1&b=2")]


def test_the_status_says_what_is_known_and_nothing_else() -> None:
    made = {file.name: file.make() for file in files(STORIES, CHANNEL, statuses=STATUSES)}
    assert json.loads(made["status.json"])["sources"] == [
        {"id": "a", "name": "Alfa", "role": "news", "language": "en", "condition": "blocked", "line": "blocked: 403"},
        {
            "id": "b",
            "name": "Beta",
            "role": "news",
            "home": "https://b.example/",
            "language": "it",
            "condition": "well",
            "last_success": "2022-05-24T00:00:00Z",
        },
    ]
    assert b"javascript:" not in made["sources.html"]
