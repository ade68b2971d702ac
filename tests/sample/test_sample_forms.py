"""How the sample web's outlets write: formats, links and dirt, without a server."""

from __future__ import annotations

import gzip
import json
import re
import xml.etree.ElementTree as ET
from datetime import datetime
from urllib.parse import urlsplit

import pytest

from crawler.sample.outlet import Outlet, load_outlets
from crawler.sample.site import Answer, answer
from crawler.sample.sitemap import ARTICLES, SHOP

OUTLETS = {outlet.id: outlet for outlet in load_outlets()}
BROKEN = {"gatekeeper", "lastcall"}


PAYLOAD = {"customCategoryType": "newsroom_press", "pageSize": 4, "pageIndex": 1}


def feed_text(outlet: Outlet) -> str:
    return answer(outlet, 8765, outlet.feed, {}).body.decode(outlet.encoding)


def posted(**changes: object) -> Answer:
    outlet = OUTLETS["oppo_pressroom"]
    return answer(outlet, 8765, outlet.feed, {}, json.dumps(PAYLOAD | changes).encode())


def test_the_xml_documents_are_well_formed_but_for_the_broken_one() -> None:
    for outlet in OUTLETS.values():
        if outlet.format in {"rss", "rdf", "atom", "sitemap", "newsmap"} and outlet.id not in BROKEN | {
            "halfprint",
            "zhangji",
        }:
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


def test_the_api_gives_its_rows_page_by_page_newest_first() -> None:
    first, second = (json.loads(posted(pageIndex=index).body)["data"]["rows"] for index in (1, 2))
    entries = OUTLETS["oppo_pressroom"].newest_first()
    assert [row["title"] for row in first + second] == [entry.title for entry in entries]
    assert first[0]["publishTime"] == int(entries[0].published.timestamp())


@pytest.mark.parametrize("wrong", [{"customCategoryType": "shop"}, {"pageIndex": 0}, {"pageSize": "4"}])
def test_the_api_refuses_what_it_does_not_know(wrong: dict[str, object]) -> None:
    assert posted(**wrong).status == 400


def test_the_api_is_asked_by_post_and_nothing_else_is() -> None:
    outlet = OUTLETS["oppo_pressroom"]
    assert posted().status == 200
    assert answer(outlet, 8765, outlet.feed, {}).status == 405
    assert answer(outlet, 8765, "/", {}, b"{}").status == 405


def test_the_index_names_a_gzipped_sitemap_of_all_articles_under_one_lastmod() -> None:
    outlet = OUTLETS["nothing_pressroom"]
    index = feed_text(outlet)
    assert re.findall(r"<loc>http://[\d.:]+(/[^<]*)</loc>", index) == [ARTICLES, SHOP]
    pages = gzip.decompress(answer(outlet, 8765, ARTICLES, {}).body).decode()
    assert pages.count("<url>") == len(outlet.entries)
    assert len(set(re.findall(r"<lastmod>(.*?)</lastmod>", pages))) == 1
    assert not any(entry.title in pages for entry in outlet.entries)


def test_the_news_sitemap_tells_title_and_date_of_each_article() -> None:
    text, outlet = feed_text(OUTLETS["lemobile"]), OUTLETS["lemobile"]
    told = re.findall(r"<news:publication_date>(.*?)</news:publication_date>", text)
    assert [datetime.fromisoformat(date) for date in told] == [entry.published for entry in outlet.newest_first()]
    assert text.count("<news:title>") == len(outlet.entries)


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
