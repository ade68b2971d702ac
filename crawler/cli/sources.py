"""`launchwire sources`: what is watched and how it is doing."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

import typer

from crawler.cli import context, show
from crawler.domain.health import health
from crawler.domain.visits import SourceState
from crawler.store import sources

app = typer.Typer(help="The sources that are watched.", no_args_is_help=True)


@app.callback()
def _group() -> None:
    """The sources that are watched."""


@app.command("list")
def list_(
    ctx: typer.Context, *, as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False
) -> None:
    """List all sources with the outcome of the last visit."""
    with context.opened(ctx.obj.config()) as (catalogue, store), store.read() as db:
        states = sources.states(db)
    now = datetime.now(UTC)
    known = [(source, states.get(id_, SourceState(id_))) for id_, source in catalogue.items()]
    rows = [(one, state, health(state, now, silence=one.silence, proven=one.proven)) for one, state in known]
    show.sources(rows, as_json=as_json)
