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

from crawler.domain.telling import first_reported, official
from crawler.domain.visits import Outcome
from crawler.store import newest as stored
from exports.channel import Channel
from exports.item import item

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from crawler.catalogue import Catalogue, Source
    from crawler.config import Config
    from crawler.domain.health import Health
    from crawler.domain.models import Article, SourceFacts, Story
    from crawler.domain.stories import Why
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
        numbers = _numbers(config, done, stored.counts(db))
        told = [] if as_json else stored.newest(db, FIRST)
    if as_json:
        json_line(numbers)
        return
    say(f"sources   {numbers['sources']} visited, {numbers['failed']} failed")
    for name in ("entries", "articles", "stories", "feed"):
        say(f"{name:<9} {numbers[name]}")
    for one in told:
        _out.print()
        _brief(one)


def serving(feed: str, catalogue: Catalogue) -> None:
    """Say what the demo serves until it is stopped."""
    say(f"\nServing until Ctrl-C. Our feed: {feed}\nThe sample web:")
    for source in catalogue.values():
        say(f"  {source.url}")


def sources(rows: Sequence[tuple[Source, SourceState, Health]], *, as_json: bool) -> None:
    """List sources with their health, one line each, the id first and whole: it is what other commands take."""
    if not as_json:
        width = max(len(source.id) for source, _, _ in rows)
        for source, state, health in rows:
            last = f"{state.last_success:%Y-%m-%d %H:%M}" if state.last_success else "never".ljust(16)
            line = f"{source.id:<{width}}  {source.kind:<7}  {source.language:<5}  {last}  {health.condition:<10}  "
            say((line + health.line).rstrip())
        return
    for source, state, health in rows:
        plain = source.model_dump(mode="json", exclude_none=True)
        json_line(plain | {"condition": health.condition, "problem": health.line, "state": asdict(state)})


def stories(told: Sequence[Story], facts: Mapping[str, SourceFacts], *, as_json: bool) -> None:
    """List stories briefly."""
    if not told and not as_json:
        say("No story is stored yet; `launchwire run` visits the sources, `launchwire demo` needs no network.")
    for one in told:
        if as_json:
            json_line(_plain(one, facts))
        else:
            _brief(one)


def story(one: Story, facts: Mapping[str, SourceFacts], *, as_json: bool) -> None:
    """Show a story with all its articles."""
    if as_json:
        json_line(_plain(one, facts))
        return
    _brief(one)
    first, own = first_reported(one.articles), official(one.articles, facts)
    _out.print(escape(f"  first reported {_when(first)} by {_name(first, facts)}"))
    if own is not None:
        _out.print(escape(f"  official {_when(own)} by {_name(own, facts)}"))
    for article in one.articles:
        copy = f" (copy of a{article.duplicate_of})" if article.duplicate_of else ""
        _out.print(escape(f"  {_when(article)}  {_name(article, facts)}: {article.title}{copy}"))
        _out.print(escape(f"      a{article.key}  {article.url}"))
        if article.decision.why:
            _out.print(escape(f"      why: {'; '.join(article.decision.why)}"), style="dim")


def why(one: Article, other: Article, found: Why, *, said: bool | None, as_json: bool) -> None:
    """Show why two articles are thought to be one event, or two, and an operator's word on them if there is one."""
    if as_json:
        told = {"articles": [one.key, other.key], "stories": [one.story, other.story], "verdict": said}
        json_line(told | asdict(found) | {"score": None if found.ruled_out else found.score})
        return
    for article in (one, other):
        _out.print(escape(f"a{article.key} in story {article.story}  {_when(article)}  {article.title}"))
    if said is not None:
        say(f"  your word: {'one story' if said else 'two stories'}; it outweighs all below")
    if found.ruled_out:
        say("  ruled out: they name other phones of one line, or phones of other makers")
    elif not found.suggested:
        say("  not compared: too far apart in time, or with too little in common")
    score = "" if found.ruled_out else f" {found.score:+.2f}"
    say(f"  score{score} ({'one' if found.score > 0 else 'two'}; kept between -3 and 2)")
    for name, part in found.parts.items():
        say(f"    {part:+6.2f}  {name.replace('_', ' ')} {_value(found, name)}")


def _value(found: Why, name: str) -> str:
    """A feature's value; what every pair starts from has none."""
    return f"= {found.features[name]:.2f}" if name in found.features else ""


def _brief(one: Story) -> None:
    _out.print(f"[bold]{escape(one.title)}[/bold]")
    outlets = len({article.source for article in one.articles})
    told = [f"story {one.id}", one.stage, _when(first_reported(one.articles)), _count(outlets, "source")]
    named = ", ".join((*one.brands, *one.models, *(f"{model}?" for model in one.guessed)))
    _out.print(escape("  " + " · ".join([*told, named])))


def _count(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def _numbers(config: Config, done: Round, told: tuple[int, int]) -> dict[str, int | str]:
    return {
        "sources": len(done.visits),
        "failed": sum(visit.outcome is Outcome.FAILED for visit in done.visits),
        "entries": sum(visit.entries for visit in done.visits),
        "articles": told[0],
        "stories": told[1],
        "feed": str(config.site / "feed.json"),
    }


def _plain(one: Story, facts: Mapping[str, SourceFacts]) -> dict[str, Any]:
    """A story as the feed has it, and why each article is in."""
    why = {article.url: list(article.decision.why) for article in one.articles}
    return item(one, facts, Channel("")) | {"why": why}


def _name(article: Article, facts: Mapping[str, SourceFacts]) -> str:
    source = facts.get(article.source)
    return source.name if source else article.source


def _when(article: Article) -> str:
    return f"{article.published:%Y-%m-%d %H:%M} UTC" if article.has_date else "no date"


def json_line(value: Any) -> None:  # noqa: ANN401 (anything JSON can say)
    """Print a value as JSON on a line of its own."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, default=str) + "\n")
