from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.domain import urls

HOSTS = st.sampled_from(
    ["news.example", "www.news.example", "M.News.Example", "amp.news.example", "bücher.example", "[::1]"]
)
PATHS = st.lists(
    st.sampled_from(["a", "b-1", "amp", "amp.html", "index.html", "%7e", "ü", "", "..", ".", "x.amp", "%2F"])
)
QUERIES = st.lists(
    st.sampled_from(["id=7", "utm_source=x", "b=1", "amp=1", "ref=a", "from=rss", "q=%e4", "a", "&", "=", "x=a b"])
)
ADDRESSES = st.builds(
    lambda scheme, host, port, path, query, fragment: (
        f"{scheme}://{host}{port}/{'/'.join(path)}?{'&'.join(query)}{fragment}"
    ),
    st.sampled_from(["http", "https", "HTTP"]),
    HOSTS,
    st.sampled_from(["", ":80", ":443", ":8080"]),
    PATHS,
    QUERIES,
    st.sampled_from(["", "#ftag=1", "#!/page", "#/page", "#"]),
)


@pytest.mark.parametrize(
    "twin",
    [
        "https://news.example/a/phone",
        "http://news.example/a/phone",
        "https://NEWS.example:443/a/phone",
        "http://news.example:80/a/phone/",
        "https://www.news.example/a/phone",
        "https://m.news.example/a/phone",
        "https://mobile.news.example/a/phone",
        "https://amp.news.example/a/phone",
        "https://news.example/a/phone/amp",
        "https://news.example/a/phone/amp/",
        "https://news.example/a/phone.amp",
        "https://news.example/amp/a/phone",
        "https://news.example/a/phone?amp=1",
        "https://news.example/a/phone?amp",
        "https://news.example/a/phone?outputType=amp",
        "https://www.google.com/amp/s/www.news.example/a/phone/amp/",
        "https://news-example.cdn.ampproject.org/c/s/news.example/a/phone",
        "https://news.example/a/phone/index.html",
        "https://news.example/a//phone",
        "https://news.example/a/b/../phone",
        "https://news.example/a/%70hone",
        "https://news.example/a/phone#comments",
        "https://news.example/a/phone#ftag=RSS1234",
        "https://news.example/a/phone?utm_source=rss&utm_medium=feed&utm_campaign=x",
        "https://news.example/a/phone?wt_mc=rss.ho.beitrag.rdf",
        "https://news.example/a/phone?ref=rss&fbclid=1&gclid=2&mc_cid=3&at_medium=4&cmp=5&ns_mchannel=6",
        "https://news.example/a/phone?from=rss&source=twitter",
        " https://news.example/a/phone ",
    ],
)
def test_twins_have_one_canonical_address(twin: str) -> None:
    assert urls.canonical(twin) == "https://news.example/a/phone"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://news.example/?id=1", "https://news.example/?id=2"),
        ("https://news.example/a", "https://news.example/A"),
        ("https://news.example/a", "https://blog.example/a"),
        ("https://news.example/a", "https://news.example:8080/a"),
        ("https://news.example/a#!/1", "https://news.example/a#!/2"),
        ("https://news.example/a?from=berlin", "https://news.example/a?from=paris"),
        ("https://news.example/amplifier", "https://news.example/lifier"),
        ("https://news.example/a%2Fb", "https://news.example/a/b"),
        ("https://m.example/a", "https://x.example/a"),
    ],
)
def test_what_identifies_an_article_is_kept(one: str, other: str) -> None:
    assert urls.canonical(one) != urls.canonical(other)


def test_the_query_is_sorted() -> None:
    assert urls.canonical("https://news.example/?b=2&a=1") == urls.canonical("https://news.example/?a=1&b=2")


@given(ADDRESSES | st.text())
def test_a_canonical_address_is_its_own_canonical_address(url: str) -> None:
    once = urls.canonical(url)
    assert urls.canonical(once) == once


@given(ADDRESSES)
def test_a_canonical_address_of_a_link_is_a_link(url: str) -> None:
    link = urls.resolve(url, url)
    if link is not None:
        canonical = urls.canonical(link)
        assert urls.resolve(canonical, canonical) == canonical
        assert canonical == urls.canonical(url)


