"""The sample web over real HTTP: its forms, its quirks, its manners."""

from __future__ import annotations

import json
import re
import socket
import time
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.error import HTTPError
from urllib.parse import urljoin, urlsplit
from urllib.request import Request, urlopen

import pytest
from bs4 import BeautifulSoup

from crawler import catalogue
from crawler.domain.models import Role
from crawler.errors import ConfigError
from crawler.sample.outlet import Outlet, SampleEntry, load_outlets
from crawler.sample.web import SampleWeb

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.allow_hosts(["127.0.0.0/8"])

OUTLETS = {outlet.id: outlet for outlet in load_outlets()}
BROKEN = {"gatekeeper", "lastcall"}
APIS = {"oppo_pressroom"}
READABLE = sorted(OUTLETS.keys() - BROKEN)
FRESH = SampleEntry(
    slug="fresh",
    title="Something new",
    summary="It was not here before.",
    body="It was not here before. Now it is.",
    published=datetime(2026, 6, 1, tzinfo=UTC),
)


@dataclass(frozen=True)
class Reply:
    status: int
    headers: dict[str, str]
    body: bytes


def get(url: str, method: str = "GET", **headers: str) -> Reply:
    lines = {key.replace("_", "-"): value for key, value in headers.items()}
    request = Request(url, method=method, headers=lines)  # noqa: S310 - loopback alone
    try:
        with urlopen(request, timeout=10) as response:  # noqa: S310 - loopback alone
            return Reply(response.status, dict(response.headers), response.read())
    except HTTPError as error:
        with error:
            return Reply(error.code, dict(error.headers), error.read())


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def web() -> Iterator[SampleWeb]:
    with SampleWeb(free_port()) as running:
        yield running


@pytest.fixture
def fresh_web() -> Iterator[SampleWeb]:
    """One outlet of its own, for tests that change it."""
    with SampleWeb(free_port(), [OUTLETS["techpulse"]]) as running:
        yield running


def address(web: SampleWeb, outlet_id: str, path: str = "") -> str:
    outlet = web.outlets[outlet_id]
    return outlet.base(web.port) + (path or outlet.feed)


# The catalogue


def test_the_catalogue_is_one_that_launchwire_reads(web: SampleWeb) -> None:
    sources = catalogue.loads(web.catalogue(), "the sample web")
    assert len(sources) == len(OUTLETS) >= 12
    assert [source.id for source in sources.values() if source.role is Role.BRAND] == [
        "google_pressroom",
        "nothing_pressroom",
        "oppo_pressroom",
        "samsung_pressroom",
        "xiaomi_pressroom",
    ]
    assert {urlsplit(source.url).port for source in sources.values()} == {web.port}


def test_every_source_has_an_address_of_its_own(web: SampleWeb) -> None:
    hosts = [urlsplit(source.url).hostname or "" for source in catalogue.loads(web.catalogue(), "").values()]
    assert len(set(hosts)) == len(hosts)
    assert all(host.startswith("127.0.10.") for host in hosts)


def test_the_selectors_of_the_newsroom_find_every_tile(web: SampleWeb) -> None:
    source = catalogue.loads(web.catalogue(), "")["xiaomi_pressroom"]
    assert source.listing is not None
    tiles = BeautifulSoup(get(source.url).body, "lxml").select(source.listing.item)
    assert len(tiles) == len(OUTLETS["xiaomi_pressroom"].entries)
    for tile in tiles:
        for selector in (source.listing.link, source.listing.title, source.listing.date):
            assert selector is not None
            assert tile.select_one(selector) is not None


# Validators and manners


@pytest.mark.parametrize("outlet_id", sorted(OUTLETS.keys() - BROKEN - APIS - {"bolsillo"}))
def test_a_feed_answers_304_to_its_own_validators(web: SampleWeb, outlet_id: str) -> None:
    first = get(address(web, outlet_id))
    assert first.status == 200
    for again in (
        get(address(web, outlet_id), If_None_Match=first.headers["ETag"]),
        get(address(web, outlet_id), If_Modified_Since=first.headers["Last-Modified"]),
    ):
        assert (again.status, again.body) == (304, b"")
        assert again.headers["ETag"] == first.headers["ETag"]


