"""`launchwire decide`: try the rules on headlines of your own; touches no store."""

from __future__ import annotations

import json
import re
import sys
from dataclasses import replace
from datetime import UTC, datetime
from typing import Annotated, Any, TextIO

import typer

from crawler.domain.articles import from_entry
from crawler.domain.deciding import decided
from crawler.domain.models import Article, Entry, Role, SourceFacts
from crawler.domain.stories import group
from crawler.errors import ConfigError

_COARSE = re.compile(r"\d{4}(-\d{2})?")
_OPTIONAL = ("snippet", "url", "publisher", "published", "lang")


def decide(
    file: Annotated[typer.FileText, typer.Argument(metavar="FILE.jsonl", help="One JSON object a line; - is stdin.")],
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


def _items(file: TextIO) -> list[dict[str, Any]]:
    items = []
    for number, line in enumerate(file, 1):
        if not line.strip():
            continue
        try:
            item = json.loads(line)
            items.append({"id": str(item["id"]), "title": str(item["title"])} | {k: item.get(k) for k in _OPTIONAL})
        except (ValueError, KeyError, TypeError):
            raise ConfigError(f"{file.name}: line {number} is no JSON object with id and title") from None
    return items


def _decided(item: dict[str, Any]) -> Article:
    publisher = str(item["publisher"] or "unknown")
    entry = Entry(
        url=str(item["url"] or f"https://example.com/{item['id']}"),
        title=item["title"],
        summary=str(item["snippet"] or ""),
        published=_moment(item),
    )
    language = str(item["lang"] or "en")
    article = from_entry(entry, publisher, language, datetime.now(UTC))
    facts = SourceFacts(publisher, publisher, Role.NEWS, publisher, language)
    return replace(decided(article, facts), key=item["id"])


def _moment(item: dict[str, Any]) -> datetime | None:
    # A bare year or month is too coarse to tell events apart, so such an item counts as undated.
    if not item["published"] or _COARSE.fullmatch(str(item["published"])):
        return None
    try:
        moment = datetime.fromisoformat(str(item["published"]))
    except ValueError:
        raise ConfigError(f"item {item['id']}: published {item['published']!r} is no ISO 8601 date") from None
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
