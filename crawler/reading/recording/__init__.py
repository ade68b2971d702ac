"""Make a source's document a sample of its structure: three entries, nobody's words but our own.

Structure, names, dates and the shapes of links stay. Nothing is fetched or written here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from crawler.catalogue import Kind
from crawler.reading import charset
from crawler.reading.recording import html, jsonform, xmlform
from crawler.reading.recording.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crawler.catalogue import Source

MOST = 3
"""Entries that are kept."""
_SUFFIXES = {"rdf": ".rdf", "feed": ".atom"}


@dataclass(frozen=True, slots=True)
class Recorded:
    """A sample: its text, and how files of its format end."""

    suffix: str
    text: str


class Recorder:
    """Rewords the document and the page of one source, alike where they say the same.

    Args:
        source: Whose they are.
        wanted: Addresses of its entries, as their articles have them; the first ones are kept.
    """

    def __init__(self, source: Source, wanted: Sequence[str]) -> None:
        self._source, self._wanted = source, list(wanted[:MOST])
        self._wording = Wording(source)

    def document(self, body: bytes, url: str, content_type: str | None = None) -> Recorded:
        """The source's document.

        Args:
            body: As fetched, decompressed.
            url: Its address.
            content_type: The HTTP header, for its charset.

        Raises:
            ReadingError: `unparsable`.
        """
        text = charset.decode(body, content_type).replace("\0", "")
        if self._source.kind is Kind.LISTING and self._source.listing is not None:
            return Recorded(".html", html.listing(text, url, self._source.listing, self._wanted, self._wording))
        if text.lstrip("\ufeff \t\r\n").startswith(("{", "[")):
            return Recorded(".json", jsonform.document(text, self._wording, self._fragment, self._is_kept))
        root, said = xmlform.document(body, content_type, self._wanted, self._wording, self._fragment)
        return Recorded(_SUFFIXES.get(root, ".xml"), said)

    def page(self, body: bytes, content_type: str | None = None) -> Recorded:
        """The page of the first entry."""
        text = charset.decode(body, content_type).replace("\0", "")
        return Recorded(".page.html", html.page(text, self._wording))

    def _fragment(self, text: str) -> str:
        return html.fragment(text, self._wording)

    def _is_kept(self, row: Any) -> bool:  # noqa: ANN401 (JSON is anything)
        said = row.values() if isinstance(row, dict) else ()
        return any(isinstance(one, str) and one and url.endswith(one) for one in said for url in self._wanted)
