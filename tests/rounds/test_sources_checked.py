"""`launchwire sources check` of many sources at once: what is wrong with each, and what a person can do."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from conftest import CommandLine
from plain_web import NOW, catalogue, item, plain_web

BROKEN = {
    "blocked": (403, ""),
    "gone": (404, ""),
    "gone_for_good": (410, ""),
    "failing": (500, ""),
    "unparsable": (200, "<html><body>a page</body></html>"),
    "empty": (200, "<rss version='2.0'><channel><title>x</title></channel></rss>"),
}


@pytest.fixture(scope="module")
def checked(module_port: int, tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    """One check of many sources, told by id."""
    folder = tmp_path_factory.mktemp("checked")
    with plain_web(module_port) as web:
        names = [*BROKEN, "robots", "silent", "moved", "passing", "one_moment", "walled", "well"]
        tables = [web.table(name, f"/{name}", "follow = true" if name == "walled" else "") for name in names]
        catalogue(folder, *tables)
        (folder / "launchwire.toml").write_text('catalogue = "sources.toml"\ndelay = 0.01\n')
        web.answers |= {f"/{name}": (status, {}, body) for name, (status, body) in BROKEN.items()}
        web.answers["/robots.txt"] = (200, {}, "User-agent: *\nDisallow: /robots\n")
        old = NOW - timedelta(days=90)
        web.feed("/silent", item(web, 1, old), item(web, 2, old), item(web, 3, None))
        web.feed("/one_moment", *(item(web, 0).replace("new-0", f"new-{number}") for number in range(3)))
        for name in ("walled", "well", "new"):
            web.feed(f"/{name}", item(web, 1), item(web, 2))
        web.answers["/news/a-look-at-what-is-new-1"] = (200, {}, "<title>Access Denied</title><body></body>")
        web.refuse("/moved", 301, Location=f"{web.address}/new")
        web.refuse("/passing", 302, Location=f"{web.address}/new")
        done = CommandLine(folder).launchwire("sources", "check", "--json")
        asked = {path: web.asked.count(path) for path in web.asked}
    assert (done.returncode, done.stderr) == (1, "")
    assert [asked.get(f"/{name}", 0) for name in names] == [0 if name == "robots" else 1 for name in names]
    told = [json.loads(line) for line in done.stdout.splitlines()]
    assert [one["source"] for one in told] == sorted(names)
    return {one["source"]: one for one in told}


@pytest.mark.parametrize("name", BROKEN)
def test_a_check_names_what_is_wrong_and_what_a_person_can_do(checked: dict[str, dict[str, Any]], name: str) -> None:
    told = checked[name]
    assert told["condition"] == name.removesuffix("_for_good")
    assert told["answer"]["http"] == BROKEN[name][0]
    assert not told["well"]
    assert told["advice"]


def test_what_robots_txt_forbids_is_not_asked_for_by_a_check_either(checked: dict[str, dict[str, Any]]) -> None:
    told = checked["robots"]
    assert (told["condition"], told["robots"], told["answer"]) == ("robots", "forbids /robots", None)


def test_silence_and_dates_that_look_wrong_are_told(checked: dict[str, dict[str, Any]]) -> None:
    assert (checked["silent"]["condition"], checked["silent"]["entries"]["stated"]) == ("silent", 2)
    assert checked["silent"]["entries"]["doubts"] == ["1 of 3 state no date"]
    assert checked["one_moment"]["entries"]["doubts"] == [
        "all are one moment: when the document was made, not the articles"
    ]


def test_only_a_redirect_for_good_proposes_a_new_address(checked: dict[str, dict[str, Any]]) -> None:
    for name, status, condition in (("moved", 301, "moved"), ("passing", 302, "well")):
        told = checked[name]
        new = told["answer"]["url"]
        assert new.endswith("/new")
        assert told["url"].endswith(f"/{name}")
        assert told["redirects"] == [{"status": status, "to": new}]
        assert (told["condition"], told["entries"]["count"]) == (condition, 2)
        assert told["proposal"] == (new if condition == "moved" else None)


def test_a_page_that_cannot_be_read_says_why_and_costs_the_source_nothing(checked: dict[str, dict[str, Any]]) -> None:
    assert checked["walled"]["page"]["problem"].startswith("blocked: ")
    assert checked["walled"]["well"]


def test_a_source_that_is_gone_for_good_would_not_be_asked_again(checked: dict[str, dict[str, Any]]) -> None:
    assert checked["gone_for_good"]["next_check"].startswith("9999-")
    assert not checked["gone"]["next_check"].startswith("9999-")
