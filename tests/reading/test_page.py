from __future__ import annotations

import json
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from crawler.domain.models import Entry
from crawler.errors import ReadingError
from crawler.reading import page

URL = "https://news.example/phone?utm_source=x"
SENTENCES = [f"This is sentence number {number} of the article about the new phone." for number in range(4)]
TEXT = "".join(f"<p>{sentence}</p>" for sentence in SENTENCES)
NOON = datetime(2026, 6, 9, 12, tzinfo=UTC)


def html(head: str = "", body: str = f"<article><h1>Heading</h1>{TEXT}</article>", root: str = "<html>") -> bytes:
    return f"<!DOCTYPE html>{root}<head><title>Heading - News</title>{head}</head><body>{body}</body></html>".encode()


def linked(data: object) -> str:
    return f'<script type="application/ld+json">{data if isinstance(data, str) else json.dumps(data)}</script>'


def read(*args: str) -> Entry:
    return page.parse(html(*args), URL, timezone=ZoneInfo("Asia/Shanghai"))


NEWS = {
    "@context": "https://schema.org",
    "@type": "NewsArticle",
    "headline": "Maker shows phone",
    "datePublished": "2026-06-09T14:00:00+02:00",
    "dateModified": "2026-06-10T12:00:00Z",
    "author": [{"@type": "Person", "name": "A. Writer"}, {"@type": "Person", "name": "B. Writer"}],
    "image": {"@type": "ImageObject", "url": "/a.jpg"},
    "description": "Short.",
}


def test_json_ld_gives_everything_that_an_entry_can_hold() -> None:
    video = {"@type": "VideoObject", "embedUrl": "https://www.youtube.com/embed/abcdef12345"}
    link = '<link rel="canonical" href="/phone">'
    entry = read(
        link + linked(NEWS | {"video": video}), f"<article><h1>Heading</h1>{TEXT}</article>", '<html lang="en_GB">'
    )
    assert entry == Entry(
        url="https://news.example/phone",
        title="Maker shows phone",
        summary="Short.",
        body="\n".join(SENTENCES),
        published=NOON,
        updated=datetime(2026, 6, 10, 12, tzinfo=UTC),
        language="en-GB",
        authors=("A. Writer", "B. Writer"),
        image="https://news.example/a.jpg",
        videos=("https://www.youtube.com/watch?v=abcdef12345",),
    )


@pytest.mark.parametrize(
    "data",
    [
        NEWS,
        [{"@type": "BreadcrumbList"}, NEWS],
        {"@context": "https://schema.org", "@graph": [{"@type": "WebPage"}, NEWS]},
        {"@type": "WebPage", "mainEntity": NEWS},
        NEWS | {"@type": ["BlogPosting", "Article"]},
        NEWS | {"@type": "https://schema.org/TechArticle"},
        json.dumps(NEWS)[:-1] + ",}",
        "<!--\n" + json.dumps(NEWS) + "\n-->",
        "//<![CDATA[\n" + json.dumps(NEWS) + "\n//]]>",
        json.dumps(NEWS).replace("Short.", "Short,\nand on two lines."),
        json.dumps(NEWS) + ";",
    ],
)
def test_json_ld_is_found_in_any_usual_shape(data: object) -> None:
    entry = read(linked(data))
    assert (entry.title, entry.published) == ("Maker shows phone", NOON)


@pytest.mark.parametrize(
    "data", ["{broken", "[" * 10_000, '"text"', "17", {"@type": 7}, {"@type": "NewsArticle", "author": 7}]
)
def test_hopeless_json_ld_leaves_the_page_to_speak(data: object) -> None:
    assert read(linked(data)).title == "Heading"


