"""How fast decisions are: `make bench`. Prints figures, asserts nothing; each is the best of three runs.

Texts are the labelled lines of `tests/domain/lines.jsonl`, numbered so that no cache answers for the code.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from crawler.domain.models import Article, Decision, Stage
from crawler.domain.stories import group
from crawler.domain.triage import decide

if TYPE_CHECKING:
    from collections.abc import Callable

LINES = Path(__file__).parent.parent / "domain" / "lines.jsonl"
START = datetime(2026, 3, 1, tzinfo=UTC)
ARTICLES = 2000


def main() -> None:
    titles = [json.loads(line)["title"] for line in LINES.read_text("utf-8").splitlines()]
    decide("warm up")
    seconds = best(lambda: [decide(f"{title} {number}", published=START) for number in range(10) for title in titles])
    print(f"triage: {10 * len(titles) / seconds:,.0f} titles a second", flush=True)
    # A process of its own, so that nothing is imported yet.
    subprocess.run([sys.executable, Path(__file__).with_name("footprint.py")], check=True)
    crowd = [article(number) for number in range(ARTICLES)]
    print(f"stories: {ARTICLES:,} articles of two weeks in {best(lambda: group(crowd)):.2f} s")


def best(run: Callable[[], object]) -> float:
    """Seconds of the processor, of the quickest of three runs."""
    spent = []
    for _ in range(3):
        begin = time.process_time()
        run()
        spent.append(time.process_time() - begin)
    return min(spent)


def article(number: int) -> Article:
    """One of many articles by twelve makers on sixty phones."""
    maker, model = f"maker{number % 12}", f"Wave {number % 60}"
    title = f"{maker} {model} brings a {number % 7} inch screen and feature {number}"
    return Article(
        key=str(number),
        source=f"source{number % 40}",
        url=f"https://news.example/{number}",
        canonical_url=f"https://news.example/{number}",
        title=title,
        published=START + timedelta(hours=number / 6),
        first_seen=START,
        decision=Decision(relevant=True, score=1, stage=Stage.ANNOUNCEMENT, brands=(maker,), models=(model,)),
    )


if __name__ == "__main__":
    main()
