"""The site in a real Chromium, as people use it. Skipped where no Chromium is installed; `make browser` installs it."""

from __future__ import annotations

import re
import sys
from contextlib import contextmanager
from json import loads
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import sync_playwright
from served_site import Served, serving

sys.path.append(str(Path(__file__).parents[1] / "exports"))
from made_stories import article, partnership, published, story
from test_hostile_stories import HOSTILE, hostile_everywhere, hostile_in_text
from test_hostile_stories import sources as hostile_sources

from crawler.domain.models import ComingDate, Stage
from exports import Channel, Given, SourceStatus, publish

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Dialog, Page, Route

    from crawler.domain.models import Story

CHROMIUM = Path("/usr/bin/chromium")
SCREENS = Path(__file__).parents[2] / "var" / "screens"
FLAGS = [
    "--no-sandbox",  # root has none
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
PAGES = (
    "index.html",
    "story/7.html",
    "story/9.html",
    "brand/xiaomi/index.html",
    "stage/teaser/index.html",
    "device/xiaomi-12s-ultra.html",
    "calendar.html",
    "figures.html",
    "feeds.html",
    "sources.html",
    "about.html",
)
PHOTO = (
    b'<svg xmlns="http://www.w3.org/2000/svg" width="600" height="400"><rect width="600" height="400" fill="#7d95b5"/>'
    b'<rect x="230" y="60" width="140" height="280" rx="20" fill="#26313f"/></svg>'
)

pytestmark = pytest.mark.skipif(not CHROMIUM.exists(), reason="no Chromium here; `make browser` installs it")


def other(number: int) -> Story:
    brands = ("oppo",) if number % 3 else ("samsung", "nothing")
    stage = list(Stage)[number % 4]
    told = article("gamma" if number % 5 == 0 else "alfa", number, number, language="zh" if number % 5 == 0 else "en")
    image = f"https://alfa.example/{number}.jpg" if number % 2 else None
    told = article(told.source, number, number, language=told.language, image=image)
    dates = (ComingDate("launch", "2022-08-10"), ComingDate("sale", "2022-09")) if number == 20 else ()
    made: Story = story(number, articles=(told,), brands=brands, stage=stage, dates=dates)
    return made


STORIES = [partnership(), *map(other, range(20, 45))]
STATUSES = [
    SourceStatus("maker", "Maker Newsroom", "brand", "https://maker.example/", "en", "", "well"),
    SourceStatus(
        "alfa", "Alfa", "news", "https://alfa.example/", "en", "", "blocked", "blocked: 403 (7 times in a row)"
    ),
]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("site")
    channel = Channel("Launchwire", "https://news.example/")
    published(folder, STORIES, channel, STATUSES)
    with serving(folder) as served:
        yield served


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield launched
        launched.close()


class Visit:
    """A page, and what happened on it that should not have."""

    def __init__(self, page: Page, site: Served) -> None:
        self.page, self.site = page, site
        self.complaints: list[str] = []
        page.on(
            "console", lambda said: self.complaints.append(said.text) if said.type in {"error", "warning"} else None
        )
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("dialog", self._dialog)
        page.on("popup", lambda _: self.complaints.append("popup"))
        page.route(re.compile(f"^(?!{re.escape(site.address)})"), self._elsewhere)

    def open(self, name: str) -> Page:
        self.page.goto(self.site.address + name)
        return self.page

    def shown(self) -> list[str]:
        return [str(each.get_attribute("id")) for each in self.page.locator("article:visible").all()]

    def _dialog(self, dialog: Dialog) -> None:
        self.complaints.append("dialog")
        dialog.dismiss()

    def _elsewhere(self, route: Route) -> None:
        """Answer for the hosts of images; anything else that leaves our host is a complaint."""
        if route.request.resource_type != "image" or "referer" in route.request.headers:
            self.complaints.append(f"{route.request.resource_type} {route.request.url}")
        route.fulfill(body=PHOTO, content_type="image/svg+xml")


@contextmanager
def visiting(browser: Browser, site: Served, *, quiet: bool = True, **how: object) -> Iterator[Visit]:
    context = browser.new_context(**({"viewport": {"width": 1100, "height": 900}} | how))  # type: ignore[arg-type]
    context.set_default_timeout(5000)
    try:
        visit = Visit(context.new_page(), site)
        yield visit
        assert not quiet or visit.complaints == []
    finally:
        context.close()


@pytest.fixture
def visit(browser: Browser, site: Served) -> Iterator[Visit]:
    with visiting(browser, site) as made:
        yield made


def focused(page: Page) -> str:
    return str(
        page.evaluate("document.activeElement.id || document.activeElement.name || document.activeElement.tagName")
    )


def test_stories_are_filtered_by_words_brand_stage_and_language(visit: Visit) -> None:
    page = visit.open("index.html")
    everything = visit.shown()
    assert len(everything) == 26
    page.get_by_label("Search").fill("PHONE 31 shown")
    assert visit.shown() == ["story-31"]
    assert page.get_by_role("status").inner_text() == "1 of 26 stories"
    page.get_by_role("button", name="Clear").click()
    page.wait_for_function("document.querySelectorAll('article:not([hidden])').length === 26")
    assert visit.shown() == everything
    page.get_by_label("Brand").select_option("nothing")
    page.get_by_label("Stage").select_option("rumor")
    assert visit.shown() == ["story-36", "story-24"]
    page.get_by_label("Language").select_option("zh")
    assert visit.shown() == []
    assert page.get_by_text("No story on this page matches.").is_visible()
    page.get_by_label("Search").fill("[")
    assert visit.shown() == []


def test_the_keyboard_goes_through_the_stories(visit: Visit) -> None:
    page = visit.open("index.html")
    for key, expected in (("j", "story-44"), ("j", "story-43"), ("k", "story-44"), ("k", "story-44")):
        page.keyboard.press(key)
        assert focused(page) == expected
    page.keyboard.press("/")
    assert focused(page) == "text"
    page.keyboard.type("phone 7 jok?/")
    assert page.get_by_label("Search").input_value() == "phone 7 jok?/"
    page.get_by_label("Search").fill("ultra")
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    assert focused(page) == "story-7"
    page.keyboard.press("?")
    assert page.get_by_role("dialog").is_visible()
    page.keyboard.press("Escape")
    assert not page.get_by_role("dialog").is_visible()
    page.keyboard.press("o")
    page.wait_for_url("**/story/7.html")


def test_the_skip_link_is_the_first_stop_and_leads_to_the_stories(visit: Visit) -> None:
    page = visit.open("index.html")
    page.keyboard.press("Tab")
    assert page.locator(":focus").inner_text() == "Skip to content"
    assert page.locator(":focus").bounding_box()["x"] >= 0  # type: ignore[index]
    page.keyboard.press("Enter")
    assert focused(page) == "main"


def test_the_page_of_a_story_tells_who_when_and_which_phones(visit: Visit) -> None:
    page = visit.open("story/7.html")
    assert page.locator("h1").inner_text() == "Phone 7 is coming, says maker"
    assert page.locator("h1 a").get_attribute("href") == "https://maker.example/7?a=1&b=2"
    assert [each.get_attribute("lang") for each in page.locator("ol.sources span").all()] == ["de", "it", "zh", "en"]
    text = page.locator("main").inner_text()
    for words in ("Why these are one story", "4 reports by 3 independent owners", "Jul 2022, said by the maker"):
        assert words in text
    page.get_by_role("link", name="Xiaomi 12S Ultra").click()
    page.wait_for_url("**/device/xiaomi-12s-ultra.html")
    page.get_by_role("link", name="teaser").click()
    page.wait_for_url("**/stage/teaser/index.html")
    page.get_by_role("link", name="Launchwire").click()
    page.wait_for_url("**/index.html")


def test_a_story_that_was_merged_leads_to_the_one_it_became(visit: Visit) -> None:
    page = visit.open("story/9.html")
    page.get_by_role("link", name="go to that story").click()
    page.wait_for_url("**/story/7.html")


def test_dark_is_dark_and_light_is_light(browser: Browser, site: Served) -> None:
    brightness = {}
    for scheme in ("light", "dark"):
        with visiting(browser, site, color_scheme=scheme) as visit:
            page = visit.open("index.html")
            colour = str(page.evaluate("getComputedStyle(document.body).backgroundColor"))
            brightness[scheme] = sum(map(int, re.findall(r"\d+", colour)))
    assert brightness["light"] > 700
    assert brightness["dark"] < 100


def test_nothing_moves_for_those_who_want_that(browser: Browser, site: Served) -> None:
    for wish, behaviour in (("reduce", "auto"), ("no-preference", "smooth")):
        with visiting(browser, site, reduced_motion=wish) as visit:
            page = visit.open("index.html")
            assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == behaviour


def test_paper_gets_the_stories_without_the_controls(visit: Visit) -> None:
    page = visit.open("index.html")
    page.emulate_media(media="print")
    assert len(visit.shown()) == 26
    assert not page.get_by_label("Search").is_visible()
    assert not page.get_by_role("navigation").is_visible()


def test_without_javascript_everything_but_the_filter_is_there(browser: Browser, site: Served) -> None:
    with visiting(browser, site, java_script_enabled=False) as visit:
        page = visit.open("index.html")
        assert len(visit.shown()) == 26
        assert not page.locator("form.filter").is_visible()
        page.locator("#story-7 h2 a").click()
        assert page.locator("h1").inner_text() == "Phone 7 is coming, says maker"


def test_images_come_late_in_fixed_boxes_and_one_that_fails_leaves_no_hole(browser: Browser, site: Served) -> None:
    with visiting(browser, site, quiet=False) as visit:
        visit.page.route("**/43.jpg", lambda route: route.abort())
        page = visit.open("index.html")
        page.locator("#story-43 img").wait_for(state="hidden")
        box = page.locator("#story-41 img").bounding_box()
        assert box
        assert (box["width"], box["height"]) == (192, 128)
        assert page.locator("#story-21 img").evaluate("image => image.complete && image.naturalWidth > 0") is False


def test_older_stories_are_skimmed_filtered_and_read_by_anybody(browser: Browser, tmp_path: Path) -> None:
    published(tmp_path, [partnership(), *map(other, range(20, 135))], Channel("Launchwire", "https://news.example/"))
    with serving(tmp_path) as old:
        for scheme, width in (("light", 1280), ("dark", 320)):
            with visiting(browser, old, color_scheme=scheme, viewport={"width": width, "height": 640}) as visit:
                page = visit.open("index.html")
                page.locator("nav.turn a[rel=next]").click()
                SCREENS.mkdir(parents=True, exist_ok=True)
                page.screenshot(path=SCREENS / f"archive-{scheme}.png")
                assert page.locator("h1").inner_text() == "Older stories"
                assert "3 outlets" in page.locator("#story-7 .badges").inner_text()
                assert page.evaluate("document.documentElement.scrollWidth") == width
                page.locator("select[name=brand]").select_option("xiaomi")
                assert visit.shown() == ["story-7"]
                found = Axe().run(page)
                assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("name", PAGES)
def test_a_narrow_screen_never_scrolls_sideways(browser: Browser, site: Served, name: str) -> None:
    with visiting(browser, site, viewport={"width": 320, "height": 640}) as visit:
        page = visit.open(name)
        assert page.evaluate("document.documentElement.scrollWidth") == 320


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_that_shuts_anybody_out(browser: Browser, site: Served, name: str, scheme: str) -> None:
    with visiting(browser, site, color_scheme=scheme) as visit:
        page = visit.open(name)
        SCREENS.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=SCREENS / f"{name.replace('/', '-').removesuffix('.html')}-{scheme}.png")
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()


