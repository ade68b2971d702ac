from __future__ import annotations

import re
from dataclasses import replace
from html import unescape

from hypothesis import example, given
from hypothesis import strategies as st
from made_stories import SOURCES, START, article, partnership, story

from crawler.domain.models import ComingDate, DateOrigin, SourceFacts
from exports.channel import Channel
from exports.check import problem
from exports.content import QUOTE_LIMIT
from exports.item import ITEM_BYTES, encoded, item

CHANNEL = Channel("Launchwire", "https://news.example/", "en")


def test_an_item_says_who_told_what_and_when() -> None:
    made = item(partnership(), SOURCES, CHANNEL)
    assert made["id"] == "urn:launchwire:story:7"
    assert made["url"] == "https://news.example/story/7.html"
    assert made["external_url"] == "https://maker.example/7?a=1&b=2"
    assert item(partnership(), SOURCES, Channel("Launchwire"))["url"] == made["external_url"]
    assert made["date_published"] == "2022-05-23T08:00:00Z"
    assert made["date_modified"] == "2022-05-23T11:00:00Z"
    assert made["tags"] == ["xiaomi", "teaser"]
    assert made["image"] == "https://maker.example/phone.jpg"
    assert made["authors"] == [{"name": "A. Writer"}, {"name": "Maker Newsroom", "url": "https://maker.example/"}]


def test_the_extension_has_exactly_the_fixed_names() -> None:
    said = item(partnership(), SOURCES, CHANNEL)["_launchwire"]
    report = {"source": "alfa", "name": "Alfa", "url": "https://alfa.example/7?a=1&b=2", "at": "2022-05-23T08:00:00Z"}
    lead = {"source": "maker", "name": "Maker Newsroom", "role": "brand", "url": "https://maker.example/7?a=1&b=2"}
    assert {key: value for key, value in said.items() if key != "sources"} == {
        "about": "https://news.example/about.html",
        "stage": "teaser",
        "brands": ["xiaomi"],
        "models": ["Xiaomi 12S Ultra"],
        "models_guessed": ["Xiaomi 12 Ultra", "Xiaomi 13"],
        "dates": [{"kind": "launch", "date": "2022-07", "official": True, "source": "maker"}],
        "videos": ["https://video.example/watch?v=1"],
        "lead": lead,
        "first_reported": report,
        "official": {
            "source": "maker",
            "name": "Maker Newsroom",
            "url": "https://maker.example/7?a=1&b=2",
            "at": "2022-05-23T11:00:00Z",
        },
        "outlets": 3,
        "aliases": ["urn:launchwire:story:9", "urn:launchwire:story:11"],
    }
    assert [each["source"] for each in said["sources"]] == ["alfa", "beta", "gamma", "maker"]
    assert said["sources"][1] == {
        "source": "beta",
        "name": "Beta",
        "role": "news",
        "url": "https://beta.example/7?a=1&b=2",
        "title": "Arriva Xiaomi 12 Ultra",
        "language": "it",
        "published": "2022-05-23T09:00:00Z",
        "duplicate_of": "https://alfa.example/7?a=1&b=2",
    }


def test_what_there_is_nothing_to_say_of_is_left_out() -> None:
    made = item(story(brands=()), SOURCES, Channel("Launchwire"))
    assert set(made["_launchwire"]) == {"stage", "lead", "first_reported", "sources", "outlets"}
    assert not {"image", "summary"} & set(item(story(articles=(article(summary=""),)), SOURCES, CHANNEL))


def test_a_date_that_is_not_official_says_so() -> None:
    made = item(story(dates=(ComingDate("sale", "2022"),)), SOURCES, CHANNEL)
    assert made["_launchwire"]["dates"] == [{"kind": "sale", "date": "2022", "official": False}]


def test_a_source_that_left_the_catalogue_stands_under_its_id() -> None:
    made = item(story(articles=(article("gone"),)), SOURCES, CHANNEL)
    assert made["_launchwire"]["lead"] == {
        "source": "gone",
        "name": "gone",
        "role": "news",
        "url": made["external_url"],
    }
    assert problem(made) == ""


