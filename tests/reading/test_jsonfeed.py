from __future__ import annotations

import contextlib
import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.domain.models import Entry
from crawler.errors import ReadingError
from crawler.reading import jsonfeed, jsonvalue

if TYPE_CHECKING:
    from crawler.reading.models import Reading

URL = "https://news.example/feed.json"
ITEM = {"id": "1", "url": "/phone", "title": "Maker shows phone"}


def read(*items: object, **members: object) -> Reading:
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "News", "items": list(items), **members}
    return jsonfeed.parse(json.dumps(feed).encode(), URL)


def test_an_item_gives_everything_that_an_entry_can_hold() -> None:
    item = ITEM | {
        "content_html": '<p>Long.</p><iframe src="https://player.vimeo.com/video/1"></iframe>',
        "summary": "Short.",
        "date_published": "2026-06-09T12:00:00+02:00",
        "date_modified": "2026-06-10T12:00:00Z",
        "authors": [{"name": "A"}, {"name": "B"}],
        "image": "/a.jpg",
    }
    assert read(item, language="de").entries == (
        Entry(
            url="https://news.example/phone",
            title="Maker shows phone",
            summary="Short.",
            body="Long.",
            published=datetime(2026, 6, 9, 10, tzinfo=UTC),
            updated=datetime(2026, 6, 10, 12, tzinfo=UTC),
            guid="1",
            language="de",
            authors=("A", "B"),
            image="https://news.example/a.jpg",
            videos=("https://vimeo.com/1",),
        ),
    )


def test_version_1_has_one_author_and_text_without_html() -> None:
    item = ITEM | {"content_text": "One.\n\nTwo.", "author": {"name": "A"}}
    (entry,) = read(item, version="https://jsonfeed.org/version/1").entries
    assert (entry.authors, entry.body) == (("A",), "One.\nTwo.")


def test_a_number_for_an_id_and_a_missing_title_are_read() -> None:
    (entry,) = read({"id": 42, "url": "/a", "title": None, "content_text": "First words.\nMore."}).entries
    assert (entry.guid, entry.title) == ("42", "First words.")


def test_an_id_that_is_an_address_is_the_link_where_there_is_none() -> None:
    (entry,) = read({"id": "https://news.example/a", "title": "A"}).entries
    assert entry.url == "https://news.example/a"


def test_wrong_types_anywhere_cost_only_their_own_item() -> None:
    wrong = ITEM | {
        "authors": "A",
        "author": ["B"],
        "attachments": {"url": 1},
        "image": True,
        "date_published": 7,
        "tags": 3,
    }
    reading = read(wrong, "no item", 17, None, {"url": ["a"]}, {"url": "javascript:alert(1)", "title": "x"})
    assert [entry.title for entry in reading.entries] == ["Maker shows phone"]
    assert reading.problem == "5 of 6 items without an address or a title"


def test_half_a_surrogate_pair_can_be_stored() -> None:
    body = b'{"items": [{"url": "/a", "title": "A \\ud83d phone"}]}'
    (entry,) = jsonfeed.parse(body, URL).entries
    assert entry.title.encode()


def test_a_byte_order_mark_does_no_harm() -> None:
    assert jsonfeed.parse(b"\xef\xbb\xbf" + json.dumps({"items": [ITEM]}).encode(), URL).entries


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "empty"),
        (b'{"items": [', "unparsable"),
        (b"[" * 100_000, "unparsable"),
        (b'{"error": "Access Denied"}', "unparsable"),
        (b"[1, 2]", "unparsable"),
        (b'{"items": {}}', "unparsable"),
        (b'{"items": []}', "empty"),
        (b'{"items": [{}]}', "empty"),
        (b" " * (jsonvalue.MOST_BYTES + 1), "unparsable"),
    ],
)
def test_what_is_no_json_feed_says_why(body: bytes, reason: str) -> None:
    with pytest.raises(ReadingError) as caught:
        jsonfeed.parse(body, URL)
    assert caught.value.reason == reason


VALUES = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=20) | st.integers(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["name", "url", "mime_type"]), inner),
    max_leaves=5,
)
KEYS = st.sampled_from(
    ["id", "url", "title", "content_html", "summary", "date_published", "authors", "attachments", "image"]
)


@given(st.lists(st.dictionaries(KEYS, VALUES), max_size=3))
def test_any_json_gives_entries_or_a_reading_error(items: list[dict[str, object]]) -> None:
    with contextlib.suppress(ReadingError):
        assert all(entry.title and entry.url.startswith("http") for entry in read(*items, ITEM).entries)
