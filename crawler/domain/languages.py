"""Language tags as documents state them, in one form: that of RFC 5646, for a language that there is.

What is stated is often the code of a country or written with `_`; where it names no language at all, whoever asks knows
better, for a source has a language of its own.
"""

from __future__ import annotations

import re
from functools import lru_cache

_CODES = frozenset(
    """
    aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en eo
    es et eu fa ff fi fil fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv
    ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng
    nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv
    sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu
    """.split()  # noqa: SIM905 (two hundred lines otherwise)
)
"""ISO 639-1, and `fil`, which is the one of our languages that has three letters."""
_MEANT = {
    "cmn": "zh",
    "cn": "zh",
    "cz": "cs",
    "dk": "da",
    "gr": "el",
    "in": "id",
    "iw": "he",
    "jp": "ja",
    "kr": "ko",
    "ua": "uk",
    "yue": "zh",
}
"""Countries taken for their languages, and codes of before."""
_FORM = re.compile(r"([a-z]{2,3})((?:-[a-z0-9]{1,8})*)", re.ASCII)


@lru_cache(maxsize=1024)
def tag(stated: str) -> str:
    """Return a tag such as `en`, `pt-BR` or `zh-Hant-TW`, "" where the one given names no language.

    Args:
        stated: By a document: in any case, also with `_`.
    """
    found = _FORM.fullmatch(stated.strip().lower().replace("_", "-"))
    if not found:
        return ""
    code = _MEANT.get(found[1], found[1])
    return "-".join((code, *map(_subtag, found[2].split("-")[1:5]))) if code in _CODES else ""


@lru_cache(maxsize=1024)
def primary(tag: str) -> str:
    """Return the language of a tag without script and region, in small letters."""
    return tag.partition("-")[0].lower()


def _subtag(part: str) -> str:
    if len(part) == 2:  # noqa: PLR2004 - a region; a script has four letters
        return part.upper()
    return part.title() if len(part) == 4 and part.isalpha() else part  # noqa: PLR2004
