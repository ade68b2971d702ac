"""Listings and article pages, reduced to what is read of them, in words of our own."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from bs4 import BeautifulSoup, Comment, Tag
from bs4.element import NavigableString

from crawler.domain import urls
from crawler.reading import paragraphs
from crawler.reading.recording import jsonform
from crawler.reading.soup import soup

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from crawler.catalogue import Selectors
    from crawler.reading.recording.wording import Wording

_UNSEEN = "script:not([type*='ld+json']), style, template, svg, iframe, link:not([rel~=canonical]), form"
_SAID = {"alt", "title", "aria-label", "aria-description", "content", "value", "placeholder", "summary", "label"}
_ADDRESSES = {"href", "src", "data-src", "poster", "action", "cite", "data-href", "data-url", "data-link"}
_STRUCTURE = {"id", "class", "rel", "type", "lang", "datetime", "name", "property", "itemprop", "itemtype", "charset"}
_DATE_SHOWN = "time, [itemprop=datePublished], [class*=date], [class*=publi]"
_SCRIPTED_DATE = re.compile(r'pagePublishDate(?:"|&#34;|&quot;)\s*:\s*(?:"|&#34;|&quot;)([\w :,.+-]{8,40})')
"""Qualcomm's pages tell their date in a script alone."""
_MOST_PARAGRAPHS = 5


def listing(html: str, base: str, selectors: Selectors, wanted: Sequence[str], wording: Wording) -> str:
    """An index with the entries of the wanted addresses alone.

    Args:
        html: The page.
        base: Its address.
        selectors: Where its entries stand.
        wanted: Addresses of the entries to keep, in order.
        wording: Our words.
    """
    tree = _seen(html)
    items = [(item, _place(item, base, selectors, wanted)) for item in tree.select(selectors.item)]
    kept = [(item, place) for item, place in items if place]
    _keep(tree, [item for item, _ in kept])
    titles = [(_titled(item, selectors), place) for item, place in kept]
    _reword(tree, wording)
    for tag, place in titles:
        _entitle(tag, wording.title(place))
    _name(tree, wording)
    return str(tree)


def page(html: str, wording: Wording) -> str:
    """An article's page, its headline that of the first entry."""
    tree = _seen(html)
    data = [_linked_data(script, wording) for script in tree.select("script[type*='ld+json']")]
    holder = paragraphs.holder(tree)
    for paragraph in (holder.find_all("p") if holder else [])[_MOST_PARAGRAPHS:]:
        paragraph.extract()
    headings = tree.select("h1")[:1]
    _keep(tree, [tag for tag in (holder, *headings, *tree.select(_DATE_SHOWN)[:3]) if tag is not None])
    _reword(tree, wording)
    if (stated := _SCRIPTED_DATE.search(html)) and tree.head is not None:
        script = tree.new_tag("script")
        script.string = f'{{"pagePublishDate": "{stated[1]}"}}'
        tree.head.append(script)
    for tag in (*headings, *tree.select("title")[:1]):
        _entitle(tag, wording.title(1))
    for meta in tree.select("meta[property='og:title'], meta[name='twitter:title'], meta[name=title]"):
        meta["content"] = wording.title(1)
    for script, said in data:
        script.string = said
    return str(tree)


def fragment(html: str, wording: Wording) -> str:
    """A piece of HTML within a feed."""
    tree = BeautifulSoup(html, "html.parser")
    for tag in tree.select(_UNSEEN):
        tag.decompose()
    for paragraph in tree.find_all(["p", "li", "h2", "h3", "figure"])[_MOST_PARAGRAPHS:]:
        paragraph.extract()
    _reword(tree, wording)
    return str(tree)


def _seen(html: str) -> BeautifulSoup:
    tree = soup(html)
    for tag in tree.select(_UNSEEN):
        tag.decompose()
    for note in tree.find_all(string=lambda text: isinstance(text, Comment)):
        note.extract()
    return tree


def _keep(tree: BeautifulSoup, kept: Iterable[Tag]) -> None:
    """Take out of the body all but some elements and what they stand in."""
    whole = {id(tag) for tag in kept}
    around = {id(parent) for tag in kept for parent in tag.parents}
    _prune(tree.body or tree, whole, around)


def _prune(tag: Tag, whole: set[int], around: set[int]) -> None:
    for child in list(tag.children):
        if id(child) in whole:
            continue
        if isinstance(child, Tag) and id(child) in around:
            _prune(child, whole, around)
        elif not isinstance(child, Tag) or child.name != "script":
            child.extract()


def _place(item: Tag, base: str, selectors: Selectors, wanted: Sequence[str]) -> int:
    """Which of the wanted entries an item is, counted from 1; 0 for none."""
    link = item.select_one(selectors.link) if selectors.link else _first_link(item)
    url = urls.resolve(base, str(link.get("href") or "")) if link else None
    return next((place for place, one in enumerate(wanted, 1) if url and urls.untracked(url) == one), 0)


def _first_link(item: Tag) -> Tag | None:
    return item if item.name == "a" else item.select_one("a[href]")


def _titled(item: Tag, selectors: Selectors) -> Tag | None:
    if selectors.title:
        return item.select_one(selectors.title)
    return item.select_one(selectors.link) if selectors.link else _first_link(item)


def _entitle(tag: Tag | None, title: str) -> None:
    """Put the title in place of an element's first words, and leave dates beside it."""
    texts = [text for text in tag.find_all(string=True) if text.strip()] if tag else []
    if texts:
        texts[0].replace_with(NavigableString(title))


def _name(tree: BeautifulSoup, wording: Wording) -> None:
    for tag in tree.select("head > title"):
        tag.string = wording.name()


def _reword(tree: BeautifulSoup, wording: Wording) -> None:
    for text in tree.find_all(string=True):
        if type(text) is NavigableString and text.strip():
            text.replace_with(NavigableString(wording.value(str(text))))
    for tag in tree.select("*"):
        for name, value in list(tag.attrs.items()):
            changed = _attribute(name, value, wording)
            if changed is None:
                del tag[name]
            else:
                tag[name] = changed


def _attribute(name: str, value: Any, wording: Wording) -> Any:  # noqa: ANN401 (a string, or a list of them)
    """What an attribute says in our words; None for what only scripts and style sheets read."""
    if name in _STRUCTURE or isinstance(value, list):
        return value
    if name in _ADDRESSES:
        return wording.address(value)
    if name in _SAID:
        return wording.value(value)
    return None if name.startswith(("data-", "on", "style", "srcset")) else wording.value(value)


def _linked_data(script: Tag, wording: Wording) -> tuple[Tag, str]:
    try:
        said = json.dumps(jsonform.reworded(json.loads(script.get_text()), wording), ensure_ascii=False)
    except ValueError:
        said = "{}"
    return script, said
