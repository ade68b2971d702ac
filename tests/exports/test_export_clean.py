from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.domain.urls import resolve
from exports import clean
from exports.clean import kept, line, stamp, web


@given(st.text(st.characters(), max_size=300), st.integers(5, 100))
def test_a_line_is_short_clean_and_stays_as_it_is(text: str, limit: int) -> None:
    once = line(text, limit)
    assert len(once) <= limit
    assert once == once.strip()
    assert len(once.splitlines()) <= 1
    assert line(once, limit) == once
    once.encode()


def test_a_long_line_ends_at_a_word_where_one_ends_near() -> None:
    assert line("Xiaomi shows the new phone", 22) == "Xiaomi shows the new…"
    assert line("小米" * 20, 5) == "小米小米…"


def test_what_stands_behind_a_megabyte_of_nothing_is_not_looked_for() -> None:
    assert line(" " * 1_000_000 + "title", 300) == ""


@given(st.text(max_size=60) | st.from_regex(r"https?://[a-zäç中.]{1,9}(/[!-~ä中 ]{0,20})?", fullmatch=True))
def test_an_address_is_http_and_stays_as_it_is(text: str) -> None:
    once = web(text)
    assert once == "" or once.startswith(("http://", "https://"))
    assert web(once) == once


@pytest.mark.parametrize(
    "address", [None, "", "/a", "//a.example/", "mailto:a@b.example", "https://", "https://a@b.example/"]
)
def test_what_is_no_web_address_gives_none(address: str | None) -> None:
    assert web(address) == ""


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://a.example/x?tags[]=1&b=c|d", "https://a.example/x?tags%5B%5D=1&b=c%7Cd"),
        ("https://a.example/p[1].html#[x]", "https://a.example/p%5B1%5D.html#%5Bx%5D"),
        ("http://[2001:db8::1]/[x]", "http://[2001:db8::1]/%5Bx%5D"),
        (f"https://a.example/{'[' * 2000}", ""),
    ],
)
def test_brackets_stand_in_an_address_as_rfc_3986_wants_them(address: str, expected: str) -> None:
    assert web(address) == expected
    assert web(expected) == expected


def test_a_time_is_told_in_utc_to_the_second() -> None:
    sofia = timezone(timedelta(hours=3))
    assert stamp(datetime(2022, 5, 23, 11, 0, 5, 999, tzinfo=sofia)) == "2022-05-23T08:00:05Z"
    assert stamp(datetime(22, 5, 3, tzinfo=UTC)) == "0022-05-03T00:00:00Z"


def test_zero_and_false_say_something_and_nothing_does_not() -> None:
    assert kept({"a": 0, "b": False, "c": None, "d": "", "e": [], "f": {}}) == {"a": 0, "b": False}


@given(st.from_regex(r"https?://[a-z0-9.-]{1,30}/[A-Za-z0-9./_-]{0,30}", fullmatch=True))
def test_addresses_that_are_taken_as_they_are_are_those_that_come_out_as_they_are(address: str) -> None:
    if clean._PLAIN.fullmatch(address):
        assert resolve(address, address) == address
