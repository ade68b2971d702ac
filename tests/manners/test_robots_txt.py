"""robots.txt as servers really answer it, and the copy in the store."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from conftest import CommandLine, free_port
from hypothesis import example, given
from hypothesis import strategies as st
from recording import Answer, Asked, RecordingWeb, by_host, feed, table

from crawler.domain.robots import (
    LONGEST_KEPT,
    MOST_BYTES,
    SHORTEST_KEPT,
    RobotsFile,
    Standing,
    cut,
    kept_for,
)
from crawler.store import robots
from crawler.store.database import open_store

if TYPE_CHECKING:
    from pathlib import Path

    from recording import Respond

RULES = "User-agent: *\nDisallow: /forbidden\n"
NOW = datetime(2026, 3, 3, 10, tzinfo=UTC)
MOVED, ENDLESS = "127.0.32.100", "127.0.32.101"
VALIDATORS = {"ETag": 'W/"r,1"', "Last-Modified": "Mon, 2 Mar 2026 10:00:00 GMT"}


def always(answer: Answer) -> Respond:
    return lambda _: answer


def conditional(asked: Asked) -> Answer:
    known = asked.headers.get("if-none-match") == VALIDATORS["ETag"]
    return Answer(status=304, headers=VALIDATORS) if known else Answer(RULES, headers=VALIDATORS)


def hops(number: int) -> Respond:
    def respond(asked: Asked) -> Answer:
        done = int(asked.path.partition("?")[2] or 0)
        if done == number:
            return Answer(RULES)
        return Answer(status=302, headers={"Location": f"/robots.txt?{done + 1}"})

    return respond


def elsewhere(asked: Asked) -> Answer:
    port = asked.headers["host"].partition(":")[2]
    return Answer(status=301, headers={"Location": f"http://{MOVED}:{port}/robots.txt", "ETag": '"not the file\'s"'})


LONG = RULES + "#" * 100 + "\n" + "# filler\n" * (MOST_BYTES // 9) + "Disallow: /\n"
ANSWERS: dict[str, tuple[Respond, bool]] = {
    "validated": (conditional, True),
    "missing": (always(Answer(status=404)), False),
    "unauthorised": (always(Answer(status=401)), False),
    "forbidden": (always(Answer(status=403)), False),
    "gone": (always(Answer(status=410)), False),
    "webpage": (always(Answer("<html><title>Welcome</title><p>Disallow: /</p></html>")), False),
    "five_hops": (hops(5), True),
    "six_hops": (hops(6), False),
    "elsewhere": (elsewhere, True),
    "long": (always(Answer(LONG)), True),
    "brief": (always(Answer(RULES, headers={"Cache-Control": "max-age=5"})), True),
    "twenty": (always(Answer(RULES, headers={"Cache-Control": "public, max-age=1200"})), True),
    "for_ever": (always(Answer(RULES, headers={"Cache-Control": "max-age=31536000, immutable"})), True),
    "marked": (always(Answer("\ufeff" + RULES)), True),
}
"""Robots.txt by name, and whether `/forbidden` is forbidden by it; `/allowed` is allowed by all."""
NOTHING: dict[str, Respond] = {
    "hangs_up": always(Answer(status=0)),
    "error": always(Answer(status=500)),
    "unavailable": always(Answer(status=503)),
    "too_many": always(Answer(status=429)),
}
"""Robots.txt that forbid everything by the way they are answered."""
HOSTS = {name: f"127.0.32.{number}" for number, name in enumerate([*ANSWERS, *NOTHING], 1)}


@dataclass
class Rounds:
    """Three rounds: robots.txt is new, then kept, then stale."""

    folder: Path
    asked: list[list[Asked]]
    kept: dict[str, tuple[int | None, timedelta]]

    def paths(self, name: str, number: int) -> list[str]:
        return sorted(one.path for one in self.asked[number] if one.host == HOSTS[name])


@pytest.fixture(scope="module")
def rounds(tmp_path_factory: pytest.TempPathFactory) -> Rounds:
    folder, port = tmp_path_factory.mktemp("robots"), free_port()
    robots = {name: respond for name, (respond, _) in ANSWERS.items()} | NOTHING
    answers: dict[str, Respond] = {HOSTS[name]: document(respond) for name, respond in robots.items()}
    urls = {name: f"http://{host}:{port}" for name, host in HOSTS.items()}
    tables = [
        table(f"{name}_{path}", f"{url}/{path}") for name, url in urls.items() for path in ("allowed", "forbidden")
    ]
    (folder / "sources.toml").write_text("".join(tables))
    asked = []
    with RecordingWeb(
        [*HOSTS.values(), MOVED], port, by_host(answers | {MOVED: always(Answer(RULES))})
    ).served() as web:
        for number in range(3):
            web.forget()
            if number == 2:
                kept = until_stale(folder, port)
                age(folder)
            done = CommandLine(folder).launchwire("run", "--all", catalogue="sources.toml", delay="0.02")
            assert "Traceback" not in done.stderr, done.stderr
            asked.append(list(web.requests))
    return Rounds(folder, asked, kept)


def document(robots: Respond) -> Respond:
    return lambda asked: robots(asked) if asked.path.startswith("/robots.txt") else Answer(feed("/x"))


def until_stale(folder: Path, port: int) -> dict[str, tuple[int | None, timedelta]]:
    names = {f"http://{host}:{port}": name for name, host in HOSTS.items()}
    with closing(sqlite3.connect(folder / "var" / "launchwire.db")) as database:
        rows = database.execute("SELECT origin, status, fetched, stale_at FROM robots").fetchall()
    return {
        names[origin]: (status, datetime.fromisoformat(stale_at) - datetime.fromisoformat(fetched))
        for origin, status, fetched, stale_at in rows
    }


def age(folder: Path) -> None:
    """Let every copy be stale, and every host's patience be over."""
    with closing(sqlite3.connect(folder / "var" / "launchwire.db")) as database, database:
        past = f"{datetime.now(UTC) - timedelta(hours=1):%F %T.%f}"
        database.execute("UPDATE robots SET stale_at = ?", (past,))
        database.execute("UPDATE hosts SET until = ?", (past,))


