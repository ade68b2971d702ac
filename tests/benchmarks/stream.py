"""Prints entries of CORPUS with our labels, to learn from: `CORPUS=DIR python tests/benchmarks/stream.py [stories]`.

Without a word: the entries of stream_labels.tsv for `launchwire train`, with stage or "no launch news"; they were
picked because triage was unsure of most, so each counts half. With `stories`: those of stream_stories.tsv for
`crawler.pairtraining`, with the event that each reports. Entries belong to their publishers and are no part of the
project; our labels are.
"""

from __future__ import annotations

import gzip
import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Collection

HALF = 0.5


def main(of_stories: bool) -> None:  # noqa: FBT001 - the one thing that can be asked
    rows = labels("stream_stories.tsv" if of_stories else "stream_labels.tsv")
    found = entries({row[0] for row in rows})
    for id_, label, *part in rows:
        told = event(label, *part) if of_stories else news(label)
        print(json.dumps(found[id_] | told, ensure_ascii=False))


def labels(name: str) -> list[list[str]]:
    lines = Path(__file__).with_name(name).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if not line.startswith("#")]


def entries(wanted: Collection[str]) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for path in sorted((Path(os.environ["CORPUS"]) / "real").glob("stream-*.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            found |= {entry["id"]: entry for entry in map(json.loads, lines) if entry["id"] in wanted}
    return found


def news(label: str) -> dict[str, Any]:
    stage = None if label == "-" else label
    return {"relevant": int(stage is not None), "stage": stage, "weight": HALF}


def event(story: str, part: str = "") -> dict[str, Any]:
    return {"story": story, "part": part or None}


if __name__ == "__main__":
    main(sys.argv[1:] == ["stories"])