def test_opengraph_speaks_where_json_ld_does_not() -> None:
    head = (
        '<meta property="og:title" content="Maker shows phone"><meta property="og:description" content="Short.">'
        '<meta property="og:image" content="/a.jpg"><meta property="og:url" content="https://news.example/phone">'
        '<meta property="article:published_time" content="2026-06-09T12:00:00Z">'
        '<meta property="og:locale" content="de_DE">'
        '<meta name="author" content="A. Writer"><meta property="og:video" content="https://youtu.be/abcdef12345">'
    )
    entry = read(head)
    assert (entry.title, entry.summary, entry.url) == ("Maker shows phone", "Short.", "https://news.example/phone")
    assert (entry.published, entry.language, entry.authors) == (NOON, "de-DE", ("A. Writer",))
    assert entry.image == "https://news.example/a.jpg"
    assert entry.videos == ("https://www.youtube.com/watch?v=abcdef12345",)


@pytest.mark.parametrize(
    "shown",
    [
        '<time datetime="2026-06-09T20:00:00">today</time>',
        "<time>2026-06-09 20:00</time>",
        '<span itemprop="datePublished" content="2026-06-09T12:00Z">9/6</span>',
        '<span class="entry-date">2026年6月9日 20:00</span>',
    ],
)
def test_a_date_that_is_only_shown_is_read_in_the_sources_zone(shown: str) -> None:
    assert read("", f"<article><h1>Heading</h1>{shown}{TEXT}</article>").published == NOON


def test_a_page_without_a_date_has_none() -> None:
    assert read().published is None


def test_menus_teasers_and_footers_are_no_text() -> None:
    body = (
        "<nav><p>Menu of the site with many long words that say nothing of phones.</p></nav>"
        f"<div class=x><div class=text>{TEXT}</div></div>"
        "<ul><li><a href=/a>Another article with a long title about something else</a></li></ul>"
        "<aside><p>Teaser of another article with a long text about something else.</p></aside>"
        "<footer><p>All rights reserved by the owner of this site and its partners.</p></footer>"
    )
    assert read("", body).body.splitlines() == SENTENCES


def test_the_marked_body_goes_before_a_longer_discussion() -> None:
    comments = "".join(f"<p>I think that sentence {number} is quite wrong, my friend.</p>" for number in range(5))
    body = f"<h1>Heading</h1><div itemprop=articleBody>{TEXT}</div><div class=comments>{comments}</div>"
    assert read("", body).body.splitlines() == SENTENCES


def test_an_articles_text_may_stand_in_json_ld_alone() -> None:
    entry = read(linked(NEWS | {"articleBody": "All the text."}), "<div id=app></div>")
    assert entry.body == "All the text."


def test_players_in_figures_are_found() -> None:
    player = '<figure><iframe src="https://player.vimeo.com/video/1"></iframe></figure>'
    assert read("", f"<article><h1>Heading</h1>{TEXT}{player}</article>").videos == ("https://vimeo.com/1",)


@pytest.mark.parametrize("link", ["https://news.example/", "javascript:x()", ""])
def test_a_canonical_link_that_names_no_article_is_not_believed(link: str) -> None:
    assert read(f'<link rel="canonical" href="{link}">').url == URL


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "empty"),
        (b"<html><title>App</title><div id=root></div></html>", "shell"),
        (b"<html><title>Access Denied</title><h1>Access Denied</h1></html>", "blocked"),
        (b"<html><title>Just a moment...</title></html>", "blocked"),
        (html("", "<h1>404 - Page not found</h1>" + TEXT), "gone"),
        ("<title>页面不存在</title>".encode(), "gone"),
        (b" " * (page.MOST_BYTES + 1), "unparsable"),
    ],
)
def test_what_is_no_article_says_why(body: bytes, reason: str) -> None:
    with pytest.raises(ReadingError) as caught:
        page.parse(body, URL)
    assert caught.value.reason == reason


def test_a_page_in_shift_jis_is_read() -> None:
    body = (
        f"<meta charset=shift_jis><h1>新製品</h1><article><p>{'新しい携帯電話が発表された。' * 3}</p></article>".encode(
            "shift_jis"
        )
    )
    assert page.parse(body, URL).title == "新製品"


