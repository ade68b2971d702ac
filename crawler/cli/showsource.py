"""What `launchwire sources show` prints: one source with all that is known of it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from crawler.cli.show import json_line, say
from crawler.domain.visits import FOR_GOOD

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from crawler.catalogue import Source
    from crawler.domain.health import Condition, Health
    from crawler.domain.models import Article
    from crawler.domain.visits import SourceState
    from crawler.store.visitlog import Logged


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a source.

    Args:
        visits: The last ones, the newest first.
        newest: The article with the latest date.
    """

    source: Source
    state: SourceState
    health: Health
    visits: tuple[Logged, ...]
    newest: Article | None


def known(one: Known, *, as_json: bool) -> None:
    """Show it: as a page for people, or as one JSON object."""
    if as_json:
        json_line(
            one.source.model_dump(mode="json", exclude_none=True)
            | {"condition": one.health.condition, "problem": one.health.line, "state": asdict(one.state)}
            | {"visits": [asdict(visit) for visit in one.visits]}
            | {"newest": None if one.newest is None else _article(one.newest)}
        )
        return
    say(f"{one.source.id}: {one.source.title}")
    for name, value in (*_entry(one.source), *_state(one)):
        say(f"  {name:<11} {value}")
    for visit in one.visits:
        say(_visit(visit))


def when(moment: datetime | None, otherwise: str = "never") -> str:
    """A moment as people read it."""
    if moment is None:
        return otherwise
    return "not until it is resumed" if moment >= FOR_GOOD else f"{moment:%Y-%m-%d %H:%M} UTC"


def doing(condition: Condition, line: str) -> str:
    """How a source is doing; the line may begin with the same word."""
    return line if line.startswith(f"{condition}:") else f"{condition}: {line}".rstrip(": ")


def _entry(source: Source) -> Iterator[tuple[str, object]]:
    """The catalogue's words; what it leaves at its default is left out here too."""
    plain = source.model_dump(mode="json", exclude_defaults=True, exclude={"id", "title"})
    for name, value in plain.items():
        if isinstance(value, dict):
            yield name, ", ".join(f"{key} = {_plain(one)}" for key, one in value.items() if one is not None)
        else:
            yield name, source.interval if name == "interval" else _plain(value)


def _plain(value: object) -> object:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ", ".join(map(str, value)) if isinstance(value, list) else value


def _state(one: Known) -> Iterator[tuple[str, object]]:
    state = one.state
    yield "health", doing(one.health.condition, one.health.line)
    if state.moved_to is not None:
        yield "proposal", f'url = "{state.moved_to}" (redirects there for good since {when(state.moved_since)})'
    yield "last read", when(state.last_success)
    yield "last new", when(state.last_new)
    yield "next check", when(max(filter(None, (state.next_check, state.paused_until)), default=None), "now")
    if one.newest is not None:
        date = when(one.newest.published) if one.newest.has_date else "no date"
        yield "newest", f"{date}  {one.newest.title}"
    yield "visits", f"the last {len(one.visits)}, newest first" if one.visits else "none yet"


def _visit(visit: Logged) -> str:
    found = f"{visit.entries} entries, {visit.new} new, {visit.updated} updated"
    line = f"    {when(visit.at)}  {visit.outcome:<9}  HTTP {visit.http or '-'}  {found}  {visit.ms} ms"
    return f"{line}  {visit.problem or ''}".rstrip()


def _article(article: Article) -> dict[str, object]:
    return {"title": article.title, "url": article.url, "published": article.published, "dated": article.dated}
