"""`launchwire sources check, show, pause, resume, record`, over real HTTP on loopback."""

from __future__ import annotations

import json
import re
import sqlite3
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from plain_web import HOST, NOW, PlainWeb, catalogue, item, page, plain_web

from crawler.cli import main
from crawler.domain.articles import from_entry
from crawler.domain.models import Entry
from crawler.domain.patience import Patience
from crawler.domain.visits import Outcome, SourceState, Visit, after
from crawler.store import articles, hosts
from crawler.store import sources as states
from crawler.store.database import open_store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from conftest import CommandLine
    from sqlalchemy import Connection


@pytest.fixture
def web(port: int, tmp_path: Path) -> Iterator[PlainWeb]:
    with plain_web(port) as served:
        served.feed("/feed", item(served, 1), item(served, 2), item(served, 3))
        catalogue(tmp_path, served.table("one", "/feed"))
        (tmp_path / "launchwire.toml").write_text('catalogue = "sources.toml"\ndelay = 0.01\n')
        yield served


@dataclass(frozen=True)
class Said:
    code: int
    out: str
    err: str


@pytest.fixture
def sources(
    web: PlainWeb, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., Said]:
    """`launchwire sources …` in this process, for what asks no site."""
    del web
    monkeypatch.chdir(tmp_path)

    def run(*words: str) -> Said:
        monkeypatch.setattr("sys.argv", ["launchwire", "sources", *words])
        with pytest.raises(SystemExit) as end:
            main()
        told = capsys.readouterr()
        return Said(int(end.value.code or 0), told.out, told.err)

    return run


def rows(folder: Path, query: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(folder / "var" / "launchwire.db")) as database, database:
        return database.execute(query).fetchall()


def everything(folder: Path) -> list[str]:
    """The whole store as SQL."""
    with closing(sqlite3.connect(folder / "var" / "launchwire.db")) as database:
        return list(database.iterdump())


@contextmanager
def written(folder: Path) -> Iterator[Connection]:
    store = open_store(f"sqlite:///{folder}/var/launchwire.db")
    with store.write() as db:
        yield db
    store.close()


def plain(text: str) -> list[str]:
    """The lines without their layout."""
    return [" ".join(line.split()) for line in text.splitlines()]


# check


def test_a_check_explains_each_step_and_stores_nothing(
    command_line: CommandLine, web: PlainWeb, tmp_path: Path
) -> None:
    catalogue(tmp_path, web.table("one", "/feed", "follow = true"))
    web.answers["/robots.txt"] = (200, {}, "User-agent: *\nCrawl-delay: 0.1\n")
    first = NOW - timedelta(hours=1)
    for number in (1, 2, 3):
        web.answers[f"/news/a-look-at-what-is-new-{number}"] = (200, {}, page("What is new", first))
    web.feed("/feed", item(web, 1), item(web, 2))
    command_line.launchwire("run")
    web.feed("/feed", item(web, 1), item(web, 2), item(web, 3), headers={"ETag": '"b"'})
    before = everything(tmp_path)
    web.asked.clear()
    done = command_line.launchwire("sources", "check")
    assert everything(tmp_path) == before
    assert web.asked == ["/feed", "/news/a-look-at-what-is-new-1"], "one page, also where a round has read it"
    assert (done.returncode, done.stderr) == (0, "")
    lines = plain(done.stdout)
    assert lines[:10] == [
        "one: well",
        f"asked {web.address}/feed",
        "robots.txt allows /feed, Crawl-delay 0.1 s",
        f"answer HTTP 200, application/rss+xml, {len(web.answers['/feed'][2])} bytes",
        'validators ETag "b"',
        "format RSS 2.0",
        "entries 3, 1 of them new",
        "Google launches the Pixel 11 Pro today",
        "A look at our garden, part 2",
        "A look at our garden, part 3",
    ]
    assert lines[10].startswith("dates 3 of 3 from the document, ")
    assert lines[11:14] == [
        "launch news 1",
        "announcement · Google launches the Pixel 11 Pro today · Pixel 11 Pro",
        f"page {web.address}/news/a-look-at-what-is-new-1: HTTP 200",
    ]
    assert lines[14].startswith(f"What is new · {first:%F %H:%M} UTC · ")
    assert int(lines[14].split(" · ")[2].split()[0]) > 200
    assert lines[15].startswith("next check 2")
    assert lines[16:] == ["health well"]


