"""The pages for people: a list for each set of stories, a page for each story and each phone, and those about us.

They are made of checked feed items, so they show what the feed says and nothing else. No page depends on the clock.
Inline scripts and styles do not exist; the policy in each page refuses them.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, PackageLoader

from crawler.domain.models import Stage
from exports import words
from exports.card import number
from exports.clean import line, tag
from exports.contract import KEYS
from exports.shelf import plain, slug

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from exports.card import Card
    from exports.channel import Channel
    from exports.figures import Figures
    from exports.shelf import Shelf

SHOWN = 100  # stories on a page
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


def stories(shelf: Shelf, channel: Channel) -> bytes:
    """Return the page of a set."""
    items = [card.item() for card in shelf.cards[:SHOWN]]
    said = [item["_launchwire"] for item in items]
    return _page(
        "stories.html",
        channel,
        folder=shelf.folder,
        here="" if shelf.folder else "index.html",
        heading=title(shelf),
        items=items,
        total=len(shelf.cards),
        more=len(shelf.cards) > SHOWN,
        brands=sorted({brand for each in said for brand in each.get("brands", ()) if plain(brand)}, key=words.maker),
        stages=[stage for stage in Stage if any(each["stage"] == stage for each in said)],
        languages=sorted({_primary(item["language"]) for item in items if "language" in item}),
    )


def story(card: Card, channel: Channel) -> bytes:
    """Return the page of a story."""
    item = card.item()
    way = [("The story so far", card.earlier), ("What came after", card.later)]
    return _page("story.html", channel, depth=1, item=item, why=words.why(item), way=way)


def moved(survivor: int, channel: Channel) -> bytes:
    """Return the page of a story that was merged into another one."""
    return _page("moved.html", channel, depth=1, number=survivor)


def device(name: str, items: Sequence[Mapping[str, Any]], total: int, channel: Channel) -> bytes:
    """Return the page of a phone; `total` stories name it, the newest of which are `items`."""
    return _page("device.html", channel, depth=1, heading=name, items=items, total=total, more=total > len(items))


def calendar(dates: Iterable[Mapping[str, Any]], channel: Channel) -> bytes:
    """Return the page of dates, given the latest first."""
    months = [{"grouper": month, "list": list(each)} for month, each in groupby(dates, lambda said: said["date"][:7])]
    return _page("calendar.html", channel, here="calendar.html", months=months)


def figures(counted: Figures, total: int, channel: Channel) -> bytes:
    """Return the page of what can be counted of all `total` stories."""
    named = [bar._replace(label=words.maker(bar.label)) for bar in counted.brands]
    drawn = counted._asdict() | {"brands": named}
    return _page("figures.html", channel, here="figures.html", total=total, stages=list(map(str, Stage)), **drawn)


def feeds(shelves: Sequence[Shelf], archive: Sequence[str], channel: Channel) -> bytes:
    """Return the page that lists all feeds, and the pages of the whole archive."""
    groups = [
        (_FACETS.get(facet, "By language of the lead"), [_listed(each) for each in some])
        for facet, some in groupby(sorted(shelves, key=_rank), lambda each: each.facet)
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


def _listed(shelf: Shelf) -> dict[str, Any]:
    return {"folder": shelf.folder, "title": title(shelf), "total": len(shelf.cards)}


def _primary(language: str) -> str:
    return language.partition("-")[0].lower()


def _page(name: str, channel: Channel, *, folder: str = "", depth: int = 0, **fields: Any) -> bytes:  # noqa: ANN401 (what a template wants)
    site = line(channel.title, 200)
    common = {
        "site": site,
        "feed_title": f"{site}: {fields['heading']}" if folder else site,
        "language": tag(channel.language),
        "favicon": channel.favicon,
        "policy": POLICY,
        "folder": folder,
        "root": "../" * (depth or folder.count("/")),
        "here": "",
    }
    return _templates().get_template(name).render(common | fields).encode()


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
        "host": words.host,
        "maker": words.maker,
        "named": words.language,
        "number": number,
        "primary": lambda language: _primary(language) if language else "",
        "slug": slug,
    }
    made.tests["plain"] = plain
    return made
