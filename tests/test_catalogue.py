"""The catalogue: what it accepts, and the line it gives for what it does not."""

from __future__ import annotations

import json
import re
import tomllib
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.catalogue import Api, Kind, load, loads
from crawler.domain.forms import duration
from crawler.domain.models import Role, SourceFacts
from crawler.errors import CatalogueError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

ONE = """
[handy_blatt]
title = "Handy-Blatt"
home = "https://handyblatt.example/"
kind = "feed"
url = "https://handyblatt.example/rss"
role = "news"
language = "de"
country = "DE"
owner = "blatt_verlag"
timezone = "Europe/Berlin"
interval = "30m"
rank = 20
"""
MAKER = """
[acme]
title = "Acme Newsroom"
home = "https://acme.example/"
kind = "listing"
url = "https://acme.example/news"
role = "brand"
brands = ["acme", "acme_mini"]
language = "en"
country = "US"
owner = "acme"
timezone = "America/New_York"
interval = "2h"
rank = 1
follow = true
silence = "90d"
[acme.listing]
item = "li.news"
link = "a"
title = "h3"
date = "time"
"""


def test_a_table_becomes_a_source() -> None:
    source = loads(ONE, "s.toml")["handy_blatt"]
    assert (source.id, source.title, source.kind, source.role) == ("handy_blatt", "Handy-Blatt", Kind.FEED, Role.NEWS)
    assert source.interval == timedelta(minutes=30)
    assert str(source.zone) == "Europe/Berlin"
    assert (source.brands, source.follow, source.listing, source.silence) == ((), False, None, None)


def test_a_newsroom_without_a_feed_brings_its_selectors() -> None:
    source = loads(MAKER, "s.toml")["acme"]
    assert source.listing is not None
    assert (source.listing.item, source.listing.date) == ("li.news", "time")
    assert (source.follow, source.silence) == (True, timedelta(days=90))


@pytest.mark.parametrize(("path", "prefixes"), [('"/news/"', ("/news/",)), ('["/a/", "/b/"]', ("/a/", "/b/"))])
def test_a_sitemap_brings_what_the_paths_of_articles_begin_with(path: str, prefixes: tuple[str, ...]) -> None:
    text = ONE.replace('"feed"', '"sitemap"') + f"[handy_blatt.sitemap]\npath = {path}\n"
    source = loads(text, "s.toml")["handy_blatt"]
    assert source.sitemap is not None
    assert (source.kind, source.sitemap.path) == (Kind.SITEMAP, prefixes)


def test_an_api_is_named() -> None:
    source = loads(ONE.replace('kind = "feed"', 'kind = "api"\napi = "oppo"'), "s.toml")["handy_blatt"]
    assert (source.kind, source.api) == (Kind.API, Api.OPPO)


def test_a_source_is_proven_and_needs_no_browser_unless_it_says_so() -> None:
    plain = loads(ONE, "s.toml")["handy_blatt"]
    marked = loads(ONE + "proven = false\nbrowser = true\n", "s.toml")["handy_blatt"]
    assert [(source.proven, source.browser) for source in (plain, marked)] == [(True, False), (False, True)]


def test_the_facts_are_what_the_decisions_need() -> None:
    assert loads(MAKER, "s.toml").facts["acme"] == SourceFacts(
        id="acme",
        name="Acme Newsroom",
        role=Role.BRAND,
        owner="acme",
        language="en",
        brands=("acme", "acme_mini"),
        rank=1,
        home="https://acme.example/",
    )


def test_sources_come_in_the_order_of_their_ids_whatever_the_order_in_the_file() -> None:
    assert list(loads(ONE + MAKER, "s.toml")) == list(loads(MAKER + ONE, "s.toml")) == ["acme", "handy_blatt"]


def test_a_source_cannot_be_changed() -> None:
    with pytest.raises(ValueError, match="frozen"):
        setattr(loads(ONE, "s.toml")["handy_blatt"], "rank", 0)  # noqa: B010 - mypy forbids the plain form


def test_a_selection_keeps_its_order_and_takes_each_source_once() -> None:
    chosen = loads(ONE + MAKER, "s.toml").select(["handy_blatt", "acme", "handy_blatt"])
    assert [source.id for source in chosen] == ["handy_blatt", "acme"]


