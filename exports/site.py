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
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from crawler.errors import ExportError
from exports.channel import NAME

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

_MANIFEST = ".published.json"
_BESIDE = ".publishing"  # one for all files: at most one is left behind, and the next publication takes it over
_SAFE = re.compile(r"[a-z0-9_][a-z0-9._-]{0,99}(/[a-z0-9_][a-z0-9._-]{0,99}){0,4}", re.ASCII | re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Published:
    """What a publication did to the folder, as names within it."""

    written: tuple[str, ...]
    unchanged: tuple[str, ...]
    removed: tuple[str, ...]


def publish(folder: Path, files: Mapping[str, bytes]) -> Published:
    """Make a folder hold these files; a file whose bytes are the same is not touched.

    Args:
        folder: Made if it is missing; two publications into one folder wait for each other.
        files: Names with `/` to bytes. They are put in place in this order, `feed.json` last.

    Raises:
        ExportError: The folder cannot be written, or a name leads out of it; one line.
    """
    try:
        with _alone(folder):
            return _publish(folder, files)
    except OSError as error:
        raise ExportError(f"cannot publish into {folder}: {error.strerror or error}") from error


def _publish(folder: Path, files: Mapping[str, bytes]) -> Published:
    targets = {name: _target(folder, name) for name in sorted(files, key=NAME.__eq__)}
    before = _listed(folder)
    _list(folder, {*before, *files})  # before the files, so that none can be forgotten
    written = [name for name, target in targets.items() if _changed(target, files[name])]
    for name in written:
        if name == NAME:
            _sync(folder, written)  # what the feed leads to is safe before the feed is
        _write(folder, targets[name], files[name])
    removed = [name for name in sorted(before - files.keys()) if _remove(folder, name)]
    _list(folder, files)
    _sync(folder, [*written, *removed])
    unchanged = tuple(name for name in targets if name not in set(written))
    return Published(tuple(written), unchanged, tuple(removed))


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


def _target(folder: Path, name: str) -> Path:
    """Return where a file goes.

    Raises:
        ExportError: Not a plain name, or a link leads out of the folder.
    """
    if not _within(folder, name):
        raise ExportError(f"{name!r} is not the name of a file within {folder}")
    return folder / name


def _within(folder: Path, name: str) -> bool:
    return bool(_SAFE.fullmatch(name)) and (folder / name).parent.resolve().is_relative_to(folder.resolve())


def _changed(target: Path, data: bytes) -> bool:
    try:
        return target.is_symlink() or target.stat().st_size != len(data) or target.read_bytes() != data
    except FileNotFoundError:
        return True


def _write(folder: Path, target: Path, data: bytes) -> None:
    beside = folder / _BESIDE
    beside.unlink(missing_ok=True)
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        with beside.open("xb") as file:
            file.write(data)
            file.flush()
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


def _listed(folder: Path) -> set[str]:
    """Return the names of the files that we wrote; where the list is damaged nothing counts as ours."""
    try:
        names = json.loads((folder / _MANIFEST).read_bytes())
    except (FileNotFoundError, ValueError):
        return set()
    return {name for name in names if isinstance(name, str)} if isinstance(names, list) else set()


def _list(folder: Path, names: Iterable[str]) -> None:
    data = json.dumps(sorted(names), indent=0).encode() + b"\n"
    if _changed(folder / _MANIFEST, data):
        _write(folder, folder / _MANIFEST, data)
