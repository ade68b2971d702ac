"""`launchwire sources`: what is watched, how it is doing, and what a person says to that."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING, Annotated

import typer

from crawler.cli import context, show, showsource
from crawler.cli.lazy import lazy
from crawler.domain.health import health
from crawler.domain.pausing import paused, resumed
from crawler.domain.visits import FOR_GOOD, SourceState
from crawler.errors import ConfigError
from crawler.store import articles, sources, visitlog

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

CHECKS = {"check": "crawler.cli.checks:check", "record": "crawler.cli.checks:record"}

app = typer.Typer(help="The sources that are watched.", no_args_is_help=True, add_completion=False, cls=lazy(CHECKS))

JsonOption = Annotated[bool, typer.Option("--json", help="One JSON object a line.")]
Ids = Annotated[list[str], typer.Argument(metavar="ID...", help="Sources, as `sources list` names them.")]


@app.callback()
def _group() -> None:
    """The sources that are watched."""


@app.command("list")
def list_(ctx: typer.Context, *, as_json: JsonOption = False) -> None:
    """List all sources with the outcome of the last visit."""
    with context.opened(ctx.obj.config()) as (catalogue, store), store.read() as db:
        states = sources.states(db)
    now = datetime.now(UTC)
    known = [(source, states.get(id_, SourceState(id_))) for id_, source in catalogue.items()]
    rows = [(one, state, health(state, now, silence=one.silence, proven=one.proven)) for one, state in known]
    show.sources(rows, as_json=as_json)


@app.command("show")
def show_(
    ctx: typer.Context,
    id_: Annotated[str, typer.Argument(metavar="ID", help="A source, as `sources list` names it.")],
    *,
    most: Annotated[int, typer.Option("--most", "-n", min=1, help="How many of the last visits.")] = 10,
    as_json: JsonOption = False,
) -> None:
    """Show one source: its entry in the catalogue, how it is doing, and its last visits."""
    with context.opened(ctx.obj.config()) as (catalogue, store):
        (source,) = catalogue.select([id_])
        with store.read() as db:
            state, newest = sources.state(db, id_), articles.newest(db, id_)
            visits = visitlog.last(db, id_, most)
    doing = health(state, datetime.now(UTC), silence=source.silence, proven=source.proven)
    known = showsource.Known(source, state, doing, tuple(visits), newest)
    showsource.known(known, as_json=as_json)


@app.command()
def pause(
    ctx: typer.Context,
    ids: Ids,
    *,
    until: Annotated[str | None, typer.Option(metavar="DATE", help="Until this day (UTC), such as 2026-12-01.")] = None,
) -> None:
    """Leave sources alone until a day, or until they are resumed; `run ID` visits them all the same."""
    moment = FOR_GOOD if until is None else _day(until, datetime.now(UTC))
    _change(ctx, ids, lambda state: paused(state, moment))
    when = "they are resumed" if until is None else until
    show.say(f"paused until {when}: {', '.join(dict.fromkeys(ids))}")


@app.command()
def resume(ctx: typer.Context, ids: Ids) -> None:
    """Let rounds visit sources again, from the next one on; their failures are forgotten."""
    _change(ctx, ids, resumed)
    show.say(f"due now: {', '.join(dict.fromkeys(ids))}")


def _change(ctx: typer.Context, ids: Sequence[str], change: Callable[[SourceState], SourceState]) -> None:
    """Change what is remembered of sources, of all or of none."""
    with context.opened(ctx.obj.config()) as (catalogue, store):
        chosen = catalogue.select(ids)
        with store.write() as db:
            for source in chosen:
                sources.keep(db, change(sources.state(db, source.id)))


def _day(text: str, now: datetime) -> datetime:
    try:
        moment = datetime.combine(date.fromisoformat(text), time(), UTC)
    except ValueError:
        raise ConfigError(f"--until {text}: is no day; say it as 2026-12-01") from None
    if moment <= now:
        raise ConfigError(f"--until {text}: is over; say a day to come")
    return moment
