from __future__ import annotations

import json
import os
import resource
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from contextlib import closing
from pathlib import Path

import pytest
from placed import place

from crawler.errors import ExportError

FILES = {"archive/1.json": b"one\n", "archive/2.json": b"two\n", "index.html": b"<p>\n", "feed.json": b"{}\n"}


def names(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


def test_a_publication_makes_the_folder_and_its_files(tmp_path: Path) -> None:
    done = place(tmp_path / "var" / "site", FILES)
    assert done.written == tuple(FILES)
    assert names(tmp_path / "var" / "site") == {*FILES, ".published.db"}
    assert (tmp_path / "var" / "site" / "archive" / "2.json").read_bytes() == b"two\n"


def test_the_feed_is_put_in_place_last(tmp_path: Path) -> None:
    shuffled = {"feed.json": b"{}", "z.json": b"1", "a.json": b"2"}
    assert place(tmp_path, shuffled).written == ("z.json", "a.json", "feed.json")


def test_unchanged_bytes_leave_every_file_untouched(tmp_path: Path) -> None:
    place(tmp_path, FILES)
    before = {name: (tmp_path / name).stat() for name in FILES}
    done = place(tmp_path, FILES)
    assert (done.written, done.removed) == ((), ())
    assert {name: (tmp_path / name).stat() for name in FILES} == before


def test_only_the_changed_file_is_written(tmp_path: Path) -> None:
    place(tmp_path, FILES)
    before = (tmp_path / "archive/1.json").stat().st_mtime_ns
    assert place(tmp_path, FILES | {"feed.json": b"[]\n"}).written == ("feed.json",)
    assert (tmp_path / "archive/1.json").stat().st_mtime_ns == before
    assert (tmp_path / "feed.json").read_bytes() == b"[]\n"


def test_what_is_no_longer_part_goes_and_what_others_put_there_stays(tmp_path: Path) -> None:
    place(tmp_path, FILES | {"brands/xiaomi.json": b"1"})
    (tmp_path / "CNAME").write_text("news.example")
    (tmp_path / "archive" / "notes.txt").write_text("mine")
    done = place(tmp_path, {"feed.json": b"{}\n"})
    assert done.removed == ("archive/1.json", "archive/2.json", "brands/xiaomi.json", "index.html")
    assert names(tmp_path) == {"feed.json", "CNAME", "archive/notes.txt", ".published.db"}
    assert not (tmp_path / "brands").exists()


@pytest.mark.parametrize("damaged", [b"7", b"\xff" * 5000, b"SQLite format 3\0" + b"x" * 5000])
def test_with_a_damaged_ledger_nothing_is_removed(tmp_path: Path, damaged: bytes) -> None:
    (tmp_path / "CNAME").write_text("news.example")
    place(tmp_path, FILES)
    (tmp_path / ".published.db").write_bytes(damaged)
    assert place(tmp_path, {"feed.json": b"{}\n"}).removed == ()
    assert names(tmp_path) == {"CNAME", *FILES, ".published.db"}


def test_a_ledger_of_another_form_still_knows_which_files_are_ours(tmp_path: Path) -> None:
    place(tmp_path, FILES)
    with closing(sqlite3.connect(tmp_path / ".published.db")) as ledger:
        ledger.execute("DROP TABLE slips")
        ledger.execute("ALTER TABLE cards RENAME COLUMN facts TO told")
        ledger.execute("PRAGMA user_version=99")
    done = place(tmp_path, {"feed.json": b"{}\n"})
    assert (done.written, set(done.removed)) == ((), set(FILES) - {"feed.json"})


def test_a_ledger_whose_damage_shows_late_stops_one_publication_only(tmp_path: Path) -> None:
    place(tmp_path, FILES)
    ledger = tmp_path / ".published.db"
    ledger.write_bytes(ledger.read_bytes()[:16384] + b"x" * (ledger.stat().st_size - 16384))
    with pytest.raises(ExportError, match="damaged"):
        place(tmp_path, FILES)
    assert place(tmp_path, FILES).written == ()
    assert place(tmp_path, {"feed.json": b"{}\n"}).removed == ("archive/1.json", "archive/2.json", "index.html")


def test_a_ledger_that_names_files_elsewhere_removes_none_of_them(tmp_path: Path) -> None:
    other = tmp_path / "other.txt"
    other.write_text("precious")
    site = tmp_path / "site"
    place(site, FILES)
    with closing(sqlite3.connect(site / ".published.db")) as ledger, ledger:
        for name in ("../other.txt", str(other), "/etc/hostname", ".."):
            ledger.execute("INSERT INTO files VALUES (?, '', 'x', '')", (name,))
    assert set(place(site, {"feed.json": b"{}\n"}).removed) == set(FILES) - {"feed.json"}
    assert other.exists()


@pytest.mark.parametrize(
    "name", ["../out.json", "/out.json", "a/../../out.json", ".hidden", "a//b", "", "a/", "a\n", "a\\b", "a/.b", "é"]
)
def test_a_name_that_leads_out_of_the_folder_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(ExportError, match="is not the name of a file within"):
        place(tmp_path / "site", {name: b"x"})
    assert names(tmp_path) == {"site/.published.db"}


def test_a_link_that_leads_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    outside, site = tmp_path / "outside", tmp_path / "site"
    outside.mkdir()
    site.mkdir()
    (site / "archive").symlink_to(outside)
    with pytest.raises(ExportError, match=r"archive/1\.json"):
        place(site, FILES)
    assert names(outside) == set()


def test_a_linked_file_is_replaced_and_what_it_points_to_stays(tmp_path: Path) -> None:
    outside, site = tmp_path / "outside.json", tmp_path / "site"
    site.mkdir()
    outside.write_bytes(b"{}\n")
    (site / "feed.json").symlink_to(outside)
    place(site, FILES)
    assert not (site / "feed.json").is_symlink()
    assert outside.read_bytes() == b"{}\n"


def test_the_folder_itself_may_be_a_link(tmp_path: Path) -> None:
    (tmp_path / "disk").mkdir()
    (tmp_path / "site").symlink_to(tmp_path / "disk")
    place(tmp_path / "site", FILES)
    assert "feed.json" in names(tmp_path / "disk")


def test_a_folder_that_cannot_be_made_is_told_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "site").write_text("a file")
    with pytest.raises(ExportError, match=r"cannot publish into .*site: ") as caught:
        place(tmp_path / "site", FILES)
    assert "\n" not in str(caught.value)