@pytest.mark.parametrize(
    ("href", "address"),
    [
        ("phone", "https://news.example/a/phone"),
        ("../phone", "https://news.example/phone"),
        ("/phone", "https://news.example/phone"),
        ("//other.example/phone", "https://other.example/phone"),
        ("?id=1", "https://news.example/a/feed?id=1"),
        (" https://Other.example ", "https://other.example/"),
        ("a phone", "https://news.example/a/a%20phone"),
        ("/手机", "https://news.example/%E6%89%8B%E6%9C%BA"),
        ("/100%", "https://news.example/100%25"),
        ("/a%20b", "https://news.example/a%20b"),
        ("http://bücher.example/", "http://xn--bcher-kva.example/"),
    ],
)
def test_a_link_is_made_absolute(href: str, address: str) -> None:
    assert urls.resolve("https://news.example/a/feed", href) == address


@pytest.mark.parametrize(
    "href",
    [
        "",
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java\nscript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "ftp://news.example/a",
        "mailto:a@news.example",
        "https://user:secret@news.example/",
        "https://news.example@evil.example/",
        "https://news.example\\@evil.example/",
        "https://news.example/\x00",
        "https://news.example/\ud800",
        "https://news.example:99999/",
        "https://[::1/",
        "https://./a",
        "http://a b/",
        "https://news.example/" + "a" * urls.LONGEST,
        "/" + "ü" * 1000,
    ],
)
def test_a_link_that_is_none_is_refused(href: str) -> None:
    assert urls.resolve("https://news.example/a/feed", href) is None


@given(st.text(), st.text())
def test_a_resolved_link_is_http_in_printable_ascii(base: str, href: str) -> None:
    address = urls.resolve(base, href)
    if address is not None:
        assert urlsplit(address).scheme in {"http", "https"}
        assert urlsplit(address).hostname
        assert address.isascii()
        assert address.isprintable()
        assert len(address) <= urls.LONGEST


@pytest.mark.parametrize(
    ("embed", "link"),
    [
        ("https://www.youtube.com/embed/abc_DEF-123?autoplay=1", "https://www.youtube.com/watch?v=abc_DEF-123"),
        ("//www.youtube-nocookie.com/embed/abc_DEF-123", "https://www.youtube.com/watch?v=abc_DEF-123"),
        ("https://youtu.be/abc_DEF-123", "https://www.youtube.com/watch?v=abc_DEF-123"),
        ("https://m.youtube.com/watch?v=abc_DEF-123&t=3", "https://www.youtube.com/watch?v=abc_DEF-123"),
        ("https://www.youtube.com/embed/videoseries?list=PL123", "https://www.youtube.com/playlist?list=PL123"),
        ("https://player.vimeo.com/video/123?h=1", "https://vimeo.com/123"),
        ("//player.bilibili.com/player.html?bvid=BV1xx411c7mD&page=1", "https://www.bilibili.com/video/BV1xx411c7mD"),
        ("//player.bilibili.com/player.html?aid=42", "https://www.bilibili.com/video/av42"),
        ("https://www.dailymotion.com/embed/video/x8abc", "https://www.dailymotion.com/video/x8abc"),
        ("https://v.qq.com/txp/iframe/player.html?vid=v0034abc", "https://v.qq.com/x/page/v0034abc.html"),
    ],
)
def test_an_embed_becomes_its_watch_link(embed: str, link: str) -> None:
    assert urls.watch_link(embed) == link


@pytest.mark.parametrize(
    "embed",
    [
        "",
        "https://ads.example/embed/abc_DEF-123",
        "https://www.youtube.com/",
        'https://www.youtube.com/watch?v="><script>',
        "javascript:youtube.com/embed/abc_DEF-123",
        "https://[",
    ],
)
def test_what_is_no_player_has_no_watch_link(embed: str) -> None:
    assert urls.watch_link(embed) is None


@given(st.text())
def test_a_watch_link_is_always_a_link(embed: str) -> None:
    link = urls.watch_link(embed)
    assert link is None or urls.resolve(link, link) == link


def test_a_site_is_a_host_or_one_under_it() -> None:
    assert urls.same_site("https://news.example/a", "https://news.example/b")
    assert urls.same_site("https://news.example/a", "https://en.news.example/b")
    assert not urls.same_site("https://news.example/a", "https://badnews.example/b")
    assert not urls.same_site("no address", "no address")


@given(ADDRESSES)
def test_an_address_without_trackers_names_the_same_article_and_stays_as_it_is(url: str) -> None:
    plain = urls.untracked(url)
    assert urls.untracked(plain) == plain
    assert urls.canonical(plain) == urls.canonical(url)
