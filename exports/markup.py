"""One story as HTML: as it stands in a list of stories, and whole.

Every text and address is escaped here. Templates would do the same four times slower, which a hundred thousand stories
make minutes of; what stands around a story is theirs.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from crawler.domain.languages import primary
from exports import words
from exports.clean import escaped
from exports.content import moment
from exports.shelf import plain, slug

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from exports.card import Facts, Near

ROOT = "\0"
"""Stands for the way to the root of the site, which depends on the page; no text that passed `check` holds it."""
WAY = "\1"
"""Stands for the story so far, in the same way."""

_NAMED = 12  # further sources named in a list
_IMAGE = 'alt="" width="192" height="128" loading="lazy" decoding="async" referrerpolicy="no-referrer"'


def listed(item: Mapping[str, Any], number: int) -> str:
    """Return a checked item as an entry of a list."""
    said, language = item["_launchwire"], item.get("language", "")
    opening = _opening(number, said["stage"], said.get("brands", ()), language)
    title = f'<h2{lang(language)}><a href="{ROOT}story/{number}.html">{escaped(item["title"])}</a></h2>'
    return (
        f"{opening}\n{_badges(item)}\n{title}\n"
        f"{_image(item)}{_words(item)}{_phones(said)}{_who(said, everyone=True)}\n</article>\n"
    )


def brief(told: Facts) -> str:
    """Return a story as an entry of a list of old ones, to be skimmed."""
    opening = _opening(told.number, told.stage, told.brands, told.language)
    several = f" · {told.outlets} outlets" if told.outlets > 1 else ""
    title = f'<h2{lang(told.language)}><a href="{ROOT}story/{told.number}.html">{escaped(told.title)}</a></h2>'
    return f"{opening}\n{_labels(told.stage, told.brands, told.at, several)}\n{title}\n</article>\n"


def whole(item: Mapping[str, Any]) -> str:
    """Return a checked item as the main part of its page, with `WAY` where that stands."""
    said, language = item["_launchwire"], item.get("language", "")
    told = "\n".join(map(_source, said["sources"]))
    return (
        f'<article class="whole">\n{_badges(item)}\n'
        f"<h1{lang(language)}>{_out(item['external_url'], item['title'])}</h1>\n{_image(item)}{_quote(item)}"
        f"{_who(said, everyone=False)}\n{_facts(said)}"
        f'<section aria-labelledby="sources">\n<h2 id="sources">Who told it, in order of time</h2>\n'
        f'<ol class="sources">\n{told}\n</ol>\n</section>\n'
        f'{WAY}<section aria-labelledby="why">\n<h2 id="why">Why these are one story</h2>\n'
        f"<p>{escaped(words.why(item))}</p>\n</section>\n</article>\n"
    )


def way(earlier: Sequence[Near], later: Sequence[Near]) -> str:
    """Return the stories of the same phones before and after one."""
    return f"{_way('way1', 'The story so far', earlier)}{_way('way2', 'What came after', later)}"


def lang(tag: str) -> str:
    """Return the attribute that says which language a text is in."""
    return f' lang="{tag}"' if tag else ""


def _opening(number: int, stage: str, brands: Iterable[str], language: str) -> str:
    return (
        f'<article id="story-{number}" data-stage="{stage}" data-brands="{escaped(" ".join(brands))}" '
        f'data-language="{primary(language)}">'
    )


def _out(url: str, text: str, tag: str = "") -> str:
    return f'<a href="{escaped(url)}" rel="noreferrer"{lang(tag)}>{escaped(text)}</a>'


def _badges(item: Mapping[str, Any]) -> str:
    said = item["_launchwire"]
    return _labels(said["stage"], said.get("brands", ()), item["date_published"])


def _labels(stage: str, brands: Iterable[str], at: str, more: str = "") -> str:
    return (
        f'<p class="badges"><a class="stage {stage}" href="{ROOT}stage/{stage}/index.html">{stage}</a>'
        f"{''.join(map(_brand, brands))} {moment(at)}{more}</p>"
    )


@lru_cache(maxsize=1024)
def _brand(brand: str) -> str:
    name = escaped(words.maker(brand))
    if not plain(brand):
        return f' <span class="brand">{escaped(brand)}</span>'
    return f' <a class="brand" href="{ROOT}brand/{brand}/index.html">{name}</a>'


def _image(item: Mapping[str, Any]) -> str:
    return f'<img src="{escaped(item["image"])}" {_IMAGE}>\n' if "image" in item else ""


def _words(item: Mapping[str, Any]) -> str:
    if "summary" not in item:
        return ""
    return f'<p class="words"{lang(item.get("language", ""))}>{escaped(item["summary"])}</p>\n'


def _quote(item: Mapping[str, Any]) -> str:
    if "summary" not in item:
        return ""
    language = lang(item.get("language", ""))
    return f'<blockquote class="words"{language}><p>{escaped(item["summary"])}</p></blockquote>\n'


def _who(said: Mapping[str, Any], *, everyone: bool) -> str:
    lead, first, own = said["lead"], said["first_reported"], said.get("official")
    parts = [f'<p class="who">From {_out(lead["url"], lead["name"])}.']
    if first["url"] != lead["url"]:
        parts.append(f" First reported by {_out(first['url'], first['name'])}, {moment(first['at'])}.")
    if own:
        parts.append(f" Official since {moment(own['at'])}, {_out(own['url'], own['name'])}.")
    told = {lead["url"], first["url"], own["url"] if own else ""}
    others = [source for source in said["sources"] if source["url"] not in told] if everyone else []
    if others:
        named = ", ".join(map(_other, others[:_NAMED]))
        parts.append(f" Also reported by {named}{f', {len(others) - _NAMED} more' if len(others) > _NAMED else ''}.")
    return f"{''.join(parts)}</p>"


def _other(source: Mapping[str, str]) -> str:
    when = f" ({moment(source['published'])})" if "published" in source else ""
    return f"{_out(source['url'], source['name'])}{when}"


@lru_cache(maxsize=4096)
def _device(model: str) -> str:
    name = slug(model)
    return f'<a href="{ROOT}device/{name}.html">{escaped(model)}</a>' if name else escaped(model)


def _phones(said: Mapping[str, Any]) -> str:
    stated = ", ".join(map(_device, said.get("models", ())))
    supposed = ", ".join(map(_device, said.get("models_guessed", ())))
    parts = filter(None, (stated, supposed and f"perhaps {supposed}"))
    return f'<p class="phones">{"; ".join(parts)}</p>\n' if stated or supposed else ""


def _facts(said: Mapping[str, Any]) -> str:
    rows = [
        *_rows("Phones", map(_device, said.get("models", ()))),
        *_rows("Supposed", map(_device, said.get("models_guessed", ()))),
        *(f"<dt>{date['kind'].capitalize()}</dt><dd>{_date(date)}</dd>" for date in said.get("dates", ())),
        *_rows("Videos", (_out(video, f"Watch at {words.host(video)}") for video in said.get("videos", ()))),
    ]
    return f'<dl class="facts">\n{"".join(rows)}\n</dl>\n' if rows else ""


def _rows(name: str, values: Iterable[str]) -> list[str]:
    listed = "".join(f"<dd>{value}</dd>" for value in values)
    return [f"<dt>{name}</dt>{listed}"] if listed else []


def _date(date: Mapping[str, Any]) -> str:
    sure = "said by the maker" if date["official"] else "not confirmed by the maker"
    return f"{words.day(date['date'])}, {sure}"


def _source(source: Mapping[str, Any]) -> str:
    when = moment(source["published"]) if "published" in source else "no date"
    own = " (the maker itself)" if source["role"] == "brand" else ""
    title = f": <span{lang(source.get('language', ''))}>{escaped(source['title'])}</span>" if "title" in source else ""
    copy = " (a copy of another report)" if "duplicate_of" in source else ""
    return f"<li>{when} — {_out(source['url'], source['name'])}{own}{title}{copy}</li>"


def _way(name: str, heading: str, stories: Sequence[Near]) -> str:
    if not stories:
        return ""
    rows = "\n".join(map(_step, stories))
    return (
        f'<section aria-labelledby="{name}">\n<h2 id="{name}">{heading}</h2>\n'
        f'<ol class="sources">\n{rows}\n</ol>\n</section>\n'
    )


@lru_cache(maxsize=10_000)  # each stands on the pages of its neighbours
def _step(each: Near) -> str:
    where, title = f"{ROOT}story/{each.number}.html", escaped(each.title)
    return f'<li>{moment(each.at)} — {each.stage}: <a href="{where}"{lang(each.language)}>{title}</a></li>'