WORDS = st.text(min_size=1, max_size=9).flatmap(lambda word: st.integers(0, 120).map(lambda times: f"{word} " * times))


@given(WORDS, WORDS)
@example("long title " * 30, "long summary " * 60)
def test_no_source_is_quoted_by_more_than_three_hundred_characters(title: str, summary: str) -> None:
    told = tuple(article("maker", number, number, title=title, summary=summary) for number in range(3))
    html = item(story(articles=told, title="T"), SOURCES, CHANNEL)["content_html"]
    quoted = re.findall(r"<blockquote[^>]*><p>(.*?)</p>", html) + re.findall(r"<li><span[^>]*><a [^>]*>(.*?)</a>", html)
    assert sum(len(unescape(words)) for words in quoted) <= QUOTE_LIMIT


def test_an_article_without_a_web_address_is_left_out_and_the_story_told_by_the_others() -> None:
    made = item(story(articles=(article("alfa", 1, url="javascript:1"), article("gamma", 2, 5))), SOURCES, CHANNEL)
    assert problem(made) == ""
    assert made["date_published"] == "2022-05-23T13:00:00Z"
    assert made["_launchwire"]["first_reported"]["source"] == "gamma"
    assert [each["source"] for each in made["_launchwire"]["sources"]] == ["gamma"]
    assert "Alfa" not in made["content_html"]


def test_a_model_that_is_stated_is_not_among_the_guessed() -> None:
    said = item(story(models=("Phone 1",), guessed=("Phone 1 ", "Phone 2")), SOURCES, CHANNEL)["_launchwire"]
    assert (said["models"], said["models_guessed"]) == (["Phone 1"], ["Phone 2"])


def test_a_story_of_very_many_sources_lists_what_fits_and_keeps_its_lead() -> None:
    many = tuple(article("alfa", number, number / 100, title="x" * 300) for number in range(1, 500))
    told = story(articles=(*many, article("maker", 999, 100)))
    made = item(told, SOURCES, CHANNEL)
    assert len(encoded(made)) <= ITEM_BYTES
    assert problem(made) == ""
    assert made["_launchwire"]["sources"][-1]["source"] == "maker"
    assert made["_launchwire"]["outlets"] == 2
    assert f"And {500 - len(made['_launchwire']['sources'])} more." in made["content_html"]


def test_names_are_escaped_and_times_are_machine_readable() -> None:
    sources = SOURCES | {"alfa": SourceFacts("alfa", "A & <B>", SOURCES["alfa"].role, "group")}
    html = item(story(), sources, CHANNEL)["content_html"]
    assert "A &amp; &lt;B&gt;" in html
    assert f'<time datetime="{START:%Y-%m-%dT%H:%M:%SZ}">23 May 2022, 08:00 UTC</time>' in html


def test_the_content_says_who_was_first_and_since_when_it_is_official() -> None:
    text = unescape(re.sub("<[^>]*>", "", item(partnership(), SOURCES, CHANNEL)["content_html"]))
    assert "First reported by Alfa, 23 May 2022, 08:00 UTC. Official since 23 May 2022, 11:00 UTC, Maker" in text
    assert "Arriva Xiaomi 12 Ultra — Beta, 23 May 2022, 09:00 UTC" in text


def test_one_more_source_does_not_touch_the_date_of_change() -> None:
    later = replace(partnership(), articles=(*partnership().articles, article("gamma", 8, 90)))
    assert item(later, SOURCES, CHANNEL)["date_modified"] == item(partnership(), SOURCES, CHANNEL)["date_modified"]


def test_an_article_whose_source_says_no_time_is_listed_without_one() -> None:
    undated = article("beta", 3, 1, dated=DateOrigin.FIRST_SEEN)
    made = item(story(articles=(article("alfa", 1), undated)), SOURCES, CHANNEL)
    assert [("published" in source) for source in made["_launchwire"]["sources"]] == [True, False]
    assert problem(made) == ""
    assert "beta.example/3" in made["content_html"]
    assert made["content_html"].count("<time") == 2  # the first report, and its line in the list
