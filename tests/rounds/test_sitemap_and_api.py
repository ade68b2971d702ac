"""Newsrooms without a feed over real HTTP: a sitemap, a news sitemap, a JSON API; each with its article pages."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from crawler.sample.outlet import Outlet, Quirks, SampleEntry, load_outlets
from crawler.sample.sitemap import ARTICLES, SHOP
from crawler.sample.web import SampleWeb

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from conftest import CommandLine

OUTLETS = {outlet.id: outlet for outlet in load_outlets()}
NEW = SampleEntry(
    slug="brand-new",
    title="Something brand new is announced",
    summary="It was not here before.",
    body="It was not here before. Now it is, and it has a page of its own with a few words on it.",
    published=datetime(2026, 6, 1, 9, tzinfo=UTC),
)


@pytest.fixture
def web(port: int, tmp_path: Path) -> Iterator[SampleWeb]:
    with SampleWeb(port, [OUTLETS[name] for name in ("nothing_pressroom", "oppo_pressroom", "lemobile")]) as served:
        (tmp_path / "sources.toml").write_text(served.catalogue())
        (tmp_path / "launchwire.toml").write_text('catalogue = "sources.toml"\ndelay = 0.05\n')
        yield served


def rows(folder: Path, query: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(folder / "var" / "launchwire.db")) as database:
        return database.execute(query).fetchall()


def asked(web: SampleWeb, before: int = 0) -> list[str]:
    return [request.path for request in web.requests[before:] if request.path != "/robots.txt"]


def without(path: str) -> Outlet:
    """The newsroom with a sitemap, whose robots.txt forbids one path."""
    return replace(OUTLETS["nothing_pressroom"], quirks=Quirks(disallow=(path,)))


def told(web: SampleWeb, name: str) -> set[tuple[str, datetime]]:
    return {(entry.title, entry.published) for entry in web.outlets[name].entries}


def stored(folder: Path) -> set[tuple[str, datetime]]:
    found = rows(folder, "SELECT title, published FROM articles")
    return {(title, datetime.fromisoformat(when).replace(tzinfo=UTC)) for title, when in found}


@pytest.mark.parametrize("name", ["nothing_pressroom", "oppo_pressroom", "lemobile"])
def test_every_article_is_stored_with_the_title_date_and_text_of_its_page(
    command_line: CommandLine, web: SampleWeb, tmp_path: Path, name: str
) -> None:
    done = command_line.scrapy("crawl", name)
    assert done.returncode == 0, done.stderr
    assert stored(tmp_path) == told(web, name)
    facts = rows(tmp_path, "SELECT DISTINCT dated, page_read, language, length(body) > 60 FROM articles")
    assert facts == [("page", 1, OUTLETS[name].language, 1)]
    assert rows(tmp_path, "SELECT outcome, problem FROM visits") == [("read", None)]


def test_an_index_is_followed_one_level_and_a_new_article_is_found_through_it(
    command_line: CommandLine, web: SampleWeb
) -> None:
    command_line.scrapy("crawl", "nothing_pressroom")
    assert asked(web)[:3] == ["/sitemap.xml", ARTICLES, SHOP]
    before = len(web.requests)
    command_line.scrapy("crawl", "nothing_pressroom", "-a", "conditional=1")
    assert asked(web, before) == ["/sitemap.xml"]
    assert web.requests[-1].status == 304
    web.publish("nothing_pressroom", NEW)
    before = len(web.requests)
    command_line.scrapy("crawl", "nothing_pressroom", "-a", "conditional=1")
    assert asked(web, before) == ["/sitemap.xml", ARTICLES, SHOP, "/newsroom/brand-new"]


def test_an_index_vouches_for_nothing_while_one_of_its_sitemaps_cannot_be_had(
    command_line: CommandLine, port: int, tmp_path: Path
) -> None:
    with SampleWeb(port, [without(SHOP)]) as web:
        (tmp_path / "sources.toml").write_text(web.catalogue())
        for _ in range(2):
            command_line.scrapy(
                "crawl", "nothing_pressroom", "-a", "conditional=1", catalogue="sources.toml", delay="0.01"
            )
        assert [request.status for request in web.requests if request.path == "/sitemap.xml"] == [200, 200]
    assert stored(tmp_path) == told(web, "nothing_pressroom")
    ((outcome, problem), _) = rows(tmp_path, "SELECT outcome, problem FROM visits ORDER BY id")
    assert outcome == "read"
    assert f"{SHOP}: robots: " in problem


def test_an_index_of_which_no_article_can_be_had_says_why(command_line: CommandLine, port: int, tmp_path: Path) -> None:
    with SampleWeb(port, [without(ARTICLES)]) as web:
        (tmp_path / "sources.toml").write_text(web.catalogue())
        command_line.scrapy("crawl", "nothing_pressroom", catalogue="sources.toml", delay="0.01")
    ((outcome, problem),) = rows(tmp_path, "SELECT outcome, problem FROM visits")
    assert outcome == "failed"
    assert problem.startswith("empty: ")
    assert f"{ARTICLES}: robots: " in problem


def test_an_api_is_posted_to_and_known_by_its_body_alone(
    command_line: CommandLine, web: SampleWeb, tmp_path: Path
) -> None:
    for _ in range(2):
        command_line.scrapy("crawl", "oppo_pressroom", "-a", "conditional=1")
    posts = [request for request in web.requests if request.method == "POST"]
    assert [request.status for request in posts] == [200, 200]
    assert json.loads(posts[0].payload or b"")["customCategoryType"] == "newsroom_press"
    assert not {"if-none-match", "if-modified-since"} & posts[1].headers.keys()
    assert rows(tmp_path, "SELECT outcome FROM visits ORDER BY id") == [("read",), ("unchanged",)]
    web.publish("oppo_pressroom", NEW)
    command_line.scrapy("crawl", "oppo_pressroom", "-a", "conditional=1")
    assert (NEW.title, NEW.published) in stored(tmp_path)


def test_pages_read_before_do_not_count_so_that_a_long_sitemap_is_read_in_a_few_visits(
    command_line: CommandLine, port: int, tmp_path: Path
) -> None:
    many = tuple(
        replace(NEW, slug=f"phone-{number:03}", title=f"Phone {number} is here", body=f"{NEW.body} {number}")
        for number in range(50)
    )
    with SampleWeb(port, [replace(OUTLETS["nothing_pressroom"], entries=many)]) as web:
        (tmp_path / "sources.toml").write_text(web.catalogue())
        settings = {"catalogue": "sources.toml", "delay": "0.001"}
        for count in (40, 50):
            command_line.scrapy("crawl", "nothing_pressroom", **settings)
            assert rows(tmp_path, "SELECT count(*) FROM articles WHERE title != ''") == [(count,)]
