"""A round over sources that are broken or mean harm: each ends in entries or a clear reason, nobody else suffers."""

from __future__ import annotations

import gzip
import json
import re
import resource
import sqlite3
import tarfile
import zlib
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from hostile_web import Document, served

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from conftest import CommandLine

GOOD = """<rss version="2.0"><channel><title>Good</title><item>
<title>Nothing Phone (4) will be unveiled on 3 March</title><link>https://good.example/phone-4</link>
<pubDate>Mon, 02 Feb 2026 09:00:00 GMT</pubDate><description>Nothing has set the date.</description>
</item></channel></rss>"""
ENTITIES = '<!DOCTYPE r [<!ENTITY a "aaaaaaaaaa">' + "".join(
    f'<!ENTITY {name} "{f"&{earlier};" * 10}">' for earlier, name in zip("abcdefgh", "bcdefghi", strict=True)
)
MIB = 1024 * 1024

HOSTILE = {
    "good": Document(GOOD.encode(), {"Content-Type": "application/rss+xml"}),
    "bomb_gzip": Document(gzip.compress(b" " * 200 * MIB), {"Content-Encoding": "gzip"}),
    "bomb_deflate": Document(zlib.compress(b"<a>" * 50 * MIB), {"Content-Encoding": "deflate"}),
    "bomb_entities": Document(f"{ENTITIES}]><rss><channel><item><title>&i;</title></item></channel></rss>".encode()),
    "external": Document(
        b'<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss><channel><title>&x;</title></channel></rss>'
    ),
    "long_author": Document(GOOD.replace("<link>", f"<author>{'a@' * 60_000}</author><link>").encode()),
    "deep": Document(GOOD.replace("Nothing has set the date.", f"{'&lt;div&gt;' * 40_000}x").encode()),
    "denied": Document(
        b"<html><title>Access Denied</title><body>Access Denied</body></html>", {"Content-Type": "text/html"}
    ),
    "silence": Document(b""),
    "noise": Document(bytes(range(256)) * 64),
    "lying_encoding": Document(GOOD.encode(), {"Content-Encoding": "gzip"}),
}
MEANT_TO_GIVE_ENTRIES = {"good", "long_author", "deep"}
REASON = re.compile(r"(blocked|unparsable|empty|http|unreachable|timeout|too large): .+")


def round_over(
    documents: Mapping[str, Document], command_line: CommandLine, port: int
) -> tuple[subprocess.CompletedProcess[str], dict[str, tuple[str, int, int, str | None]]]:
    with served(documents, port) as catalogue:
        (command_line.folder / "sources.toml").write_text(catalogue)
        done = command_line.launchwire("run", catalogue="sources.toml", delay="0.02", timeout="10")
    assert done.returncode == 0, done.stderr
    with closing(sqlite3.connect(command_line.folder / "var" / "launchwire.db")) as database:
        rows = database.execute("SELECT source, outcome, entries, ms, problem FROM visits").fetchall()
    return done, {source: (outcome, entries, ms, problem) for source, outcome, entries, ms, problem in rows}


def check_each_ended_well(visits: Mapping[str, tuple[str, int, int, str | None]]) -> None:
    for source, (outcome, entries, _, problem) in visits.items():
        if outcome == "read":
            assert entries > 0, source
        else:
            assert outcome == "failed"
            assert problem
            assert REASON.match(problem), (source, problem)


@pytest.fixture
def peak_memory() -> Iterator[None]:
    """Fails a test whose child processes took more than 500 MB."""
    yield
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss < 500 * 1024


@pytest.mark.usefixtures("peak_memory")
def test_every_hostile_source_ends_in_entries_or_a_clear_reason_and_the_good_one_is_told(
    command_line: CommandLine, port: int, tmp_path: Path
) -> None:
    done, visits = round_over(HOSTILE, command_line, port)
    assert "Traceback" not in done.stderr
    assert visits.keys() == HOSTILE.keys()
    check_each_ended_well(visits)
    assert {source for source, visit in visits.items() if visit[0] == "read"} == MEANT_TO_GIVE_ENTRIES
    items = json.loads((tmp_path / "var" / "site" / "feed.json").read_text())["items"]
    assert [item["title"] for item in items] == ["Nothing Phone (4) will be unveiled on 3 March"]
    assert "root:" not in (tmp_path / "var" / "site" / "feed.json").read_text()


def named(name: str) -> str:
    """A source id that tells the file, within the forty characters an id may have."""
    return f"s{zlib.crc32(name.encode()):08x}_" + re.sub(r"[^a-z0-9]+", "_", name.lower())[:30]


@pytest.mark.usefixtures("peak_memory")
def test_the_real_feeds_are_read_and_golem_and_heise_tell_one_story_of_the_mi_mix_3(
    command_line: CommandLine, port: int, corpus: Path
) -> None:
    feeds = {
        named(path.name): Document(
            path.read_bytes(), language="de" if "golem" in path.name or "heise" in path.name else "en"
        )
        for path in sorted((corpus / "real" / "feeds").iterdir())
    }
    _, visits = round_over(feeds, command_line, port)
    print(json.dumps(visits, indent=1))  # noqa: T201 (the record of a check by hand)
    assert visits.keys() == feeds.keys()
    check_each_ended_well(visits)
    told = command_line.launchwire("stories", "list", "--most", "1000", "--json", catalogue="sources.toml").stdout
    stories = [json.loads(line)["_launchwire"]["sources"] for line in told.splitlines()]
    (mix,) = [sources for sources in stories if any("Mi Mix 3" in source["title"] for source in sources)]
    assert {source["source"][10:15] for source in mix} == {"golem", "heise"}


@pytest.mark.usefixtures("peak_memory")
def test_the_hostile_collections_end_in_entries_or_a_clear_reason_within_ten_seconds_each(
    command_line: CommandLine, port: int, corpus: Path
) -> None:
    hostile = {"good": HOSTILE["good"]}
    for path in sorted((corpus / "real" / "hostile" / "xml").iterdir()):
        hostile[named(path.name)] = Document(path.read_bytes())
    for path in sorted((corpus / "real" / "hostile" / "bombs").iterdir()):
        coding = path.stem.partition("-")[2]
        hostile[named(path.name)] = Document(path.read_bytes(), {"Content-Encoding": coding})
    with tarfile.open(corpus / "real" / "hostile" / "feedparser.tar.gz") as archive:
        for member in archive.getmembers():
            file = archive.extractfile(member)
            if file is not None:
                hostile[named(member.name)] = Document(file.read())
    _, visits = round_over(hostile, command_line, port)
    print(json.dumps(visits, indent=1))  # noqa: T201 (the record of a check by hand)
    assert visits.keys() == hostile.keys()
    check_each_ended_well(visits)
    assert visits["good"][0] == "read"
