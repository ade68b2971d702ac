"""Documents that were made to break parsers: each ends in entries or a clear error, and harms nobody else."""

from __future__ import annotations

import asyncio
import os
import tarfile
import time
from pathlib import Path

import pytest

from crawler.errors import ReadingError
from crawler.reading import document, sandbox

CORPUS = Path(os.environ.get("CORPUS", ""))
needs_corpus = pytest.mark.skipif("CORPUS" not in os.environ, reason="CORPUS names no folder of real documents")


def hostile_documents() -> dict[str, bytes]:
    found = {
        path.name: path.read_bytes() for name in ("xml", "bombs") for path in (CORPUS / "real/hostile" / name).iterdir()
    }
    with tarfile.open(CORPUS / "real/hostile/feedparser.tar.gz") as archive:
        for member in archive.getmembers():
            if (file := archive.extractfile(member)) is not None:
                found[member.name] = file.read()
    return found


async def outcomes(documents: dict[str, bytes]) -> dict[str, tuple[str, float]]:
    found = {}
    for name, body in documents.items():
        started = time.monotonic()
        try:
            reading = await document.read(body, "https://news.example/feed")
            outcome = f"{len(reading.entries)} entries"
        except ReadingError as error:
            outcome = str(error)
        found[name] = (outcome, time.monotonic() - started)
    sandbox.close()
    return found


@needs_corpus
def test_every_hostile_document_ends_in_entries_or_a_clear_error() -> None:
    for name, (outcome, seconds) in asyncio.run(outcomes(hostile_documents())).items():
        print(f"{name}: {outcome} ({seconds:.2f} s)")  # noqa: T201 # the record of a check by hand
        assert seconds < 10, name
        assert outcome.endswith("entries") or outcome.startswith(("unparsable: ", "empty: ", "blocked: ")), name


@needs_corpus
def test_every_real_feed_gives_entries_or_a_clear_error() -> None:
    feeds = {path.name: path.read_bytes() for path in (CORPUS / "real/feeds").iterdir()}
    for name, (outcome, seconds) in asyncio.run(outcomes(feeds)).items():
        print(f"{name}: {outcome} ({seconds:.2f} s)")  # noqa: T201 # the record of a check by hand
        assert outcome.endswith("entries"), name
