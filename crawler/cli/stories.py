"""`launchwire stories`: look at the stories in the store."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import islice
from typing import TYPE_CHECKING, Annotated

import typer

from crawler.cli import context, judging, show
from crawler.domain.models import Stage  # noqa: TC001 (Typer reads annotations at run time)
from crawler.domain.telling import first_reported
from crawler.domain.terms import plain, words
from crawler.errors import ConfigError
from crawler.store import newest, stories

if TYPE_CHECKING:
    from crawler.domain.models import Story

app = typer.Typer(help="The stories that are told, and your word on them.", no_args_is_help=True, add_completion=False)
JsonOption = Annotated[bool, typer.Option("--json", help="One JSON object a line.")]


@app.command("list")
def list_(  # noqa: PLR0913 - as many as a person may ask by
    ctx: typer.Context,
    *,
    most: Annotated[int, typer.Option("--most", "-n", min=1, help="How many, newest first.")] = 20,
    brand: Annotated[str | None, typer.Option(help="Only of this maker, such as xiaomi.")] = None,
    model: Annotated[str | None, typer.Option(help="Only of phones whose name holds this, such as s24.")] = None,
    stage: Annotated[Stage | None, typer.Option(help="Only at this stage.")] = None,
    since: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Only first reported on this day (UTC) or later.")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """List the newest stories."""
    with context.opened(ctx.obj.config()) as (catalogue, store):
        with store.read() as db:
            fit = (one for one in newest.walked(db) if _fits(one, brand, model, stage, since))
            found = list(islice(fit, most))
            _, told = (0, 0) if found else newest.counts(db)
        if told and not as_json:
            show.say(f"None of the {told} stories fits.")
            return
        show.stories(found, catalogue.facts, as_json=as_json)


def _fits(one: Story, brand: str | None, model: str | None, stage: Stage | None, since: datetime | None) -> bool:
    named = ["".join(words(plain(name))) for name in (*one.models, *one.guessed)]
    return (
        (brand is None or brand.casefold() in one.brands)
        and (model is None or any("".join(words(plain(model))) in name for name in named))
        and (stage is None or stage is one.stage)
        and (since is None or first_reported(one.articles).published >= since.replace(tzinfo=UTC))
    )


@app.command("show")
def show_(
    ctx: typer.Context,
    id_: Annotated[
        int, typer.Argument(metavar="ID", parser=judging.number, help="A story's number, or its id in the feed.")
    ],
    *,
    as_json: JsonOption = False,
) -> None:
    """Show one story with all its articles, and why they are one."""
    with context.opened(ctx.obj.config()) as (catalogue, store):
        with store.read() as db:
            found = stories.some(db, [id_])
        if not found:
            raise ConfigError(f"there is no story {id_}; `launchwire stories list` shows which there are")
        show.story(found[0], catalogue.facts, as_json=as_json)


app.command("why")(judging.why_)
app.command("merge")(judging.merge)
app.command("split")(judging.split)
app.command("undo")(judging.undo)