def test_of_several_articles_in_json_ld_the_pages_own_is_read() -> None:
    other = {"@type": "NewsArticle", "headline": "Another maker shows a watch", "url": "https://news.example/watch"}
    by_address = {"@type": "Article", "headline": "Short", "url": "https://news.example/phone", "author": "A. Writer"}
    by_headline = {"@type": "Article", "headline": "Maker shows phone: all about it", "author": "B. Writer"}
    heading = '<meta property="og:title" content="Maker shows phone">'
    assert read(linked([other, by_address])).authors == ("A. Writer",)
    assert read(linked(other) + linked({"@graph": [by_headline]}) + heading).authors == ("B. Writer",)
    assert read(linked(other) + heading).title == "Maker shows phone"


def test_an_address_in_mainentityofpage_or_id_counts_too() -> None:
    other = {"@type": "NewsArticle", "headline": "Another", "author": "C. Writer"}
    for key, value in (("mainEntityOfPage", {"@id": URL}), ("mainEntityOfPage", URL), ("@id", f"{URL}#article")):
        assert read(linked([other, {"@type": "Article", "author": "A. Writer", key: value}])).authors == ("A. Writer",)


@pytest.mark.parametrize(
    "script",
    [
        json.dumps(NEWS).replace('"', "&quot;"),
        json.dumps(NEWS) + json.dumps({"@type": "WebPage"}),
        "<!-- " + json.dumps(NEWS) + " -->",
        "/* <![CDATA[ */" + json.dumps(NEWS) + "/* ]]> */",
        json.dumps(NEWS).replace("Short.", "A line\nand another\tone."),
        json.dumps(NEWS)[:-1] + ', "about": "a "quoted" word"}',
        json.dumps(NEWS)[:-1],
    ],
)
def test_json_ld_is_mended_or_its_plain_facts_picked_out(script: str) -> None:
    entry = read(linked(script))
    assert (entry.title, entry.published) == ("Maker shows phone", NOON)


def test_entities_in_json_ld_are_resolved() -> None:
    assert read(linked(NEWS | {"headline": "Maker &amp; friends show &quot;phone&quot;"})).title == (
        'Maker & friends show "phone"'
    )


@pytest.mark.parametrize(
    "name",
    [
        "pubdate",
        "date",
        "parsely-pub-date",
        "sailthru.date",
        "publish-date",
        "DC.date.issued",
        "article:published_time",
        "og:published_time",
        "cXenseParse:recs:publishtime",
        "pagePublishDate",
    ],
)
def test_a_date_may_stand_in_meta_under_many_names(name: str) -> None:
    assert read(f'<meta name="{name}" content="2026-06-09T12:00:00Z">').published == NOON
    assert read(f'<meta property="{name}" content="2026-06-09T14:00:00+02:00">').published == NOON


@pytest.mark.parametrize(
    "stated", ["2026-06-09", "2026-06-09T20: 00: 00+08: 00", " 2026-06-09T20:00", "June 9, 2026", "9 June", ""]
)
def test_a_date_in_json_ld_without_zone_yields_to_an_exact_one_in_meta(stated: str) -> None:
    meta = '<meta property="article:published_time" content="2026-06-09T12:00:00Z">'
    assert read(linked(NEWS | {"datePublished": stated}) + meta).published == NOON


def test_a_z_behind_local_time_is_not_believed_where_the_page_shows_the_offset() -> None:
    shown = f'<article><h1>Heading</h1><time datetime="2026-06-09T20:00:00+08:00">20:00</time>{TEXT}</article>'
    assert read(linked(NEWS | {"datePublished": "2026-06-09T20:00:00Z"}), shown).published == NOON
    assert read(linked(NEWS | {"datePublished": "2026-06-09T12:00:00Z"}), shown).published == NOON


