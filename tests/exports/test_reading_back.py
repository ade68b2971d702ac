"""The published folder, served over HTTP and read by a real feed reader."""

from __future__ import annotations

import sys
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from importlib import import_module
from typing import TYPE_CHECKING

import pytest
from made_stories import SOURCES, START, article, partnership, published, story
from reader import make_reader

from exports import Channel

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from reader import Entry

    from crawler.domain.models import Story

# reader carries an older feedparser, which looks for its SGML parser under the name it had then
sys.modules.setdefault("sgmllib", import_module("feedparser_sgmllib"))


def chinese(number: int) -> Story:
    return story(number, articles=(article("gamma", number, number, title=f"小米 {number} <b>"),))


STORIES = [partnership(), *map(chinese, range(20, 30))]


class _Handler(SimpleHTTPRequestHandler):
    extensions_map = {".json": "application/feed+json"}  # noqa: RUF012 - as the base class has it

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def site(tmp_path: Path) -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, directory=str(tmp_path))) as server:
        address = f"http://127.0.0.1:{server.server_port}/"
        published(tmp_path, STORIES, Channel("Launchwire", address))
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield address
        server.shutdown()
        thread.join()


def test_a_feed_reader_gets_ids_titles_dates_and_links_as_they_are(site: str) -> None:
    with make_reader(":memory:") as reader:
        reader.add_feed(f"{site}feed.json")
        reader.update_feed(f"{site}feed.json")
        feed = reader.get_feed(f"{site}feed.json")
        entries = {entry.id: entry for entry in reader.get_entries()}
    assert (feed.title, feed.link, feed.version) == ("Launchwire", f"{site}index.html", "json11")
    assert set(entries) == {f"urn:launchwire:story:{told.id}" for told in STORIES}
    for told in STORIES:
        check(site, told, entries[f"urn:launchwire:story:{told.id}"])


def check(site: str, told: Story, entry: Entry) -> None:
    assert entry.title == told.title
    assert entry.link == f"{site}story/{told.id}.html"
    assert entry.published == told.articles[0].published
    assert entry.updated == told.updated
    assert entry.content[0].type == "text/html"
    assert entry.authors[-1].name == SOURCES[told.lead.source].name
    assert entry.published >= START
