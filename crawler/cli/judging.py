"""`launchwire stories why|merge|split|undo`: what an operator asks and says about which articles are one story.

Verdicts outweigh every score, in every later round. The stories are drawn anew at once; the feed follows with the next
round or `launchwire export`.
"""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import pairwise
from typing import TYPE_CHECKING, Annotated

import typer

from crawler.cli import context, show
from crawler.domain.stories import Verdict, why
from crawler.errors import ConfigError
from crawler.round.settle import settle
from crawler.store import articles, stories

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Connection

    from crawler.domain.models import Article

REFERENCE = "A story's number or id in the feed (8), an article's number (a17), or its address."
StoryOrArticle = Annotated[str, typer.Argument(metavar="STORY|ARTICLE", help=REFERENCE)]


def why_(
    ctx: typer.Context,
    one: StoryOrArticle,
    other: StoryOrArticle,
    *,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
) -> None:
    """Explain why two stories or articles are thought to be one event, or two."""
    with context.opened(ctx.obj.config()) as (catalogue, store), store.read() as db:
        first, second = _article(db, one), _article(db, other)
        said = [v.same for v in stories.judged(db) if {v.a, v.b} == {first.key, second.key}]
    owners = {id_: source.owner for id_, source in catalogue.facts.items()}
    show.why(first, second, why(first, second, owners), said=said[-1] if said else None, as_json=as_json)


def merge(ctx: typer.Context, one: StoryOrArticle, other: StoryOrArticle) -> None:
    """Say that two stories are one; the older id stays, the other answers for it."""
    config = ctx.obj.config()
    with context.opened(config) as (catalogue, store):
        with store.write() as db:
            first, second = _article(db, one), _article(db, other)
            if first.key == second.key:
                raise ConfigError(f"{one} and {other} are the same article")
            stories.judge(db, [Verdict(first.key, second.key, same=True)], datetime.now(UTC))
        settle(store, catalogue.facts, datetime.now(UTC), config.language)
        with store.read() as db:
            (now,) = articles.some(db, [first.key])
    show.say(f"One story now: {now.story}. `launchwire stories undo` takes it back.")


def split(
    ctx: typer.Context,
    story: Annotated[str, typer.Argument(metavar="STORY", help="A story's number or id in the feed.")],
    parted: Annotated[list[str], typer.Argument(metavar="ARTICLE...", help="Numbers (a17) or addresses.")],
) -> None:
    """Say that some articles of a story tell another event, all of them the same one."""
    config = ctx.obj.config()
    with context.opened(config) as (catalogue, store):
        with store.write() as db:
            whole = _members(db, story)
            out = {article.key: article for article in (_article(db, each, whole) for each in parted)}
            rest = [article for article in whole if article.key not in out]
            if not rest:
                raise ConfigError(f"story {story} would be left without an article")
            apart = [Verdict(a, b.key, same=False) for a in out for b in rest]
            stories.judge(db, [*apart, *(Verdict(a, b, same=True) for a, b in pairwise(out))], datetime.now(UTC))
        settle(store, catalogue.facts, datetime.now(UTC), config.language)
        with store.read() as db:
            numbers = sorted({article.story for article in articles.some(db, [*out, rest[0].key]) if article.story})
    show.say(f"Stories now: {', '.join(map(str, numbers))}. `launchwire stories undo` takes it back.")


def undo(ctx: typer.Context) -> None:
    """Take back the last merge or split."""
    config = ctx.obj.config()
    with context.opened(config) as (catalogue, store):
        with store.write() as db:
            if not stories.undo(db):
                raise ConfigError("there is nothing to undo; `merge` and `split` are what can be undone")
        settle(store, catalogue.facts, datetime.now(UTC), config.language)
    show.say("Taken back; the stories are drawn anew.")


def number(text: str) -> int:
    """The number in `8` or `urn:launchwire:story:8`."""
    digits = text.removeprefix("urn:launchwire:story:")
    if not (digits.isascii() and digits.isdecimal() and len(digits) <= len(str(2**62))):
        raise ConfigError(f"{text!r} is no story; say a number, such as 8, or an id of the feed")
    return int(digits)


def _members(db: Connection, text: str) -> tuple[Article, ...]:
    found = stories.some(db, [number(text)])
    if not found:
        raise ConfigError(f"there is no story {text}; `launchwire stories list` shows which there are")
    return found[0].articles


def _article(db: Connection, text: str, among: Sequence[Article] | None = None) -> Article:
    """The article that a text means, a story's lead where it means a story; one of `among` where that is given."""
    if "://" in text:
        found = articles.addressed(db, text)
    elif text[:1] == "a" and text[1:].isdecimal():
        found = articles.some(db, [str(number(text[1:]))])
    elif among is None:
        found = [whole.lead for whole in stories.some(db, [number(text)])]
    else:
        raise ConfigError(f"{text!r} is no article; `launchwire stories show` gives their numbers, such as a17")
    keys = None if among is None else {article.key for article in among}
    fit = [article for article in found if article.story is not None and (keys is None or article.key in keys)]
    if not fit:
        where = "in the story" if among is not None else "told in any story"
        raise ConfigError(f"{text} is not {where}; `launchwire stories list` and `show` say what is")
    return fit[0]
