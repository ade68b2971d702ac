"""JSON Feed 1.1 of stories: `feed.json` with the newest, and an archive that holds every other story exactly once.

`feed.json` holds the newest stories by the date of their first report. A story that it no longer holds stands in the
archive, on the page that its id belongs to: ids 1 to 50 on `archive/1.json`, 51 to 100 on `archive/2.json` and so on
(the channel's `page_size`). Ids never change and are never re-used, so neither a new story nor one of 2022 that is read
today moves another one: a page whose ids are all given and have all left `feed.json` changes only when one of its own
stories does. A page that would grow over 240,000 bytes goes on in `archive/2-2.json`, `archive/2-3.json`.

`next_url` leads from `feed.json` down through the archive to its oldest page. The specification wants absolute
addresses, so without a `base_url` there is no `feed_url`, `home_page_url` and `next_url`; the archive is still written,
and `index.html` links its pages.

Files come in the order in which they can be put in place one by one: what a page leads to comes before it.
"""

from __future__ import annotations

from itertools import groupby, pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from exports.channel import NAME
from exports.check import sift
from exports.clean import kept, line, tag, web
from exports.item import encoded, item

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from crawler.domain.models import SourceFacts, Story
    from exports.channel import Channel

VERSION = "https://jsonfeed.org/version/1.1"
PAGE_BYTES = 240_000  # the specification: under 250K is fine
_HEAD_BYTES = 20_000  # kept free of items, for the channel's own fields


class _Entry(NamedTuple):
    """An item ready to be put on a page; sorts by time, then id."""

    published: str
    story: int
    data: bytes


def feed(stories: Iterable[Story], sources: Mapping[str, SourceFacts], channel: Channel) -> dict[str, bytes]:
    """Return the files of the feed: names to bytes, the oldest page first, `feed.json` last.

    Args:
        stories: Every story that is published, in any order; none twice.
        sources: Facts by source id.
        channel: The feed they go into.
    """
    good, _ = sift(item(story, sources, channel) for story in stories)
    return pages(good, channel)


def pages(items: Iterable[Mapping[str, Any]], channel: Channel) -> dict[str, bytes]:
    """Return the files of a feed of checked items, as `feed` does."""
    entries = [_entry(item) for item in newest_first(items)]
    newest = _fitting(entries, channel.page_size)
    chain = [(NAME, newest), *_archive(entries, len(newest), channel.page_size)]
    follow = {name: channel.address(following) for (name, _), (following, _) in pairwise(chain)}
    return {name: _page(page, channel, follow.get(name, "")) for name, page in reversed(chain)}


def newest_first(items: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Return items by the time of their first report, the higher id first at the same moment."""
    return sorted(items, key=lambda each: (each["date_published"], _number(each)), reverse=True)


def _number(made: Mapping[str, Any]) -> int:
    return int(made["id"].rpartition(":")[2])


def _entry(made: Mapping[str, Any]) -> _Entry:
    return _Entry(made["date_published"], _number(made), encoded(made))


def _fitting(entries: Sequence[_Entry], most: int) -> Sequence[_Entry]:
    """Return as many of the first entries as fit on one page."""
    room = PAGE_BYTES - _HEAD_BYTES
    for place, entry in enumerate(entries[:most]):
        room -= len(entry.data) + 2
        if room < 0:
            return entries[:place]
    return entries[:most]


def _archive(entries: Sequence[_Entry], newest: int, size: int) -> Iterator[tuple[str, Sequence[_Entry]]]:
    """Give the pages of the archive, highest ids first; the first `newest` entries stand in `feed.json`.

    A page below the highest is given even while all its stories are in `feed.json`: were it left out now and put in
    later, the page that leads to it would change.
    """
    in_feed = {entry.story for entry in entries[:newest]}
    by_number = sorted(entries, key=lambda entry: -entry.story)  # within one number the order by time is made below
    begun = False
    for number, ids in groupby(by_number, key=lambda entry: (entry.story - 1) // size + 1):
        page = sorted((entry for entry in ids if entry.story not in in_feed), reverse=True)
        begun = begun or bool(page)
        if begun:
            yield from _parts(f"archive/{number}", page)


def _parts(stem: str, page: Sequence[_Entry]) -> Iterator[tuple[str, Sequence[_Entry]]]:
    part = 1
    while page or part == 1:
        fitting = _fitting(page, len(page))
        yield f"{stem}.json" if part == 1 else f"{stem}-{part}.json", fitting
        page, part = page[len(fitting) :], part + 1


def _page(entries: Sequence[_Entry], channel: Channel, following: str) -> bytes:
    """Return one page, an item on each line so that people can read and compare it."""
    head = {"version": VERSION} | kept(
        {
            "title": line(channel.title, 200),
            "home_page_url": channel.address("index.html"),
            "feed_url": channel.address(NAME),
            "next_url": following,
            "icon": web(channel.icon),
            "favicon": web(channel.favicon),
            "language": tag(channel.language),
            "hubs": [{"type": "WebSub", "url": web(hub)} for hub in channel.hubs],
        }
    )
    items = b",\n".join(entry.data for entry in entries)
    return encoded(head)[:-1] + b',"items":[\n' + items + b"\n]}\n"
