"""The commands and what they have in common."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003 (Typer reads annotations at run time)
from typing import Annotated

import typer

from crawler import __version__
from crawler.cli import context
from crawler.cli.lazy import lazy

COMMANDS = {
    "run": "crawler.cli.rounds:run",
    "demo": "crawler.cli.rounds:demo",
    "up": "crawler.cli.rounds:up",
    "export": "crawler.cli.rounds:export",
    "serve": "crawler.cli.serve:serve",
    "decide": "crawler.cli.decide:decide",
    "explain": "crawler.cli.explain:explain",
    "train": "crawler.cli.train:train",
    "sources": "crawler.cli.sources:app",
    "stories": "crawler.cli.stories:app",
}

app = typer.Typer(
    name="launchwire",
    cls=lazy(COMMANDS),
    help="Phone launch news from many sources, each story told once.",
    epilog=(
        "Exit codes: 0 done; 1 nothing could be fetched, stored or written; "
        "2 a wrong argument, file or setting. Settings: launchwire.toml and LAUNCHWIRE_* variables."
    ),
    no_args_is_help=True,
    invoke_without_command=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.callback()
def common(
    ctx: typer.Context,
    settings: Annotated[
        Path | None, typer.Option("--config", metavar="FILE", help="Settings file instead of ./launchwire.toml.")
    ] = None,
    *,
    show_version: Annotated[bool, typer.Option("--version", help="Print the version and exit.")] = False,
) -> None:
    """Phone launch news from many sources, each story told once."""
    if show_version:
        version()
        raise typer.Exit
    ctx.obj = context.Given(settings)


@app.command()
def version() -> None:
    """Print the version."""
    typer.echo(__version__)
