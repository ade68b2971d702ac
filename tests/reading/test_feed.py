from __future__ import annotations

import pickle
import time
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.domain.models import Entry
from crawler.errors import ReadingError
from crawler.reading import feed, mending

if TYPE_CHECKING:
    from crawler.reading.models import Reading

URL = "https://news.example/feeds/all"
NAMESPACES = (
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    ' xmlns:media="http://search.yahoo.com/mrss/" xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"'
)


def rss(items: str, head: str = "", declaration: str = '<?xml version="1.0" encoding="utf-8"?>') -> str:
    return f'{declaration}<rss version="2.0" {NAMESPACES}><channel><title>News</title>{head}{items}</channel></rss>'


def item(inside: str = "", title: str = "Maker shows phone", link: str = "/phone") -> str:
    return f"<item><title>{title}</title><link>{link}</link>{inside}</item>"


def read(document: str | bytes, content_type: str | None = None, zone: str = "UTC") -> Reading:
    body = document.encode() if isinstance(document, str) else document
    return feed.parse(body, URL, content_type, ZoneInfo(zone))


def only(document: str | bytes, zone: str = "UTC") -> Entry:
    (entry,) = read(document, zone=zone).entries
    return entry


def reason(document: str | bytes) -> str:
    with pytest.raises(ReadingError) as caught:
        read(document)
    return caught.value.reason


def test_rss_2_gives_everything_that_an_entry_can_hold() -> None:
    entry = only(
        rss(
            item(
                "<description>&lt;p&gt;Short.&lt;/p&gt;</description>"
                "<content:encoded><![CDATA[<p>Long text.</p><p>More.</p>"
                '<iframe src="https://www.youtube.com/embed/abcdef12345"></iframe>]]></content:encoded>'
                "<pubDate>Tue, 09 Jun 2026 12:00:00 GMT</pubDate><guid isPermaLink='false'>42</guid>"
                "<dc:creator>A. Writer</dc:creator><media:thumbnail url='/a.jpg'/>"
            )
        )
    )
    assert entry == Entry(
        url="https://news.example/phone",
        title="Maker shows phone",
        summary="Short.",
        body="Long text.\nMore.",
        published=datetime(2026, 6, 9, 12, tzinfo=UTC),
        guid="42",
        authors=("A. Writer",),
        image="https://news.example/a.jpg",
        videos=("https://www.youtube.com/watch?v=abcdef12345",),
    )


def test_atom_gives_its_alternate_link_its_dates_its_authors_and_its_language() -> None:
    entry = only(
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de"><title>News</title><entry><id>urn:1</id>'
        '<link rel="self" href="/self"/><link rel="alternate" href="/phone"/><title type="html">A &amp;amp; B</title>'
        "<published>2026-06-09T12:00:00Z</published><updated>2026-06-10T12:00:00Z</updated>"
        "<author><name>A</name></author><author><name>B</name></author><summary>Short.</summary></entry></feed>"
    )
    assert (entry.url, entry.title, entry.guid) == ("https://news.example/phone", "A & B", "urn:1")
    assert entry.published == datetime(2026, 6, 9, 12, tzinfo=UTC)
    assert entry.updated == datetime(2026, 6, 10, 12, tzinfo=UTC)
    assert (entry.authors, entry.language) == (("A", "B"), "de")


def test_rdf_without_dates_is_read() -> None:
    reading = read(
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">'
        '<channel rdf:about="/"><title>News</title></channel>'
        '<item rdf:about="/1"><title>One</title><link>/1</link></item>'
        '<item rdf:about="/2"><title>Two</title><link>/2</link></item></rdf:RDF>'
    )
    assert [(entry.title, entry.published) for entry in reading.entries] == [("One", None), ("Two", None)]
    assert reading.title == "News"


@pytest.mark.parametrize("version", ["0.91", "0.92", "0.94"])
def test_old_rss_is_read(version: str) -> None:
    assert only(f'<rss version="{version}"><channel>{item()}</channel></rss>').title == "Maker shows phone"


def test_dc_date_is_a_date() -> None:
    assert only(rss(item("<dc:date>2026-06-09T12:00:00+02:00</dc:date>"))).published == datetime(
        2026, 6, 9, 10, tzinfo=UTC
    )


