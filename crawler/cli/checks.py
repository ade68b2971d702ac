"""`launchwire sources check` and `record`: commands that look at sources and leave no trace in the store."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from crawler import reactor
from crawler.cli import context, show, showcheck
from crawler.round.check import check as checked
from crawler.round.look import Looking
from crawler.round.record import recorded, refuse_recorded, write

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


def record(
    ctx: typer.Context,
    id_: Annotated[str, typer.Argument(metavar="ID", help="A source, as `sources list` names it.")],
    *,
    to: Annotated[Path, typer.Option("--to", metavar="DIR", help="Where to.")] = Path("tests/sources"),
    force: Annotated[bool, typer.Option("--force", help="Overwrite what is there.")] = False,
) -> None:
    """Record a source for the tests: its document and a page, cut to three entries, in sample words of our own.

    Structure, dates and the shapes of links stay; nobody else's words do. Nothing is stored.
    """
    config = ctx.obj.config()
    context.log_to_stderr("WARNING")
    with context.opened(config) as (catalogue, store):
        chosen = catalogue.select([id_])
        if not force:
            refuse_recorded(to, id_)
        looking = Looking(config, chosen, store)
        (look,) = reactor.run(looking.look, looking.stop)
    for path in write(recorded(look), to):
        show.say(str(path))