def test_a_file_that_finds_no_room_is_told_in_one_line_and_leaves_the_old_publication(tmp_path: Path) -> None:
    place(tmp_path, FILES)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, hard))
    try:
        with pytest.raises(ExportError, match=r"cannot publish into .*: File too large"):
            place(tmp_path, FILES | {"feed.json": b" " * 2_000_000})
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert (tmp_path / "feed.json").read_bytes() == FILES["feed.json"]
    assert names(tmp_path) == {*FILES, ".published.db"}


def test_a_directory_in_the_place_of_a_file_is_told_and_the_feed_stays(tmp_path: Path) -> None:
    place(tmp_path, FILES)
    (tmp_path / "status.json").mkdir()
    with pytest.raises(ExportError, match="cannot publish into"):
        place(tmp_path, {"status.json": b"new", **FILES, "feed.json": b"[]"})
    assert (tmp_path / "feed.json").read_bytes() == b"{}\n"


def test_what_a_killed_publication_left_is_tidied_by_the_next(tmp_path: Path) -> None:
    (tmp_path / ".publishing").write_bytes(b"half")
    place(tmp_path, FILES)
    assert names(tmp_path) == {*FILES, ".published.db"}


_PUBLISHER = """
import itertools, pathlib, sys

sys.path.append("tests/exports")
from placed import place

folder, fill = pathlib.Path(sys.argv[1]), b" " * 200_000
for number in itertools.count():
    page = f"archive/{sys.argv[2]}-{number}.json"
    place(folder, {page: b"{}" + fill, "feed.json": b'{"next": "%s"}' % page.encode() + fill})
    print(number, flush=True)
"""


def test_a_publication_killed_at_any_point_leaves_a_whole_feed(tmp_path: Path) -> None:
    for turn in range(15):
        command = [sys.executable, "-c", _PUBLISHER, str(tmp_path), str(turn)]
        with subprocess.Popen(command, cwd=Path(__file__).parents[2], stdout=subprocess.PIPE) as process:
            assert process.stdout
            process.stdout.readline()
            time.sleep(turn * 0.0031)
            process.send_signal(signal.SIGKILL)
        feed = json.loads((tmp_path / "feed.json").read_bytes())
        assert json.loads((tmp_path / feed["next"]).read_bytes()) == {}
    place(tmp_path, FILES)
    assert names(tmp_path) == {*FILES, ".published.db"}


def test_a_reader_never_sees_half_a_feed_or_a_page_that_is_missing(tmp_path: Path) -> None:
    def documents(number: int) -> dict[str, bytes]:
        page = f"archive/{number}.json"
        return {page: b"{}", "feed.json": json.dumps({"next": page, "fill": "x" * 100_000}).encode()}

    def write() -> None:
        end = time.monotonic() + 1.5
        while time.monotonic() < end:
            number = len(written)
            written.append(number)
            place(tmp_path, documents(number))

    written = [0]
    place(tmp_path, documents(0))
    worker = threading.Thread(target=write)
    worker.start()
    seen = set()
    while worker.is_alive():
        seen.add(json.loads((tmp_path / "feed.json").read_bytes())["next"])
    worker.join()
    assert len(seen) > 1


def test_two_publications_into_one_folder_wait_for_each_other(tmp_path: Path) -> None:
    def repeat(fill: bytes) -> None:
        for number in range(40):
            place(tmp_path, {f"archive/{number % 3}.json": fill * 1000, "feed.json": fill * 1000})

    threads = [threading.Thread(target=repeat, args=(fill,)) for fill in (b"a", b"b")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (tmp_path / "feed.json").read_bytes() in {b"a" * 1000, b"b" * 1000}
    assert names(tmp_path) == {"archive/0.json", "feed.json", ".published.db"}


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_without_permission_is_told_in_one_line(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(ExportError, match="Permission denied"):
        place(tmp_path / "site", FILES)
