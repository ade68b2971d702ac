"""Feeds by query: `/feed.json?brand=xiaomi&stage=teaser`.

The facets are fixed and their values are those that have a published feed. One facet alone gives that feed; several
give the newest stories that have them all, found in the pages of the rarest facet.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from crawler.domain.languages import primary

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from crawler.web.folder import Folder
    from exports.names import Names

FACETS = ("brand", "language", "official", "stage")  # the rarest first
_SHOWN = 50  # stories
_READ = 40  # pages of the archive, at most


class UnknownFilterError(ValueError):
    """A query names what no feed has."""


def chosen(query: Sequence[tuple[str, str]], names: Names, *, several: bool) -> list[str]:
    """Return the folders of the sets that a query names, the rarest first.

    Args:
        query: Keys and values as sent.
        names: The published files.
        several: Whether more than one may be named.

    Raises:
        UnknownFilterError: A facet that there is not or stands twice, or a value without a feed; one line.
    """
    asked = dict(query)
    if len(asked) < len(query):
        raise UnknownFilterError("each filter may be given once")
    if not asked.keys() <= set(FACETS):
        raise UnknownFilterError(f"the filters are {', '.join(FACETS)}")
    if len(asked) > 1 and not several:
        raise UnknownFilterError("several filters at once are for feed.json")
    return [_folder(facet, asked[facet], names) for facet in FACETS if facet in asked]


def _folder(facet: str, value: str, names: Names) -> str:
    folder = f"{facet}/{value}/" if facet != "official" else "official/"
    if not names.has(f"{folder}feed.json") or (facet == "official" and value != "1"):
        raise UnknownFilterError(f"no feed has this {facet}; there are {', '.join(_values(facet, names)) or 'none'}")
    return folder


def _values(facet: str, names: Names) -> list[str]:
    if facet == "official":
        return ["1"] if names.has("official/feed.json") else []
    return [name.split("/")[1] for name in names.like(f"{facet}/*/feed.json")][:60]


def merged(folder: Folder, sets: Sequence[str]) -> bytes | None:
    """Return a JSON Feed of the newest stories that stand in all the sets, None where one is not in place yet.

    Args:
        folder: The site.
        sets: Folders as `chosen` returns them, at least two.
    """
    head = _load(folder, f"{sets[0]}feed.json")
    if not head:
        return None
    items = []
    for item in _items(folder, sets[0]):
        if all(_stands_in(item, name) for name in sets[1:]):
            items.append(item)
        if len(items) == _SHOWN:
            break
    query = urlencode([(name.split("/")[0], name.split("/")[1] or "1") for name in sets])
    root = head.get("feed_url", "").removesuffix(f"{sets[0]}feed.json")
    made = {key: value for key, value in head.items() if key not in {"next_url", "hubs", "feed_url", "items"}}
    made["title"] = f"{head['title']} ({', '.join(name.strip('/').rpartition('/')[2] for name in sets[1:])})"
    if root:
        made["feed_url"] = f"{root}feed.json?{query}"
    items.sort(key=lambda item: item["date_published"], reverse=True)
    return json.dumps(made | {"items": items}, ensure_ascii=False).encode() + b"\n"


def _items(folder: Folder, name: str) -> Iterator[dict[str, Any]]:
    """Give the stories of a set, those of its feed first, then down its archive."""
    pages = folder.names.like(f"{name}archive/*.json")
    for page in (f"{name}feed.json", *sorted(pages, key=_place)[:_READ]):
        yield from _load(folder, page).get("items", ())


def _place(page: str) -> tuple[int, int]:
    number, _, part = page.rpartition("/")[2].removesuffix(".json").partition("-")
    return -int(number), int(part or 1)


def _load(folder: Folder, name: str) -> dict[str, Any]:
    found = folder.document(name)
    loaded: dict[str, Any] = json.loads(found.data) if found else {}
    return loaded


def _stands_in(item: Mapping[str, Any], name: str) -> bool:
    facet, _, value = name.strip("/").partition("/")
    said = item["_launchwire"]
    values: dict[str, Iterable[str]] = {
        "brand": said.get("brands", ()),
        "language": (primary(item.get("language", "")),),
        "official": ("",) if "official" in said else (),
        "stage": (said["stage"],),
    }
    return value in values[facet]
