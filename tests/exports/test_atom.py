from __future__ import annotations

from calendar import timegm
from dataclasses import replace
from json import loads
from typing import Any

import feedparser
import pytest
from lxml.etree import fromstring  # type: ignore[import-untyped]
from made_stories import SOURCES, article, feed, partnership, rendered, story

from exports.channel import Channel

ATOM = "{http://www.w3.org/2005/Atom}"
BASE = "https://news.example/phones/"
CHANNEL = Channel("Launch & wire", BASE, "en", ("https://hub.example/",), page_size=10)
STORIES = [partnership(), *(story(number, hours=number) for number in range(20, 90))]


def parsed(data: bytes) -> Any:  # noqa: ANN401 - feedparser has no types
    found = feedparser.parse(data)
    assert not found.bozo, found.get("bozo_exception")
    return found


def links(document: Any, rel: str) -> list[str]:  # noqa: ANN401 - lxml has no types
    return [each.get("href", "") for each in document.findall(f"{ATOM}link") if each.get("rel") == rel]


def test_a_reader_of_atom_gets_ids_titles_dates_links_and_content_as_they_are() -> None:
    told = {f"urn:launchwire:story:{each.id}": each for each in STORIES}
    made = feed(STORIES, CHANNEL, "atom")
    entries = [entry for data in made.values() for entry in parsed(data).entries]
    assert sorted(entry.id for entry in entries) == sorted(told)
    for entry in entries:
        one = told[entry.id]
        assert entry.title == one.title
        assert entry.link == f"{BASE}story/{one.id}.html"
        assert timegm(entry.published_parsed) == one.articles[0].published.timestamp()
        assert timegm(entry.updated_parsed) == one.updated.timestamp()
        assert entry.content[0].type == "text/html"
        assert entry.authors[-1].name == SOURCES[one.lead.source].name
        assert [tag.term for tag in entry.tags] == [*one.brands, one.stage.value]


def test_atom_and_json_say_the_same_in_the_same_order() -> None:
    made = rendered(STORIES, CHANNEL)
    for name in ("", "brand/xiaomi/", "stage/teaser/", "official/", "language/en/"):
        atom = parsed(made[f"{name}feed.atom"])
        json = loads(made[f"{name}feed.json"])
        assert [entry.id for entry in atom.entries] == [item["id"] for item in json["items"]]
        assert atom.feed.title == json["title"]


def test_the_archive_is_walked_as_rfc_5005_says() -> None:
    made = feed(STORIES, CHANNEL, "atom")
    name, met = "feed.atom", []
    while name:
        assert name not in met
        met.append(name)
        document = fromstring(made[name])
        archived = document.find("{http://purl.org/syndication/history/1.0}archive") is not None
        assert archived == (name != "feed.atom")
        assert links(document, "self") == [BASE + name]
        assert links(document, "current") == ([f"{BASE}feed.atom"] if archived else [])
        name = "".join(links(document, "prev-archive")).removeprefix(BASE)
    assert sorted(met) == sorted(made)
    assert len(met) > 5


def test_every_document_has_what_rfc_4287_demands() -> None:
    for data in feed([], CHANNEL, "atom").values():
        assert [fromstring(data).findtext(f"{ATOM}{name}") for name in ("id", "title", "updated")] == [
            "urn:launchwire:feed:all",
            "Launch & wire",
            "2000-01-01T00:00:00Z",
        ]
    for data in feed(STORIES, CHANNEL, "atom").values():
        document = fromstring(data)
        for holder in (document, *document.findall(f"{ATOM}entry")):
            for name in ("id", "title", "updated"):
                assert len(holder.findall(f"{ATOM}{name}")) == 1
        assert links(document, "hub") == ["https://hub.example/"]


def test_feeds_of_different_sets_have_different_ids() -> None:
    made = rendered(STORIES, CHANNEL)
    heads = [fromstring(data).findtext(f"{ATOM}id") for name, data in made.items() if name.endswith("feed.atom")]
    assert len(heads) == len(set(heads)) == 5
    assert "urn:launchwire:feed:brand:xiaomi" in heads


@pytest.mark.parametrize("form", ["json", "atom"])
def test_one_changed_story_changes_one_page_of_the_archive(form: str) -> None:
    before = feed(STORIES, CHANNEL, form)
    changed = [replace(each, title="Changed") if each.id == 25 else each for each in STORIES]
    after = feed(changed, CHANNEL, form)
    assert [name for name in before if before[name] != after[name]] == [f"archive/3.{form}"]


def test_pages_of_long_stories_stay_small() -> None:
    long = [
        story(number, articles=tuple(article(source, number, title="長い見出し " * 60) for source in SOURCES))
        for number in range(1, 300)
    ]
    assert max(map(len, feed(long, Channel("Launchwire", BASE), "atom").values())) < 250_000


def test_without_a_public_address_links_are_relative_to_the_page() -> None:
    made = feed(STORIES, Channel("Launchwire", page_size=10), "atom")
    assert links(fromstring(made["feed.atom"]), "prev-archive") == ["archive/8.atom"]
    assert links(fromstring(made["archive/8.atom"]), "prev-archive") == ["../archive/7.atom"]
    assert links(fromstring(made["archive/8.atom"]), "current") == ["../feed.atom"]
