"""`scrapy list` and `scrapy crawl ID` by hand, on the sample web."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from crawler.sample.web import SampleWeb

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from conftest import CommandLine


@pytest.fixture
def web(port: int, tmp_path: Path) -> Iterator[SampleWeb]:
    with SampleWeb(port) as served:
        (tmp_path / "sources.toml").write_text(served.catalogue())
        (tmp_path / "launchwire.toml").write_text('catalogue = "sources.toml"\ndelay = 0.05\n')
        yield served


def rows(folder: Path, query: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(folder / "var" / "launchwire.db")) as database:
        return database.execute(query).fetchall()


def test_every_source_is_a_spider(command_line: CommandLine, web: SampleWeb) -> None:
    done = command_line.scrapy("list")
    assert done.stdout.split() == sorted(web.outlets)


def test_a_source_crawled_by_hand_is_stored_and_told_at_the_next_export(
    command_line: CommandLine, web: SampleWeb, tmp_path: Path
) -> None:
    done = command_line.scrapy("crawl", "techpulse", "-O", "out.json")
    assert done.returncode == 0, done.stderr
    entries = len(web.outlets["techpulse"].entries)
    assert rows(tmp_path, "SELECT count(*) FROM articles WHERE source = 'techpulse'") == [(entries,)]
    items = json.loads((tmp_path / "out.json").read_text())
    assert len(items) == entries
    assert {"title", "canonical_url", "published", "decision"} <= items[0].keys()
    assert not (tmp_path / "var" / "site").exists()
    assert command_line.launchwire("export").returncode == 0
    assert json.loads((tmp_path / "var" / "site" / "feed.json").read_text())["items"]


def test_the_decision_on_a_stored_article_is_explained_by_its_address(
    command_line: CommandLine, web: SampleWeb, tmp_path: Path
) -> None:
    command_line.scrapy("crawl", "techpulse")
    ((url, title),) = rows(tmp_path, "SELECT url, title FROM articles WHERE title LIKE '%Leica%' ORDER BY id LIMIT 1")
    done = command_line.launchwire("explain", str(url))
    assert done.returncode == 0, done.stderr
    assert str(title) in done.stdout
    assert web.outlets


def test_a_crawl_by_hand_sends_validators_only_when_asked(command_line: CommandLine, web: SampleWeb) -> None:
    command_line.scrapy("crawl", "techpulse")
    command_line.scrapy("crawl", "techpulse")
    command_line.scrapy("crawl", "techpulse", "-a", "conditional=1")
    feeds = [request for request in web.requests if request.path.endswith("feed")]
    assert [request.status for request in feeds] == [200, 200, 304]
    assert ["if-none-match" in request.headers for request in feeds] == [False, False, True]


def test_a_listing_is_read_with_its_article_pages_and_those_only_once(
    command_line: CommandLine, web: SampleWeb, tmp_path: Path
) -> None:
    command_line.scrapy("crawl", "xiaomi_pressroom")
    pages = len(web.requests)
    stored = rows(tmp_path, "SELECT dated, page_read, length(body) > 100 FROM articles")
    assert set(stored) == {("page", 1, 1)}
    assert len(stored) == len(web.outlets["xiaomi_pressroom"].entries)
    command_line.scrapy("crawl", "xiaomi_pressroom")
    # The index; no page again, and robots.txt is in the store.
    assert len(web.requests) == pages + 1
    assert rows(tmp_path, "SELECT new, updated FROM visits ORDER BY id DESC LIMIT 1") == [(0, 0)]


def test_what_robots_txt_forbids_is_not_asked_for(command_line: CommandLine, web: SampleWeb, tmp_path: Path) -> None:
    command_line.scrapy("crawl", "closedgarden")
    assert [request.path for request in web.requests] == ["/robots.txt"]
    ((problem,),) = rows(tmp_path, "SELECT problem FROM visits")
    assert str(problem).startswith("robots: ")


def test_an_unknown_source_or_a_bad_setting_is_one_clear_line(command_line: CommandLine, web: SampleWeb) -> None:
    unknown = command_line.scrapy("crawl", "techpulze")
    assert unknown.returncode == 2
    assert unknown.stderr.splitlines()[-1].startswith("launchwire: sources.toml: has no source 'techpulze'")
    bad = command_line.scrapy("list", delay="0")
    assert (bad.returncode, bad.stderr) == (2, "launchwire: LAUNCHWIRE_DELAY: '0' must be greater than 0\n")
    assert web.requests == []
