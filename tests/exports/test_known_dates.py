from __future__ import annotations

from datetime import date

import pytest
from bs4 import BeautifulSoup
from icalendar import Calendar
from made_stories import article, rendered, story

from crawler.domain.models import ComingDate
from exports.channel import Channel

CHANNEL = Channel("Launch, wire", "https://news.example/")


def dated(number: int, *dates: ComingDate, title: str = "A phone") -> object:
    return story(number, articles=(article(number=number, title=title),), dates=dates)


def events(*stories: object) -> list[object]:
    return list(Calendar.from_ical(rendered(stories, CHANNEL)["launches.ics"].decode()).walk("VEVENT"))  # type: ignore[arg-type]


def test_a_launch_with_a_day_is_an_event_of_the_whole_day() -> None:
    (event,) = events(dated(3, ComingDate("launch", "2022-07-04", official=True), title="小米12S, Ultra; \\ is coming"))
    assert event["DTSTART"].dt == date(2022, 7, 4)  # type: ignore[index]
    assert event["DTEND"].dt == date(2022, 7, 5)  # type: ignore[index]
    assert event["SUMMARY"] == "Launch: 小米12S, Ultra; \\ is coming"  # type: ignore[index]
    assert event["URL"] == "https://news.example/story/3.html"  # type: ignore[index]
    assert event["STATUS"] == "CONFIRMED"  # type: ignore[index]
    assert event["UID"] == "urn:launchwire:story:3:launch"  # type: ignore[index]


def test_what_the_maker_did_not_say_is_tentative() -> None:
    (event,) = events(dated(3, ComingDate("sale", "2022-07-04")))
    assert event["STATUS"] == "TENTATIVE"  # type: ignore[index]
    assert event["SUMMARY"] == "On sale: A phone"  # type: ignore[index]


@pytest.mark.parametrize("coarse", ["2022", "2022-07", "2022-02-31", "9999-12-31"])
def test_a_date_that_is_no_day_of_the_calendar_is_no_event(coarse: str) -> None:
    assert events(dated(3, ComingDate("launch", coarse))) == []


def test_lines_are_as_short_as_the_standard_wants_and_end_as_it_wants() -> None:
    made = rendered([dated(3, ComingDate("launch", "2022-07-04"), title="小米发布" * 40)], CHANNEL)["launches.ics"]  # type: ignore[list-item]
    assert max(map(len, made.split(b"\r\n"))) <= 75
    assert b"\n" not in made.replace(b"\r\n", b"")
    assert len(Calendar.from_ical(made.decode()).walk("VEVENT")) == 1


def test_a_calendar_without_dates_is_one() -> None:
    assert events(story(1)) == []


def test_the_page_lists_months_the_latest_first_with_what_is_only_a_month() -> None:
    stories = [
        dated(3, ComingDate("launch", "2022-07-04", official=True)),
        dated(4, ComingDate("sale", "2022-08")),
        dated(5, ComingDate("event", "2022-07-20")),
    ]
    soup = BeautifulSoup(rendered(stories, CHANNEL)["calendar.html"], "lxml")  # type: ignore[arg-type]
    assert [each.get_text() for each in soup.select("h2")] == ["Aug 2022", "Jul 2022"]
    assert [each.get_text(" ", strip=True) for each in soup.select(".dates li")] == [
        "Aug 2022 sale, not confirmed A phone",
        "20 Jul 2022 event, not confirmed A phone",
        "4 Jul 2022 launch A phone",
    ]
