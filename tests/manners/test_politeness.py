"""What the servers see of two rounds: one `launchwire run`, and one more in a process of its own."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import TYPE_CHECKING, Any

import pytest
from conftest import CommandLine, free_port
from recording import Answer, Asked, RecordingWeb, by_host, feed, listing, page, table

from crawler import __version__

if TYPE_CHECKING:
    from pathlib import Path

    from recording import Respond

DELAY = 0.25
CRAWL_DELAY = 0.8
SHARED, SLOW, PRIVATE, DOWN, LATER, DATED, EMPTY, BUSY, MOVING, TARGET, QUEUED, TWICE = HOSTS = [
    f"127.0.30.{number}" for number in range(1, 13)
]


VALIDATORS = {"ETag": 'W/"a,b-\xe9"', "Last-Modified": "Tue, 3 Mar 2026 10:00:00 +0000"}


@dataclass
class Seen:
    """Two rounds as the servers and the store saw them."""

    folder: Path
    web: RecordingWeb
    first: list[Asked] = field(default_factory=list)
    second: list[Asked] = field(default_factory=list)
    peaks: dict[str, int] = field(default_factory=dict)
    gaps: dict[str, list[float]] = field(default_factory=dict)

    def paths(self, host: str, requests: list[Asked] | None = None) -> list[str]:
        return [one.path for one in (self.first if requests is None else requests) if one.host == host]

    def visits(self, source: str) -> list[tuple[Any, ...]]:
        return self.rows("SELECT outcome, http, problem FROM visits WHERE source = ? ORDER BY id", source)

    def rows(self, query: str, *values: str) -> list[tuple[Any, ...]]:
        with closing(sqlite3.connect(self.folder / "var" / "launchwire.db")) as database:
            return database.execute(query, values).fetchall()


def here(asked: Asked, host: str | None = None) -> str:
    """The root of a host's web."""
    return f"http://{host or asked.host}:{asked.headers['host'].partition(':')[2]}"


def shared(asked: Asked) -> Answer:
    if asked.path == "/robots.txt":
        return Answer(status=404)
    if asked.path == "/listing":
        return Answer(listing("/a/1", "/a/2"))
    return Answer(page() if asked.path.startswith("/a/") else feed("/x"))


def slow(asked: Asked) -> Answer:
    if asked.path == "/robots.txt":
        return Answer(f"User-agent: *\nCrawl-delay: 50\n\nUser-agent: launchwire\nCrawl-delay: {CRAWL_DELAY}\n")
    return Answer(feed("/page/0", "/page/1", "/page/2") if asked.path == "/feed" else page())


def private(asked: Asked) -> Answer:
    if asked.path == "/robots.txt":
        return Answer("User-agent: LaunchWire\nDisallow: /private\n\nUser-agent: *\nDisallow:\n")
    return Answer(feed("/private/1", "/open/2", "/private/3") if asked.path == "/feed" else page())


def down(asked: Asked) -> Answer:
    return Answer(status=503) if asked.path == "/robots.txt" else Answer(feed("/x"))


def refusing(status: int, value: str | None) -> Respond:
    headers = {"Retry-After": value} if value else {}
    return lambda asked: Answer() if asked.path == "/robots.txt" else Answer("no", status, headers)


def moving(asked: Asked) -> Answer:
    if asked.path == "/robots.txt":
        return Answer(status=404)
    return Answer(status=302, headers={"Location": here(asked, TARGET) + asked.path, "ETag": '"moving"'})


def target(asked: Asked) -> Answer:
    if asked.path == "/robots.txt":
        return Answer("User-agent: *\nDisallow: /secret\n")
    known = asked.headers.get("if-none-match") == VALIDATORS["ETag"]
    return Answer(status=304) if known else Answer(feed("/x"), headers=VALIDATORS)


def queued(asked: Asked) -> Answer:
    if asked.path == "/robots.txt":
        return Answer(status=404)
    if asked.path == "/feed":
        return Answer(feed(*(f"/page/{number}" for number in range(30))), headers={"ETag": '"q"'})
    return Answer(status=429, headers={"Retry-After": "7200"})


def twice(asked: Asked) -> Answer:
    if asked.path == "/robots.txt":
        return Answer(status=404)
    return Answer(status=301, headers={"Location": "/other", "Retry-After": "600"})


