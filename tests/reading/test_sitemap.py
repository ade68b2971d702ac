from __future__ import annotations

import gzip
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.errors import ReadingError
from crawler.reading import sitemap
from crawler.reading.models import MapLink, SitemapReading

if TYPE_CHECKING:
    from crawler.domain.models import Entry

URL = "https://acme.example/sitemap.xml"
SPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
OTHERS = (
    'xmlns:image="http://www.google.com/schemas/sitemap-image/1.1" '
    'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml"'
)
NEWS = """<news:news>
  <news:publication><news:name>Acme Daily</news:name><news:language>de</news:language></news:publication>
  <news:publication_date>2026-06-09T10:30:00+02:00</news:publication_date>
  <news:title>Acme &amp; Sons zeigen das "Phone&nbsp;9"</news:title>
</news:news>"""


def urlset(*places: str, tail: str = "</urlset>") -> bytes:
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="{SPACE}" {OTHERS}>{"".join(places)}{tail}'.encode()


def place(path: str, lastmod: str = "", more: str = "") -> str:
    changed = f"<lastmod>{lastmod}</lastmod>" if lastmod else ""
    return f"<url><loc>https://acme.example{path}</loc>{changed}{more}</url>"


def index(*maps: tuple[str, str], tail: str = "</sitemapindex>") -> bytes:
    places = "".join(
        f"<sitemap><loc>{loc}</loc>{f'<lastmod>{changed}</lastmod>' if changed else ''}</sitemap>"
        for loc, changed in maps
    )
    return f'<sitemapindex xmlns="{SPACE}">{places}{tail}'.encode()


def read(body: bytes, *prefixes: str) -> SitemapReading:
    return sitemap.parse(body, URL, prefixes or ("/news/",), timezone=ZoneInfo("Asia/Shanghai"))


def paths(entries: tuple[Entry, ...]) -> list[str]:
    return [entry.url.removeprefix("https://acme.example") for entry in entries]


def test_only_addresses_below_the_prefixes_are_articles() -> None:
    body = urlset(*map(place, ["/", "/news/", "/news", "/news/one", "/shop/two", "/newsletter/x", "/press/three"]))
    assert paths(read(body).entries) == ["/news/one"]
    assert paths(read(body, "/news/", "/press/").entries) == ["/news/one", "/press/three"]


def test_lastmod_gives_the_order_and_never_the_date() -> None:
    body = urlset(place("/news/old", "2026-01-02"), place("/news/none"), place("/news/new", "2026-06-09T01:00:00Z"))
    entries = read(body).entries
    assert paths(entries) == ["/news/new", "/news/old", "/news/none"]
    assert {(entry.title, entry.published) for entry in entries} == {("", None)}
    assert entries[0].updated == datetime(2026, 6, 9, 1, tzinfo=UTC)


def test_without_lastmod_the_month_in_the_address_gives_the_order() -> None:
    body = urlset(*map(place, ["/news/2024/11/b/", "/news/x", "/news/2026/08/a/", "/news/2026/13/c/"]))
    assert paths(read(body).entries) == ["/news/2026/08/a/", "/news/2024/11/b/", "/news/x", "/news/2026/13/c/"]


def test_news_bring_title_date_and_language() -> None:
    (entry,) = read(urlset(place("/news/one", "2026-09-01", NEWS))).entries
    assert entry.title == 'Acme & Sons zeigen das "Phone 9"'
    assert entry.published == datetime(2026, 6, 9, 8, 30, tzinfo=UTC)
    assert entry.language == "de"


@pytest.mark.parametrize("language", ["German", "", "<b>de</b>x y", "x" * 90])
def test_a_language_that_is_no_tag_is_none(language: str) -> None:
    news = NEWS.replace(">de<", f">{language}<")
    assert read(urlset(place("/news/one", more=news))).entries[0].language is None


def test_a_day_without_a_clock_is_of_the_sources_own_zone() -> None:
    news = NEWS.replace("2026-06-09T10:30:00+02:00", "2026-06-09")
    assert read(urlset(place("/news/one", more=news))).entries[0].published == datetime(2026, 6, 8, 16, tzinfo=UTC)


def test_images_videos_and_alternates_are_no_articles() -> None:
    more = (
        "<image:image><image:loc>https://acme.example/news/a.jpg</image:loc><image:title>No title</image:title>"
        '</image:image><xhtml:link rel="alternate" hreflang="de" href="https://acme.example/news/de"/>'
    )
    (entry,) = read(urlset(place("/news/one", more=more))).entries
    assert (paths((entry,)), entry.title) == (["/news/one"], "")
    first = "<url><image:loc>https://acme.example/news/a.jpg</image:loc><loc>https://acme.example/news/one</loc></url>"
    assert paths(read(urlset(first)).entries) == ["/news/one"]


def test_prefixes_of_namespaces_may_be_any_or_declared_nowhere() -> None:
    own = f'<s:urlset xmlns:s="{SPACE}"><s:url><s:loc>{URL[:-12]}/news/one</s:loc></s:url></s:urlset>'
    assert paths(read(own.encode()).entries) == ["/news/one"]
    bare = f"<urlset>{place('/news/one', more=NEWS)}</urlset>"
    assert read(bare.encode()).entries[0].title.startswith("Acme & Sons")


def test_addresses_of_another_site_are_left_out() -> None:
    body = urlset(place("/news/one"), "<url><loc>https://evil.example/news/two</loc></url>")
    body = body.replace(b"</urlset>", b"<url><loc>https://www.acme.example/news/three</loc></url></urlset>")
    assert [entry.url for entry in read(body).entries] == [
        "https://acme.example/news/one",
        "https://www.acme.example/news/three",
    ]