def test_a_check_keeps_to_the_patience_that_a_host_asked_for(
    command_line: CommandLine, web: PlainWeb, tmp_path: Path
) -> None:
    with written(tmp_path) as db:
        hosts.keep(db, Patience(HOST, NOW + timedelta(hours=1), 1, 429))
    done = command_line.launchwire("sources", "check", "one", "--json")
    assert (done.returncode, web.asked) == (1, [])
    assert json.loads(done.stdout)["problem"].startswith("postponed: ")


# a permanent redirect, from the first day to its end


def test_a_permanent_redirect_is_followed_for_thirty_days_and_then_no_longer(
    command_line: CommandLine, web: PlainWeb, tmp_path: Path, sources: Callable[..., Said]
) -> None:
    web.answers["/new"] = web.answers["/feed"]
    web.refuse("/feed", 301, Location="/new")
    command_line.launchwire("run")
    proposal = f'proposal url = "{web.address}/new"'
    assert web.asked == ["/robots.txt", "/feed", "/new"]
    assert proposal in " ".join(plain(sources("show", "one").out))
    rows(tmp_path, "UPDATE sources SET moved_since = datetime(moved_since, '-31 days')")
    web.asked.clear()
    command_line.launchwire("run", "one")
    assert web.asked == ["/feed"], "the old address may be anybody's by now"
    told = plain(sources("show", "one").out)
    assert f"health moved: it has been at {web.address}/new for long; set url to that (once)" in told
    assert proposal in " ".join(told)
    catalogue(tmp_path, web.table("one", "/new"))
    command_line.launchwire("run", "one")
    told = plain(sources("show", "one").out)
    assert "health well" in told
    assert proposal not in " ".join(told)


# pause and resume


def test_what_is_paused_or_gone_for_good_is_in_no_round_until_it_is_resumed_but_visited_by_name(
    command_line: CommandLine, web: PlainWeb, tmp_path: Path, sources: Callable[..., Said]
) -> None:
    feed = web.answers["/feed"]
    web.answers["/two"] = feed
    web.refuse("/feed", 410)
    catalogue(tmp_path, web.table("one", "/feed"), web.table("two", "/two"))
    day = f"{NOW + timedelta(days=9):%F}"
    assert sources("pause", "two", "--until", day) == Said(0, f"paused until {day}: two\n", "")
    command_line.launchwire("run")
    assert web.asked == ["/robots.txt", "/feed"]
    assert [json.loads(line)["condition"] for line in sources("list", "--json").out.splitlines()] == ["gone", "paused"]
    web.asked.clear()
    command_line.launchwire("run", "--all")
    assert web.asked == []
    assert command_line.launchwire("run", "two").returncode == 0
    assert web.asked == ["/two"]
    assert f"health paused: until {day}" in plain(sources("show", "two").out)
    web.answers["/feed"] = feed
    assert sources("resume", "one") == Said(0, "due now: one\n", "")
    assert rows(tmp_path, "SELECT failures, paused_until, next_check FROM sources WHERE source = 'one'") == [
        (0, None, None)
    ]
    web.asked.clear()
    command_line.launchwire("run")
    assert web.asked == ["/feed"]
    assert "health well" in plain(sources("show", "one").out)


# show


