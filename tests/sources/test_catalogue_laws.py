"""Laws over the catalogue that is shipped: what holds for every source in it, and what no source may ask for."""

from __future__ import annotations

import re
import tomllib
from datetime import timedelta
from importlib.resources import files
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import soupsieve

from crawler.catalogue import Catalogue, Source, load, loads
from crawler.domain.models import Role
from crawler.errors import CatalogueError
from crawler.spiderloader import SPIDERS

SHIPPED = Path(__file__).parent.parent.parent / "spiders" / "sources.toml"
TEXT = SHIPPED.read_text(encoding="utf-8")
WORDS = files("crawler.domain") / "data"
MAKERS = set(tomllib.loads((WORDS / "makers.toml").read_text(encoding="utf-8")))
PARTNERS = set(tomllib.loads((WORDS / "products.toml").read_text(encoding="utf-8"))["partners"])
COMMENTS = {id_: above.splitlines() for above, id_ in re.findall(r"(?m)((?:^# .*\n)*)^\[(\w+)\]$", TEXT)}
"""The lines of comment above each source's table."""


@pytest.fixture(scope="module")
def shipped() -> Catalogue:
    return load(SHIPPED)


def newsrooms(shipped: Catalogue) -> list[Source]:
    return [source for source in shipped.values() if source.role is Role.BRAND]


# How many


def test_the_field_is_covered(shipped: Catalogue) -> None:
    assert len(shipped) >= 150
    assert len(newsrooms(shipped)) >= 40
    assert len({source.language.split("-")[0] for source in shipped.values()}) >= 15


def test_every_maker_that_sells_phones_worldwide_speaks_for_itself(shipped: Catalogue) -> None:
    wide = "apple samsung google xiaomi oppo vivo oneplus realme honor huawei motorola nothing sony asus hmd tecno"
    assert set(wide.split()) <= {brand for source in newsrooms(shipped) for brand in source.brands}


def test_the_languages_of_the_field_are_there(shipped: Catalogue) -> None:
    field = "cs de en es fr id it ja ko nl pl pt ru sv tr vi zh"
    assert {source.language.split("-")[0] for source in shipped.values()} >= set(field.split())


# Order and names


def test_the_file_stands_in_the_order_of_its_ids() -> None:
    ids = list(tomllib.loads(TEXT))
    assert ids == sorted(ids)


def test_every_source_is_fetched_by_https(shipped: Catalogue) -> None:
    assert [
        s.id for s in shipped.values() if not (s.url.startswith("https://") and s.home.startswith("https://"))
    ] == []


def test_no_two_sources_have_one_url_or_one_title(shipped: Catalogue) -> None:
    assert len({s.url.rstrip("/").lower() for s in shipped.values()}) == len(shipped)
    assert len({s.title.lower() for s in shipped.values()}) == len(shipped)


def test_sources_on_one_host_have_one_owner(shipped: Catalogue) -> None:
    owners: dict[str, set[str]] = {}
    for source in shipped.values():
        owners.setdefault((urlsplit(source.home).hostname or "").removeprefix("www."), set()).add(source.owner)
    assert {host: names for host, names in owners.items() if len(names) > 1} == {}


def test_every_time_zone_is_one_of_its_country(shipped: Catalogue) -> None:
    table = (files("tzdata") / "zoneinfo" / "zone.tab").read_text(encoding="utf-8")
    zones = {tuple(line.split("\t")[0:3:2]) for line in table.splitlines() if not line.startswith("#")}
    assert [s.id for s in shipped.values() if s.country != "ZZ" and (s.country, s.timezone) not in zones] == []


# Who leads


def test_newsrooms_rank_before_every_news_site(shipped: Catalogue) -> None:
    assert {s.id for s in shipped.values() if s.rank < 20} == {s.id for s in newsrooms(shipped)}


def test_the_makers_rank_before_their_partners(shipped: Catalogue) -> None:
    partners = {s.id for s in shipped.values() if PARTNERS.intersection(s.brands)}
    assert partners == {s.id for s in newsrooms(shipped) if s.rank >= 10}


def test_every_newsroom_speaks_for_brands_that_the_vocabulary_knows(shipped: Catalogue) -> None:
    named = {brand for source in shipped.values() for brand in source.brands}
    assert named - MAKERS - PARTNERS == set()


# What they were chosen on


def test_every_source_says_in_one_line_what_it_was_chosen_on(shipped: Catalogue) -> None:
    assert list(COMMENTS) == list(shipped)
    for id_, lines in COMMENTS.items():
        assert [bool(re.match("# evidence", line)) for line in lines].count(True) == 1, id_
        assert re.fullmatch(r"# evidence [ABC]: \S.*\S", lines[-1]), id_


def test_what_nobody_was_seen_to_read_is_unproven(shipped: Catalogue) -> None:
    assumed = [id_ for id_, lines in COMMENTS.items() if lines[-1].startswith("# evidence C:")]
    assert assumed == [source.id for source in shipped.values() if not source.proven]


def test_newsrooms_are_followed_or_say_why_not(shipped: Catalogue) -> None:
    silent = [s.id for s in newsrooms(shipped) if not s.follow and "not followed" not in " ".join(COMMENTS[s.id])]
    assert silent == []


def test_what_needs_a_browser_says_why(shipped: Catalogue) -> None:
    assert [s.id for s in shipped.values() if s.browser and "JavaScript" not in " ".join(COMMENTS[s.id])] == []


def test_every_selector_is_one(shipped: Catalogue) -> None:
    for source in shipped.values():
        for selector in source.listing.model_dump(exclude_none=True).values() if source.listing else ():
            soupsieve.compile(selector)


# Manners are the program's and no source's


def test_no_source_is_asked_more_than_every_quarter_of_an_hour(shipped: Catalogue) -> None:
    assert [s.id for s in shipped.values() if s.interval < timedelta(minutes=15)] == []


MANNERS = "robots obey delay throttle agent header cookie concurren proxy retry retries timeout verify cert ssl setting"


def test_the_catalogue_has_no_word_for_manners() -> None:
    assert [key for key in Source.model_fields if any(word in key.lower() for word in MANNERS.split())] == []


OTHER_MANNERS = (
    "robots obey ROBOTSTXT_OBEY delay DOWNLOAD_DELAY user_agent USER_AGENT headers cookies concurrency"
    " CONCURRENT_REQUESTS_PER_DOMAIN proxy retries timeout verify custom_settings"
)


@pytest.mark.parametrize("key", OTHER_MANNERS.split())
def test_a_source_that_asks_for_other_manners_is_refused(key: str) -> None:
    one = TEXT[TEXT.index("[gsmarena]") :].split("\n\n")[0]
    loads(one, "s.toml")
    for value in ("false", "0", '"x"', '{ROBOTSTXT_OBEY = "no"}'):
        with pytest.raises(CatalogueError, match=rf"^s\.toml: \[gsmarena\] {key}: is not a key here"):
            loads(f"{one}\n{key} = {value}", "s.toml")


def test_no_spider_brings_settings_of_its_own() -> None:
    assert {kind.value: spider.custom_settings for kind, spider in SPIDERS.items() if spider.custom_settings} == {}