def test_an_api_answers_a_post_without_validators_and_the_log_keeps_what_was_posted(web: SampleWeb) -> None:
    body = json.dumps({"customCategoryType": "newsroom_press", "pageSize": 1, "pageIndex": 1}).encode()
    with urlopen(Request(address(web, "oppo_pressroom"), data=body), timeout=10) as response:  # noqa: S310 - loopback
        assert len(json.load(response)["data"]["rows"]) == 1
        assert "ETag" not in response.headers
    assert web.requests[-1].payload == body


def test_an_old_etag_gets_the_feed_anew_though_the_time_fits(web: SampleWeb) -> None:
    since = get(address(web, "techpulse")).headers["Last-Modified"]
    assert get(address(web, "techpulse"), If_None_Match='"old"', If_Modified_Since=since).status == 200


def test_an_earlier_time_gets_the_feed_anew(web: SampleWeb) -> None:
    assert get(address(web, "techpulse"), If_Modified_Since="Sat, 01 Jan 2022 00:00:00 GMT").status == 200


def test_the_sticky_feed_answers_304_to_any_validator(web: SampleWeb) -> None:
    assert get(address(web, "phonewire"), If_None_Match='"old"').status == 304


def test_a_published_entry_changes_feed_page_and_validators(fresh_web: SampleWeb) -> None:
    before = get(address(fresh_web, "techpulse"))
    page = address(fresh_web, "techpulse", OUTLETS["techpulse"].path(FRESH))
    assert get(page).status == 404
    fresh_web.publish("techpulse", FRESH)
    after = get(address(fresh_web, "techpulse"), If_None_Match=before.headers["ETag"])
    assert after.status == 200
    assert FRESH.title.encode() in after.body
    assert after.headers["ETag"] != before.headers["ETag"]
    assert after.headers["Last-Modified"] != before.headers["Last-Modified"]
    assert get(page).status == 200


def test_two_webs_on_one_port_send_the_same_bytes() -> None:
    port = free_port()
    bodies = []
    for _ in range(2):
        with SampleWeb(port) as running:
            bodies.append([get(address(running, name)).body for name in READABLE if name != "bolsillo"])
    assert bodies[0] == bodies[1]


def test_requests_are_logged_with_their_headers(fresh_web: SampleWeb) -> None:
    started = time.monotonic()
    get(address(fresh_web, "techpulse"), If_None_Match='"x"')
    get(address(fresh_web, "techpulse", "/nowhere?a=1"), method="HEAD")
    feed, nowhere = fresh_web.requests
    assert (feed.host, feed.path, feed.status, feed.method) == ("127.0.10.4", "/feed", 200, "GET")
    assert feed.headers["if-none-match"] == '"x"'
    assert (nowhere.path, nowhere.status, nowhere.method) == ("/nowhere?a=1", 404, "HEAD")
    assert started <= feed.at <= feed.done <= nowhere.at


def test_head_has_the_headers_of_get_and_no_body(web: SampleWeb) -> None:
    got, head = get(address(web, "techpulse")), get(address(web, "techpulse"), method="HEAD")
    assert head.body == b""
    assert {**head.headers, "Date": ""} == {**got.headers, "Date": ""}


# Forms and encodings


def test_feeds_declare_and_hold_the_encoding_they_claim(web: SampleWeb) -> None:
    encodings = {}
    for name in ("tascabile", "taschenfunk", "zhangji", "keitai"):
        body = get(address(web, name)).body
        declared = re.match(rb'<\?xml version="1.0" encoding="([^"]+)"', body)
        assert declared is not None
        encodings[name] = declared[1].decode()
        assert OUTLETS[name].newest_first()[0].title in body.decode(encodings[name])
    assert encodings == {
        "tascabile": "iso-8859-1",
        "taschenfunk": "iso-8859-1",
        "zhangji": "gbk",
        "keitai": "utf-8",
    }
    with pytest.raises(UnicodeDecodeError):
        get(address(web, "zhangji")).body.decode("utf-8")


def test_amp_twins_name_their_article_as_canonical(web: SampleWeb) -> None:
    twins = re.findall(r"<link>(http[^<]*/amp/)</link>", get(address(web, "pocketsignal")).body.decode())
    assert len(twins) == (len(OUTLETS["pocketsignal"].entries) + 1) // 2
    for twin in twins:
        canonical = BeautifulSoup(get(twin).body, "lxml").select_one("link[rel=canonical]")
        assert canonical is not None
        assert canonical["href"] == twin.removesuffix("/amp/")


# Pages


