from __future__ import annotations

import gzip
import json
import sqlite3
import sys
import threading
from contextlib import closing, suppress
from email.utils import formatdate
from pathlib import Path
from typing import TYPE_CHECKING

import brotli
import pytest
from served_site import Served, serving

sys.path.append(str(Path(__file__).parents[1] / "exports"))
from made_stories import article, partnership, published, story
from placed import place

from crawler.domain.models import Stage
from exports import Channel

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crawler.domain.models import Story

CHANNEL = Channel("Launchwire", "https://news.example/", page_size=5)


def other(number: int) -> Story:
    made: Story = story(number, number, brands=("oppo",), stage=Stage.RUMOR if number % 2 else Stage.TEASER)
    return made


STORIES = [partnership(), *map(other, range(20, 45))]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("web") / "site"
    published(made, STORIES, CHANNEL)
    (made / "private.txt").write_text("not published")
    (made.parent / "secret.txt").write_text("outside")
    (made / "link.html").symlink_to(made.parent / "secret.txt")
    return made


@pytest.fixture(scope="module")
def site(folder: Path) -> Iterator[Served]:
    with serving(folder) as served:
        yield served


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/", "text/html; charset=utf-8"),
        ("/index.html", "text/html; charset=utf-8"),
        ("/brand/oppo/", "text/html; charset=utf-8"),
        ("/story/7.html", "text/html; charset=utf-8"),
        ("/feed.json", "application/feed+json; charset=utf-8"),
        ("/archive/4.json", "application/feed+json; charset=utf-8"),
        ("/brand/oppo/archive/1.json", "application/feed+json; charset=utf-8"),
        ("/feed.atom", "application/atom+xml; charset=utf-8"),
        ("/status.json", "application/json; charset=utf-8"),
        ("/launchwire.schema.json", "application/json; charset=utf-8"),
        ("/launches.ics", "text/calendar; charset=utf-8"),
        ("/feeds.opml", "text/x-opml; charset=utf-8"),
        ("/site.css", "text/css; charset=utf-8"),
        ("/site.js", "text/javascript; charset=utf-8"),
        ("/icon.svg", "image/svg+xml; charset=utf-8"),
    ],
)
def test_each_file_has_its_type_and_its_bytes(site: Served, folder: Path, path: str, kind: str) -> None:
    got = site.ask(path)
    name = path[1:] + ("index.html" if path.endswith("/") else "")
    assert (got.status, got.headers["content-type"]) == (200, kind)
    assert got.body == (folder / name).read_bytes()
    assert int(got.headers["content-length"]) == len(got.body)


def test_what_the_asker_has_is_not_sent_again(site: Served) -> None:
    got = site.ask("/feed.json")
    for known in (
        {"If_None_Match": got.headers["etag"]},
        {"If_None_Match": f'"x", W/{got.headers["etag"]}'},
        {"If_None_Match": "*"},
        {"If_Modified_Since": got.headers["last-modified"]},
    ):
        again = site.ask("/feed.json", **known)
        assert (again.status, again.body) == (304, b"")
        assert again.headers["etag"] == got.headers["etag"]
        assert again.headers["cache-control"] == got.headers["cache-control"]
    for stale in (
        {"If_None_Match": '"x"'},
        {"If_None_Match": '"x"', "If_Modified_Since": got.headers["last-modified"]},
        {"If_Modified_Since": formatdate(0, usegmt=True)},
        {"If_Modified_Since": "yesterday"},
    ):
        assert site.ask("/feed.json", **stale).status == 200


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("br;q=0.4, gzip;q=0.5", "gzip"),
        ("br;q=0.5, gzip;q=0.5", "br"),
        ("gzip, *;q=0", "gzip"),
        ("br;q=0, *", "gzip"),
        ("*", "br"),
        ("BR", "br"),
        ("identity, br;q=0.5", None),
        ("identity;q=0.5, br;q=0.5", "br"),
        ("deflate", None),
        ("br;q=0, gzip;q=0.000", None),
    ],
)
def test_what_the_asker_likes_best_is_sent(site: Served, accepted: str, coding: str | None) -> None:
    got = site.ask("/feed.json", Accept_Encoding=accepted)
    assert got.headers.get("content-encoding") == coding
    assert got.headers["vary"] == "Accept-Encoding"
    unpack = {"br": brotli.decompress, "gzip": gzip.decompress, None: bytes}[coding]
    assert unpack(got.body) == site.ask("/feed.json").body
    assert site.ask("/feed.json", Accept_Encoding=accepted, If_None_Match=got.headers["etag"]).status == 304


def test_each_form_has_a_tag_of_its_own(site: Served) -> None:
    tags = {site.ask("/feed.json", Accept_Encoding=coding).headers["etag"] for coding in ("br", "gzip", "identity")}
    assert len(tags) == 3


