"""What `launchwire sources check` prints: the steps of one visit, in their order."""

from __future__ import annotations

from dataclasses import asdict
from itertools import chain
from typing import TYPE_CHECKING

from crawler.cli.show import json_line, say
from crawler.cli.showsource import doing, when

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crawler.round.check import Answer, Checked, Entries, Page

    Steps = Iterator[tuple[str, str]]


def checked(one: Checked, *, as_json: bool) -> None:
    """Show one check: step by step for people, or as one JSON object."""
    if as_json:
        json_line(asdict(one) | {"well": one.well})
        return
    say(f"{one.source}: {one.condition}")
    for name, said in chain(_asked(one), _seen(one), _done(one)):
        say(f"  {name:<11} {said}")


def _asked(one: Checked) -> Steps:
    yield "asked", one.url
    yield "robots.txt", one.robots
    for redirect in one.redirects:
        yield "redirect", f"{redirect.status} to {redirect.to}"
    if one.proposal is not None:
        yield "proposal", f'url = "{one.proposal}"; the redirect is for good'
    if one.answer is not None:
        yield from _answer(one.answer)


def _answer(answer: Answer) -> Steps:
    yield "answer", f"HTTP {answer.http}, {answer.content_type or 'no content type'}, {answer.size} bytes"
    sent = [
        f"{name} {value}" for name, value in (("ETag", answer.etag), ("Last-Modified", answer.last_modified)) if value
    ]
    yield "validators", ", ".join(sent) or "none: it is sent whole each time"
    yield "format", answer.format


def _seen(one: Checked) -> Steps:
    if one.entries is not None:
        yield from _entries(one.entries)
        yield "launch news", str(len(one.launches)) if one.launches else "none"
    for launch in one.launches:
        yield "", " · ".join(filter(None, (launch.stage, launch.title, ", ".join(launch.phones))))
    if one.page is not None:
        yield from _page(one.page)


def _entries(entries: Entries) -> Steps:
    yield "entries", f"{entries.count}, {entries.new} of them new"
    for title in entries.titles:
        yield "", title
    span = f", {when(entries.oldest)} to {when(entries.newest)}" if entries.stated else ""
    yield "dates", f"{entries.stated} of {entries.count} from the document{span}"
    for doubt in entries.doubts:
        yield "", f"doubtful: {doubt}"


def _page(page: Page) -> Steps:
    yield "page", f"{page.url}: HTTP {page.http}"
    if page.title:
        yield "", f"{page.title} · {when(page.published, 'no date')} · {page.body} characters of text"
    if page.problem:
        yield "", page.problem


def _done(one: Checked) -> Steps:
    if one.broken is not None:
        yield "broken", one.broken
    yield "next check", when(one.next_check, "now")
    yield "health", doing(one.condition, one.problem)
    if one.advice is not None:
        yield "to do", one.advice
