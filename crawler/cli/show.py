"""What commands print: tables and stories for people, JSON for scripts."""

from __future__ import annotations

import json
import sys
from contextlib import contextmanager
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.table import Table

from crawler.domain.telling import first_reported, official, outlets
from crawler.domain.visits import Outcome
from crawler.store import stories as stored

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from crawler.catalogue import Catalogue, Source
    from crawler.config import Config
    from crawler.domain.models import Article, SourceFacts, Story
    from crawler.domain.visits import SourceState, Visit
    from crawler.round import Round
    from crawler.round.crawl import OnVisit
    from crawler.store.articles import Saved
    from crawler.store.database import Store

FIRST = 8
"""Stories shown at the end of a round: as many as fit a terminal."""

_out = Console(highlight=False, soft_wrap=True)
_err = Console(stderr=True, highlight=False)


def say(text: str) -> None:
    """Print a line for people."""
    _out.print(escape(text))


def on_terminal() -> bool:
    """Whether a person is looking."""
    return _err.is_terminal


@contextmanager
def progress(total: int) -> Iterator[OnVisit]:
    """A progress bar over the visits of a round; nothing where nobody looks."""
    columns = (TextColumn("visiting"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.description}"))
    with Progress(*columns, console=_err, transient=True, disable=not on_terminal()) as bar:
        task = bar.add_task("", total=total)

        def on_visit(visit: Visit, saved: Saved) -> None:
            del saved
            bar.update(task, advance=1, description=visit.source)
            if visit.problem and on_terminal():
                bar.console.print(escape(f"{visit.source}: {visit.problem}"))

        yield on_visit


def round_done(config: Config, store: Store, done: Round, *, as_json: bool) -> None:
    """Sum a round up, and show its newest stories."""
    with store.read() as db:
        told = stored.every(db)
    if as_json:
        _json(_numbers(config, done, told))
        return
    table = Table(show_header=False, box=None, pad_edge=False)
    numbers = _numbers(config, done, told)
    table.add_row("sources", f"{numbers['sources']} visited, {numbers['failed']} failed")
    for name in ("entries", "articles", "stories", "feed"):
        table.add_row(name, escape(str(numbers[name])))
    _out.print(table)
    for one in newest(told)[:FIRST]:
        _out.print()
        _brief(one)


def serving(feed: str, catalogue: Catalogue) -> None:
    """Say what the demo serves until it is stopped."""
    say(f"\nServing until Ctrl-C. Our feed: {feed}\nThe sample web:")
    for source in catalogue.values():
        say(f"  {source.url}")


def newest(told: Sequence[Story]) -> list[Story]:
    """Stories by the time of their first article, newest first."""
    return sorted(told, key=lambda one: (first_reported(one.articles).published, one.id), reverse=True)


def sources(rows: Sequence[tuple[Source, SourceState]], *, as_json: bool) -> None:
    """List sources with their health."""
    if as_json:
        for source, state in rows:
            _json(source.model_dump(mode="json", exclude_none=True) | {"state": asdict(state)})
        return
    table = Table("id", "title", "kind", "role", "lang", "last success", "problem", box=None, pad_edge=False)
    for source, state in rows:
        last = f"{state.last_success:%Y-%m-%d %H:%M}" if state.last_success else "-"
        table.add_row(
            source.id,
            escape(source.title),
            source.kind,
            source.role,
            source.language,
            last,
            escape(state.problem or ""),
        )
    _out.print(table)


def stories(told: Sequence[Story], facts: Mapping[str, SourceFacts], *, as_json: bool) -> None:
    """List stories briefly."""
    for one in told:
        if as_json:
            _json(_plain(one, facts))
        else:
            _brief(one)


def story(one: Story, facts: Mapping[str, SourceFacts], *, as_json: bool) -> None:
    """Show a story with all its articles."""
    if as_json:
        _json(_plain(one, facts))
        return
    _brief(one)
    first, own = first_reported(one.articles), official(one.articles, facts)
    _out.print(escape(f"  first reported {_when(first)} by {_name(first, facts)}"))
    if own is not None:
        _out.print(escape(f"  official {_when(own)} by {_name(own, facts)}"))
    for article in one.articles:
        copy = f" (copy of article {article.duplicate_of})" if article.duplicate_of else ""
        _out.print(escape(f"  {_when(article)}  {_name(article, facts)}: {article.title}{copy}"))
        _out.print(escape(f"      {article.url}"))
        if article.decision.why:
            _out.print(escape(f"      why: {'; '.join(article.decision.why)}"), style="dim")


def _brief(one: Story) -> None:
    _out.print(f"[bold]{escape(one.title)}[/bold]")
    outlets = len({article.source for article in one.articles})
    told = [f"story {one.id}", one.stage, _when(first_reported(one.articles)), _count(outlets, "source")]
    named = ", ".join((*one.brands, *one.models, *(f"{model}?" for model in one.guessed)))
    _out.print(escape("  " + " · ".join([*told, named])))


def _count(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def _numbers(config: Config, done: Round, told: Sequence[Story]) -> dict[str, int | str]:
    return {
        "sources": len(done.visits),
        "failed": sum(visit.outcome is Outcome.FAILED for visit in done.visits),
        "entries": sum(visit.entries for visit in done.visits),
        "articles": sum(len(one.articles) for one in told),
        "stories": len(told),
        "feed": str(config.site / "feed.json"),
    }


def _plain(one: Story, facts: Mapping[str, SourceFacts]) -> dict[str, Any]:
    return {
        "id": one.id,
        "title": one.title,
        "stage": one.stage,
        "brands": one.brands,
        "models": one.models,
        "guessed": one.guessed,
        "outlets": outlets(one.articles, facts),
        "aliases": one.aliases,
        "articles": [
            {"source": a.source, "title": a.title, "url": a.url, "published": a.published, "language": a.language}
            for a in one.articles
        ],
    }


def _name(article: Article, facts: Mapping[str, SourceFacts]) -> str:
    source = facts.get(article.source)
    return source.name if source else article.source


def _when(article: Article) -> str:
    return f"{article.published:%Y-%m-%d %H:%M}"


def _json(value: Any) -> None:  # noqa: ANN401 (anything JSON can say)
    sys.stdout.write(json.dumps(value, ensure_ascii=False, default=str) + "\n")