def test_axe_finds_nothing_in_the_list_of_keys(visit: Visit) -> None:
    page = visit.open("index.html")
    page.keyboard.press("?")
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


def test_hostile_stories_run_nothing(browser: Browser, tmp_path: Path) -> None:
    run_nothing(browser, tmp_path, [*HOSTILE.values(), "<svg onload=alert(1)>", "</script><script>alert(1)</script>"])


def test_attacks_on_real_cleaners_run_nothing(browser: Browser, tmp_path: Path, corpus: Path) -> None:
    run_nothing(browser, tmp_path, loads((corpus / "real/hostile/html-bleach.json").read_bytes()))


def run_nothing(browser: Browser, tmp_path: Path, texts: list[str]) -> None:
    """Publish stories hostile in every field and look at every kind of page."""
    told = [make(text) for text in texts for make in (hostile_in_text, hostile_everywhere)]
    for number, each in enumerate(told, start=1):
        object.__setattr__(each, "id", number)
    facts = {key: value for text in texts for key, value in hostile_sources(text).items()}
    publish(tmp_path, Given(told), facts, Channel("<script>alert(1)</script>"))
    with serving(tmp_path) as site, visiting(browser, site, quiet=False) as visit:
        pages = ["index.html", "sources.html", "calendar.html", "feeds.html"]
        pages += sorted(
            str(path.relative_to(tmp_path)) for path in (*tmp_path.glob("story/*"), *tmp_path.glob("device/*"))
        )
        for name in pages[:40]:
            page = visit.open(name)
            assert page.evaluate("[...document.scripts].every(each => each.src.endsWith('/site.js'))")
            assert page.evaluate("document.querySelectorAll('svg, iframe, object, [onload], [onerror]').length") == 0
        assert visit.complaints == []
