"""`launchwire explain`: why a headline, or a stored article, is decided as it is."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from crawler.cli import context, show
from crawler.domain.articles import from_entry
from crawler.domain.explaining import explained
from crawler.domain.models import Entry, Role, SourceFacts
from crawler.domain.telling import facts
from crawler.domain.urls import canonical
from crawler.errors import ConfigError
from crawler.store import articles

if TYPE_CHECKING:
    from crawler.domain.explaining import Explanation
    from crawler.domain.models import Article

_WEIGHTIEST = 12  # features of a stage that a person wants to read
_ANYWHERE = SourceFacts("unknown", "unknown", Role.NEWS, "unknown")


def explain(
    ctx: typer.Context,
    what: Annotated[str, typer.Argument(metavar="URL-OR-TITLE", help="A stored article's address, or a headline.")],
    *,
    published: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The day a headline is from; today if not said.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print all of it as JSON.")] = False,
) -> None:
    """Explain a decision: what spoke for and against it, the names and cue words, dates and guesses."""
    if what.startswith(("http://", "https://")):
        article, source = _stored(ctx, what)
    else:
        day = (published or datetime.now(UTC)).replace(tzinfo=UTC)
        entry = Entry("https://example.com/", what, published=day)
        article, source = from_entry(entry, _ANYWHERE.id, "en", day), _ANYWHERE
    found = explained(article, source)
    if as_json:
        sys.stdout.write(json.dumps({"title": article.title} | asdict(found), ensure_ascii=False) + "\n")
    else:
        _tell(article, found)


def _stored(ctx: typer.Context, url: str) -> tuple[Article, SourceFacts]:
    with context.opened(ctx.obj.config()) as (catalogue, store):
        with store.read() as db:
            article = articles.at(db, url, canonical(url))
        if article is None:
            raise ConfigError(f"no article at {url} is stored; a headline instead of an address needs no store")
        return article, facts(article, catalogue.facts)


def _tell(article: Article, found: Explanation) -> None:
    decision = found.decision
    show.say(article.title)
    verdict = f"relevant, {decision.stage}" if decision.relevant else "not relevant"
    show.say(f"  {verdict}; score {decision.score:.4f}, relevant from 0.5")
    if not decision.brands:
        show.say("  names no maker of phones, which decides alone")
    for name, values in (
        ("brands", decision.brands),
        ("models", decision.models),
        ("guessed", decision.guessed),
        ("dates", [_date(one.kind, one.date, official=one.official) for one in decision.dates]),
    ):
        if values:
            show.say(f"  {name:<8} {', '.join(values)}")
    _list("for and against relevance", [f"{weight:+.2f}  {name}" for name, weight in found.features])
    if decision.stage:
        rows = found.stages[decision.stage][:_WEIGHTIEST]
        _list(f"for and against {decision.stage}", [f"{weight:+.2f}  {name}" for name, weight in rows])
    _list("names", [f"{one.where} {one.start}-{one.end}  {one.words}: {one.kind} {one.means}" for one in found.spans])
    _list("cue words", [f"{where}  {words}: {label}" for where, label, words in found.cues])


def _date(kind: str, date: str, *, official: bool) -> str:
    return f"{kind} {date}{' (official)' if official else ''}"


def _list(name: str, rows: list[str]) -> None:
    if rows:
        show.say(f"  {name}")
        for row in rows:
            show.say(f"    {row}")
