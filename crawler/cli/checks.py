"""`launchwire sources check` and `record`: commands that look at sources and leave no trace in the store."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from crawler import reactor
from crawler.cli import context, show, showcheck
from crawler.round.check import check as checked
from crawler.round.look import Looking

if TYPE_CHECKING:
    from crawler.catalogue import Source


def check(
    ctx: typer.Context,
    ids: Annotated[list[str] | None, typer.Argument(metavar="[ID]...", help="Only these sources.")] = None,
    *,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False,
) -> None:
    """Fetch sources once, store nothing, and explain step by step what was seen and what a round would do.

    Exit code 0 when all are well, 1 when there is something for a person to do about any.
    """
    config = ctx.obj.config()
    context.log_to_stderr("WARNING")
    with context.opened(config) as (catalogue, store):
        chosen: tuple[Source, ...] = catalogue.select(ids) if ids else tuple(catalogue.values())
        with show.progress(len(chosen)) as on_visit:
            looking = Looking(config, chosen, store, on_visit)
            done = reactor.run(lambda: checked(looking, store), looking.stop)
    for one in done:
        showcheck.checked(one, as_json=as_json)
    if not all(one.well for one in done):
        raise typer.Exit(1)
