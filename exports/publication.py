"""The whole publication as a sequence of files: feeds, pages, calendar, lists. Makes none before it is needed.

Files come in the order in which they can be put in place one by one: what a file leads to comes before it, so the feeds
come after their archives and `feed.json` of all stories is the last.
"""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING

from exports import atom, dates, figures, jsonfeed, opml, pages, status, words
from exports.channel import SCHEMA
from exports.file import File, digest
from exports.paging import FORMATS, chain
from exports.shelf import shelves, slug

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from exports.card import Card
    from exports.channel import Channel
    from exports.paging import Page
    from exports.shelf import Shelf
    from exports.status import SourceStatus

STATIC = ("icon.svg", "site.css", "site.js")
_DOCUMENTS = {"json": jsonfeed.document, "atom": atom.document}


def publication(cards: Sequence[Card], sources: Sequence[SourceStatus], channel: Channel) -> Iterator[File]:
    """Give every file of the site.

    Args:
        cards: All stories, in any order.
        sources: All sources and how they are doing.
        channel: What the operator says of the whole.
    """
    sets = shelves(cards)
    yield from _fixed(channel)
    yield from _stories(cards, channel)
    yield from _devices(sets[-1].cards, channel)
    yield from _calendar(sets[-1].cards, channel)
    yield _figures(cards, channel)
    yield from _sources(sources, channel)
    for shelf in sets:
        yield _page_of(shelf, channel)
    yield from _lists(sets, channel)
    for shelf in sets:
        yield from _feeds(shelf, channel)


def _fixed(channel: Channel) -> Iterator[File]:
    for name in STATIC:
        data = (files("exports") / "static" / name).read_bytes()
        yield File(name, digest(data), lambda data=data: data)  # type: ignore[misc]
    schema = (files("exports") / "schemas" / SCHEMA).read_bytes()
    yield File(SCHEMA, digest(schema), lambda: schema)
    yield File("about.html", digest(channel), lambda: pages.about(channel))


def _stories(cards: Sequence[Card], channel: Channel) -> Iterator[File]:
    common = digest(channel, words.makers())
    for card in cards:
        name = f"story/{card.number}.html"
        mark = digest(common, card.digest, card.earlier, card.later)
        yield File(name, mark, lambda card=card: pages.story(card, channel))  # type: ignore[misc]
        for old in card.aliases:
            into = card.number
            make: Callable[[], bytes] = lambda into=into: pages.moved(into, channel)  # type: ignore[misc] # noqa: E731
            yield File(f"story/{old}.html", digest(common, into), make)


def _devices(cards: Sequence[Card], channel: Channel) -> Iterator[File]:
    """Give a page for each phone, under the spelling that its newest story has."""
    found: dict[str, tuple[str, list[Card]]] = {}
    for card in cards:
        for name, model in {slug(each): each for each in card.models}.items():
            if name:
                found.setdefault(name, (model, []))[1].append(card)
    common = digest(channel, words.makers())
    for name, (model, held) in sorted(found.items()):
        shown = held[: pages.SHOWN]
        mark = digest(common, model, len(held), *(card.digest for card in shown))

        def make(model: str = model, shown: list[Card] = shown, total: int = len(held)) -> bytes:
            return pages.device(model, [card.item() for card in shown], total, channel)

        yield File(f"device/{name}.html", mark, make)


def _calendar(cards: Sequence[Card], channel: Channel) -> Iterator[File]:
    dated = [card for card in cards if card.dated]
    rows = dates.dates(card.item() for card in dated)
    mark = digest(channel, rows)
    yield File("launches.ics", mark, lambda: dates.calendar(rows, channel))
    yield File("calendar.html", mark, lambda: pages.calendar(rows, channel))


def _figures(cards: Sequence[Card], channel: Channel) -> File:
    counted = figures.figures(cards)
    mark = digest(channel, words.makers(), len(cards), counted)
    return File("figures.html", mark, lambda: pages.figures(counted, len(cards), channel))


def _sources(sources: Sequence[SourceStatus], channel: Channel) -> Iterator[File]:
    rows = status.rows(sources)
    mark = digest(channel, rows)
    yield File("status.json", mark, lambda: status.document(rows))
    yield File("sources.html", mark, lambda: pages.sources(rows, channel))
    yield File("sources.opml", "", lambda: opml.theirs(sources, channel))


def _page_of(shelf: Shelf, channel: Channel) -> File:
    shown = (card.digest for card in shelf.cards[: pages.SHOWN])
    mark = digest(channel, words.makers(), shelf.folder, len(shelf.cards), *shown)
    return File(f"{shelf.folder}index.html", mark, lambda: pages.stories(shelf, channel))


def _lists(sets: Sequence[Shelf], channel: Channel) -> Iterator[File]:
    whole = sets[-1]
    archive = [page.name for page in _chain(whole, "json", channel)[1:]]
    mark = digest(channel, words.makers(), archive, [(shelf.folder, len(shelf.cards)) for shelf in sets])
    yield File("feeds.html", mark, lambda: pages.feeds(sets, archive, channel))
    yield File("feeds.opml", mark, lambda: opml.ours(sets, channel))


def _chain(shelf: Shelf, form: str, channel: Channel) -> list[Page]:
    return chain(shelf.cards, form, channel.page_size, shelf.ids_on_page(channel.page_size))


def _feeds(shelf: Shelf, channel: Channel) -> Iterator[File]:
    """Give the pages of a set in both formats, the oldest first, the feeds last and `feed.json` after `feed.atom`."""
    title = f"{channel.title}: {pages.title(shelf)}" if shelf.folder else channel.title
    chains = {form: _chain(shelf, form, channel) for form in reversed(FORMATS)}
    order = [(form, page) for form, made in chains.items() for page in reversed(made[1:])]
    for form, page in [*order, *((form, made[0]) for form, made in chains.items())]:
        mark = digest(form, channel, shelf.folder, title, page.older, page.newer, *(card.digest for card in page.cards))

        def make(form: str = form, page: Page = page) -> bytes:
            return _DOCUMENTS[form](page, channel, shelf.folder, title)

        yield File(f"{shelf.folder}{page.name}", mark, make)