@pytest.mark.parametrize(
    ("stated", "zone", "expected"),
    [
        ("Tue, 09 Jun 2026 12:00:00 IST", "Asia/Kolkata", "2026-06-09T06:30"),
        ("Tue, 09 Jun 2026 12:00:00 CST", "Asia/Shanghai", "2026-06-09T04:00"),
        ("2026年11月19日", "Asia/Shanghai", "2026-11-18T16:00"),
        ("2026-06-09 12:00:00", "Europe/Berlin", "2026-06-09T10:00"),
    ],
)
def test_dates_are_read_by_our_rules_in_the_sources_zone(stated: str, zone: str, expected: str) -> None:
    entry = only(rss(item(f"<pubDate>{stated}</pubDate>")), zone)
    assert entry.published == datetime.fromisoformat(expected).replace(tzinfo=UTC)


@pytest.mark.parametrize("charset", ["iso-8859-1", "utf-8", "utf-16"])
def test_a_declared_charset_is_obeyed(charset: str) -> None:
    document = rss(item(title="Größeres Gerät für München"), declaration=f'<?xml version="1.0" encoding="{charset}"?>')
    assert only(document.encode(charset)).title == "Größeres Gerät für München"


@pytest.mark.parametrize(
    ("charset", "title"),
    [("gbk", "小米与徕卡合作"), ("shift_jis", "新しい携帯を発表"), ("windows-1251", "Новый телефон")],
)
def test_the_headers_charset_is_obeyed(charset: str, title: str) -> None:
    document = rss(item(title=title), declaration="")
    assert read(document.encode(charset), f"text/xml; charset={charset}").entries[0].title == title


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "https://a:b@evil.example/"]
)
def test_an_entry_with_a_bad_link_is_left_out_and_the_others_stay(link: str) -> None:
    assert [entry.title for entry in read(rss(item(link=link) + item(title="Good"))).entries] == ["Good"]


def test_a_guid_is_a_link_only_where_it_is_an_address() -> None:
    permalink = "<item><title>A</title><guid>https://news.example/a</guid></item>"
    number = "<item><title>B</title><guid>17</guid></item>"
    assert [entry.url for entry in read(rss(permalink + number)).entries] == ["https://news.example/a"]


def test_an_entry_with_only_an_enclosure_links_to_it() -> None:
    entry = only(rss('<item><title>A</title><enclosure url="/a.mp3" type="audio/mpeg" length="1"/></item>'))
    assert (entry.url, entry.image) == ("https://news.example/a.mp3", None)


def test_an_entry_without_a_title_is_titled_by_its_first_words() -> None:
    entry = only(
        rss(
            "<item><link>/a</link><description>&lt;p&gt;First.&lt;/p&gt;&lt;p&gt;Second.&lt;/p&gt;</description></item>"
        )
    )
    assert entry.title == "First."


def test_markup_scripts_and_nuls_do_not_reach_a_title() -> None:
    title = "A &lt;b&gt;bold&lt;/b&gt; &lt;script&gt;alert(1)&lt;/script&gt;phone\x00 &amp;amp; more"
    assert only(rss(item(title=title))).title == "A bold phone & more"


@pytest.mark.parametrize("entity", ["&hellip;", "&#8230;", "&#x2026;"])
def test_htmls_entities_do_not_break_a_feed(entity: str) -> None:
    reading = read(rss(item(title=f"Wait{entity}")))
    assert (reading.entries[0].title, reading.problem) == ("Wait…", None)


@pytest.mark.parametrize("reference", ["&#0;", "&#xFFFFFFFF;", "&#99999999999;", "&#xD800;"])
def test_an_impossible_letter_does_not_drop_the_feed(reference: str) -> None:
    assert [entry.url for entry in read(rss(item(title=f"A{reference}") + item(link="/b"))).entries][-1].endswith("/b")


def test_a_feed_broken_halfway_gives_what_came_before_and_the_problem() -> None:
    whole = rss(item(title="One", link="/1") + item(title="Two", link="/2") + item(title="Three of many", link="/3"))
    reading = read(whole[: whole.index(" of many")])
    assert [entry.title for entry in reading.entries] == ["One", "Two"]
    assert reading.problem
    assert reading.problem.startswith("broken: ")


def test_bare_ampersands_are_no_loss() -> None:
    first, second = read(rss(item(title="AT&T shows phone") + item(link="/b?x=1&y=2"))).entries
    assert (first.title, second.url) == ("AT&T shows phone", "https://news.example/b?x=1&y=2")