def test_a_source_is_shown_with_its_entry_health_visits_and_newest_article(
    web: PlainWeb, tmp_path: Path, sources: Callable[..., Said]
) -> None:
    assert "health new: never visited" in plain(sources("show", "one").out)
    seen = from_entry(
        Entry(f"{web.address}/a", "The Pixel 11 Pro", published=NOW - timedelta(days=1)), "one", "en", NOW
    )
    read = Visit("one", NOW - timedelta(hours=1), Outcome.READ, http=200, entries=3, ms=7)
    failed = Visit("one", NOW, Outcome.FAILED, http=500, ms=9, problem="http: the server answered 500")
    with written(tmp_path) as db:
        articles.save(
            db,
            [seen, replace(seen, url="b", canonical_url="b", title="Older", published=NOW - timedelta(9))],
            lambda one: one,
            NOW,
        )
        state = SourceState("one")
        for visit, new in ((read, 2), (failed, 0)):
            state = after(state, visit, timedelta(hours=1), new=new, newest=seen.published)
            states.log(db, visit, new=new, updated=0)
        states.keep(db, state)
    lines = plain(sources("show", "one").out)
    assert lines[0] == "one: Source one"
    assert f"url {web.address}/feed" in lines
    assert "health failing: http: the server answered 500 (once)" in lines
    assert f"last read {read.at:%F %H:%M} UTC" in lines
    assert f"newest {seen.published:%F %H:%M} UTC The Pixel 11 Pro" in lines
    assert lines[-2:] == [
        f"{NOW:%F %H:%M} UTC failed HTTP 500 0 entries, 0 new, 0 updated 9 ms http: the server answered 500",
        f"{read.at:%F %H:%M} UTC read HTTP 200 3 entries, 2 new, 0 updated 7 ms",
    ]
    told = json.loads(sources("show", "one", "--json").out)
    assert [(visit["outcome"], visit["new"]) for visit in told["visits"]] == [("failed", 0), ("read", 2)]
    assert (told["newest"]["title"], told["condition"], told["state"]["failures"]) == ("The Pixel 11 Pro", "failing", 1)
    assert len(sources("show", "one", "-n", "1").out.splitlines()) == len(lines) - 1


# record


def test_a_source_is_recorded_without_the_words_of_others(
    command_line: CommandLine, web: PlainWeb, tmp_path: Path, sources: Callable[..., Said]
) -> None:
    catalogue(tmp_path, web.table("one", "/feed", "follow = true"))
    web.feed("/feed", *(item(web, number) for number in range(1, 8)))
    web.answers["/news/a-look-at-what-is-new-1"] = (200, {}, page("Google launches it", NOW - timedelta(hours=1)))
    done = command_line.launchwire("sources", "record", "one")
    assert done.stdout.split() == ["tests/sources/one.xml", "tests/sources/one.page.html"]
    made = "".join((tmp_path / name).read_text() for name in done.stdout.split())
    assert not [word for word in ("Google", "Pixel", "garden", "workshop", "a-look") if word in made]
    assert made.count("<item>") == 3
    assert f"{web.address}/news/sample-1" in made
    assert "<title>Source one: sample headline number 3</title>" in made
    assert rows(tmp_path, "SELECT count(*) FROM visits") == [(0,)]
    web.asked.clear()
    there = "launchwire: tests/sources/one.xml is there already; --force overwrites it\n"
    assert sources("record", "one") == Said(2, "", there)
    assert web.asked == []


def test_with_force_a_recording_takes_the_place_of_the_earlier_one_whatever_its_format(
    command_line: CommandLine, web: PlainWeb, tmp_path: Path
) -> None:
    del web
    (tmp_path / "there").mkdir()
    for name in ("one.html", "one.page.html", "other.xml"):
        (tmp_path / "there" / name).write_text("earlier")
    assert command_line.launchwire("sources", "record", "one", "--to", "there", "--force").returncode == 0
    assert {path.name for path in (tmp_path / "there").iterdir()} == {"one.xml", "other.xml"}


# mistakes


@pytest.mark.parametrize("words", ["check onee", "show onee", "pause one onee", "resume onee", "record onee"])
def test_an_unknown_source_is_one_line_with_the_nearest_name(
    web: PlainWeb, words: str, sources: Callable[..., Said]
) -> None:
    assert sources(*words.split()) == Said(
        2, "", "launchwire: sources.toml: has no source 'onee'; did you mean 'one'?\n"
    )
    assert web.asked == []
    assert json.loads(sources("list", "--json").out)["condition"] == "new"


@pytest.mark.parametrize(("day", "said"), [("soon", "is no day"), ("2020-01-01", "is over")])
def test_a_day_that_cannot_be_is_refused(day: str, said: str, sources: Callable[..., Said]) -> None:
    done = sources("pause", "one", "--until", day)
    assert done.code == 2
    assert re.fullmatch(f"launchwire: --until {day}: {said}; say .*\n", done.err)
