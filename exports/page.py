"""A plain `index.html` of the newest stories, for people: static, no script, nothing loaded from elsewhere.

It is made of checked feed items, so it shows what the feed says and nothing else. Filters, story pages and images are
not part of it.
"""

from __future__ import annotations

from html import escape
from importlib.resources import files
from string import Template
from typing import TYPE_CHECKING, Any

from exports.channel import NAME
from exports.clean import line, tag
from exports.content import moment

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from exports.channel import Channel

SHOWN = 100  # stories
_ALSO_SHOWN = 12  # sources
_TEMPLATE = Template((files("exports") / "index.template.html").read_text(encoding="utf-8"))


def page(items: Sequence[Mapping[str, Any]], channel: Channel, archive: Iterable[str]) -> bytes:
    """Return the page.

    Args:
        items: Checked items, the newest first; the first 100 are shown.
        channel: The feed that they are in.
        archive: Names of the archive's pages, the newest first.
    """
    language = tag(channel.language)
    return _TEMPLATE.substitute(
        title=escape(line(channel.title, 200)),
        lang=f' lang="{language}"' if language else "",
        feed=NAME,
        stories="\n".join(map(_story, items[:SHOWN])) or "<p>No stories yet.</p>",
        archive=_archive(list(archive)),
    ).encode()


def _story(item: Mapping[str, Any]) -> str:
    said = item["_launchwire"]
    language = f' lang="{item["language"]}"' if "language" in item else ""
    words = f"<p{language}>{escape(item['summary'])}</p>\n" if "summary" in item else ""
    return (
        f'<article id="story-{item["id"].rpartition(":")[2]}">\n'
        f'<p class="tags">{_tags(said)} {moment(item["date_published"])}</p>\n'
        f"<h2{language}>{_link(item['url'], item['title'])}</h2>\n{words}"
        f'<p class="who">{_who(said)}</p>\n</article>'
    )


def _tags(said: Mapping[str, Any]) -> str:
    brands = "".join(f" <b>{escape(brand)}</b>" for brand in said.get("brands", ()))
    return f'<span class="{said["stage"]}">{said["stage"]}</span>{brands}'


def _who(said: Mapping[str, Any]) -> str:
    lead, first, own = said["lead"], said["first_reported"], said.get("official")
    sentences = [f"From {_link(lead['url'], lead['name'])}."]
    if first["url"] != lead["url"]:
        sentences.append(f"First reported by {_link(first['url'], first['name'])}, {moment(first['at'])}.")
    if own:
        sentences.append(f"Official since {moment(own['at'])}, {_link(own['url'], own['name'])}.")
    told = {lead["url"], first["url"], own["url"] if own else ""}
    others = [source for source in said["sources"] if source["url"] not in told]
    return " ".join([*sentences, *_also(others)])


def _also(others: Sequence[Mapping[str, Any]]) -> list[str]:
    if not others:
        return []
    named = [_link(each["url"], each["name"]) + _at(each) for each in others[:_ALSO_SHOWN]]
    more = [f"{len(others) - _ALSO_SHOWN} more"] if len(others) > _ALSO_SHOWN else []
    return [f"Also reported by {', '.join(named + more)}."]


def _at(source: Mapping[str, Any]) -> str:
    return f" ({moment(source['published'])})" if "published" in source else ""


def _archive(names: Sequence[str]) -> str:
    if not names:
        return ""
    links = " ".join(f"<li>{_link(name, name.removeprefix('archive/').removesuffix('.json'))}</li>" for name in names)
    return f"<details><summary>Older stories, as pages of the feed</summary><ul>{links}</ul></details>"


def _link(href: str, text: str) -> str:
    return f'<a href="{escape(href)}">{escape(text)}</a>'