@pytest.mark.parametrize("outlet", OUTLETS.values(), ids=lambda outlet: outlet.id)
def test_every_article_has_a_page_with_its_facts(web: SampleWeb, outlet: Outlet) -> None:
    for entry in outlet.entries:
        url = address(web, outlet.id, outlet.path(entry))
        reply = get(f"{url}?utm_source=x")
        soup = BeautifulSoup(reply.body, "lxml", from_encoding=outlet.encoding)
        data, article = soup.find("script", type="application/ld+json"), soup.find("article")
        canonical = soup.select_one("link[rel=canonical]")
        assert reply.status == 200
        assert data is not None
        assert article is not None
        assert canonical is not None
        facts = json.loads(data.get_text())
        assert datetime.fromisoformat(facts["datePublished"]) == entry.published
        assert (facts["headline"], facts["mainEntityOfPage"], canonical["href"]) == (entry.title, url, url)
        assert entry.body.split("\n\n")[-1] in article.get_text()


def test_pictures_are_served(web: SampleWeb) -> None:
    soup = BeautifulSoup(get(address(web, "xiaomi_pressroom")).body, "lxml")
    tile = soup.select("li.news-tile a")[-1]
    page = BeautifulSoup(get(urljoin(address(web, "xiaomi_pressroom"), str(tile["href"]))).body, "lxml")
    image = page.select_one("meta[property='og:image']")
    assert image is not None
    reply = get(str(image["content"]))
    assert (reply.status, reply.headers["Content-Type"]) == (200, "image/png")
    assert reply.body.startswith(b"\x89PNG")


# Sources that fail


def test_the_blocked_feed_says_200_and_access_denied(web: SampleWeb) -> None:
    reply = get(address(web, "gatekeeper"))
    assert (reply.status, reply.headers["Content-Type"]) == (200, "text/html")
    assert b"Access Denied" in reply.body


def test_what_is_not_there_is_404(web: SampleWeb) -> None:
    assert get(address(web, "lastcall")).status == 404
    assert get(address(web, "techpulse", "/nowhere")).status == 404
    assert get(address(web, "techpulse", "/nowhere/amp/")).status == 404


def test_robots_forbid_a_page_of_one_outlet_and_the_feed_of_another(web: SampleWeb) -> None:
    assert b"Disallow: /private/\n" in get(address(web, "phonewire", "/robots.txt")).body
    assert any(OUTLETS["phonewire"].path(entry).startswith("/private/") for entry in OUTLETS["phonewire"].entries)
    assert b"Disallow: /private/\n" in get(address(web, "closedgarden", "/robots.txt")).body
    assert OUTLETS["closedgarden"].feed.startswith("/private/")
    assert get(address(web, "techpulse", "/robots.txt")).body == b"User-agent: *\nDisallow: \n"


def test_the_slow_feed_takes_two_seconds_and_holds_nobody_up(web: SampleWeb) -> None:
    started = time.monotonic()
    assert get(address(web, "bolsillo", "/robots.txt")).status == 200
    assert time.monotonic() - started < 1
    assert get(address(web, "bolsillo")).status == 200
    assert 2 <= time.monotonic() - started < 4


# Addresses


def test_a_port_in_use_is_one_clear_line_and_leaves_nothing_bound() -> None:
    with SampleWeb(free_port(), [OUTLETS["techpulse"]]) as running:
        with pytest.raises(ConfigError, match=rf"^port {running.port} is in use on 127.0.10.4: .*--port"):
            SampleWeb(running.port, [OUTLETS["keitai"], OUTLETS["techpulse"]]).__enter__()
        with SampleWeb(running.port, [OUTLETS["keitai"]]) as other:
            assert get(address(other, "keitai")).status == 200


def test_an_address_that_is_not_ours_names_the_remedy() -> None:
    with pytest.raises(ConfigError, match=r"lo0 alias 192\.0\.2\."):
        SampleWeb(free_port(), [replace(OUTLETS["keitai"], address="192.0.2.1")]).__enter__()


def test_a_port_that_cannot_be_is_one_clear_line() -> None:
    with pytest.raises(ConfigError, match=r"127\.0\.10\.14:70000.*--port"):
        SampleWeb(70000, [OUTLETS["keitai"]]).__enter__()


def test_the_end_frees_every_address() -> None:
    port = free_port()
    for _ in range(2):
        with SampleWeb(port) as running:
            assert get(address(running, "keitai", "/robots.txt")).status == 200
