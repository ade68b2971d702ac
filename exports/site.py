"""Puts a publication into a folder that is being read, so that a reader at any moment finds a whole one.

Each file is written beside and renamed over the old one; `feed.json` comes last, after what it leads to is on the disk.
Then what is no longer part is removed, if an earlier publication of ours wrote it. The ledger lists what we wrote, and
what lags behind is marked there before it is touched: being killed at any point leaves the old publication or the new
one, and nothing that the next one does not tidy. What is in the files is not known here.
"""

from __future__ import annotations

import fcntl
import os
import sqlite3
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from crawler.errors import ExportError
from exports.channel import NAME
from exports.ledger import NAME as LEDGER
from exports.ledger import Ledger, damaged
from exports.ledger import remove as remove_ledger
from exports.listing import Listing
from exports.writing import BESIDE, Writer, remove

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from exports.file import File

_MANY = 20  # files, from which on one sync of everything is quicker than one for each


@dataclass(frozen=True, slots=True)
class Published:
    """What a publication did to the folder, as names within it."""

    written: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()


@contextmanager
def opened(folder: Path) -> Iterator[Ledger]:
    """Give the ledger of a folder, locked; the lock ends with the process, however that ends.

    Raises:
        ExportError: The folder cannot be written; one line.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX)
            for left in folder.glob(f"{BESIDE}*"):
                left.unlink()
            with closing(Ledger(folder / LEDGER)) as ledger:
                yield ledger
        finally:
            os.close(lock)
    except OSError as error:
        raise ExportError(f"cannot publish into {folder}: {error.strerror or error}") from error
    except sqlite3.Error as error:
        if damaged(error):
            remove_ledger(folder / LEDGER)
            raise ExportError(f"{folder / LEDGER} was damaged ({error}) and is removed; publish once more") from error
        raise ExportError(f"cannot publish into {folder}: {LEDGER}: {error}") from error


def catch_up(  # noqa: PLR0913 - what is put in place, and how
    folder: Path,
    ledger: Ledger,
    file: Callable[[str], File | None],
    order: Iterable[str],
    *,
    last: bool = True,
    more: bool = False,
) -> Published:
    """Write the files that lag behind, and remove those that are no more.

    Args:
        folder: Locked by us.
        ledger: Its ledger, in no change.
        file: Gives a file by its name, None where there is none.
        order: The names of files that may lag, in the order in which they are put in place.
        last: Make them outlast a power cut, before the ledger says that they are done.
        more: The same for others, which were put in place before and without that.
    """
    listing = Listing(ledger)
    lagging = listing.lagging(order)
    found = {name: file(name) for name in lagging}
    gone = [name for name in lagging if found[name] is None]
    writer = Writer(folder, sync=not more and len(lagging) <= _MANY)
    for name in sorted(lagging, key=NAME.__eq__):
        if made := found.pop(name):
            if name == NAME:
                if more or writer.written:
                    writer.settle()  # what the feed leads to is safe before the feed is
                writer.sync = True
            writer.put(name, made.make())
    removed = [name for name in gone if remove(folder, name)]
    if last and (more or writer.written or removed):
        writer.settle(removed)
    with ledger.change():
        listing.done(writer.marks, gone)
        listing.left(folder, [*writer.marks, *removed])
    return Published(tuple(writer.written), tuple(removed))
