"""Who wrote an article and which picture leads it, as its page says: names and photographs only.

Whether a picture may be shown, or a name is a person's, is not judged.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from crawler.domain import urls
from crawler.reading import linkeddata, markup

if TYPE_CHECKING:
    from bs4 import BeautifulSoup

MOST_AUTHORS = 10
LONGEST_AUTHOR = 100

_BY = re.compile(
    r"^(?:(?:written |posted |reported )?by|von|por|par|di|da|door|av|af|autor(?:in)?|author|автор|text|文|著者|作者"
    r"|記者|记者)"
    r"(?:\s*[:：]\s*|\s+)",
    re.IGNORECASE,
)
_NO_NAME = re.compile(r"://|www\.|@|\.(?:com|net|org|html?)\b|^\W*$|^\d+$|^(?:admin|none|null|unknown)$", re.IGNORECASE)
_NO_PHOTOGRAPH = re.compile(
    r"(?:^|[/_.-])(?:logos?|placeholder|no-?(?:image|img|photo|picture|thumb)|blank|spacer|favicon|sprite|avatars?|icons?"
    r"|(?:og|fb|share|social|default)[_-](?:image|default|logo|thumb)(?:nail)?|1x1)(?=[/_.-]|\d|$)|(?:^|/)default\.(?:jpe?g|png|webp|gif)"
    r"|\.svg(?:$|\?)|\.ico(?:$|\?)",
    re.IGNORECASE,
)


def authors(data: dict[str, Any], meta: dict[str, str], tree: BeautifulSoup) -> tuple[str, ...]:
    """Give the authors' names, each once.

    Args:
        data: The page's article in JSON-LD.
        meta: Its `<meta>` by name in lower case.
        tree: The page's tree, for `rel=author` and `itemprop=author`.
    """
    shown = (tag.get_text(" ", strip=True) for tag in tree.select("[rel~=author], [itemprop=author]", limit=5))
    for claims in (linkeddata.texts(data.get("author")), _named(meta), shown):
        names = (_BY.sub("", markup.line(claim)).strip(" ,;|") for claim in claims)
        if found := tuple(dict.fromkeys(name for name in names if _is_name(name)))[:MOST_AUTHORS]:
            return found
    return ()


def image(data: dict[str, Any], meta: dict[str, str], shown: str, url: str) -> str | None:
    """Give the address of the lead picture, http(s) and no logo, or None.

    Args:
        data: The page's article in JSON-LD.
        meta: Its `<meta>` by name in lower case.
        shown: The HTML around the article's text.
        url: The page's address, for relative ones.
    """
    claims = (
        *(meta.get(name, "") for name in ("og:image:secure_url", "og:image", "og:image:url")),
        *linkeddata.texts(data.get("image"), "url"),
        *(meta.get(name, "") for name in ("twitter:image", "twitter:image:src")),
    )
    stated = (address for claim in claims if claim and (address := urls.resolve(url, claim)))
    photographs = (address for address in (*stated, *markup.images(shown, url)) if not _NO_PHOTOGRAPH.search(address))
    return next(photographs, None)


def _named(meta: dict[str, str]) -> list[str]:
    return [
        meta.get(name, "") for name in ("author", "article:author", "parsely-author", "sailthru.author", "dc.creator")
    ]


def _is_name(name: str) -> bool:
    return 1 < len(name) <= LONGEST_AUTHOR and not _NO_NAME.search(name)
