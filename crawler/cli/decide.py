"""`launchwire decide`: try the rules on headlines of your own; touches no store."""

from __future__ import annotations

import codecs
import re
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated
from urllib.parse import quote

import typer
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from crawler.cli.deciders import Said, decide_all
from crawler.domain.stories import group
from crawler.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Iterator

_COARSE = re.compile(r"\d{4}(-\d{2})?")
Word = Annotated[str, Field(min_length=1)]


class Item(BaseModel):
    """One line of the file; keys that are not ours are passed over."""

    model_config = ConfigDict(frozen=True, coerce_numbers_to_str=True)

    id: Word
    title: Word
    snippet: str | None = None
    url: str | None = None
    publisher: str | None = None
    published: str | None = None
    lang: str | None = None


def decide(
    file: Annotated[
        typer.FileBinaryRead, typer.Argument(metavar="FILE.jsonl", help="One JSON object a line; - is stdin.")
    ],
    *,
    every: Annotated[bool, typer.Option("--all", help="Make stories also of what is not relevant.")] = False,
) -> None:
    """Decide items of a JSON Lines file and print one decision a line.

    Items have id and title, and may have snippet, url, publisher, published and lang.
    Decisions have id, relevant, score, stage, brands, models (stated and guessed) and story.
    """
    told = list(decide_all(map(_said, _items(file)), every=every))
    grouped = group([one.article for one in told if one.article], {})
    story = {article.key: members[0].key for members in grouped for article in members}
    sys.stdout.writelines(one.line(story.get(one.id)) for one in told)


def _items(file: typer.FileBinaryRead) -> Iterator[Item]:
    ids: set[str] = set()
    for number, line in enumerate(file, 1):
        if not line.strip():
            continue
        where = f"{file.name}: line {number}"
        try:
            item = Item.model_validate_json(line.removeprefix(codecs.BOM_UTF8))
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            key = ".".join(map(str, first["loc"]))
            raise ConfigError(f"{where}: {f'{key}: ' if key else ''}{first['msg']}") from None
        if item.id in ids:
            raise ConfigError(f"{where}: the id {item.id!r} stands in an earlier line; give each item its own")
        ids.add(item.id)
        yield item


def _said(item: Item) -> Said:
    return Said(
        id=item.id,
        title=item.title,
        snippet=item.snippet or "",
        url=item.url or f"https://example.com/{quote(item.id, safe='')}",
        publisher=item.publisher or "unknown",
        language=item.lang or "en",
        published=_moment(item),
    )


def _moment(item: Item) -> datetime | None:
    # A bare year or month is too coarse to tell events apart, so such an item counts as undated.
    if not item.published or _COARSE.fullmatch(item.published):
        return None
    try:
        moment = datetime.fromisoformat(item.published)
    except ValueError:
        raise ConfigError(f"item {item.id}: published {item.published!r} is no ISO 8601 date") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
