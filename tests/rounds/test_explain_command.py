"""`launchwire explain` and `launchwire train` as programs."""

from __future__ import annotations

import json
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import CommandLine

LINES = Path(__file__).parent.parent / "domain" / "lines.jsonl"
TITLE = "Samsung confirms: the Galaxy S31 Ultra launches on 24 February"


def test_a_headline_is_explained_with_what_spoke_for_and_against_it(command_line: CommandLine) -> None:
    done = command_line.launchwire("explain", TITLE, "--published", "2031-01-20")
    assert done.returncode == 0, done.stderr
    for words in (
        "relevant, teaser",
        "launch 2031-02-24",
        "a phone beyond all known",
        "model samsung Galaxy S31 Ultra",
    ):
        assert words in done.stdout
    assert "confirms: stage:teaser" in done.stdout


def test_an_explanation_as_json_holds_spans_cues_and_weights(command_line: CommandLine) -> None:
    told = json.loads(command_line.launchwire("explain", TITLE, "--published", "2031-01-20", "--json").stdout)
    assert told["decision"]["stage"] == "teaser"
    (model,) = [span for span in told["spans"] if span["kind"] == "model"]
    assert TITLE.casefold()[model["start"] : model["end"]] == model["words"] == "galaxy s31 ultra"
    assert ["title", "stage:teaser", "confirms"] in told["cues"]
    assert set(told["stages"]) == {"rumor", "teaser", "announcement", "availability"}


def test_an_address_that_is_not_stored_is_one_line_and_exit_code_2(command_line: CommandLine) -> None:
    done = command_line.launchwire("explain", "https://news.example/none")
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "no article at https://news.example/none is stored" in done.stderr


@pytest.mark.skipif(find_spec("sklearn") is not None, reason="scikit-learn is here")
def test_training_without_its_library_names_the_extra_in_one_line(command_line: CommandLine) -> None:
    done = command_line.launchwire("train", str(LINES), "--dry-run")
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert "launchwire[train]" in done.stderr