def test_a_date_of_the_template_yields_to_the_page_publish_date() -> None:
    script = '<script>var page = {"pagePublishDate": "2026-06-09T12:00:00Z", "x": 1}</script>'
    meta = '<meta property="article:published_time" content="2020-01-01T00:00:00Z">'
    assert read(meta + script).published == NOON
    attribute = '<div data-layer="{&#34;pagePublishDate&#34;:&#34;2026-06-09T12:00:00Z&#34;}"></div>'
    assert read(meta, f"<h1>Heading</h1>{attribute}{TEXT}").published == NOON


def test_a_date_of_change_is_no_date_of_publication() -> None:
    entry = read('<meta name="modified-date" itemprop="datePublished" content="2026-06-10T12:00:00Z">')
    assert (entry.published, entry.updated) == (None, datetime(2026, 6, 10, 12, tzinfo=UTC))


@pytest.mark.parametrize(
    ("author", "names"),
    [
        ("By A. Writer", ("A. Writer",)),
        ("Von A. Schreiber", ("A. Schreiber",)),
        ("作者：王小明", ("王小明",)),
        (["https://news.example/a", "A. Writer", "a.writer@news.example", "A. Writer"], ("A. Writer",)),
        ([{"@type": "Person", "name": "", "url": "https://x.example"}], ("M. Meta",)),
        ("www.news.example", ("M. Meta",)),
        ("Byron Writer", ("Byron Writer",)),
    ],
)
def test_authors_are_names(author: object, names: tuple[str, ...]) -> None:
    assert read(linked(NEWS | {"author": author}) + '<meta name="author" content="by M. Meta">').authors == names


def test_an_author_may_be_shown_only() -> None:
    shown = f'<article><h1>Heading</h1><a rel="author" href="/w">A. Writer</a>{TEXT}</article>'
    assert read("", shown).authors == ("A. Writer",)


@pytest.mark.parametrize(
    "picture",
    [
        "/img/logo.png",
        "/og-image.jpg",
        "/static/placeholder-16x9.jpg",
        "data:image/png;base64,AA",
        "/a.svg",
        "/default.jpg",
    ],
)
def test_logos_and_placeholders_do_not_lead(picture: str) -> None:
    head = f'<meta property="og:image" content="{picture}"><meta name="twitter:image" content="/phone.jpg">'
    assert read(head).image == "https://news.example/phone.jpg"


@pytest.mark.parametrize(
    "picture", ["/logout/phone.jpg", "/2026/iconic-phone.jpg", "/catalogos/1.jpg", "/default.aspx?i=7"]
)
def test_pictures_that_only_sound_like_it_do(picture: str) -> None:
    assert read(f'<meta property="og:image" content="{picture}">').image == f"https://news.example{picture}"


@pytest.mark.parametrize(
    ("root", "head", "language"),
    [
        ('<html lang="pt-BR">', '<meta property="og:locale" content="en_US">', "pt-BR"),
        ('<html xml:lang="ja">', "", "ja"),
        ("<html>", '<meta property="og:locale" content="zh_CN">', "zh-CN"),
        ("<html>", '<meta http-equiv="content-language" content="de, en">', "de"),
        ('<html lang="{{lang}}">', linked(NEWS | {"inLanguage": {"@type": "Language", "name": "it"}}), "it"),
        ("<html>", "", None),
    ],
)
def test_the_language_is_stated_in_many_places(root: str, head: str, language: str | None) -> None:
    assert page.parse(html(head, root=root), URL).language == language


@pytest.mark.parametrize("end", [" - News", " | News", " – News.example", " - Phones - News"])
def test_the_sites_name_is_no_part_of_the_title(end: str) -> None:
    head = f'<meta property="og:title" content="Heading{end}">'
    assert read(head).title == "Heading"


def test_a_title_keeps_what_only_looks_like_a_sites_name() -> None:
    head = '<meta property="og:title" content="Maker - Phone X"><meta property="og:site_name" content="News">'
    assert read(head).title == "Maker - Phone X"


def test_dialogs_are_no_text() -> None:
    assert read("", f"<h1>Heading</h1>{TEXT}<div role=dialog><p>We and our partners store data.</p></div>").body == (
        "\n".join(SENTENCES)
    )
