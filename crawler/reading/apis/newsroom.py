"""What the APIs of newsrooms have in common: one call, one list of rows, an entry per row."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import UTC, tzinfo
from typing import TYPE_CHECKING, Any, ClassVar

from crawler.domain import urls
from crawler.domain.models import Entry
from crawler.errors import ReadingError
from crawler.reading import dates, jsonvalue, markup
from crawler.reading.models import Reading

if TYPE_CHECKING:
    from collections.abc import Mapping

    from crawler.catalogue import Source

MOST_ENTRIES = 200
LONGEST_TITLE = 500

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Call:
    """One HTTP request, as an API wants it.

    Args:
        body: b"" for a GET.
    """

    url: str
    method: str = "GET"
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""


class NewsroomApi:
    """An API that lists a newsroom's articles; a subclass names its members and, where it is no plain GET, its call."""

    rows: ClassVar[tuple[str, ...]]
    """The members that lead to the list of articles."""
    title: ClassVar[str]
    summary: ClassVar[str]
    published: ClassVar[str]
    """The member with the time: seconds since the epoch, or a date in words."""

    def request(self, source: Source) -> Call:
        """What to ask for the newest articles."""
        return Call(source.url)

    def link(self, row: Row) -> str:
        """The article's address, absolute or relative to the newsroom's home; "" for a row that is no article."""
        raise NotImplementedError

    def parse(self, body: bytes, home: str, content_type: str | None = None, timezone: tzinfo = UTC) -> Reading:
        """Read an answer.

        Args:
            body: The document as fetched, decompressed.
            home: The newsroom's front page, for relative links.
            content_type: The HTTP header, for its charset.
            timezone: The source's own, for dates without one.

        Raises:
            ReadingError: `blocked`, `unparsable` for what is no answer of this API, `empty` for one without an article.
        """
        answer = jsonvalue.read(body, content_type)
        rows = [row for row in self._rows(answer)[:MOST_ENTRIES] if isinstance(row, dict)]
        entries = {entry.url: entry for row in rows if (entry := self._entry(row, home, timezone))}
        if not entries:
            raise ReadingError("empty", f"{len(rows)} rows, and no article with an address and a title")
        return Reading(tuple(entries.values()))

    def _rows(self, answer: Any) -> list[Any]:  # noqa: ANN401 (JSON is anything)
        value = answer
        for key in self.rows:
            value = value.get(key) if isinstance(value, dict) else None
        if not isinstance(value, list):
            said = next(filter(None, (jsonvalue.text(answer, key) for key in ("message", "msg", "error"))), "")
            raise ReadingError("unparsable", f"no list at {'.'.join(self.rows)}{': ' if said else ''}{said}"[:300])
        return value

    def _entry(self, row: Row, home: str, timezone: tzinfo) -> Entry | None:
        link = self.link(row)
        url = urls.resolve(home, link) if link else None
        title = markup.line(_text(row, self.title)[: 4 * LONGEST_TITLE])[:LONGEST_TITLE]
        if url is None or not title:
            return None
        published = dates.parse(_text(row, self.published), timezone)
        return Entry(url=url, title=title, summary=markup.text(_text(row, self.summary)), published=published)


def posted(url: str, payload: Mapping[str, Any]) -> Call:
    """A call that sends JSON."""
    return Call(url, "POST", {"Content-Type": "application/json"}, json.dumps(payload).encode())


def _text(row: Row, key: str) -> str:
    """A member as text; search indexes wrap single values into lists."""
    value = row.get(key)
    return jsonvalue.text({key: value[0]} if isinstance(value, list) and value else row, key)
