"""Single files of a folder: written beside and renamed, compared, removed. Nothing leads out of the folder."""

from __future__ import annotations

import os
import re
from contextlib import suppress
from pathlib import Path
from stat import S_ISREG
from typing import TYPE_CHECKING

from crawler.errors import ExportError

if TYPE_CHECKING:
    from collections.abc import Iterable

BESIDE = ".publishing"
"""How the file begins that is being written, one for each process; the next publication removes what a kill left."""

_SAFE = re.compile(r"[a-z0-9_][a-z0-9._-]{0,99}(/[a-z0-9_][a-z0-9._-]{0,99}){0,4}", re.ASCII | re.IGNORECASE)


class Writer:
    """Puts files in place.

    Args:
        folder: Locked by us.
        sync: Whether each file is made to last before it takes its place; quick for few only.

    Attributes:
        sync: The same; can be changed.
        written: The names of the files that changed.
        marks: By name what tells that a file is still as it was put in place.
    """

    def __init__(self, folder: Path, *, sync: bool) -> None:
        self._folder, self.sync = folder, sync
        self._places: set[str] = set()
        self._beside = str(folder / f"{BESIDE}-{os.getpid()}")
        self.written: list[str] = []
        self.marks: dict[str, str] = {}

    def put(self, name: str, data: bytes) -> None:
        """Make a file hold these bytes; one that does already is not touched."""
        self._prepare(name)
        target = f"{self._folder}/{name}"
        if _same(target, data):
            self.marks[name] = mark(target)
            return
        self.marks[name] = self._write(target, data)
        self.written.append(name)

    def settle(self, removed: Iterable[str] = ()) -> None:
        """Make what was put in place and what was removed outlast a power cut."""
        if self.sync:
            _sync_folders(self._folder, [*self.written, *removed])
        else:
            os.sync()

    def _prepare(self, name: str) -> None:
        place = name.rpartition("/")[0]
        if place not in self._places or not _SAFE.fullmatch(name):
            safe(self._folder, name)
            (self._folder / place).mkdir(parents=True, exist_ok=True)
            self._places.add(place)

    def _write(self, target: str, data: bytes) -> str:
        try:
            descriptor = os.open(self._beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, 0o666)
            try:
                rest = memoryview(data)
                while rest:
                    rest = rest[os.write(descriptor, rest) :]
                if self.sync:
                    os.fsync(descriptor)
                found = _state(os.fstat(descriptor))
            finally:
                os.close(descriptor)
            os.replace(self._beside, target)  # noqa: PTH105 (a hundred thousand times)
        except BaseException:
            Path(self._beside).unlink(missing_ok=True)  # half a file would keep a full disk full
            raise
        return found


def mark(target: str | Path) -> str:
    """Return what tells that a file is still as it was put in place, "" where there is none."""
    try:
        found = os.lstat(target)
    except (FileNotFoundError, NotADirectoryError):
        return ""
    return _state(found) if S_ISREG(found.st_mode) else ""


def safe(folder: Path, name: str) -> None:
    """Refuse a name that leads out of a folder.

    Raises:
        ExportError: It does.
    """
    if not _within(folder, name):
        raise ExportError(f"{name!r} is not the name of a file within {folder}")


def remove(folder: Path, name: str) -> bool:
    """Remove a file and the folders that it leaves empty; return whether there was one."""
    target = folder / name
    if not _within(folder, name) or not target.exists():
        return False
    target.unlink()
    with suppress(OSError):  # others' files may be in it
        for place in target.relative_to(folder).parents[:-1]:
            (folder / place).rmdir()
    return True


def _sync_folders(folder: Path, names: Iterable[str]) -> None:
    for place in {(folder / name).parent for name in names}:
        if place.is_dir():
            descriptor = os.open(place, os.O_RDONLY | os.O_DIRECTORY)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)


def _within(folder: Path, name: str) -> bool:
    return bool(_SAFE.fullmatch(name)) and (folder / name).parent.resolve().is_relative_to(folder.resolve())


def _same(target: str, data: bytes) -> bool:
    try:
        found = os.lstat(target)
    except FileNotFoundError:
        return False
    return S_ISREG(found.st_mode) and found.st_size == len(data) and Path(target).read_bytes() == data


def _state(found: os.stat_result) -> str:
    return f"{found.st_size}:{found.st_mtime_ns}"
