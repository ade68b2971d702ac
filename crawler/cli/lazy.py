"""Commands that are loaded when they are asked for: the libraries of a crawl take most of a second."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

import typer
from typer.core import TyperGroup

if TYPE_CHECKING:
    from collections.abc import Mapping


def lazy(places: Mapping[str, str]) -> type[TyperGroup]:
    """Return a group that has some more commands.

    Args:
        places: By command the module and the name within it of a function or a `Typer`, such as `crawler.cli.up:up`.
    """

    class Lazy(TyperGroup):
        def __init__(self, **given: Any) -> None:  # noqa: ANN401 (Typer's own)
            super().__init__(**given)
            names: Any = dict.fromkeys(places)  # to be listed, and suggested for what is misspelt
            self.commands.update(names)

        def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ANN401 (Typer does not export these types)
            return _loaded(cmd_name, places[cmd_name]) if cmd_name in places else super().get_command(ctx, cmd_name)

    return Lazy


def _loaded(name: str, place: str) -> object:
    module, _, within = place.partition(":")
    found = getattr(import_module(module), within)
    if not isinstance(found, typer.Typer):
        alone = typer.Typer(add_completion=False)
        alone.command(name)(found)
        found = alone
    command = typer.main.get_command(found)
    command.name = name
    return command
