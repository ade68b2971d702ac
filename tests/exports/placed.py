"""Puts any files into a folder as a publication does."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from exports.file import File
from exports.listing import Listing
from exports.site import Published, catch_up, opened
from exports.writing import safe

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


def place(folder: Path, files: Mapping[str, bytes] | Iterable[File]) -> Published:
    """Make a folder hold these files and no others of ours."""
    given = [_file(*each) for each in files.items()] if isinstance(files, Mapping) else files
    known = {file.name: file for file in given}
    with opened(folder) as ledger:
        listing = Listing(ledger)
        listing.sweep(folder, thorough=True)
        for name in known:
            safe(folder, name)
        with ledger.change():
            gone = set(listing.names()) - known.keys()
            listing.expect([*known.items(), *((name, None) for name in gone)])
        return catch_up(folder, ledger, known.get, [*known, *sorted(gone)])


def _file(name: str, data: bytes) -> File:
    return File(name, "", lambda: data)
