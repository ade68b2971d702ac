from __future__ import annotations

from typing import Any

import pytest
from made_stories import SOURCES, article, partnership, rendered, story

from exports.channel import Channel
from exports.check import problem
from exports.item import item

CHANNEL = Channel("Launchwire", "https://news.example/", "en")


def sound(number: int = 1) -> dict[str, Any]:
    return item(story(number), SOURCES, CHANNEL)


def changed(path: str, value: object) -> dict[str, Any]:
    made = item(partnership(), SOURCES, CHANNEL)
    place: Any = made
    *way, last = path.split(".")
    for key in way:
        place = place[int(key) if key.isdigit() else key]
    place[last] = value
    return made


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("id", 7),
        ("id", "7"),
        ("id", "urn:launchwire:story:0"),
        ("url", "javascript:alert(1)"),
        ("url", "/7"),
        ("external_url", "ftp://maker.example/7"),
        ("external_url", None),
        ("title", ""),
        ("title", " "),
        ("title", "x" * 301),
        ("title", "a\x00b"),
        ("title", "a\ud800b"),
        ("content_html", ""),
        ("content_html", "x" * 60_001),
        ("summary", None),
        ("image", "data:image/png;base64,AAAA"),
        ("date_published", "2022-05-23"),
        ("date_published", "2022-05-23T08:00:00+00:00"),
        ("date_modified", 1653292800),
        ("authors", []),
        ("authors.0.name", None),
        ("authors.1.url", "mailto:a@maker.example"),
        ("tags", "teaser"),
        ("tags", ["teaser", 1]),
        ("language", "english please"),
        ("content_text", "not ours"),
        ("_launchwire", None),
        ("_launchwire.stage", "launched"),
        ("_launchwire.outlets", 0),
        ("_launchwire.outlets", True),
        ("_launchwire.outlets", "2"),
        ("_launchwire.lead.role", "blog"),
        ("_launchwire.lead.url", "http://[/"),
        ("_launchwire.sources.1.published", "yesterday"),
        ("_launchwire.dates.0.official", 1),
        ("_launchwire.dates.0.date", "2022-13"),
        ("_launchwire.dates.0.date", "July"),
        ("_launchwire.videos", ["https://a.example/" + "x" * 3000]),
        ("_launchwire.aliases", [9]),
        ("_launchwire.models", None),
    ],
)
def test_a_wrong_value_is_found_where_it_is(path: str, value: object) -> None:
    parts = [f"[{part}]" if part.isdigit() else f".{part}" for part in path.split(".")]
    assert f"item{''.join(parts)}" in problem(changed(path, value))


def test_a_sound_item_has_no_problem() -> None:
    assert problem(item(partnership(), SOURCES, CHANNEL)) == ""


@pytest.mark.parametrize("key", ["id", "url", "title", "content_html", "date_published", "_launchwire"])
def test_a_missing_key_is_named(key: str) -> None:
    made = sound()
    del made[key]
    assert problem(made) == f"item.{key} is missing"


def test_a_story_that_fails_is_left_out_and_named_and_the_others_stay(caplog: pytest.LogCaptureFixture) -> None:
    bad = story(2, articles=(article(url="javascript:alert(1)"),))
    made = rendered([story(1), bad, story(3)], CHANNEL)
    assert [name for name in made if name.startswith("story/")] == ["story/1.html", "story/3.html"]
    assert [record.getMessage() for record in caplog.records] == [
        "urn:launchwire:story:2 is left out: item.external_url is missing"
    ]