def answers() -> dict[str, Respond]:
    in_two_hours = format_datetime(datetime.now(UTC) + timedelta(hours=2), usegmt=True)
    return {
        SHARED: shared,
        SLOW: slow,
        PRIVATE: private,
        DOWN: down,
        LATER: refusing(429, "3600"),
        DATED: refusing(503, in_two_hours),
        EMPTY: refusing(429, "soon"),
        BUSY: refusing(503, None),
        MOVING: moving,
        TARGET: target,
        QUEUED: queued,
        TWICE: twice,
    }


def catalogue(port: int) -> str:
    def url(host: str, path: str = "feed") -> str:
        return f"http://{host}:{port}/{path}"

    return "".join(
        [
            *(table(f"shared{number}", url(SHARED, f"feed{number}")) for number in range(3)),
            table("shared_listing", url(SHARED, "listing"), kind="listing", follow=True),
            table("slow", url(SLOW), follow=True),
            table("private", url(PRIVATE), follow=True),
            *(table(f"down{number}", url(DOWN, f"feed{number}")) for number in range(2)),
            *(table(f"later{number}", url(LATER, f"feed{number}")) for number in range(3)),
            table("dated", url(DATED)),
            table("empty", url(EMPTY)),
            table("busy", url(BUSY)),
            table("moving", url(MOVING)),
            table("secret", url(MOVING, "secret")),
            table("queued", url(QUEUED), follow=True),
            table("twice", url(TWICE)),
        ]
    )


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> Seen:
    folder, port = tmp_path_factory.mktemp("polite"), free_port()
    (folder / "sources.toml").write_text(catalogue(port))
    run = CommandLine(folder).launchwire
    settings = {"catalogue": "sources.toml", "delay": str(DELAY), "contact": "https://example.org/bot"}
    with RecordingWeb(HOSTS, port, by_host(answers()), takes=0.05).served() as web:
        result = Seen(folder, web)
        done = run("run", **settings)
        assert done.returncode == 0, done.stderr
        assert "Traceback" not in done.stderr, done.stderr
        result.first = sorted(web.requests, key=lambda one: one.at)
        result.peaks = dict(web.peaks)
        result.gaps = {host: web.gaps(host) for host in HOSTS}
        web.forget()
        again = run("run", "--all", **settings)
        assert again.returncode == 0, again.stderr
        result.second = sorted(web.requests, key=lambda one: one.at)
        return result


def test_no_host_is_asked_twice_at_once_though_sources_of_two_kinds_share_it(seen: Seen) -> None:
    assert len(seen.paths(SHARED)) == 7
    assert set(seen.peaks.values()) == {1}


def test_between_two_requests_to_a_host_there_is_at_least_the_delay(seen: Seen) -> None:
    for host, gaps in seen.gaps.items():
        assert all(gap >= DELAY for gap in gaps), (host, gaps)


def test_a_longer_crawl_delay_is_kept_from_robots_txt_on(seen: Seen) -> None:
    assert seen.paths(SLOW)[:2] == ["/robots.txt", "/feed"]
    assert sorted(seen.paths(SLOW)[2:]) == ["/page/0", "/page/1", "/page/2"]
    assert min(seen.gaps[SLOW]) >= CRAWL_DELAY
    assert max(seen.gaps[SLOW]) < 5


def test_nothing_that_robots_txt_forbids_to_launchwire_is_asked_for(seen: Seen) -> None:
    assert seen.paths(PRIVATE) == ["/robots.txt", "/feed", "/open/2"]
    ((outcome, _, problem), *_) = seen.visits("private")
    assert outcome == "read"
    assert re.fullmatch(r"robots: http://\S+/robots.txt forbids /private/[13] \(and 1 more pages\)", problem)


def test_nothing_at_all_is_asked_where_robots_txt_answers_503(seen: Seen) -> None:
    assert seen.paths(DOWN) == ["/robots.txt"]
    for source in ("down0", "down1"):
        assert {outcome for outcome, *_ in seen.visits(source)} <= {"failed", "postponed"}
    assert (
        seen.visits("down0")[0][2]
        == f"robots: http://{DOWN}:{seen.web.port}/robots.txt answered 503, which forbids everything"
    )


