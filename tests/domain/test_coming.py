import json
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.domain.coming import coming_dates
from crawler.domain.models import ComingDate

DAY = date(2022, 5, 23)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The first phone launches in July", "launch 2022-07"),
        ("Xiaomi 12S launches on July 4", "launch 2022-07-04"),
        ("The phone will be unveiled on 4th July 2022", "launch 2022-07-04"),
        ("It goes on sale June 10", "sale 2022-06-10"),
        ("Apple's next event is on September 7", "event 2022-09-07"),
        ("It launches in January", None),
        ("Das Xiaomi 12S wird am 4. Juli vorgestellt", "launch 2022-07-04"),
        ("Das erste Smartphone erscheint im Juli", "launch 2022-07"),
        ("Il primo smartphone arriva a luglio", "launch 2022-07"),
        ("Sarà presentato il 4 luglio 2022", "launch 2022-07-04"),
        ("El móvil se presentará el 4 de julio", "launch 2022-07-04"),
        ("Llegará en julio de 2022", "launch 2022-07"),
        ("Le téléphone sera présenté le 4 juillet", "launch 2022-07-04"),
        ("O celular será lançado em 4 de julho", "launch 2022-07-04"),
        ("Premiera 4 lipca", "launch 2022-07-04"),
        ("Смартфон представят 4 июля", "launch 2022-07-04"),
        ("Смартфон представлять 4 липня", "launch 2022-07-04"),
        ("小米 12S 将于 7 月 4 日发布", "launch 2022-07-04"),
        ("首款旗舰 7 月发布", "launch 2022-07"),
        ("2022年7月6日开售", "sale 2022-07-06"),
        ("7月4日に発表", "launch 2022-07-04"),
        ("7월 4일 공개", "launch 2022-07-04"),
        ("4 Temmuz'da tanıtılacak", "launch 2022-07-04"),
        ("Meluncur 4 Juli", "launch 2022-07-04"),
        ("Ra mắt vào tháng 7", "launch 2022-07"),
        ("It may launch next month", "launch 2022-06"),
        ("下个月发布", "launch 2022-06"),
        ("来月発表へ", "launch 2022-06"),
        ("It launched on March 3", None),
        ("It was unveiled in 2021-12-28", None),
        ("It launches on June 31", None),
        ("The company was founded in July", None),
        ("It may launch soon", None),
        ("The 12 March issue", None),
    ],
)
def test_a_date_to_come_is_read_and_never_finer_than_the_text(text: str, expected: str | None) -> None:
    found = [f"{one.kind} {one.date}" for one in coming_dates(text, "", DAY, official=True)]
    assert found == ([expected] if expected else [])


def test_a_month_in_december_may_mean_the_next_year() -> None:
    found = coming_dates("It launches in February", "", date(2022, 12, 20), official=False)
    assert found == (ComingDate("launch", "2023-02", official=False),)


def test_without_a_day_of_publication_only_a_date_with_its_year_counts() -> None:
    assert coming_dates("It launches in July", "It launches on 4 July 2022.", None, official=True) == (
        ComingDate("launch", "2022-07-04", official=True),
    )


def test_the_finer_of_two_dates_stands_for_both() -> None:
    found = coming_dates("First phone launches in July", "Xiaomi unveils it on July 4.", DAY, official=True)
    assert [one.date for one in found] == ["2022-07-04"]


def test_launch_and_sale_are_told_apart() -> None:
    found = coming_dates("小米12S 7月4日发布，7月6日开售", "", DAY, official=True)
    assert [(one.kind, one.date) for one in found] == [("launch", "2022-07-04"), ("sale", "2022-07-06")]


@cache
def lines() -> list[dict[str, Any]]:
    text = (Path(__file__).parent / "dates.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


# Floors that may only rise; the figures stand in QUALITY.md.
PRECISION, RECALL = 0.97, 0.97


def test_labelled_dates_keep_their_floors() -> None:
    assert len(lines()) >= 100
    right = said = true = 0
    for line in lines():
        told = coming_dates(line["title"], "", date.fromisoformat(line["published"]), official=False)
        found = {f"{one.kind} {one.date}" for one in told}
        right += len(found & set(line["dates"]))
        said, true = said + len(found), true + len(line["dates"])
    assert right >= PRECISION * said
    assert right >= RECALL * true


@pytest.mark.parametrize(
    ("text", "day", "expected"),
    [
        ("The phone comes this summer", date(2022, 5, 23), ["2022"]),
        ("The phone comes this summer", date(2022, 10, 1), []),
        ("It launches in Q3", date(2022, 9, 30), ["2022"]),
        ("It launches in Q3", date(2022, 10, 1), []),
        ("It launches next year, in March 2023", date(2022, 10, 1), ["2023-03"]),
        ("It launches tomorrow", date(2022, 12, 31), ["2023-01-01"]),
    ],
)
def test_seasons_quarters_and_days_are_counted_from_the_day_of_publication(
    text: str, day: date, expected: list[str]
) -> None:
    assert [one.date for one in coming_dates(text, "", day, official=False)] == expected


def test_the_start_of_orders_is_neither_a_launch_nor_a_sale() -> None:
    assert coming_dates("Pre-orders open on 12 September, sales a week later", "", DAY, official=False) == ()


@given(st.text(max_size=60), st.dates(min_value=date(1990, 1, 1), max_value=date(9990, 1, 1)))
def test_no_text_breaks_it_and_no_date_is_past(text: str, day: date) -> None:
    for one in coming_dates("launch", text, day, official=False):
        assert one.date >= day.isoformat()[: len(one.date)]


def test_a_sentence_of_thousands_of_dates_ends_soon() -> None:
    found = coming_dates("", "launch on 1 July " * 3_000, date(2024, 5, 1), official=False)
    assert [one.date for one in found] == ["2024-07-01"]
