from __future__ import annotations

import time

import pytest

from crawler.errors import ReadingError
from crawler.reading import page, refusal

URL = "https://news.example/2026/phone"
LINES = [f"Sentence number {number} tells what the maker said of its new phone and its screen." for number in range(20)]
ARTICLE = "".join(f"<p>{line}</p>" for line in LINES)
META = (
    '<meta property="og:type" content="article"><meta property="og:title" content="Phone">'
    '<meta property="article:published_time" content="2026-06-09T12:00Z">'
)
SCRIPT = "<script>" + "var challenge = 'a long script of a bot check';" * 800 + "</script>"


def document(title: str, body: str = "", head: str = "") -> str:
    return f"<!doctype html><html><head><title>{title}</title>{head}</head><body>{body}</body></html>"


def reason(html: str, url: str = URL) -> str:
    with pytest.raises(ReadingError) as caught:
        page.parse(html.encode(), url)
    return caught.value.reason


@pytest.mark.parametrize(
    "html",
    [
        document(
            "Just a moment...", SCRIPT + '<noscript><div class="h2">Enable JavaScript to continue</div></noscript>'
        ),
        document("Nur einen Moment…", SCRIPT),
        document("请稍候…", SCRIPT),
        document("Access Denied", "<h1>Access Denied</h1>You don't have permission to access this on this server."),
        document("Attention Required! | Cloudflare", SCRIPT),
        document("news.example", f"{SCRIPT}<p>Please verify you are human by completing the action below.</p>"),
        document("news.example", "<script src='https://geo.captcha-delivery.com/captcha/'></script>"),
        document("Pardon Our Interruption", "<p>Something about your browser made us think you were a bot.</p>"),
        document("", '<iframe src="/_Incapsula_Resource?x=1">Request unsuccessful. Incident ID: 7</iframe>'),
        document("百度安全验证", SCRIPT),
    ],
)
def test_a_bot_check_is_blocked_however_long_its_scripts(html: str) -> None:
    assert reason(html) == "blocked"


def test_an_article_about_a_refusal_is_an_article() -> None:
    html = document("Access denied: how Cloudflare asks “are you human”", ARTICLE + "<p>It says Access Denied.</p>")
    assert "Access Denied" in page.parse(html.encode(), URL).body


@pytest.mark.parametrize(
    "title",
    [
        "404",
        "404 - Not Found",
        "Error 404: page missing",
        "Page not found | News",
        "News - Page Not Found",
        "Oops! This page doesn’t exist".replace("’", "'"),
        "Seite nicht gefunden",
        "Page introuvable - News",
        "Página no encontrada",
        "页面不存在",
        "お探しのページが見つかりません",
        "페이지를 찾을 수 없습니다",
        "Страница не найдена",
    ],
)
def test_a_soft_404_is_gone_with_all_its_teasers(title: str) -> None:
    assert reason(document(title, ARTICLE)) == "gone"
    assert reason(document("News", f"<h1>{title}</h1>{ARTICLE}")) == "gone"


@pytest.mark.parametrize(
    "title",
    [
        "404 Media looks at the new phone",
        "Peugeot 404 gets a phone",
        "Lost phone not found for years turns up",
        "4040 mAh",
    ],
)
def test_a_title_with_such_words_elsewhere_is_an_articles(title: str) -> None:
    assert page.parse(document(title, f"<h1>{title}</h1>{ARTICLE}").encode(), URL).title == title


@pytest.mark.parametrize("url", ["https://news.example", "https://news.example/"])
def test_an_address_that_leads_to_the_home_page_is_gone(url: str) -> None:
    assert reason(document("News", ARTICLE), url) == "gone"


def test_an_article_may_be_named_by_the_query_alone() -> None:
    assert page.parse(document("Phone", ARTICLE).encode(), "https://news.example/?p=7").body


WALLS = [
    """<div role=dialog><h2>We value your privacy</h2><p>We and our 811 partners store data. We use cookies.</p>
    <button>Accept all</button><button>Reject all</button></div>""",
    """<h1>Bevor Sie fortfahren</h1><p>Wir verwenden Cookies und Daten. Wenn Sie auf „Alle akzeptieren“ klicken,
    nutzen wir sie auch für Werbung. Mehr in der Datenschutzerklärung.</p>""",
    "<p>Nous utilisons des cookies.</p><a>Continuer sans accepter</a><a>Tout accepter</a>",
    "<p>Utilizziamo i cookie per misurare le visite.</p><a>Accetta tutti</a><a>Informativa sulla privacy</a>",
    "<p>Мы используем файлы cookie, чтобы сайт работал.</p><a>OK</a>",
    "<p>本サイトではクッキーを使用しています。</p><a>OK</a>",
]


