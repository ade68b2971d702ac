from __future__ import annotations

import json
import re
from dataclasses import replace
from html import unescape
from html.parser import HTMLParser
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar
from jsonschema import Draft202012Validator
from lxml.etree import fromstring  # type: ignore[import-untyped]
from made_stories import SOURCES, article, rendered, story

from crawler.domain.models import ComingDate, Decision, Role, SourceFacts
from exports.channel import Channel

if TYPE_CHECKING:
    from crawler.domain.models import Story

CHANNEL = Channel("Launchwire", "https://news.example/", "en")
SCHEMAS = [
    Draft202012Validator(json.loads(file.read_text(encoding="utf-8")))
    for file in (
        Path(__file__).with_name("jsonfeed-1.1.schema.json"),
        files("exports") / "schemas" / "launchwire.schema.json",
    )
]
ALLOWED = re.compile(
    "a|article|blockquote|body|button|code|dd|details|dialog|div|dl|dt|em|footer|form|h1|h2|head|header|html|img|input|"
    "kbd|label|li|link|main|meta|nav|ol|option|output|p|script|section|select|span|summary|table|tbody|td|th|thead|time|"
    "title|tr|ul"
)
DRAWN = re.compile("desc|path|rect|svg|text")
LINK = re.compile(r"https?://[!-~]+|(\.\./)*([a-z0-9-]+/){0,3}[a-z0-9-]+\.[a-z.]+|#main")
UNFIT = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069\ufffe\uffff]")

HOSTILE = {
    "script": "<script>alert(1)</script>",
    "attribute": '"><img src=x onerror=alert(1)>',
    "quote": "' onmouseover='alert(1)",
    "entity": "&lt;script&gt;alert(1)&lt;/script&gt;",
    "scheme": "javascript:alert(1)",
    "data": "data:text/html,<script>alert(1)</script>",
    "nul": "a\x00b\x01c\x1b[31m",
    "surrogate": "a\ud800b\udfffc",
    "noncharacter": "a\ufffeb\uffffc",
    "cdata": "]]><x>]]>",
    "comment": "--><!--",
    "override": "\u202egnp.exe\u2066\u2067",
    "lines": "a\r\nb\u2028c\u2029d\u0085e",
    "template": "$title ${feed} {{ 7*7 }} %s %(x)s",
    "long": "x" * 1_000_000,
    "long words": "word " * 200_000,
    "long markup": "<b>" * 300_000,
    "spaces": " " * 1_000_000,
    "empty": "",
    "path": "../../etc/passwd",
    "user": "https://apple.com@evil.example/",
    "bad host": "http://[::1/",
    "host markup": 'https://a"><script>.example/',
    "address": 'https://a.example/"><script>alert(1)</script>',
    "spaced address": "https://a.example/a b\tc",
    "long address": "https://a.example/" + "x" * 5000,
}


def hostile_in_text(text: str) -> Story:
    """Make a story whose every free text is hostile and whose addresses are sound."""
    told = article("odd", 1, title=text, summary=text, body=text, language=text, authors=(text,), guid=text)
    return story(articles=(told,), title=text, brands=(text,), models=(text,), guessed=(text, "Phone 1"))


def hostile_everywhere(text: str) -> Story:
    lead = replace(hostile_in_text(text).lead, url=text, canonical_url=text, image=text, videos=(text,))
    coming = ComingDate(text, text)
    lead = replace(
        lead, source=text, key=text, duplicate_of=text, decision=Decision(relevant=True, score=1, dates=(coming,))
    )
    return replace(hostile_in_text(text), articles=(lead,), lead=lead, dates=(coming,))


def sources(text: str) -> dict[str, SourceFacts]:
    return SOURCES | {key: SourceFacts(key, text, Role.NEWS, text, language=text, home=text) for key in (text, "odd")}