def test_a_feed_is_packed_for_those_who_take_it(site: Served) -> None:
    whole = site.ask("/feed.json")
    packed = site.ask("/feed.json", Accept_Encoding="gzip;q=0.5")
    assert packed.headers["content-encoding"] == "gzip"
    assert gzip.decompress(packed.body) == whole.body
    assert packed.headers["etag"] != whole.headers["etag"]
    assert packed.headers["vary"] == "Accept-Encoding"
    assert site.ask("/feed.json", Accept_Encoding="gzip", If_None_Match=packed.headers["etag"]).status == 304
    for none in ("zstd", "gzip;q=0", "gzip; q=0.00, deflate", "identity"):
        assert "content-encoding" not in site.ask("/feed.json", Accept_Encoding=none).headers


def test_a_head_is_that_of_get_without_the_body(site: Served) -> None:
    got, head = site.ask("/feed.json"), site.ask("/feed.json", "HEAD")
    assert head.body == b""
    assert {key: value for key, value in head.headers.items() if key != "date"} == {
        key: value for key, value in got.headers.items() if key != "date"
    }


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS"])
def test_nothing_can_be_sent_to_the_site(site: Served, method: str) -> None:
    assert site.ask("/feed.json", method).status == 405


def test_a_part_is_sent_where_one_is_asked_for(site: Served) -> None:
    whole = site.ask("/feed.json")
    size = len(whole.body)
    for asked, part, told in (
        ("bytes=0-9", whole.body[:10], f"bytes 0-9/{size}"),
        ("bytes=10-", whole.body[10:], f"bytes 10-{size - 1}/{size}"),
        ("bytes=-5", whole.body[-5:], f"bytes {size - 5}-{size - 1}/{size}"),
        (f"bytes={size - 1}-{size + 99}", whole.body[-1:], f"bytes {size - 1}-{size - 1}/{size}"),
    ):
        got = site.ask("/feed.json", Range=asked, Accept_Encoding="gzip")
        assert (got.status, got.body, got.headers["content-range"]) == (206, part, told)
    for beyond in (f"bytes={size}-", "bytes=9-3", "bytes=-0"):
        got = site.ask("/feed.json", Range=beyond)
        assert (got.status, got.headers["content-range"]) == (416, f"bytes */{size}")
    for senseless in ("bytes=-", "bytes=a-b", "lines=1-2", "bytes=0-1,4-5"):
        assert site.ask("/feed.json", Range=senseless).status == 200
    assert site.ask("/feed.json", Range="bytes=0-9", If_Range=whole.headers["etag"]).status == 206
    assert site.ask("/feed.json", Range="bytes=0-9", If_Range='"older"').status == 200


def test_a_head_knows_no_parts(site: Served) -> None:
    got = site.ask("/feed.json", Accept_Encoding="gzip")
    head = site.ask("/feed.json", "HEAD", Accept_Encoding="gzip", Range="bytes=0-9")
    assert (head.status, head.headers["etag"]) == (200, got.headers["etag"])


def test_feeds_may_be_read_by_pages_of_others_and_pages_may_not(site: Served) -> None:
    assert site.ask("/feed.json").headers["access-control-allow-origin"] == "*"
    assert site.ask("/feed.atom").headers["access-control-allow-origin"] == "*"
    assert "access-control-allow-origin" not in site.ask("/").headers


@pytest.mark.parametrize("path", ["/", "/feed.json", "/nothing", "/feed.json?x=1", "/healthz"])
def test_every_answer_keeps_the_reader_safe(site: Served, path: str) -> None:
    headers = site.ask(path).headers
    assert headers["content-security-policy"].startswith("default-src 'none'")
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert "set-cookie" not in headers


@pytest.mark.parametrize(
    "path",
    [
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "/..%2fsecret.txt",
        "//secret.txt",
        "/story/../../secret.txt",
        "/private.txt",
        "/link.html",
        "/.published.db",
        "/feed.json/",
        "/feed.json%00",
        "/brand",
        "/" + "a" * 5000,
        "/%ff%fe",
        "/C:\\secret.txt",
    ],
)
def test_nothing_but_what_was_published_is_served(site: Served, path: str) -> None:
    got = site.ask(path)
    assert got.status == 404
    assert got.body == b"there is no such page\n"


def test_a_published_name_that_became_a_link_is_not_followed(tmp_path: Path) -> None:
    place(tmp_path / "site", {"a.html": b"a", "feed.json": b"{}"})
    (tmp_path / "secret").write_text("outside")
    (tmp_path / "site" / "a.html").unlink()
    (tmp_path / "site" / "a.html").symlink_to(tmp_path / "secret")
    with serving(tmp_path / "site") as site:
        assert site.ask("/a.html").status == 404