def test_unclosed_tags_are_a_problem_but_no_loss() -> None:
    reading = read(rss(item("<br><p>x", title="One") + item(title="Two")))
    assert [entry.title for entry in reading.entries] == ["One", "Two"]
    assert reading.problem


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        ("", "empty"),
        (" \n ", "empty"),
        (rss(""), "empty"),
        (rss("<item><description></description></item>"), "empty"),
        ("<html><head><title>Access Denied</title></head><body>You don't have permission</body></html>", "blocked"),
        ("Access Denied", "blocked"),
        ("<!DOCTYPE html><title>Just a moment...</title>", "blocked"),
        ("<!DOCTYPE html><html><body><div id=app></div></body></html>", "unparsable"),
        ("just words", "unparsable"),
        ("<note>xml, but no feed</note>", "unparsable"),
        ("<rss", "unparsable"),
    ],
)
def test_what_is_no_feed_says_why(document: str, expected: str) -> None:
    assert reason(document) == expected


def test_an_article_about_access_denied_is_no_refusal() -> None:
    assert only(rss(item(title="Access denied: maker locks phone"))).title.startswith("Access denied")


def test_a_body_over_the_limit_is_not_parsed() -> None:
    assert reason(rss(item()).encode() + b" " * feed.MOST_BYTES) == "unparsable"


def test_entries_and_titles_are_bounded() -> None:
    reading = read(rss("".join(item(title="t" * 2000, link=f"/{number}") for number in range(feed.MOST_ENTRIES + 50))))
    assert len(reading.entries) == feed.MOST_ENTRIES
    assert len(reading.entries[0].title) == feed.LONGEST_TITLE


@pytest.mark.parametrize("tag", ["author", "dc:creator", "managingEditor"])
def test_a_long_author_is_cut_before_it_can_hang_the_parser(tag: str) -> None:
    started = time.monotonic()
    entry = only(rss(item(f"<{tag}>{'a.' * 30_000}</{tag}>")))
    assert entry.title == "Maker shows phone"
    assert all(len(author) <= mending.LONGEST_PERSON for author in entry.authors)
    assert time.monotonic() - started < 2


@pytest.mark.parametrize(
    ("head", "ttl"),
    [
        ("<ttl>90</ttl>", timedelta(minutes=90)),
        ("<ttl>0</ttl>", None),
        ("<ttl>soon</ttl>", None),
        ("<ttl>99999999999999999999</ttl>", None),
        ("<sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>2</sy:updateFrequency>", timedelta(minutes=30)),
        ("<sy:updatePeriod>daily</sy:updatePeriod>", timedelta(days=1)),
        ("", None),
    ],
)
def test_a_feed_says_how_long_it_holds(head: str, ttl: timedelta | None) -> None:
    assert read(rss(item(), head)).ttl == ttl


def test_external_entities_are_not_fetched() -> None:
    bait = '<!DOCTYPE rss [<!ENTITY bait SYSTEM "file:///etc/hostname">]>'
    reading = read(rss(item(title="A &bait; B"), declaration=bait))
    assert "\n" not in reading.entries[0].title
    assert reading.entries[0].title in {"A &bait; B", "A B"}


def test_an_image_comes_from_media_content_enclosure_or_text() -> None:
    items = (
        item('<media:content url="/m.jpg" medium="image"/>'),
        item('<enclosure url="/e.jpg" type="image/jpeg" length="1"/>'),
        item('<description>&lt;img src="/t.jpg"&gt;</description>'),
        item('<media:content url="/v.mp4" type="video/mp4"/>'),
    )
    images = [entry.image for entry in read(rss("".join(items))).entries]
    assert images == ["https://news.example/m.jpg", "https://news.example/e.jpg", "https://news.example/t.jpg", None]


def test_a_reading_crosses_a_process() -> None:
    reading = read(rss(item("<pubDate>Tue, 09 Jun 2026 12:00:00 GMT</pubDate>")))
    assert pickle.loads(pickle.dumps(reading)) == reading  # noqa: S301 # our own bytes


PARTS = st.sampled_from(
    [
        "<item>",
        "</item>",
        "<title>",
        "</title>",
        "<link>",
        "/a",
        "x",
        "&",
        "&#x0;",
        "]]>",
        "<![CDATA[",
        "<author>",
        "\x00",
        "é",
        "<b>",
    ]
)


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=200) | st.lists(PARTS, max_size=40).map(lambda parts: rss("".join(parts)).encode()))
def test_any_bytes_give_entries_or_a_reading_error(body: bytes) -> None:
    try:
        seen = len(read(body).entries)
    except ReadingError as error:
        seen = error.reason in {"blocked", "unparsable", "empty"}
    assert seen
