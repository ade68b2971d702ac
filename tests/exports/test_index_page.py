from __future__ import annotations

from typing import TYPE_CHECKING

from bs4 import BeautifulSoup
from made_stories import article, partnership, rendered, story

from exports.channel import Channel

if TYPE_CHECKING:
    from bs4.element import Tag

    from crawler.domain.models import Story

CHANNEL = Channel("Launch & wire", "https://news.example/", "en")


def page(*stories: Story, channel: Channel = CHANNEL) -> BeautifulSoup:
    return BeautifulSoup(rendered(stories, channel)["index.html"], "lxml")


def one(soup: BeautifulSoup, selector: str) -> Tag:
    (found,) = soup.select(selector)
    return found


def test_a_person_reads_who_leads_who_was_first_and_who_else() -> None:
    text = one(page(partnership()), "article").get_text()
    for words in (
        "teaser Xiaomi 23 May 2022, 08:00 UTC",
        "From Maker Newsroom.",
        "First reported by Alfa, 23 May 2022, 08:00 UTC.",
        "Official since 23 May 2022, 11:00 UTC, Maker Newsroom.",
        "Also reported by Beta (23 May 2022, 09:00 UTC), Gamma (23 May 2022, 10:00 UTC).",
    ):
        assert words in text


def test_each_headline_is_in_its_own_language_and_links_to_the_page_of_its_story() -> None:
    soup = page(story(2, articles=(article("gamma", 2, title="小米发布", language="zh-CN"),)))
    assert one(soup, "article h2")["lang"] == "zh-CN"
    assert one(soup, "article h2 a")["href"] == "story/2.html"
    assert one(soup, "article .who a")["href"] == "https://gamma.example/2?a=1&b=2"
    assert one(soup, "article h2").get_text() == "小米发布"


def test_the_newest_story_stands_first() -> None:
    headlines = [each["id"] for each in page(story(1, 5), story(2, 9), story(3, 1)).select("article")]
    assert headlines == ["story-2", "story-1", "story-3"]


def test_the_page_points_readers_to_the_feed() -> None:
    found = [(each["type"], each["href"], each["title"]) for each in page(story()).select("link[rel=alternate]")]
    assert found == [
        ("application/feed+json", "feed.json", "Launch & wire"),
        ("application/atom+xml", "feed.atom", "Launch & wire"),
    ]


def test_the_archive_is_linked_page_by_page() -> None:
    made = rendered([story(number, number) for number in range(1, 8)], Channel("Launchwire", page_size=2))
    soup = BeautifulSoup(made["feeds.html"], "lxml")
    assert [link["href"] for link in soup.select(".archive a")] == [
        "archive/3.json",
        "archive/2.json",
        "archive/1.json",
    ]


def test_a_story_of_many_sources_counts_those_it_does_not_name() -> None:
    told = tuple(article("alfa", number, number) for number in range(30))
    assert "16 more." in one(page(story(articles=told)), "article").get_text()


def test_the_name_of_the_feed_is_text_and_never_markup() -> None:
    soup = page(story(), channel=Channel('"><script>x</script>'))
    assert one(soup, ".name").get_text() == '"><script>x</script>'
    assert [each.get_text() for each in soup.select("script")] == [""]


def test_without_stories_the_page_says_so() -> None:
    assert "No stories yet." in one(page(), "main").get_text()


def test_nothing_but_our_script_runs_and_nothing_but_images_is_loaded_from_elsewhere() -> None:
    soup = page(partnership())
    policy = one(soup, "meta[http-equiv=Content-Security-Policy]")["content"]
    assert str(policy).startswith("default-src 'none'")
    assert not soup.select("iframe, object, embed, style, [style], [onclick], [onerror]")
    assert [each["src"] for each in soup.select("[src]:not(img)")] == ["site.js"]
    image = one(soup, "img")
    assert (image["loading"], image["referrerpolicy"], image["alt"]) == ("lazy", "no-referrer", "")
    assert image["width"]
    assert image["height"]