def ids(body: bytes) -> list[int]:
    return [int(item["id"].rpartition(":")[2]) for item in json.loads(body)["items"]]


def test_one_filter_gives_the_feed_of_its_set(site: Served) -> None:
    assert site.ask("/feed.json?brand=oppo").body == site.ask("/brand/oppo/feed.json").body
    assert site.ask("/feed.atom?stage=rumor").body == site.ask("/stage/rumor/feed.atom").body
    assert site.ask("/feed.json?official=1").body == site.ask("/official/feed.json").body


def test_several_filters_give_the_stories_that_have_them_all(site: Served) -> None:
    got = site.ask("/feed.json?stage=teaser&brand=oppo")
    document = json.loads(got.body)
    assert ids(got.body) == list(range(44, 19, -2))
    assert document["feed_url"] == "https://news.example/feed.json?brand=oppo&stage=teaser"
    assert "next_url" not in document
    assert site.ask("/feed.json?brand=oppo&stage=teaser", If_None_Match=got.headers["etag"]).status == 304
    assert ids(site.ask("/feed.json?brand=xiaomi&stage=rumor").body) == []
    assert ids(site.ask("/feed.json?brand=xiaomi&stage=teaser&official=1&language=en").body) == [7]


@pytest.mark.parametrize(
    "query",
    [
        "brand=nokia",
        "brand=",
        "brand=../../etc",
        "brand=.*",
        "stage=launched",
        "stage=teaser'--",
        "brand=oppo&brand=oppo",
        "page=2",
        "language=en&x=1",
        "official=yes",
        "brand=%00",
        "brand=oppo%2ffeed.json",
    ],
)
def test_a_filter_that_nothing_has_is_refused_in_one_line(site: Served, query: str) -> None:
    got = site.ask(f"/feed.json?{query}")
    assert got.status == 400
    assert got.body.count(b"\n") == 1
    assert b"../" not in got.body


def test_a_filter_for_feeds_that_are_not_in_place_yet_finds_none(tmp_path: Path) -> None:
    published(tmp_path, STORIES, CHANNEL)
    (tmp_path / "brand" / "oppo" / "feed.json").unlink()
    with serving(tmp_path) as site:
        assert site.ask("/feed.json?brand=oppo&stage=teaser").status == 404


def test_a_filtered_feed_is_as_new_as_the_others_while_somebody_reads_the_ledger(tmp_path: Path) -> None:
    published(tmp_path, [other(20)], CHANNEL)
    with serving(tmp_path) as site, closing(sqlite3.connect(tmp_path / ".published.db")) as reader:
        assert ids(site.ask("/feed.json?brand=oppo&stage=teaser").body) == [20]
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM files").fetchone()
        published(tmp_path, [other(20), other(22)], CHANNEL)
        assert ids(site.ask("/feed.json?brand=oppo&stage=teaser").body) == [22, 20]


def test_whoever_serves_a_site_puts_nothing_into_it(site: Served, folder: Path) -> None:
    assert site.ask("/feed.json?brand=oppo").status == 200
    assert [path.name for path in folder.glob(".*")] == [".published.db"]


def test_the_health_check_tells_whether_there_is_a_feed(site: Served, tmp_path: Path) -> None:
    assert (site.ask("/healthz").status, site.ask("/healthz").body) == (200, b"ok\n")
    with serving(tmp_path / "none") as empty:
        assert empty.ask("/healthz").status == 503
        assert empty.ask("/").status == 404
        published(tmp_path / "none", [partnership()], CHANNEL)
        assert empty.ask("/healthz").status == 200


def test_a_reader_that_polls_while_the_site_is_published_sees_whole_feeds_and_304_when_nothing_changed(
    tmp_path: Path,
) -> None:
    def write() -> None:
        for turn in range(50):
            told = [story(number, number, articles=(article(number=number, title=f"T{turn}"),)) for number in (1, 2, 3)]
            published(tmp_path / "site", told, CHANNEL)

    published(tmp_path / "site", [story(1)], CHANNEL)
    statuses: list[int] = []
    with serving(tmp_path / "site") as site:
        worker = threading.Thread(target=write)
        worker.start()
        tag = ""
        while worker.is_alive():
            for name in ("feed.json", "brand/xiaomi/feed.json"):
                got = site.ask(f"/{name}", Accept_Encoding="gzip", **({"If_None_Match": tag} if tag else {}))
                statuses.append(got.status)
                if got.status == 200:
                    items = json.loads(gzip.decompress(got.body))["items"]
                    assert len({item["title"] for item in items}) == 1
        worker.join()
        tag = site.ask("/feed.json").headers["etag"]
        assert [site.ask("/feed.json", If_None_Match=tag).status for _ in range(5)] == [304] * 5
    with suppress(KeyError):
        assert set(statuses) <= {200, 304}
    assert len(statuses) > 20
