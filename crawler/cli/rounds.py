"""Commands that run rounds: run, demo, up, export."""

from __future__ import annotations

import time
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from crawler import reactor
from crawler import round as once
from crawler.cli import context, show
from crawler.config import load
from crawler.daemon import Daemon
from crawler.errors import Interrupted, LaunchwireError, StoreError
from crawler.round.crawl import Crawl, awake, due
from crawler.sample.publication import served
from crawler.sample.web import PORT, SampleWeb

if TYPE_CHECKING:
    from crawler.catalogue import Catalogue, Source
    from crawler.config import Config
    from crawler.store.database import Store

DEMO_DELAY = 0.05
"""Seconds between two requests to one outlet of the sample web, which is ours and on this machine."""
LOOPBACK = "127.0.0.0/8"
"""Where the sample web is; not asked for anything unless allowed."""

JsonOption = Annotated[bool, typer.Option("--json", help="Print what was done as JSON.")]


def run(
    ctx: typer.Context,
    ids: Annotated[list[str] | None, typer.Argument(metavar="SOURCE", help="Only these sources.")] = None,
    *,
    every: Annotated[bool, typer.Option("--all", help="Visit also sources that are not due yet.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Run one round: visit the sources that are due, settle stories, publish the feed.

    A paused source is visited only where it is named. Without a network nothing is published and the exit code is 1.
    """
    config = ctx.obj.config()
    with context.opened(config) as (catalogue, store):
        now = datetime.now(UTC)
        chosen = catalogue.select(ids) if ids else tuple((awake if every else due)(store, catalogue, now))
        if not chosen:
            show.say("No source is due yet; --all visits them all the same.")
        done = _round(config, catalogue, store, chosen, conditional=True)
        show.round_done(config, store, done, as_json=as_json)


def demo(
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port of the sample web.")] = PORT,
    *,
    serve: Annotated[bool, typer.Option("--serve", help="Go on serving the sample web until Ctrl-C.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Run the real pipeline on the sample web, a small web of invented outlets on this machine.

    Crawls, decides, stores and publishes below var/demo; needs no network.
    """
    folder = Path("var/demo" if port == PORT else f"var/demo-{port}")
    with SampleWeb(port) as web:
        config = _demo_config(folder, web.catalogue())
        with context.opened(config) as (catalogue, store):
            done = _round(config, catalogue, store, tuple(catalogue.values()), conditional=False)
            show.round_done(config, store, done, as_json=as_json)
        if serve:
            with suppress(KeyboardInterrupt), served(config.site, port) as address:
                show.serving(f"{address}feed.json", catalogue)
                while True:
                    time.sleep(3600)


def up(ctx: typer.Context) -> None:
    """Run rounds on a schedule until SIGTERM or Ctrl-C, publishing after each."""
    config = ctx.obj.config()
    context.log_to_stderr(config.log_level)
    with context.opened(config) as (catalogue, store), context.alone(config):
        daemon = Daemon(config, catalogue, store)
        try:
            reactor.run(daemon.run, daemon.stop)
        except Interrupted as stopped:
            # To be told to stop is how it ends, and no failure.
            stopped.exit_code = 0
            raise


def export(ctx: typer.Context, *, as_json: JsonOption = False) -> None:
    """Settle what is stored into stories and publish, without visiting any source."""
    config = ctx.obj.config()
    with context.opened(config) as (catalogue, store):
        show.round_done(
            config, store, _published(once.conclude(config, catalogue, store, thorough=True)), as_json=as_json
        )


def _round(
    config: Config, catalogue: Catalogue, store: Store, chosen: tuple[Source, ...], *, conditional: bool
) -> once.Round:
    context.log_to_stderr("WARNING" if show.on_terminal() else config.log_level)
    with show.progress(len(chosen)) as on_visit:
        crawl = Crawl(config, conditional=conditional, on_visit=on_visit)
        done = reactor.run(lambda: once.run(crawl, chosen, catalogue, store), crawl.stop)
    return _published(done)


def _published(done: once.Round) -> once.Round:
    """The round, if it published."""
    if done.failed:
        raise LaunchwireError(
            f"none of {len(done.visits)} sources could be read, nothing was published; "
            "is there a network? `make demo` needs none"
        )
    if done.published is None:
        raise LaunchwireError(
            "nothing is stored yet, so nothing was published; `launchwire run --all` visits every source"
        )
    return done


def _demo_config(folder: Path, sources: str) -> Config:
    """Write the demo's settings and catalogue where commands by hand find them, and read them back."""
    settings = {
        "catalogue": f"{folder}/sources.toml",
        "database": f"sqlite:///{folder}/launchwire.db",
        "site": f"{folder}/site",
    }
    lines = [f'{key} = "{value}"' for key, value in settings.items()]
    lines += [f"delay = {DEMO_DELAY}", f'allow_networks = ["{LOOPBACK}"]']
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "sources.toml").write_text(sources, encoding="utf-8")
        (folder / "launchwire.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    except OSError as error:
        raise StoreError(f"cannot write {folder}: {error.strerror}") from error
    return load(folder / "launchwire.toml", {})