def test_after_429_with_retry_after_nothing_more_is_asked_of_the_host(seen: Seen) -> None:
    assert len(seen.paths(LATER)) == 2
    outcomes = sorted((visits[0][0], visits[0][1]) for visits in map(seen.visits, ("later0", "later1", "later2")))
    assert outcomes == [("failed", 429), ("postponed", None), ("postponed", None)]


def test_a_host_that_asked_for_patience_is_not_asked_after_a_restart(seen: Seen) -> None:
    for host in (LATER, DATED, EMPTY, BUSY, DOWN, QUEUED, TWICE):
        assert seen.paths(host, seen.second) == [], host
    assert seen.visits("later0")[1][0] == "postponed"
    assert re.fullmatch(rf"postponed: {LATER} answered 429, not before \S+Z", seen.visits("later0")[1][2])


@pytest.mark.parametrize(
    ("host", "seconds"), [(LATER, 3600), (DATED, 7200), (EMPTY, 300), (BUSY, 300), (QUEUED, 7200), (TWICE, 600)]
)
def test_the_store_knows_until_when_a_host_is_left_alone(seen: Seen, host: str, seconds: int) -> None:
    ((until,),) = seen.rows("SELECT until FROM hosts WHERE host = ?", host)
    wait = datetime.fromisoformat(until).replace(tzinfo=UTC) - datetime.now(UTC)
    assert timedelta(seconds=seconds - 60) < wait <= timedelta(seconds=seconds)


@pytest.mark.parametrize("source", ["later0", "later1", "later2", "dated", "queued"])
def test_a_source_is_due_no_sooner_than_its_host_may_be_asked(seen: Seen, source: str) -> None:
    host = {"dated": DATED, "queued": QUEUED}.get(source, LATER)
    ((until,),) = seen.rows("SELECT until FROM hosts WHERE host = ?", host)
    ((due,),) = seen.rows("SELECT next_check FROM sources WHERE source = ?", source)
    assert due >= until


def test_a_redirect_with_retry_after_is_not_followed_at_once(seen: Seen) -> None:
    assert seen.paths(TWICE) == ["/robots.txt", "/feed"]
    assert seen.visits("twice")[0][0] == "postponed"


def test_pages_that_wait_for_a_host_that_refuses_are_dropped_and_the_document_is_read_again_later(seen: Seen) -> None:
    assert len(seen.paths(QUEUED)) == 3
    ((outcome, http, problem), *_) = seen.visits("queued")
    assert (outcome, http) == ("read", 200)
    assert re.fullmatch(r"postponed: \S+ answered 429, not before \S+Z \(and 28 more pages\)", problem)
    assert seen.rows("SELECT etag, body_hash FROM sources WHERE source = 'queued'") == [(None, None)]


def test_a_redirect_to_another_host_obeys_the_robots_txt_of_that_host(seen: Seen) -> None:
    assert seen.paths(TARGET) == ["/robots.txt", "/feed"]
    assert seen.visits("secret")[0][2] == f"robots: http://{TARGET}:{seen.web.port}/robots.txt forbids /secret"


def test_validators_are_sent_verbatim_and_only_to_the_address_they_came_from(seen: Seen) -> None:
    (first,) = [one for one in seen.second if one.host == MOVING and one.path == "/feed"]
    assert not {"if-none-match", "if-modified-since"} & first.headers.keys()
    (then,) = [one for one in seen.second if one.host == TARGET]
    assert then.headers["if-none-match"] == VALIDATORS["ETag"]
    assert then.headers["if-modified-since"] == VALIDATORS["Last-Modified"]
    assert then.status == 304
    assert seen.visits("moving")[1][:2] == ("unchanged", 304)


def test_the_second_round_asks_for_no_robots_txt(seen: Seen) -> None:
    assert seen.second
    assert [one.host for one in seen.second if one.path == "/robots.txt"] == []


def test_every_request_says_who_asks_and_where_to_complain(seen: Seen) -> None:
    agents = {one.headers["user-agent"] for one in (*seen.first, *seen.second)}
    assert agents == {f"Launchwire/{__version__} (+https://example.org/bot)"}
    assert not any({"cookie", "referer"} & one.headers.keys() for one in seen.first)
