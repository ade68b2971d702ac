"""`launchwire decide`: try the rules on headlines of your own; touches no store."""

from __future__ import annotations

import codecs
import json
import re
import sys
from dataclasses import replace
from datetime import UTC, datetime
from typing import Annotated, Any

import typer
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from crawler.domain.articles import from_entry
from crawler.domain.deciding import decided
from crawler.domain.models import Article, Entry, Role, SourceFacts
from crawler.domain.stories import group
from crawler.errors import ConfigError

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
    read = [_decided(item) for item in _items(file)]
    grouped = group([article for article in read if every or article.decision.relevant], {})
    story = {article.key: members[0].key for members in grouped for article in members}
    for article in read:
        sys.stdout.write(json.dumps(_line(article, story.get(article.key)), ensure_ascii=False) + "\n")


def _items(file: typer.FileBinaryRead) -> list[Item]:
    items: dict[str, Item] = {}
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
        if item.id in items:
            raise ConfigError(f"{where}: the id {item.id!r} stands in an earlier line; give each item its own")
        items[item.id] = item
    return list(items.values())


def _decided(item: Item) -> Article:
    publisher, language = item.publisher or "unknown", item.lang or "en"
    entry = Entry(
        url=item.url or f"https://example.com/{item.id}",
        title=item.title,
        summary=item.snippet or "",
        published=_moment(item),
    )
    article = from_entry(entry, publisher, language, datetime.now(UTC))
    facts = SourceFacts(publisher, publisher, Role.NEWS, publisher, language)
    return replace(decided(article, facts), key=item.id)


def _moment(item: Item) -> datetime | None:
    # A bare year or month is too coarse to tell events apart, so such an item counts as undated.
    if not item.published or _COARSE.fullmatch(item.published):
        return None
    try:
        moment = datetime.fromisoformat(item.published)
    except ValueError:
        raise ConfigError(f"item {item.id}: published {item.published!r} is no ISO 8601 date") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _line(article: Article, story: str | None) -> dict[str, Any]:
    decision = article.decision
    return {
        "id": article.key,
        "relevant": int(decision.relevant),
        "score": round(decision.score, 4),
        "stage": decision.stage,
        "brands": decision.brands,
        "models": (*decision.models, *decision.guessed),
        "story": story,
    }
