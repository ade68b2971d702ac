"""How fast decisions are: `make bench`. Prints figures, asserts nothing; each is the best of some runs.

Texts are the labelled lines of `tests/domain/lines.jsonl`, numbered so that no cache answers for the code. What
`launchwire decide` takes for a file is measured on `real/stream-2023.jsonl.gz` where CORPUS=DIR names its folder, else
on our own lines; those are nearly all of phones, and such lines take several times as long as other news.
"""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from crawler.domain.models import Article, Decision, Stage
from crawler.domain.stories import group
from crawler.domain.triage import decide

if TYPE_CHECKING:
    from collections.abc import Callable

DOMAIN = Path(__file__).parent.parent / "domain"
LINES = DOMAIN / "lines.jsonl"
START = datetime(2026, 3, 1, tzinfo=UTC)
ARTICLES = 2000
REPEATED = 8
APART = timedelta(days=10)  # beyond the time in which reports may be of one story


def main() -> None:
    titles = [json.loads(line)["title"] for line in LINES.read_text("utf-8").splitlines()]
    decide("warm up")
    seconds = best(lambda: [decide(f"{title} {number}", published=START) for number in range(10) for title in titles])
    print(f"triage: {10 * len(titles) / seconds:,.0f} titles a second", flush=True)
    # A process of its own, so that nothing is imported yet.
    subprocess.run([sys.executable, Path(__file__).with_name("footprint.py")], check=True)
    crowd = [article(number) for number in range(ARTICLES)]
    print(f"stories: {ARTICLES:,} articles of two weeks in {best(lambda: group(crowd)):.2f} s", flush=True)
    whole_file()


def whole_file() -> None:
    """Print how many lines of a file `launchwire decide` decides and clusters in a second."""
    corpus = os.environ.get("CORPUS")
    real = Path(corpus) / "real" / "stream-2023.jsonl.gz" if corpus else None
    if real and not real.exists():
        print(f"decide: {real} does not exist, so our own lines are decided")
        real = None
    lines = gzip.decompress(real.read_bytes()).splitlines() if real else own_lines()
    kind = f"real lines of {real.name}" if real else f"lines, our own {REPEATED} times"
    with tempfile.TemporaryDirectory() as folder:
        file, nothing = Path(folder, "lines.jsonl"), Path(folder, "none.jsonl")
        file.write_bytes(b"\n".join(lines))
        nothing.touch()
        (start, _), (whole, decisions) = (min(run(each) for _ in range(2)) for each in (nothing, file))
    relevant = sum(json.loads(line)["relevant"] for line in decisions.splitlines())
    print(f"decide: {len(lines):,} {kind}, {relevant / len(lines):.0%} relevant, in {whole:.1f} s by the clock:")
    rates = len(lines) / whole, len(lines) / (whole - start)
    print(f"  {rates[0]:,.0f} lines a second decided and clustered; {rates[1]:,.0f} without the {start:.1f} s to start")


def own_lines() -> list[bytes]:
    """Our labelled lines several times, each time some days earlier and numbered."""
    rows = [json.loads(line) for name in ("lines", "stories") for line in (DOMAIN / f"{name}.jsonl").open("rb")]
    return [json.dumps(again(row, number)).encode() for number in range(REPEATED) for row in rows]


def again(row: dict[str, str], number: int) -> dict[str, str]:
    published = datetime.fromisoformat(row["published"]) - number * APART
    changed = {"id": f"{number} {row['id']}", "title": f"{row['title']} {number}", "published": published.isoformat()}
    return row | changed


def run(file: Path) -> tuple[float, bytes]:
    """Seconds by the clock, since several processes decide, and what was printed."""
    begin = time.perf_counter()
    done = subprocess.run([sys.executable, "-m", "crawler", "decide", str(file)], check=True, stdout=subprocess.PIPE)
    return time.perf_counter() - begin, done.stdout


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
