"""What each file of the site holds, by its name: pages, feeds, calendar, lists. Makes none before it is needed.

Every file follows from the stories of the ledger and from what stands in its name, so it does not matter when or in
which order files are made.
"""

from __future__ import annotations

import re
from functools import cached_property, lru_cache, partial
from importlib.resources import files
from typing import TYPE_CHECKING

from exports import atom, dates, figures, jsonfeed, markup, opml, pages, status, words
from exports.channel import SCHEMA
from exports.file import File, digest
from exports.listing import Listing
from exports.paging import HEADS, SHOWN, Chain
from exports.place import Place
from exports.shelf import BLOCK, shelf
from exports.shown import Shown
from exports.stock import Stock
from exports.timeline import Timeline

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from exports.channel import Channel
    from exports.ledger import Ledger
    from exports.paging import Page
    from exports.status import SourceStatus

STATIC = ("icon.svg", "site.css", "site.js")
SINGLE = (
    *STATIC,
    SCHEMA,
    *("about.html", "launches.ics", "calendar.html", "figures.html", "status.json", "sources.html", "sources.opml"),
    *("feeds.html", "feeds.opml"),
)
"""The files that there are once, whatever the stories."""

_STORY = re.compile(r"story/([1-9][0-9]*)\.html")
_DEVICE = re.compile(r"device/([a-z0-9-]+)\.html")
_PAGED = re.compile(r"((?:[a-z]+/)(?:[a-z0-9-]+/)?)?(index|feed|archive/([1-9][0-9]*)(?:-([1-9][0-9]*))?)\.([a-z]+)")