@pytest.mark.parametrize(("name", "forbids"), [(name, forbids) for name, (_, forbids) in ANSWERS.items()])
def test_what_it_allows_is_asked_for_and_what_it_forbids_is_not(rounds: Rounds, name: str, forbids: bool) -> None:  # noqa: FBT001 (a parameter of the test)
    wanted = ["/allowed"] if forbids else ["/allowed", "/forbidden"]
    for number in range(3):
        assert [path for path in rounds.paths(name, number) if not path.startswith("/robots.txt")] == wanted, number


@pytest.mark.parametrize("name", NOTHING)
def test_a_server_that_fails_to_answer_it_is_asked_for_nothing_else(rounds: Rounds, name: str) -> None:
    assert rounds.paths(name, 0) == ["/robots.txt"]
    assert rounds.paths(name, 1) == []
    assert rounds.paths(name, 2) == ["/robots.txt"]


def test_it_is_kept_between_rounds_and_asked_for_again_when_stale(rounds: Rounds) -> None:
    robots = [sum(one.path.startswith("/robots.txt") for one in asked) for asked in rounds.asked]
    assert robots[1] == 0
    assert robots[0] == robots[2] > len(HOSTS)


def test_a_stale_copy_is_asked_for_by_its_validators_and_holds_after_a_304(rounds: Rounds) -> None:
    (first,) = [one for one in rounds.asked[0] if one.host == HOSTS["validated"] and one.path == "/robots.txt"]
    (again,) = [one for one in rounds.asked[2] if one.host == HOSTS["validated"] and one.path == "/robots.txt"]
    assert "if-none-match" not in first.headers
    assert (again.status, again.headers["if-none-match"]) == (304, VALIDATORS["ETag"])
    assert again.headers["if-modified-since"] == VALIDATORS["Last-Modified"]


def test_validators_of_a_redirect_are_not_those_of_the_file(rounds: Rounds) -> None:
    moved = [one for asked in rounds.asked for one in asked if one.host in {HOSTS["elsewhere"], MOVED}]
    assert not any("if-none-match" in one.headers for one in moved if one.path == "/robots.txt")


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("missing", timedelta(days=1)),
        ("validated", timedelta(days=1)),
        ("brief", timedelta(minutes=10)),
        ("twenty", timedelta(minutes=20)),
        ("for_ever", timedelta(days=1)),
        ("error", timedelta(minutes=10)),
        ("hangs_up", timedelta(minutes=10)),
    ],
)
def test_it_is_kept_as_long_as_its_caching_headers_say_up_to_a_day(rounds: Rounds, name: str, kept: timedelta) -> None:
    assert rounds.kept[name][1] == kept


@given(st.one_of(st.none(), st.integers(100, 599)))
def test_every_status_has_a_standing(status: int | None) -> None:
    standing = RobotsFile("https://example.org", NOW, NOW, status).standing
    assert (standing is Standing.ALL) == (status is not None and 300 <= status < 500 and status != 429)
    assert (standing is Standing.NOTHING) == (status is None or status == 429 or status >= 500)


@given(st.sampled_from(Standing), st.one_of(st.none(), st.timedeltas(timedelta(0), timedelta(days=400))))
def test_no_copy_is_kept_longer_than_a_day_or_thrown_away_at_once(standing: Standing, fresh: timedelta | None) -> None:
    assert SHORTEST_KEPT <= kept_for(standing, fresh) <= LONGEST_KEPT


@example([b"x" * 40000] * 20)
@given(st.lists(st.binary(max_size=40000).map(lambda line: line.replace(b"\n", b"")), max_size=40))
def test_a_long_file_is_cut_between_two_lines(lines: list[bytes]) -> None:
    body = b"\n".join(lines)
    kept = cut(body)
    assert len(kept) <= MOST_BYTES
    assert body == kept or body.startswith(kept + b"\n") or kept == b""


def test_copies_of_hosts_that_nobody_asks_any_more_are_dropped(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path / 'launchwire.db'}")
    files = [
        RobotsFile(f"https://{days}.example", NOW - timedelta(days=days), NOW - timedelta(days=days - 1), 404)
        for days in (40, 20, 0)
    ]
    with store.write() as db:
        for file in files:
            robots.keep(db, file)
    with store.read() as db:
        assert [robots.kept(db, file.origin) for file in files] == [None, *files[1:]]
    store.close()
