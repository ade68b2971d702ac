"""The coming dates that stories name: as rows of the calendar page and as iCalendar (RFC 5545).

Only a whole day becomes an event; months and years stand on the page alone. A date that the maker itself did not name
is tentative. Nothing here depends on the clock: DTSTAMP is when the story last changed.
"""

from __future__ import annotations

from datetime import date, timedelta
from itertools import chain
from typing import TYPE_CHECKING, Any

from exports.clean import line

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from exports.channel import Channel

SHOWN = 500  # dates on the page and in the calendar
_OCTETS = 73  # RFC 5545, 3.1: lines of at most 75 octets; a folded one begins with a space
_WORDS = {"launch": "Launch", "event": "Event", "sale": "On sale"}


def calendar(told: Sequence[Mapping[str, Any]], channel: Channel) -> bytes:
    """Return the rows that have a whole day as an iCalendar, in order of time; they are given the latest first."""
    events = [text for row in reversed(told) if (text := _event(row))]
    head = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Launchwire//Launches//EN", "CALSCALE:GREGORIAN"]
    lines = [*head, f"X-WR-CALNAME:{_text(line(channel.title, 200))}", *chain.from_iterable(events), "END:VCALENDAR"]
    return "".join(f"{_folded(each)}\r\n" for each in lines).encode()


def rows(item: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Give a row for each date that a story names."""
    for said in item["_launchwire"].get("dates", ()):
        yield {
            "date": said["date"],
            "kind": said["kind"],
            "official": said["official"],
            "story": int(item["id"].rpartition(":")[2]),
            "title": item["title"],
            "language": item.get("language", ""),
            "url": item["url"],
            "changed": item["date_modified"],
        }


def _event(row: Mapping[str, Any]) -> list[str]:
    try:
        day = date.fromisoformat(row["date"]) if len(row["date"]) == len("2022-07-04") else None
        after = day + timedelta(days=1) if day else None
    except (ValueError, OverflowError):  # 31 February, or the end of the calendar
        return []
    if day is None or after is None:
        return []
    stamp = row["changed"].replace("-", "").replace(":", "")
    return [
        "BEGIN:VEVENT",
        f"UID:urn:launchwire:story:{row['story']}:{row['kind']}",
        f"DTSTAMP:{stamp}",
        f"DTSTART;VALUE=DATE:{day:%Y%m%d}",
        f"DTEND;VALUE=DATE:{after:%Y%m%d}",
        f"SUMMARY:{_text(_WORDS[row['kind']] + ': ' + row['title'])}",
        f"URL:{row['url']}",
        f"STATUS:{'CONFIRMED' if row['official'] else 'TENTATIVE'}",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    ]


def _text(text: str) -> str:
    """Return text as RFC 5545, 3.3.11 wants it."""
    return text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")


def _folded(text: str) -> str:
    parts, part, size = [], "", 0
    for letter in text:
        width = len(letter.encode())
        if size + width > _OCTETS:
            parts.append(part)
            part, size = "", 0
        part, size = part + letter, size + width
    return "\r\n ".join([*parts, part])
