"""Documents that were made to break parsers: each ends in entries or a clear error, and harms nobody else."""

from __future__ import annotations

import asyncio
import json
import os
import resource
import tarfile
import time
from pathlib import Path

import pytest

from crawler.errors import ReadingError
from crawler.reading import document, jsonfeed, markup, sandbox

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
    largest = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024  # MB on Linux
    print(f"largest worker: {largest:.0f} MB")  # noqa: T201 # the record of a check by hand
    assert largest < 500


@needs_corpus
def test_every_real_feed_gives_entries_or_a_clear_error() -> None:
    feeds = {path.name: path.read_bytes() for path in (CORPUS / "real/feeds").iterdir()}
    for name, (outcome, seconds) in asyncio.run(outcomes(feeds)).items():
        print(f"{name}: {outcome} ({seconds:.2f} s)")  # noqa: T201 # the record of a check by hand
        assert outcome.endswith("entries"), name


@needs_corpus
def test_no_cross_site_script_survives_as_markup_or_address() -> None:
    for attack in json.loads((CORPUS / "real/hostile/html-bleach.json").read_bytes()):
        item = {"url": "/a", "title": f"Title {attack}", "content_html": attack, "image": attack}
        (entry,) = jsonfeed.parse(json.dumps({"items": [item]}).encode(), "https://news.example/feed.json").entries
        assert entry.image is None or entry.image.startswith("https://")
        assert not list(markup.images(attack, "https://news.example/"))
        assert "<script" not in f"{entry.title} {entry.body}".lower(), attack
