"""How the sources are doing, for readers: rows of a page and `status.json`. Judged elsewhere, only told here."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from crawler.domain.languages import tag
from exports.clean import line, stamp, web

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class SourceStatus:
    """A source as readers are told of it.

    Args:
        role: `brand` or `news`.
        feed: Address of its feed, "" where it publishes otherwise.
        condition: One word on its health, "" where that is not known.
        line: What there is to say of it.
        last_success: When it last answered as it should.
    """

    id: str
    name: str
    role: str
    home: str = ""
    language: str = ""
    feed: str = ""
    condition: str = ""
    line: str = ""
    last_success: datetime | None = None


def rows(sources: Iterable[SourceStatus]) -> list[dict[str, str]]:
    """Return clean rows in order of the names."""
    made = [_row(each) for each in sources]
    return sorted(made, key=lambda row: (row["name"].casefold(), row["id"]))


def document(made: Sequence[dict[str, str]]) -> bytes:
    """Return the rows as JSON; keys without a value are left out."""
    told = [{key: value for key, value in row.items() if value} for row in made]
    return (json.dumps({"version": 1, "sources": told}, ensure_ascii=False, indent=1) + "\n").encode()


def _row(source: SourceStatus) -> dict[str, str]:
    return {
        "id": line(source.id, 100),
        "name": line(source.name, 100) or line(source.id, 100),
        "role": line(source.role, 20),
        "home": web(source.home),
        "language": tag(source.language),
        "condition": line(source.condition, 40),
        "line": line(source.line, 300),
        "last_success": stamp(source.last_success) if source.last_success else "",
    }
