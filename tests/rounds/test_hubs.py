"""WebSub hubs: what they are told after a publication, and that one that fails stops nothing."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import TYPE_CHECKING
from urllib.parse import parse_qs

import pytest

from crawler.catalogue import Catalogue
from crawler.config import Config
from crawler.round.hubs import tell
from crawler.round.publish import publish
from crawler.store.database import open_store

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

BASE = "https://news.example/"
NO_SOURCES = Catalogue("sources.toml", {})


class Hub:
    """A hub on loopback that writes down what it is told."""

    def __init__(self, status: int) -> None:
        self.told: list[tuple[str, dict[str, list[str]]]] = []
        hub = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                hub.told.append((self.path, parse_qs(body)))
                self.send_response(status)
                self.end_headers()

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}/hub?a=1"


@contextmanager
def listening(status: int = 204) -> Iterator[Hub]:
    hub = Hub(status)
    thread = threading.Thread(target=hub.server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield hub
    finally:
        hub.server.shutdown()
        thread.join()
        hub.server.server_close()


def ping(*feeds: str) -> tuple[str, dict[str, list[str]]]:
    return "/hub?a=1", {"hub.mode": ["publish"], "hub.url": [BASE + feed for feed in feeds]}


def test_a_hub_is_told_of_each_feed_that_was_written_and_of_nothing_else() -> None:
    with listening() as hub:
        tell([hub.address], BASE, ["story/1.html", "archive/1.json", "brand/oppo/feed.atom", "feed.atom", "feed.json"])
    assert hub.told == [ping("brand/oppo/feed.atom", "feed.atom", "feed.json")]


def test_a_hub_that_refuses_is_one_line_and_the_next_one_is_told(caplog: pytest.LogCaptureFixture) -> None:
    with listening(503) as broken, listening() as hub:
        tell([broken.address, hub.address], BASE, ["feed.atom", "feed.json"])
    assert len(broken.told) == 1
    assert len(hub.told) == 1
    assert [record.getMessage() for record in caplog.records] == [
        f"hub {broken.address} was not told of the new stories: it answered 503"
    ]


def test_a_hub_that_is_not_there_or_says_nothing_is_one_line(caplog: pytest.LogCaptureFixture) -> None:
    silent = HTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler)
    address = f"http://127.0.0.1:{silent.server_port}/"
    tell([address], BASE, ["feed.json"], timeout=0.1)
    silent.server_close()
    tell([address], BASE, ["feed.json"], timeout=0.1)
    assert len(caplog.records) == 2
    assert all(record.getMessage().startswith(f"hub {address} was not told") for record in caplog.records)


def test_a_site_without_a_public_address_tells_nobody() -> None:
    with listening() as hub:
        tell([hub.address], "", ["feed.json"])
    assert hub.told == []


@pytest.mark.parametrize("status", [204, 500])
def test_a_publication_names_its_hub_and_tells_it_once(tmp_path: Path, status: int) -> None:
    with listening(status) as hub:
        config = Config(
            database=f"sqlite:///{tmp_path}/x.db", site=tmp_path / "site", base_url=BASE, hubs=(hub.address,)
        )
        store = open_store(config.database)
        assert "feed.json" in publish(config, NO_SOURCES, store).written
        first = len(hub.told)
        publish(config, NO_SOURCES, store)
        store.close()
    assert first == len(hub.told) == 1
    assert hub.address in (tmp_path / "site/feed.json").read_text()
    assert f'rel="hub" href="{hub.address}"' in (tmp_path / "site/feed.atom").read_text()