class Markup(HTMLParser):
    """Collects what a browser would see as elements."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))


def addresses(value: Any, key: str = "") -> list[str]:  # noqa: ANN401 - JSON
    """Collect every value that stands where an address stands."""
    if isinstance(value, dict):
        return [found for name, each in value.items() for found in addresses(each, name)]
    if isinstance(value, list):
        return [found for each in value for found in addresses(each, key)]
    return [value] if key in {"url", "external_url", "image", "videos", "about", "duplicate_of", "feed_url"} else []


def assert_harmless(html: str, *, drawn: bool = False) -> None:
    for name, attributes in Markup(html).elements:
        assert ALLOWED.fullmatch(name) or (drawn and DRAWN.fullmatch(name))
        assert not [key for key in attributes if key.startswith("on") or key in {"style", "srcset", "action"}]
        assert name != "script" or re.fullmatch(r"(\.\./)*site\.js", attributes["src"] or "")
        assert name != "img" or re.fullmatch(r"https?://[!-~]+", attributes["src"] or "")
        assert LINK.fullmatch(attributes.get("href") or "#main")
    assert not UNFIT.search(unescape(html))


def assert_sound(name: str, data: bytes) -> None:
    """Look at a file as its readers do."""
    text = data.decode("utf-8")
    match name.rpartition(".")[2]:
        case "html":
            assert_harmless(text, drawn=name == "figures.html")
        case "json":
            json.loads(text)
        case "atom" | "opml" | "svg":
            found = [each.get(key, "") for each in fromstring(data).iter() for key in ("href", "xmlUrl", "htmlUrl")]
            assert all(
                re.match(r"https?://|(brand|language|official|stage)?[a-z/-]*[a-z]+\.|$", each) for each in found
            )
        case "ics":
            Calendar.from_ical(text)


def published(told: Story, text: str) -> list[dict[str, Any]]:
    """Publish a hostile story beside a sound one, look at all that is written, and give the items."""
    made = rendered([told, story(2, title="A sound story")], CHANNEL, sources(text))
    document = json.loads(made["feed.json"].decode("utf-8"))
    SCHEMAS[0].validate(document)
    for each in document["items"]:
        SCHEMAS[1].validate(each["_launchwire"])
        assert_harmless(each["content_html"])
    assert not UNFIT.search(made["feed.json"].decode())
    assert all(re.fullmatch(r"https?://[!-~]+", found) for found in addresses(document))
    for name, data in made.items():
        assert_sound(name, data)
    assert max(map(len, made.values())) < 250_000
    assert "A sound story" in made["index.html"].decode()
    items: list[dict[str, Any]] = document["items"]
    return items


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_text_is_published_as_text(text: str) -> None:
    left_out = text.strip() == ""
    assert len(published(hostile_in_text(text), text)) == (1 if left_out else 2)


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_story_hostile_in_every_field_harms_nobody_else(text: str) -> None:
    items = published(hostile_everywhere(text), text)
    assert items[0]["id"] == "urn:launchwire:story:2" or len(items) == 2


def test_what_is_left_out_is_named_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    published(hostile_everywhere("javascript:alert(1)"), "x")
    assert caplog.messages == ["urn:launchwire:story:1 is left out: item.external_url is missing"]


def test_marks_that_arabic_and_hebrew_need_are_kept() -> None:
    title = "\u200fشاومي 12 \u200eUltra"
    assert published(story(articles=(article(title=title),)), "x")[1]["title"] == title


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(), max_size=40))
def test_no_text_at_all_gets_through_as_markup(text: str) -> None:
    published(hostile_in_text(text), text)
    published(hostile_everywhere(text), text)


def test_attacks_on_real_cleaners_do_no_harm_in_any_field(corpus: Path) -> None:
    attacks = json.loads((corpus / "real/hostile/html-bleach.json").read_bytes())
    assert len(attacks) > 10
    for attack in attacks:
        published(hostile_in_text(attack), attack)
        published(hostile_everywhere(attack), attack)
