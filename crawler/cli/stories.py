"""`launchwire stories`: look at the stories in the store."""

from __future__ import annotations

from typing import Annotated

import typer

from crawler.cli import context, show
from crawler.errors import ConfigError
from crawler.store import stories

app = typer.Typer(help="The stories that are told.", no_args_is_help=True)
JsonOption = Annotated[bool, typer.Option("--json", help="One JSON object a line.")]


def _number(text: str) -> int:
    """The number in `8` or `urn:launchwire:story:8`."""
    digits = text.rpartition(":")[2]
    if not digits.isdecimal():
        raise ConfigError(f"{text!r} is no story; say a number, such as 8, or an id of the feed")
    return int(digits)


@app.command("list")
def list_(
    ctx: typer.Context,
    *,
    most: Annotated[int, typer.Option("--most", "-n", min=1, help="How many, newest first.")] = 20,
    as_json: JsonOption = False,
) -> None:
    """List the newest stories."""
    with context.opened(ctx.obj.config()) as (catalogue, store):
        with store.read() as db:
            told = stories.every(db)
        show.stories(show.newest(told)[:most], catalogue.facts, as_json=as_json)


@app.command("show")
def show_(
    ctx: typer.Context,
    id_: Annotated[int, typer.Argument(metavar="ID", parser=_number, help="A story's number, or its id in the feed.")],
    *,
    as_json: JsonOption = False,
) -> None:
    """Show one story with all its articles, and why they are one."""
    with context.opened(ctx.obj.config()) as (catalogue, store):
        with store.read() as db:
            found = stories.some(db, [id_])
        if not found:
            raise ConfigError(f"there is no story {id_}; `launchwire stories list` shows which there are")
        show.story(found[0], catalogue.facts, as_json=as_json)