@pytest.mark.parametrize("body", WALLS)
def test_a_wall_of_consent_is_no_text(body: str) -> None:
    assert reason(document("News", body)) == "consent"
    entry = page.parse(document("Phone", body, META).encode(), URL)
    assert (entry.title, entry.body, (entry.problem or "").split(":")[0]) == ("Phone", "", "consent")
    assert entry.published is not None


@pytest.mark.parametrize("host", ["consent.news.example", "myprivacy.news.example"])
def test_an_address_that_leads_to_a_consent_service_is_consent(host: str) -> None:
    assert reason(document("News", ARTICLE), f"https://{host}/?redirect=7") == "consent"


def test_a_notice_of_cookies_under_an_article_is_no_wall() -> None:
    notice = '<div class="cookie-notice"><p>We use cookies. Accept all cookies or read our privacy policy.</p></div>'
    entry = page.parse(document("Phone", ARTICLE + notice).encode(), URL)
    assert (entry.body.splitlines(), entry.problem) == (LINES, None)


def test_an_article_about_cookies_is_an_article() -> None:
    html = document("Browser drops cookies", ARTICLE + "<p>The site says: we use cookies. Accept all cookies.</p>")
    assert page.parse(html.encode(), URL).problem is None


@pytest.mark.parametrize("free", ["false", '"False"', '"false"', '"http://schema.org/False"'])
def test_an_article_that_is_not_free_gives_title_and_date_without_text(free: str) -> None:
    data = f'{{"@type": "NewsArticle", "headline": "Phone", "isAccessibleForFree": {free}}}'
    head = f'{META}<script type="application/ld+json">{data}</script><meta name="description" content="Short.">'
    entry = page.parse(document("Phone - News", ARTICLE, head).encode(), URL)
    assert (entry.title, entry.body, entry.summary) == ("Phone", "", "Short.")
    assert entry.published is not None
    assert (entry.problem or "").startswith("paywall: ")


def test_an_article_that_is_free_has_its_text() -> None:
    data = '{"@type": "NewsArticle", "headline": "Phone", "isAccessibleForFree": true}'
    entry = page.parse(document("", ARTICLE, f'<script type="application/ld+json">{data}</script>').encode(), URL)
    assert (entry.body.splitlines(), entry.problem) == (LINES, None)


@pytest.mark.parametrize(
    "plea",
    [
        "Subscribe to continue reading",
        "This article is for subscribers only.",
        "Already a subscriber? Log in",
        "Dieser Artikel ist nur für Abonnenten.",
        "Weiterlesen mit News+",
        "Article réservé aux abonnés",
        "Contenuto riservato agli abbonati",
        "Contenido exclusivo para suscriptores",
        "Alleen voor abonnees",
        "この記事は会員限定です。残り1234文字",
        "订阅后继续阅读",
        "구독자 전용 기사",
        "Доступно только по подписке",
    ],
)
def test_a_teaser_before_a_plea_to_pay_is_no_text(plea: str) -> None:
    entry = page.parse(document("Phone", f"<p>{LINES[0]}</p><div>{plea}</div>", META).encode(), URL)
    assert (entry.body, (entry.problem or "").split(":")[0]) == ("", "paywall")
    whole = page.parse(document("Phone", f"{ARTICLE}<div>{plea}</div>", META).encode(), URL)
    assert whole.problem is None


def test_a_shell_that_describes_no_article_is_refused_with_its_amp_page() -> None:
    link = '<link rel="amphtml" href="/amp/phone">'
    with pytest.raises(ReadingError, match=r"^shell: .*https://news\.example/amp/phone"):
        page.parse(document("Maker", '<div id="root"></div>' + SCRIPT, link).encode(), URL)


def test_a_shell_that_describes_its_article_gives_all_but_the_text() -> None:
    entry = page.parse(document("Phone", '<div id="app"></div>', META).encode(), URL)
    assert (entry.title, entry.body) == ("Phone", "")
    assert (entry.problem or "").startswith("shell: ")


def test_what_a_page_shows_is_seen_without_its_scripts() -> None:
    assert refusal.visible("<p>A &amp; B</p><script>x = '<p>'</script><!-- no --><b>C") == "A & B\nC"


@pytest.mark.parametrize("unit", ["<!--", "<script>", "<", "<a ", "<title>", "we use cookies ", "a. "])
def test_a_megabyte_of_anything_is_judged_in_time(unit: str) -> None:
    html = unit * (2**20 // len(unit))
    started = time.perf_counter()
    refusal.refuse_refusals(html)
    seen = refusal.visible(html)
    refusal.asks_consent(seen)
    refusal.asks_money("", seen)
    assert time.perf_counter() - started < 5
