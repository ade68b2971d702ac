"""The floor on labelled real lines that are not ours to carry: `CORPUS=DIR pytest tests/domain/test_gold_triage.py`."""

import json
import os
from datetime import datetime
from pathlib import Path

import pytest

from crawler.domain.triage import decide

CORPUS = os.environ.get("CORPUS")


@pytest.mark.skipif(not CORPUS, reason="CORPUS names no folder of labelled real lines")
def test_relevance_reaches_its_floor_on_real_lines() -> None:
    text = (Path(CORPUS or "") / "gold" / "triage-dev.jsonl").read_text(encoding="utf-8")
    sure = [line for line in map(json.loads, text.splitlines()) if not line["unsure"]]
    pairs = [
        (
            decide(line["title"], line["snippet"] or "", published=datetime.fromisoformat(line["published"])).relevant,
            bool(line["relevant"]),
        )
        for line in sure
    ]
    right = sum(said and true for said, true in pairs)
    said, true = sum(said for said, _ in pairs), sum(true for _, true in pairs)
    assert 2 * right / (said + true) >= 0.94
