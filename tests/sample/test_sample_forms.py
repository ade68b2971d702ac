"""How the sample web's outlets write: formats, links and dirt, without a server."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from datetime import datetime
from urllib.parse import urlsplit

import pytest

from crawler.sample.outlet import Outlet, load_outlets
from crawler.sample.site import answer

OUTLETS = {outlet.id: outlet for outlet in load_outlets()}
BROKEN = {"gatekeeper", "lastcall"}


def feed_text(outlet: Outlet) -> str:
    return answer(outlet, 8765, outlet.feed, {}).body.decode(outlet.encoding)


def test_the_xml_feeds_are_well_formed_but_for_the_broken_one() -> None:
    for outlet in OUTLETS.values():
        if outlet.format in {"rss", "rdf", "atom"} and outlet.id not in BROKEN | {"halfprint", "zhangji"}:
            ET.fromstring(answer(outlet, 8765, outlet.feed, {}).body)  # noqa: S314 - our own text
    with pytest.raises(ET.ParseError):
        ET.fromstring(feed_text(OUTLETS["halfprint"]))  # noqa: S314 - our own text


def test_the_broken_feed_loses_its_oldest_entry_alone() -> None:
    text, outlet = feed_text(OUTLETS["halfprint"]), OUTLETS["halfprint"]
    assert text.count("</item>") == len(outlet.entries) - 1
    assert outlet.newest_first()[-1].title not in text


def test_the_undated_feed_has_no_date() -> None:
    text = feed_text(OUTLETS["taschenfunk"])
    assert "<rdf:RDF" in text
    assert not re.search(r"dc:date>|pubDate|20\d\d-\d\d-", text)


def test_the_json_feed_has_the_types_of_its_version() -> None:
    feed = json.loads(feed_text(OUTLETS["handset_herald"]))
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    for item in feed["items"]:
        assert isinstance(item["id"], str)
        assert datetime.fromisoformat(item["date_published"]).utcoffset() is not None


def test_relative_and_tracked_links_are_as_announced() -> None:
    items = re.findall(r"<item>.*?<link>(.*?)</link>", feed_text(OUTLETS["bolsillo"]), re.DOTALL)
    assert items
    assert all(link.startswith("/") for link in items)
    assert feed_text(OUTLETS["mobilkurier"]).count("?wt_mc=") == len(OUTLETS["mobilkurier"].entries)


def test_bodies_are_as_dirty_as_real_ones() -> None:
    pulse, italian = feed_text(OUTLETS["techpulse"]), feed_text(OUTLETS["tascabile"])
    assert "xiaomi leica official collaboration 12 ultra 4" in pulse
    assert "YouTube player" in pulse
    assert "Click here to load the tweet" in pulse
    assert "iframe" in pulse
    promotion = re.compile(r"[.!?]&#11088;\S* Scopri il nuovo Volantino")
    assert len(promotion.findall(italian)) == len(OUTLETS["tascabile"].entries)


def test_no_link_leaves_loopback_but_to_videos() -> None:
    for outlet in OUTLETS.values():
        for path in {outlet.feed, "/", *map(outlet.path, outlet.entries)}:
            text = answer(outlet, 8765, path, {}).body.decode(outlet.encoding)
            hosts = {urlsplit(url).hostname for url in re.findall(r"(?:href|src|url)=\\?[\"'](http[^\"'\\]+)", text)}
            hosts |= {urlsplit(url).hostname for url in re.findall(r"<(?:link|guid)>(http[^<]+)<", text)}
            assert hosts <= {outlet.address, "www.youtube.com"}, outlet.id