class Publication:
    """The files that follow from one state of a ledger; make a new one when the stories have changed.

    Args:
        ledger: Holds the stories.
        channel: What the operator says of the whole.
        sources: All sources and how they are doing.
        turn: That of the files, which the list of them tells; of no meaning to all others.
    """

    def __init__(self, ledger: Ledger, channel: Channel, sources: Sequence[SourceStatus] = (), turn: str = "") -> None:
        self._ledger, self._channel, self._sources, self._turn = ledger, channel, sources, turn
        self._stock = Stock(ledger)
        self._shown = Shown(self._stock)
        self._together: list[int] = []  # ids of stories whose pages are asked for at once
        self._timeline = Timeline(ledger, self._stock)
        self._common = digest(channel, sorted(words.makers().items()))
        self.chain = lru_cache(maxsize=None)(self._chain)
        self._set = lru_cache(maxsize=None)(self._stories_of_set)
        self._brief = lru_cache(maxsize=2_000)(self._in_brief)  # stands on pages of several sets

    def files(self, names: Sequence[str]) -> dict[str, File | None]:
        """Return some files by name, what they need to know of stories being looked up together."""
        self._together = [int(found[1]) for name in names if (found := _STORY.fullmatch(name))]
        self._shown.meet(self._together)
        return {name: self.file(name) for name in names}

    def file(self, name: str) -> File | None:
        """Return a file, None where the site has none of that name."""
        if name in SINGLE:
            return self._single(name)
        if found := _STORY.fullmatch(name):
            return self._story(name, int(found[1]))
        if found := _DEVICE.fullmatch(name):
            return self._device(name, found[1])
        if found := _PAGED.fullmatch(name):
            return self._paged(name, found)
        return None

    @cached_property
    def totals(self) -> dict[str, int]:
        """How many stories each set holds, by folder; that of all stories is always there."""
        return {"": 0} | self._stock.tallies("set")

    def _chain(self, folder: str, form: str) -> Chain:
        size = self._channel.page_size
        most = SHOWN if form == "html" else size
        return Chain(self._set(folder), form, most, shelf(folder).ids_on_page(size), _pages_of_a_block(folder))

    def _stories_of_set(self, folder: str) -> Place:
        return Place(self._ledger, f"set:{folder}", _pages_of_a_block(folder))

    def _in_brief(self, number: int) -> bytes:
        return b"".join(markup.brief(each).encode() for each in self._shown.facts([number]))

    def _file(self, name: str, make: Callable[[], bytes], *parts: object) -> File:
        return File(name, digest(self._common, *parts), make)

    # What there is of each story and of each phone

    def _story(self, name: str, number: int) -> File | None:
        told = next(iter(self._shown.facts([number])), None)
        if told is None:
            into = self._stock.survivor(number)
            return None if into is None else self._file(name, partial(pages.moved, into, self._channel), into)
        way, together = markup.way(*self._timeline.way(told)).encode(), self._together

        def make() -> bytes:
            return pages.story(told.title, self._shown.among(number, together).page, way, self._channel)

        return self._file(name, make, self._shown.digest(number), way)

    def _device(self, name: str, slug: str) -> File | None:
        """Return the page of a phone, under the spelling that its newest story has."""
        held = Place(self._ledger, f"device:{slug}").newest(SHOWN)
        if not held:
            return None
        newest = self._stock.some([held[0].number])[held[0].number]
        model = pages.spelling(newest.models, slug)
        total = self._stock.tally("device", slug)
        numbers = [slip.number for slip in held]

        def make() -> bytes:
            return pages.device(model, self._shown.listed(numbers), total, self._channel)

        return self._file(name, make, model, total, *(slip.digest for slip in held))

    # What there is of each set

    def _paged(self, name: str, found: re.Match[str]) -> File | None:
        folder, stem, number, part, form = found[1] or "", found[2], found[3], int(found[4] or 1), found[5]
        total = self.totals.get(folder)
        if total is None or form not in HEADS or (not number and HEADS[form] != f"{stem}.{form}"):
            return None
        chain = self.chain(folder, form)
        if not number:
            return self._page(name, folder, form, chain.first(), total)
        parts = chain.parts(int(number))
        return self._page(name, folder, form, parts[part - 1], 0) if part <= len(parts) else None

    def _page(self, name: str, folder: str, form: str, page: Page, total: int) -> File:
        numbers = [slip.number for slip in page.held]
        set_ = shelf(folder)

        def make() -> bytes:
            if form == "html":
                facts = self._shown.facts(numbers)
                listed = list(map(self._brief, numbers)) if page.newer else self._shown.listed(numbers)
                return pages.stories(set_, page, listed, facts, total, self._channel)
            held = self._shown.forms(numbers)
            title = f"{self._channel.title}: {pages.title(set_)}" if folder else self._channel.title
            if form == "atom":
                return atom.document(page, [each.atom for each in held], self._channel, folder, title)
            return jsonfeed.document(page, [each.json for each in held], self._channel, folder, title)

        linked = (page.older, page.newer) if form == "html" else (page.older, bool(page.newer))
        shown = total if form == "html" else 0
        return self._file(name, make, form, folder, page.name, linked, shown, *(slip.digest for slip in page.held))

    # What there is once

    def _single(self, name: str) -> File:
        if name in STATIC or name == SCHEMA:
            data = _own(name)
            return File(name, digest(data), lambda: data)
        match name:
            case "about.html":
                return self._file(name, partial(pages.about, self._channel))
            case "launches.ics" | "calendar.html":
                rows = self._stock.coming(dates.SHOWN)
                write = dates.calendar if name == "launches.ics" else pages.calendar
                return self._file(name, partial(write, rows, self._channel), rows)
            case "figures.html":
                return self._figures(name)
            case "feeds.html" | "feeds.opml":
                return self._lists(name)
            case _:
                return self._of_sources(name)

    def _figures(self, name: str) -> File:
        counted = figures.figures(*(self._stock.tallies(kind) for kind in ("day", "maker", "silence")))
        total = self.totals[""]
        return self._file(name, partial(pages.figures, counted, total, self._channel), total, counted)

    def _lists(self, name: str) -> File:
        totals = sorted(self.totals.items())
        if name == "feeds.opml":
            folders = [folder for folder, _ in totals]
            return self._file(name, partial(opml.ours, list(map(shelf, folders)), self._channel), folders)
        archive = Listing(self._ledger).archive(self._turn)
        sets = [(shelf(folder), total) for folder, total in totals]
        return self._file(name, partial(pages.feeds, sets, archive, self._channel), totals, archive)

    def _of_sources(self, name: str) -> File:
        if name == "sources.opml":
            return self._file(name, partial(opml.theirs, self._sources, self._channel), opml.feeds(self._sources))
        rows = status.rows(self._sources)
        write = partial(status.document, rows) if name == "status.json" else partial(pages.sources, rows, self._channel)
        return self._file(name, write, rows)


def _pages_of_a_block(folder: str) -> int:
    return -(-BLOCK // shelf(folder).ids_on_page(1))


@lru_cache(maxsize=8)
def _own(name: str) -> bytes:
    folder = "schemas" if name == SCHEMA else "static"
    return (files("exports") / folder / name).read_bytes()
