"""The pages for people: a list for each set of stories, a page for each story and each phone, and those about us.

They are made of checked feed items, so they show what the feed says and nothing else. No page depends on the clock.
Inline scripts and styles do not exist; the policy in each page refuses them.
"""

from __future__ import annotations

from functools import lru_cache
from html import escape
from itertools import groupby, zip_longest
from typing import TYPE_CHECKING, Any

import markupsafe
from jinja2 import Environment, PackageLoader
from markupsafe import Markup

from crawler.domain.languages import tag
from crawler.domain.models import Stage
from exports import markup, words
from exports.clean import line
from exports.contract import KEYS
from exports.shelf import plain, slug

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from exports.card import Facts
    from exports.channel import Channel
    from exports.figures import Figures
    from exports.paging import Page
    from exports.shelf import Shelf

POLICY = (
    "default-src 'none'; img-src 'self' http: https:; style-src 'self'; script-src 'self'; base-uri 'none'; "
    "form-action 'none'"
)
_FACETS = {"": "All", "official": "From the makers themselves", "brand": "By brand", "stage": "By stage"}


def title(shelf: Shelf) -> str:
    """Return what a set is called."""
    match shelf.facet:
        case "":
            return "Newest stories"
        case "official":
            return "From the makers themselves"
        case "brand":
            return words.maker(shelf.value)
        case "stage":
            return shelf.value.capitalize()
        case _:
            return f"In {words.language(shelf.value)}"


def stories(  # noqa: PLR0913, PLR0917 - what a page shows
    shelf: Shelf, page: Page, listed: Sequence[bytes], facts: Sequence[Facts], total: int, channel: Channel
) -> bytes:
    """Return a page of a set.

    Args:
        shelf: The set.
        page: Which page it is.
        listed: The stories on it, each as HTML.
        facts: Of the same stories, in any order.
        total: How many stories the set has; of no meaning on older pages.
        channel: The site.
    """
    depth = shelf.folder.count("/") + bool(page.newer)
    brands = {brand for each in facts for brand in each.brands if plain(brand)}
    counted = (0, 0) if page.newer else (len(listed), total)
    between = _around_stories(
        shelf,
        bool(page.newer),
        bool(page.older),
        counted,
        tuple(sorted(brands, key=words.maker)),
        tuple(stage for stage in Stage if any(each.stage == stage for each in facts)),
        tuple(sorted({each.language for each in facts if each.language})),
        channel,
    )
    up = "../" if page.newer else ""
    shown = b"".join(listed).replace(markup.ROOT.encode(), b"../" * depth) or b"<p>No stories yet.</p>\n"
    filled = [shown, *(f"{up}{name}".encode() for name in (page.newer, page.older) if name)]
    return b"".join(part for pair in zip_longest(between, filled, fillvalue=b"") for part in pair)


@lru_cache(maxsize=1_000)  # old pages of a set differ in their stories alone, and where they lead to
def _around_stories(  # noqa: PLR0913, PLR0917 - all but the stories
    shelf: Shelf,
    newer: bool,  # noqa: FBT001 - of many
    older: bool,  # noqa: FBT001 - the same
    counted: tuple[int, int],
    brands: tuple[str, ...],
    stages: tuple[Stage, ...],
    languages: tuple[str, ...],
    channel: Channel,
) -> list[bytes]:
    """Return what stands before the stories of a page, after them, and after each link to another page."""
    mark = Markup(markup.ROOT)  # noqa: S704 (not markup at all: it is looked for below)
    page = _rendered(
        "stories.html",
        channel,
        folder=shelf.folder,
        here="" if shelf.folder or newer else "index.html",
        depth=shelf.folder.count("/") + newer,
        heading=title(shelf),
        stories=mark,
        shown=counted[0],
        total=counted[1],
        older=older and mark,
        newer=newer and mark,
        brands=brands,
        stages=stages,
        languages=languages,
    )
    return page.encode().split(markup.ROOT.encode())


def story(title: str, page: tuple[bytes, bytes], way: bytes, channel: Channel) -> bytes:
    """Return the page of a story, given before and after the stories of the same phones as `markup.way` gives them."""
    before, between, after = _around_a_story(channel)
    main = way.join(page).replace(markup.ROOT.encode(), b"../")
    return b"".join((before, escape(title).encode(), between, main, after))


@lru_cache(maxsize=2)
def _around_a_story(channel: Channel) -> tuple[bytes, bytes, bytes]:
    """Return what stands before a story's title, between it and the story, and after that: the same on every page."""
    marks = Markup(markup.ROOT)  # noqa: S704 (not markup at all: it is looked for below)
    parts = _rendered("story.html", channel, depth=1, heading=marks, main=marks).encode().split(markup.ROOT.encode())
    return parts[0], parts[1], parts[2]


