"""How times, makers and addresses read on the pages, the same under every locale and on every day."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from markupsafe import Markup

from crawler.domain.vocabulary import table
from exports.content import MONTHS, moment

if TYPE_CHECKING:
    from collections.abc import Mapping

_LANGUAGES = {
    "de": "German",
    "en": "English",
    "es": "Spanish",
    "fr": "French",
    "hi": "Hindi",
    "id": "Indonesian",
    "it": "Italian",
    "ja": "Japanese",
    "ko": "Korean",
    "nl": "Dutch",
    "pl": "Polish",
    "pt": "Portuguese",
    "ru": "Russian",
    "th": "Thai",
    "tr": "Turkish",
    "uk": "Ukrainian",
    "vi": "Vietnamese",
    "zh": "Chinese",
}
_WHOLE_DAY, _MONTH = 10, 7  # characters


def when(text: str) -> Markup:
    """Return an RFC 3339 time as a `time` element."""
    return Markup(moment(text))  # noqa: S704 (made of digits and names of months)


def day(text: str) -> str:
    """Return `2022-07-04`, `2022-07` or `2022` as people write it."""
    if len(text) < _MONTH:
        return text
    named = f"{MONTHS[int(text[5:7]) - 1]} {text[:4]}"
    return f"{int(text[8:])} {named}" if len(text) == _WHOLE_DAY else named


def host(address: str) -> str:
    """Return the host of an http(s) address."""
    return (urlsplit(address).hostname or "").removeprefix("www.")


def maker(brand: str) -> str:
    """Return how a maker is called, or the id of one that we do not know."""
    return makers().get(brand, brand)


@lru_cache(maxsize=1)
def makers() -> Mapping[str, str]:
    """Return the names of makers by id."""
    return {brand: row["names"][0] for brand, row in table("makers.toml").items()}


def language(code: str) -> str:
    """Return the name of a language, or the code of one that we have no name for."""
    return _LANGUAGES.get(code, code)


def why(item: Mapping[str, Any]) -> str:
    """Return what the reports of a story have in common, in a sentence or two."""
    said = item["_launchwire"]
    sources = said["sources"]
    if len(sources) == 1:
        return "One source has told it so far."
    about = ", ".join(said.get("models") or said.get("models_guessed") or map(maker, said.get("brands", ())))
    days = sorted({each["published"][:10] for each in sources if "published" in each})
    span = f" between {days[0]} and {days[-1]}" if len(days) > 1 else ""
    owners = f"{said['outlets']} independent {'owner' if said['outlets'] == 1 else 'owners'}"
    subject = f" They speak of {about}." if about else ""
    copies = sum("duplicate_of" in each for each in sources)
    copied = f" {copies} of them {'repeats' if copies == 1 else 'repeat'} another report." if copies else ""
    return (
        f"{len(sources)} reports by {owners}{span}.{subject}{copied} Reports become one story when the phones they "
        "name, the stage, the words and the dates together fit better than chance; every link leads to a report."
    )
