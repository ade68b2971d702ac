"""Puts a publication into a folder that is being read, so that a reader at any moment finds a whole one.

Each file is written beside, synced and renamed over the old one; `feed.json` comes last, then what is no longer part is
removed if an earlier publication of ours wrote it; the list of what we wrote is `.published.json`. Being killed at
any point leaves the old publication or the new one, and nothing that the next one does not tidy. What is in the files
is not known here.
"""

from __future__ import annotations

import fcntl
import json
import os
import re
from collections.abc import Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from stat import S_ISREG
from typing import TYPE_CHECKING

from crawler.errors import ExportError
from exports.channel import NAME
from exports.file import File

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

MANIFEST = ".published.json"
_BESIDE = ".publishing"  # one for all files: at most one is left behind, and the next publication takes it over
_MANY = 500  # new files, from which on one sync of everything is quicker than one for each
_SAFE = re.compile(r"[a-z0-9_][a-z0-9._-]{0,99}(/[a-z0-9_][a-z0-9._-]{0,99}){0,4}", re.ASCII | re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Published:
    """What a publication did to the folder, as names within it."""

    written: tuple[str, ...]
    unchanged: tuple[str, ...]
    removed: tuple[str, ...]


def publish(folder: Path, files: Mapping[str, bytes] | Iterable[File]) -> Published:
    """Make a folder hold these files; a file whose bytes are the same is not touched.

    Args:
        folder: Made if it is missing; two publications into one folder wait for each other.
        files: They are put in place in this order, `feed.json` last; one whose digest is that of the last publication
            is not even made. None of them is kept in memory.

    Raises:
        ExportError: The folder cannot be written, or a name leads out of it; one line.
    """
    try:
        with _alone(folder):
            return _Publication(folder).put(_files(files))
    except OSError as error:
        raise ExportError(f"cannot publish into {folder}: {error.strerror or error}") from error


def _files(files: Mapping[str, bytes] | Iterable[File]) -> list[File]:
    given = (
        [File(name, "", lambda data=data: data) for name, data in files.items()]  # type: ignore[misc]
        if isinstance(files, Mapping)
        else list(files)
    )
    return sorted(given, key=lambda file: file.name == NAME)


class _Publication:
    """One publication under way.

    Args:
        folder: Locked by us.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._before = _listed(folder)
        self._marks: dict[str, str] = {}
        self._written: list[str] = []
        self._places: set[Path] = set()  # folders that are known to lie within

    def put(self, files: Sequence[File]) -> Published:
        for file in files:
            self._check(file.name)
        names = {file.name for file in files}
        new = names - self._before.keys()
        if new:
            _list(self._folder, self._before | dict.fromkeys(new, ""))  # before the files, so that none is forgotten
        many = len(new) > _MANY
        for file in files:
            self._put(file, sync=not many)
        removed = [name for name in sorted(self._before.keys() - names) if _remove(self._folder, name)]
        _list(self._folder, self._marks)
        _sync(self._folder, [*self._written, *removed])
        written = set(self._written)
        unchanged = tuple(file.name for file in files if file.name not in written)
        return Published(tuple(self._written), unchanged, tuple(removed))

    def _put(self, file: File, *, sync: bool) -> None:
        target = self._folder / file.name
        if not (file.digest and self._before.get(file.name) == _mark(file.digest, target)):
            data = file.make()
            changed = _changed(target, data)
            if file.name == NAME:
                self._settle(sync=sync)
            if changed:
                _write(self._folder, target, data, sync=sync or file.name == NAME)
                self._written.append(file.name)
        self._marks[file.name] = _mark(file.digest, target) if file.digest else ""

    def _settle(self, *, sync: bool) -> None:
        """Make what the feed leads to safe before the feed is."""
        if sync:
            _sync(self._folder, self._written)
        else:
            os.sync()

    def _check(self, name: str) -> None:
        place = (self._folder / name).parent
        if place in self._places and _SAFE.fullmatch(name):
            return
        if not _within(self._folder, name):
            raise ExportError(f"{name!r} is not the name of a file within {self._folder}")
        self._places.add(place)


def _mark(digest: str, target: Path) -> str:
    """Return what tells that a file is still as it was put in place, "" where it is not there."""
    try:
        found = target.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return ""
    return f"{digest}:{found.st_size}:{found.st_mtime_ns}" if S_ISREG(found.st_mode) else ""


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Hold the folder's lock; it ends with the process, however that ends."""
    folder.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _within(folder: Path, name: str) -> bool:
    return bool(_SAFE.fullmatch(name)) and (folder / name).parent.resolve().is_relative_to(folder.resolve())


def _changed(target: Path, data: bytes) -> bool:
    try:
        return target.is_symlink() or target.stat().st_size != len(data) or target.read_bytes() != data
    except FileNotFoundError:
        return True


def _write(folder: Path, target: Path, data: bytes, *, sync: bool = True) -> None:
    beside = folder / _BESIDE
    beside.unlink(missing_ok=True)
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        with beside.open("xb") as file:
            file.write(data)
            file.flush()
            if sync:
                os.fsync(file.fileno())
        beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)  # half a file would keep a full disk full


def _sync(folder: Path, names: Iterable[str]) -> None:
    """Make renames last through a power cut."""
    for place in {folder, *((folder / name).parent for name in names)}:
        if place.is_dir():
            descriptor = os.open(place, os.O_RDONLY | os.O_DIRECTORY)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)


def _remove(folder: Path, name: str) -> bool:
    target = folder / name
    if not _within(folder, name) or not target.exists():
        return False
    target.unlink()
    with suppress(OSError):  # others' files may be in it
        for place in target.relative_to(folder).parents[:-1]:
            (folder / place).rmdir()
    return True


def _listed(folder: Path) -> dict[str, str]:
    """Return the files that we wrote and their marks; where the list is damaged nothing counts as ours."""
    try:
        listed = json.loads((folder / MANIFEST).read_bytes())
    except (FileNotFoundError, ValueError):
        return {}
    if isinstance(listed, list):  # as it was written before there were marks
        listed = {name: "" for name in listed if isinstance(name, str)}
    whole = isinstance(listed, dict) and all(isinstance(mark, str) for mark in listed.values())
    return listed if whole else {}


def _list(folder: Path, marks: Mapping[str, str]) -> None:
    data = json.dumps(marks, indent=0, sort_keys=True).encode() + b"\n"
    if _changed(folder / MANIFEST, data):
        _write(folder, folder / MANIFEST, data)
