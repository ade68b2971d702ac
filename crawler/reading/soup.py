"""HTML as a tree, whatever it claims to be."""

from __future__ import annotations

import re

from bs4 import BeautifulSoup

_DECLARATION = re.compile(r"^\s*<\?xml\b[^>]*>?", re.IGNORECASE)


def soup(html: str) -> BeautifulSoup:
    """Parse a page as the HTML it is served as; an XML declaration, as old sites send it, says nothing we need."""
    return BeautifulSoup(_DECLARATION.sub("", html), "lxml")