def test_an_unknown_source_is_answered_with_the_nearest_one() -> None:
    catalogue = loads(ONE + MAKER, "s.toml")
    assert "handyblatt" not in catalogue
    assert catalogue.get("handyblatt") is None
    with pytest.raises(
        CatalogueError, match=re.escape("s.toml: has no source 'handyblatt'; did you mean 'handy_blatt'?")
    ):
        catalogue.select(["acme", "handyblatt"])


MISTAKES = [
    ('"30m"', '"0m"', "interval: '0m' must be more than zero"),
    ('"30m"', '"30 minutes"', "interval: '30 minutes' must be a whole number and a unit"),
    ('"30m"', "30", "interval: 30 must be a whole number and a unit"),
    ("rank = 20", 'rank = "20"', "rank: '20' must be a valid integer"),
    ("rank = 20", "rank = true", "rank: True must be a valid integer"),
    ("rank = 20", "rank = 100", "rank: 100 must be less than or equal to 99"),
    ("rank = 20", 'rank = 20\nfollow = "yes"', "follow: 'yes' must be a valid boolean"),
    ('kind = "feed"', 'kind = "page"', "kind: 'page' must be 'feed', 'listing', 'sitemap' or 'api'"),
    ('kind = "feed"', 'kind = "listing"', "listing: kind listing needs it"),
    ('kind = "feed"', 'kind = "sitemap"', "sitemap: kind sitemap needs it"),
    ('kind = "feed"', 'kind = "api"', "api: kind api needs it"),
    ("rank = 20", 'rank = 20\nlisting = {item = "a", link = "a", title = "a"}', "listing: kind listing needs"),
    ("rank = 20", 'rank = 20\nlisting = {link = "a", title = "a"}', "listing.item: is missing"),
    ("rank = 20", 'rank = 20\nsitemap = {path = "/news/"}', "sitemap: kind sitemap needs it, and no other kind has it"),
    ("rank = 20", 'rank = 20\nsitemap = {path = "news/"}', "sitemap.path.0: 'news/' must be the beginning of a path"),
    ("rank = 20", 'rank = 20\nsitemap = {path = "/a?b"}', "sitemap.path.0: '/a?b' must be the beginning of a path"),
    ("rank = 20", "rank = 20\nsitemap = {path = []}", "sitemap.path: [] Value should have at least 1 item"),
    ("rank = 20", 'rank = 20\nsitemap = {paths = "/"}', "sitemap.paths: is not a key here; did you mean 'path'?"),
    ("rank = 20", 'rank = 20\napi = "oppo"', "api: kind api needs it, and no other kind has it"),
    ("rank = 20", 'rank = 20\napi = "acme"', "api: 'acme' must be 'xiaomi', 'oppo' or 'qualcomm'"),
    ("rank = 20", 'rank = 20\nproven = "no"', "proven: 'no' must be a valid boolean"),
    ("rank = 20", "rank = 20\nbrowser = 1", "browser: 1 must be a valid boolean"),
    ('role = "news"', 'role = "brand"', "brands: a newsroom (role brand) names at least one"),
    ("rank = 20", 'rank = 20\nbrands = ["acme"]', "brands: a newsroom (role brand) names at least one"),
    ("rank = 20", 'rank = 20\nbrands = "acme"', "brands: 'acme' must be a valid tuple"),
    ('"de"', '"german"', "language: 'german' must be a BCP 47 tag"),
    ('"DE"', '"Germany"', "country: 'Germany' must be two capital letters"),
    ("Europe/Berlin", "Berlin", "timezone: 'Berlin' must be an IANA time zone"),
    ("Europe/Berlin", "../etc", "timezone: '../etc' must be an IANA time zone"),
    ("Europe/Berlin", "Europe", "timezone: 'Europe' must be an IANA time zone"),
    ("https://handyblatt.example/rss", "file:///etc/passwd", "url: 'file:///etc/passwd' must be an absolute address"),
    ("https://handyblatt.example/rss", "handyblatt.example", "url: 'handyblatt.example' must be an absolute address"),
    ("https://handyblatt.example/rss", "https://[x", "url: 'https://[x' must be an absolute address"),
    ("https://handyblatt.example/rss", "https://a:b@c.example", "must not hold a user name"),
    ("https://handyblatt.example/rss", "https://c.example/ x", "must not hold white space"),
    ("title =", "titel =", "titel: is not a key here; did you mean 'title'?"),
    ('owner = "blatt_verlag"', "", "owner: is missing"),
    ('title = "Handy-Blatt"', 'title = ""', "title: '' String should have at least 1 character"),
    ("rank = 20", 'rank = 20\nid = "x"', "id: is not a key here; the table's name is the id"),
]