def test_an_address_named_twice_is_one_entry() -> None:
    assert len(read(urlset(place("/news/one"), place("/news/one", "2026-01-01"))).entries) == 1


def test_at_most_a_thousand_entries_are_kept_and_those_are_the_newest() -> None:
    body = urlset(
        *(place(f"/news/{number}", f"{1970 + number // 12}-{number % 12 + 1:02}-01") for number in range(1200))
    )
    entries = read(body).entries
    assert len(entries) == sitemap.MOST_ENTRIES
    assert (paths(entries)[0], paths(entries)[-1]) == ("/news/1199", "/news/200")


def test_an_index_gives_its_sitemaps_newest_first_and_of_this_site_alone() -> None:
    body = index(
        ("https://acme.example/a.xml", "2025-01-01"),
        ("https://evil.example/b.xml", "2026-08-01"),
        ("https://acme.example/c.xml.gz", "2026-01-01T00:00:00Z"),
        ("/d.xml", ""),
    )
    found = read(body)
    assert found.entries == ()
    assert found.maps == (
        MapLink("https://acme.example/c.xml.gz", datetime(2026, 1, 1, tzinfo=UTC)),
        MapLink("https://acme.example/a.xml", datetime(2024, 12, 31, 16, tzinfo=UTC)),
        MapLink("https://acme.example/d.xml", None),
    )


def test_gzip_is_undone_as_far_as_it_goes() -> None:
    body = gzip.compress(urlset(*(place(f"/news/{number}") for number in range(3000))))
    assert len(read(body).entries) == 1000
    half = read(body[: len(body) // 2])
    assert half.entries
    assert half.problem == "broken off: the last entry is left out"


def test_a_small_gzip_that_holds_a_huge_document_is_read_up_to_a_limit() -> None:
    bomb = gzip.compress(urlset(place("/news/one"), "<!--", "x" * 40 * 2**20))
    assert len(bomb) < 100_000
    with pytest.raises(ReadingError, match=r"^empty: "):
        read(bomb)  # the one entry is the last before the break


def test_a_sitemap_broken_off_loses_its_last_entry_alone() -> None:
    body = urlset(place("/news/one"), place("/news/two"), tail="<url><loc>https://acme.example/news/thr")
    found = read(body)
    assert paths(found.entries) == ["/news/one", "/news/two"]
    assert found.problem == "broken off: the last entry is left out"
    maps = read(index(("/a.xml", ""), tail="<sitemap><loc>https://acme.example/b.x")).maps
    assert [one.url for one in maps] == ["https://acme.example/a.xml"]


def test_a_bare_ampersand_costs_nothing() -> None:
    found = read(urlset(place("/news/one?a=1&b=2"), place("/news/two")))
    assert paths(found.entries) == ["/news/one?a=1&b=2", "/news/two"]
    assert found.problem is None


def test_a_tag_left_open_is_told_and_the_rest_is_read() -> None:
    found = read(urlset(place("/news/one"), "<url><loc>https://acme.example/shop</url>", place("/news/two")))
    assert paths(found.entries) == ["/news/one", "/news/two"]
    assert str(found.problem).startswith("broken: ")


LAUGHS = b"""<?xml version="1.0"?><!DOCTYPE urlset [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>
<urlset><url><loc>https://acme.example/news/&b;</loc></url></urlset>"""
FILE = b"""<?xml version="1.0"?><!DOCTYPE urlset [<!ENTITY x SYSTEM "file:///etc/passwd">]>
<urlset><url><loc>https://acme.example/news/&x;</loc></url></urlset>"""


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "empty"),
        (b"not found", "unparsable"),
        (b"<html><head><title>Access Denied</title></head><body>Access Denied</body></html>", "blocked"),
        (b"<!DOCTYPE html><html><body>shop</body></html>", "unparsable"),
        (b'<rss version="2.0"><channel/></rss>', "unparsable"),
        (b'{"urls": []}', "unparsable"),
        (b"\x1f\x8b\x08 no gzip at all", "unparsable"),
        (LAUGHS, "unparsable"),
        (FILE, "unparsable"),
        (urlset(), "empty"),
        (urlset(place("/shop/one")), "empty"),
        (index(("https://evil.example/a.xml", "")), "empty"),
    ],
)
def test_what_is_no_sitemap_of_articles_says_why(body: bytes, reason: str) -> None:
    with pytest.raises(ReadingError, match=f"^{reason}: "):
        read(body)


def test_an_outer_document_type_is_neither_fetched_nor_in_the_way() -> None:
    body = b'<!DOCTYPE urlset SYSTEM "http://evil.example/x.dtd">' + urlset(place("/news/one")).partition(b"\n")[2]
    assert paths(read(body).entries) == ["/news/one"]


SOUND = urlset(place("/news/one", "2026-06-09", NEWS), place("/news/two?a=1&b=2", "x"), place("/other"))


@given(st.data())
def test_however_a_sitemap_is_damaged_it_is_read_or_refused(data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(SOUND)))
    end = data.draw(st.integers(start, len(SOUND)))
    body = SOUND[:start] + data.draw(st.binary(max_size=20)) + SOUND[end:]
    body = gzip.compress(body)[: data.draw(st.integers(1, 400))] if data.draw(st.booleans()) else body
    try:
        found = read(body)
    except ReadingError:
        return
    assert bool(found.entries) != bool(found.maps)
    assert all(entry.url.startswith("https://acme.example/news/") for entry in found.entries)
