"""Scores the decisions on labelled headlines: `make quality CORPUS=DIR`.

DIR holds `gold/*.jsonl` (labelled lines) and `bench/score.py` (the scorer). The lines belong to their publishers and
are no part of the project; without them this says so and ends.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

FILES = ("triage-dev", "stories-dev", "general-dev")


def main() -> None:
    folder = os.environ.get("CORPUS")
    if not folder:
        print("skipped: CORPUS=DIR names no folder of labelled headlines")
        return
    for name in FILES:
        gold = Path(folder) / "gold" / f"{name}.jsonl"
        with tempfile.NamedTemporaryFile(suffix=".jsonl") as decisions:
            subprocess.run([sys.executable, "-m", "crawler", "decide", "--all", gold], stdout=decisions, check=True)
            print(f"\n{name}", flush=True)
            subprocess.run([sys.executable, Path(folder) / "bench" / "score.py", gold, decisions.name], check=True)
            if name == "stories-dev":
                stories = Path(__file__).with_name("stories.py")
                subprocess.run([sys.executable, stories, gold, decisions.name], check=True)


if __name__ == "__main__":
    main()