@pytest.mark.parametrize(("right", "wrong", "said"), MISTAKES)
def test_a_mistake_is_one_line_with_file_table_and_key(right: str, wrong: str, said: str) -> None:
    text = ONE.replace(right, wrong, 1)
    assert text != ONE
    with pytest.raises(CatalogueError) as caught:
        loads(text, "s.toml")
    line = str(caught.value)
    assert line.startswith("s.toml: [handy_blatt] ")
    assert said in line
    assert "\n" not in line


@pytest.mark.parametrize("id_", ["Acme", "1st", "a-b", "_x", '"ä"', '"a b"', "a" * 41])
def test_an_id_is_small_letters_digits_and_underscores(id_: str) -> None:
    with pytest.raises(CatalogueError, match=r"id: .* must be small letters"):
        loads(ONE.replace("handy_blatt", id_), "s.toml")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[a\n", "s.toml: is not TOML: "),
        (ONE + ONE, "s.toml: is not TOML: "),
        ("", "s.toml: names no source"),
        ("delay = 5\n" + ONE, "s.toml: delay stands outside a table"),
    ],
)
def test_a_file_that_is_no_catalogue_is_one_line(text: str, said: str) -> None:
    with pytest.raises(CatalogueError) as caught:
        loads(text, "s.toml")
    assert str(caught.value).startswith(said)
    assert "\n" not in str(caught.value)


def test_two_sources_cannot_share_a_url() -> None:
    with pytest.raises(CatalogueError, match=r"\[zwilling\] url: .* is also that of \[handy_blatt\]"):
        loads(ONE + ONE.replace("handy_blatt", "zwilling"), "s.toml")


def test_a_missing_file_and_one_in_another_encoding_are_one_line_each(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError, match=r"none\.toml: cannot be read: No such file"):
        load(tmp_path / "none.toml")
    latin = tmp_path / "latin.toml"
    latin.write_bytes(ONE.replace("Handy-Blatt", "Händy").encode("latin-1"))
    with pytest.raises(CatalogueError, match=r"latin\.toml: is not UTF-8 text"):
        load(latin)


@given(st.integers(1, 999_999), st.sampled_from("smhd"))
def test_a_duration_is_its_number_of_units(number: int, unit: str) -> None:
    assert duration(f"{number}{unit}") == number * duration(f"1{unit}")


def outcome(make: Callable[[], object]) -> str:
    """What a person reads: the result, or the error's line."""
    try:
        return repr(make())
    except (ValueError, CatalogueError) as error:
        return str(error)


@given(st.text(max_size=12))
def test_any_text_is_a_duration_or_told_how_to_write_one(text: str) -> None:
    assert outcome(lambda: duration(text)).startswith(("datetime.timedelta(", "must be"))


TEXTS = st.text(st.characters(exclude_categories=["C"]), max_size=9)
VALUES = st.one_of(st.integers(), st.booleans(), st.floats(allow_nan=False, allow_infinity=False), TEXTS)


@given(st.sampled_from([*tomllib.loads(ONE)["handy_blatt"], "brands", "silence", "listing"]), VALUES | st.lists(VALUES))
def test_whatever_stands_in_a_key_the_outcome_is_a_catalogue_or_one_line(key: str, value: object) -> None:
    lines = [line for line in ONE.splitlines() if not line.startswith(f"{key} =")]
    text = "\n".join([*lines, f"{key} = {json.dumps(value, ensure_ascii=False)}"])
    line = outcome(lambda: loads(text, "s.toml"))
    assert line.startswith(("Catalogue(", f"s.toml: [handy_blatt] {key}", "s.toml: [handy_blatt] brands: a newsroom"))
    assert "\n" not in line
