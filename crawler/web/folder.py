"""The published files as the web server sees them: by name, with digest and a small form for the wire.

Only names that the publication itself lists are served, so nothing that a visitor asks for becomes a path.
"""

from __future__ import annotations

import gzip
import os
from dataclasses import dataclass
from functools import cached_property, lru_cache
from hashlib import blake2b
from typing import TYPE_CHECKING

import brotli

from exports.ledger import NAME as LEDGER
from exports.names import Names

if TYPE_CHECKING:
    from pathlib import Path

_WORTH_PACKING = 500  # bytes
_BROTLI = 5  # as quick as gzip, a fifth smaller; the higher ones take seconds


@dataclass(frozen=True)
class Document:
    """A file's bytes.

    Args:
        data: The bytes.
        digest: Hexadecimal; changes with the bytes.
        modified: Seconds since 1970.
    """

    data: bytes
    digest: str
    modified: int

    def packed(self, coding: str) -> bytes | None:
        """Return the bytes under `br` or `gzip`, None where that would not pay; packed once, when first asked for."""
        if len(self.data) <= _WORTH_PACKING:
            return None
        return self._brotli if coding == "br" else self._gzip

    @cached_property
    def _brotli(self) -> bytes:
        packed: bytes = brotli.compress(self.data, quality=_BROTLI)
        return packed

    @cached_property
    def _gzip(self) -> bytes:
        return gzip.compress(self.data, 6, mtime=0)


class Folder:
    """A site folder that is being published into while it is served."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.names = Names(path)
        self._documents = lru_cache(maxsize=128)(self._read)

    def version(self) -> tuple[tuple[int, int], ...]:
        """Return what changes with every publication that changes anything."""
        return tuple(_state_of(self._path / name) for name in (LEDGER, f"{LEDGER}-wal"))

    def document(self, name: str) -> Document | None:
        """Return a published file, or None where there is none of that name."""
        if not self.names.has(name):
            return None
        try:
            return self._documents(name, _state(os.lstat(self._path / name)))
        except OSError:
            return None

    def _read(self, name: str, _: tuple[int, int]) -> Document:
        descriptor = os.open(self._path / name, os.O_RDONLY | os.O_NOFOLLOW)
        with open(descriptor, "rb") as file:  # noqa: PTH123 (a descriptor is no path)
            modified = int(os.fstat(descriptor).st_mtime)
            return document(file.read(), modified)


def document(data: bytes, modified: int) -> Document:
    """Return bytes as a document."""
    return Document(data, blake2b(data, digest_size=12).hexdigest(), modified)


def _state_of(path: Path) -> tuple[int, int]:
    try:
        return _state(os.lstat(path))
    except OSError:
        return 0, 0


def _state(found: os.stat_result) -> tuple[int, int]:
    return found.st_mtime_ns, found.st_ino
