"""A file of a publication: its name, what it depends on, and how to make it when it is needed."""

from __future__ import annotations

from collections.abc import Callable  # noqa: TC003 (NamedTuple reads annotations at run time)
from functools import lru_cache
from hashlib import blake2b
from importlib.resources import files
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator
    from importlib.resources.abc import Traversable


class File(NamedTuple):
    """A file to be put in place.

    Args:
        name: With `/`, within the site.
        digest: Equal digests promise equal bytes; "" promises nothing.
        make: Gives the bytes.
    """

    name: str
    digest: str
    make: Callable[[], bytes]


def digest(*parts: object) -> str:
    """Return what changes with any of the parts, or with our own code and templates."""
    written = (part if isinstance(part, bytes) else repr(part).encode("utf-8", "surrogatepass") for part in parts)
    return blake2b(b"\0".join((_own(), *written, b"")), digest_size=12).hexdigest()


@lru_cache(maxsize=1)
def _own() -> bytes:
    state = blake2b(digest_size=12)
    for path in (*_all(files("exports")), *_all(files("crawler.domain"))):  # where stories are told
        state.update(path.read_bytes())
    return state.digest()


def _all(folder: Traversable) -> Iterator[Traversable]:
    for path in sorted(folder.iterdir(), key=lambda each: each.name):
        if path.is_dir():
            yield from _all(path) if path.name != "__pycache__" else ()
        else:
            yield path
