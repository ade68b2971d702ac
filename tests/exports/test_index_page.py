from __future__ import annotations

from typing import TYPE_CHECKING

from bs4 import BeautifulSoup
from made_stories import SOURCES, article, partnership, story

from exports import render
from exports.channel import Channel

if TYPE_CHECKING:
    from bs4.element import Tag

    from crawler.domain.models import Story

CHANNEL = Channel("Launch & wire", "https://news.example/", "en")


def page(*stories: Story, channel: Channel = CHANNEL) -> BeautifulSoup:
    return BeautifulSoup(render(stories, SOURCES, channel)["index.html"], "lxml")


def one(soup: BeautifulSoup, selector: str) -> Tag:
    (found,) = soup.select(selector)
    return found


def test_a_person_reads_who_leads_who_was_first_and_who_else() -> None:
    text = one(page(partnership()), "article").get_text()
    for words in (
        "teaser xiaomi 23 May 2022, 08:00 UTC",
        "From Maker Newsroom.",
        "First reported by Alfa, 23 May 2022, 08:00 UTC.",
        "Official since 23 May 2022, 11:00 UTC, Maker Newsroom.",
        "Also reported by Beta (23 May 2022, 09:00 UTC), Gamma (23 May 2022, 10:00 UTC).",
    ):
        assert words in text


def test_each_headline_is_in_its_own_language_and_links_to_the_lead() -> None:
    soup = page(story(2, articles=(article("gamma", 2, title="小米发布", language="zh-CN"),)))
    assert one(soup, "h2")["lang"] == "zh-CN"
    assert one(soup, "h2 a")["href"] == "https://gamma.example/2?a=1&b=2"
    assert one(soup, "h2").get_text() == "小米发布"


def test_the_newest_story_stands_first() -> None:
    headlines = [each["id"] for each in page(story(1, 5), story(2, 9), story(3, 1)).select("article")]
    assert headlines == ["story-2", "story-1", "story-3"]


def test_the_page_points_readers_to_the_feed() -> None:
    found = one(page(story()), "link[rel=alternate]")
    assert (found["type"], found["href"], found["title"]) == ("application/feed+json", "feed.json", "Launch & wire")


def test_the_archive_is_linked_page_by_page() -> None:
    soup = page(*(story(number, number) for number in range(1, 8)), channel=Channel("Launchwire", page_size=2))
    assert [link["href"] for link in soup.select("footer a")] == ["archive/3.json", "archive/2.json", "archive/1.json"]


def test_a_story_of_many_sources_counts_those_it_does_not_name() -> None:
    told = tuple(article("alfa", number, number) for number in range(30))
    assert "16 more." in one(page(story(articles=told)), "article").get_text()


def test_the_name_of_the_feed_is_text_and_never_markup() -> None:
    soup = page(story(), channel=Channel('"><script>x</script>'))
    assert one(soup, "h1").get_text() == '"><script>x</script>'
    assert not soup.select("script")


def test_without_stories_the_page_says_so() -> None:
    assert "No stories yet." in one(page(), "main").get_text()


def test_nothing_on_the_page_runs_or_is_loaded_from_elsewhere() -> None:
    soup = page(partnership())
    policy = one(soup, "meta[http-equiv=Content-Security-Policy]")["content"]
    assert str(policy).startswith("default-src 'none'")
    assert not soup.select("script, img, iframe, form, object, [onclick], [src]")