def moved(survivor: int, channel: Channel) -> bytes:
    """Return the page of a story that was merged into another one."""
    return _page("moved.html", channel, depth=1, number=survivor)


def device(name: str, listed: Sequence[bytes], total: int, channel: Channel) -> bytes:
    """Return the page of a phone; `total` stories name it, the newest of which are given as HTML."""
    before, between, after, end = _around_a_phone(total, len(listed), channel)
    heading = markupsafe.escape(name).encode()
    whole = b"".join((before, heading, between, heading, after, *listed, end))
    return whole.replace(markup.ROOT.encode(), b"../")


@lru_cache(maxsize=1_000)  # most phones have few stories
def _around_a_phone(total: int, shown: int, channel: Channel) -> list[bytes]:
    """Return what stands before, between and after a phone's name, its name again, and its stories."""
    marks = Markup(markup.ROOT)  # noqa: S704 (not markup at all: it is looked for below)
    page = _rendered("device.html", channel, depth=1, heading=marks, stories=marks, shown=shown, total=total)
    return page.encode().split(markup.ROOT.encode())


def spelling(models: Iterable[str], name: str) -> str:
    """Return how a story that names a phone's page spells the phone."""
    return {slug(model): model for model in models}[name]


def calendar(dates: Iterable[Mapping[str, Any]], channel: Channel) -> bytes:
    """Return the page of dates, given the latest first."""
    months = [{"grouper": month, "list": list(each)} for month, each in groupby(dates, lambda said: said["date"][:7])]
    return _page("calendar.html", channel, here="calendar.html", months=months)


def figures(counted: Figures, total: int, channel: Channel) -> bytes:
    """Return the page of what can be counted of all `total` stories."""
    named = [bar._replace(label=words.maker(bar.label)) for bar in counted.brands]
    drawn = counted._asdict() | {"brands": named}
    return _page("figures.html", channel, here="figures.html", total=total, stages=list(map(str, Stage)), **drawn)


def feeds(sets: Sequence[tuple[Shelf, int]], archive: Sequence[str], channel: Channel) -> bytes:
    """Return the page that lists all feeds, with the number of their stories, and the pages of the whole archive."""
    ranked = sorted(sets, key=lambda each: _rank(each[0]))
    groups = [
        (_FACETS.get(facet, "By language of the lead"), [_listed(*each) for each in some])
        for facet, some in groupby(ranked, lambda each: each[0].facet)
    ]
    pages = [(name, name.removeprefix("archive/").removesuffix(".json")) for name in archive]
    return _page("feeds.html", channel, here="feeds.html", groups=groups, archive=pages)


def sources(rows: Sequence[Mapping[str, str]], channel: Channel) -> bytes:
    """Return the page of all sources and how they are doing."""
    return _page("sources.html", channel, here="sources.html", rows=rows)


def about(channel: Channel) -> bytes:
    """Return the page that explains what readers and programs can rely on."""
    return _page("about.html", channel, here="about.html", keys=KEYS)


def _rank(shelf: Shelf) -> tuple[int, str]:
    order = ("", "official", "stage", "brand", "language")
    within = str(list(Stage).index(Stage(shelf.value))) if shelf.facet == "stage" else title(shelf).casefold()
    return order.index(shelf.facet), within


def _listed(shelf: Shelf, total: int) -> dict[str, Any]:
    return {"folder": shelf.folder, "title": title(shelf), "total": total}


def _page(name: str, channel: Channel, **fields: Any) -> bytes:  # noqa: ANN401 (what a template wants)
    return _rendered(name, channel, **fields).encode()


def _rendered(name: str, channel: Channel, *, folder: str = "", depth: int = 0, **fields: Any) -> str:  # noqa: ANN401 (the same)
    site = line(channel.title, 200)
    common = {
        "site": site,
        "feed_title": f"{site}: {fields['heading']}" if folder else site,
        "language": tag(channel.language),
        "favicon": channel.favicon,
        "policy": POLICY,
        "folder": folder,
        "root": "../" * depth,
        "here": "",
    }
    return _templates().get_template(name).render(common | fields)


@lru_cache(maxsize=1)
def _templates() -> Environment:
    made = Environment(
        loader=PackageLoader("exports"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        keep_trailing_newline=True,
    )
    made.filters |= {
        "moment": words.when,
        "day": words.day,
        "maker": words.maker,
        "named": words.language,
    }
    return made
