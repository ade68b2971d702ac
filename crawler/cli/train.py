"""`launchwire train`: learn the weights of triage from labelled lines."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from crawler import training
from crawler.cli import show
from crawler.errors import LaunchwireError

if TYPE_CHECKING:
    from collections.abc import Sequence

Labelled = Annotated[
    list[Path], typer.Argument(metavar="FILE.jsonl", exists=True, dir_okay=False, help="Labelled lines.")
]


def train(
    files: Labelled,
    *,
    output: Annotated[
        Path, typer.Option("--output", "-o", dir_okay=False, help="Where the weights go; the package's own file.")
    ] = training.WEIGHTS,
    dry: Annotated[bool, typer.Option("--dry-run", help="Print the figures and write nothing.")] = False,
) -> None:
    """Learn the weights of relevance and stage from labelled lines, and print cross-validated figures.

    A line is a JSON object with title, published, relevant (0 or 1) and stage, and may have snippet and unsure.
    Figures are of lines of weeks (years) that the model has not seen, for each file; "forgotten" takes phones of a
    line's last 120 days as unknown.
    """
    if find_spec("sklearn") is None:
        raise LaunchwireError("training needs scikit-learn; install it with the extra: pip install 'launchwire[train]'")
    examples = training.read(files)
    weights = training.learn(examples)
    for name, form in training.GROUPINGS:
        if len({one.published.strftime(form) for one in examples}) > 1:
            _figures(name, training.cross_validated(examples, form))
    if not dry:
        output.write_text(training.written(weights), encoding="utf-8")
        show.say(f"wrote {output}")


def _figures(name: str, said: Sequence[training.Said]) -> None:
    show.say(f"no {name} on both sides")
    for file in dict.fromkeys(one.example.file for one in said):
        for view in ("known", "forgotten"):
            own = [one for one in said if one.view == view and one.example.file == file]
            show.say(f"  {file:<24} {view:<9}  {training.figures(own)}")
