"""What is counted of all stories, and how it is drawn without scripts and styles."""

from __future__ import annotations

from bs4 import BeautifulSoup
from made_stories import article, partnership, rendered, said, story

from crawler.domain.models import DateOrigin, Stage
from exports import Channel

CHANNEL = Channel("Launchwire", "https://news.example/")
DAY = 24
STORIES = [
    partnership(),
    story(1, 2 * DAY, stage=Stage.RUMOR),
    story(2, 2 * DAY, brands=("oppo",)),
    story(3, -100 * DAY, articles=(article("maker", 3, -100 * DAY, decision=said()),)),
]


def page(*stories: object) -> BeautifulSoup:
    return BeautifulSoup(rendered(stories, CHANNEL)["figures.html"], "lxml")  # type: ignore[arg-type]


def rows(soup: BeautifulSoup, heading: str) -> list[list[str]]:
    table = next(each for each in soup.select("details") if heading in each.summary.get_text())  # type: ignore[union-attr]
    return [[cell.get_text() for cell in row.select("th, td")] for row in table.select("tbody tr")]


def test_stories_are_counted_per_day_up_to_the_newest_story_and_not_to_today() -> None:
    soup = page(*STORIES)
    assert rows(soup, "per day") == [["2022-05-23", "1"], ["2022-05-25", "2"]]
    assert "The 90 days up to 25 May 2022" in soup.get_text()


def test_a_story_of_an_unknown_time_does_not_move_the_days_to_its_first_sight() -> None:
    undated = story(4, articles=(article("beta", 4, 900 * DAY, dated=DateOrigin.FIRST_SEEN),))
    assert rows(page(*STORIES, undated), "per day") == rows(page(*STORIES), "per day")


def test_a_day_is_as_tall_as_it_has_stories_and_the_newest_stands_at_the_right() -> None:
    drawn = [(each["x"], each["height"]) for each in page(*STORIES).select("svg")[0].select("rect")]
    assert drawn == [("696", "80"), ("712", "160")]


def test_stages_are_counted_per_maker_the_one_with_the_most_stories_first() -> None:
    soup = page(*STORIES)
    assert rows(soup, "per maker") == [["Xiaomi", "1", "2", "0", "0", "3"], ["Oppo", "0", "1", "0", "0", "1"]]
    bars = soup.select("svg")[1].select("rect")
    assert [(each["class"], each["x"], each["width"]) for each in bars] == [
        (["rumor"], "210", "153"),
        (["teaser"], "363", "306"),
        (["teaser"], "210", "153"),
    ]


def test_the_maker_s_silence_is_counted_where_the_maker_spoke_at_last() -> None:
    soup = page(*STORIES)
    assert rows(soup, "maker speaks") == [["no time: the maker was first", "1"], ["up to a day", "1"]]
    assert "for the 2 of 4 stories that have one" in soup.get_text()


def test_each_figure_is_named_and_described_and_has_no_style_or_script() -> None:
    soup = page(*STORIES)
    assert len(soup.select("svg")) == 3
    for svg in soup.select("svg"):
        named = [soup.find(id=id_) for id_ in str(svg["aria-labelledby"]).split()]
        assert [each.name for each in named if each and each.get_text()] == ["title", "desc"]
    assert soup.select("[style], style, script:not([src])") == []


def test_without_stories_nothing_is_drawn() -> None:
    soup = page()
    assert soup.select("svg") == []
    assert "No stories yet." in soup.get_text()


def test_a_hostile_maker_is_text() -> None:
    soup = page(story(1, brands=("<script>alert(1)</script>",)))
    assert soup.select("svg script") == []
    assert "<script>alert(1)</script>" in soup.select("svg")[1].get_text()


def test_the_figures_do_not_depend_on_the_order_of_stories() -> None:
    assert page(*STORIES) == page(*STORIES[::-1])
