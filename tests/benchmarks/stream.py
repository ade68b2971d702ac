"""Prints labelled lines for `launchwire train`: the entries of CORPUS that stream_labels.tsv names, with its labels.

Entries belong to their publishers and are no part of the project; our labels are. They were picked because triage was
unsure of most, so each counts half.
"""

from __future__ import annotations

import gzip
import json
import os
from pathlib import Path
from typing import Any

HALF = 0.5


def main() -> None:
    rows = Path(__file__).with_name("stream_labels.tsv").read_text(encoding="utf-8").splitlines()[1:]
    labels = dict(row.split("\t") for row in rows)
    found: dict[str, dict[str, Any]] = {}
    for path in sorted((Path(os.environ["CORPUS"]) / "real").glob("stream-*.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            found |= {entry["id"]: entry for entry in map(json.loads, lines) if entry["id"] in labels}
    for id_, label in labels.items():
        stage = None if label == "-" else label
        told = {"relevant": int(stage is not None), "stage": stage, "weight": HALF}
        print(json.dumps(found[id_] | told, ensure_ascii=False))


if __name__ == "__main__":
    main()
