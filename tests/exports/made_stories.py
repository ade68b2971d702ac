"""Stories made for the tests of the exports."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from crawler.domain.models import Article, ComingDate, Decision, Role, SourceFacts, Stage, Story
from exports import Channel, Given, SourceStatus, publish, render

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from exports import Published
    from exports.file import File

START = datetime(2022, 5, 23, 8, 0, tzinfo=UTC)

SOURCES = {
    "maker": SourceFacts(
        "maker", "Maker Newsroom", Role.BRAND, "maker", brands=("xiaomi",), home="https://maker.example/"
    ),
    "alfa": SourceFacts("alfa", "Alfa", Role.NEWS, "group", home="https://alfa.example/"),
    "beta": SourceFacts("beta", "Beta", Role.NEWS, "group", language="it"),
    "gamma": SourceFacts("gamma", "Gamma", Role.NEWS, "gamma", language="zh"),
}


def article(source: str = "alfa", number: int = 1, hours: float = 0, **changes: Any) -> Article:  # noqa: ANN401 - any field
    """Make an article published some hours after START."""
    at = START + timedelta(hours=hours)
    fields: dict[str, Any] = {
        "source": source,
        "url": f"https://{source}.example/{number}?a=1&b=2",
        "canonical_url": f"https://{source}.example/{number}",
        "title": f"Phone {number} is coming, says {source}",
        "published": at,
        "first_seen": at,
        "summary": f"The phone number {number} was shown & more is to come.",
        "key": f"{source}-{number}",
    }
    return Article(**{**fields, **changes})


def story(number: int = 1, hours: float = 0, articles: tuple[Article, ...] = (), **changes: Any) -> Story:  # noqa: ANN401 - any field
    """Make a story of one article, or of those given, the last leading."""
    told = articles or (article(number=number, hours=hours),)
    at = max(each.published for each in told)
    fields: dict[str, Any] = {
        "id": number,
        "lead": told[-1],
        "articles": told,
        "title": told[-1].title,
        "stage": Stage.TEASER,
        "created": START,
        "updated": at,
        "brands": ("xiaomi",),
    }
    return Story(**{**fields, **changes})


def said(*dates: ComingDate) -> Decision:
    """Make a decision that an article is about Xiaomi and names these dates."""
    return Decision(relevant=True, score=1.0, brands=("xiaomi",), dates=dates)


def partnership() -> Story:
    """Make a story with something to say under every key that is written so far."""
    coming, leaked = ComingDate("launch", "2022-07", official=True), ComingDate("launch", "2022-07")
    first = article("alfa", 7, 0, title="Xiaomi 12 Ultra kommt", language="de", decision=said(leaked))
    copy = article("beta", 7, 1, title="Arriva Xiaomi 12 Ultra", language="it", duplicate_of="alfa-7")
    other = article(
        "gamma", 7, 2, title="小米12 Ultra 来了", language="zh", videos=("https://video.example/watch?v=1",)
    )
    own = article(
        "maker",
        7,
        3,
        decision=said(leaked),
        image="https://maker.example/phone.jpg",
        authors=("A. Writer",),
    )
    return story(
        7,
        articles=(first, copy, other, own),
        models=("Xiaomi 12S Ultra",),
        guessed=("Xiaomi 12 Ultra", "Xiaomi 13"),
        dates=(coming,),
        aliases=(11, 9),
    )


def files(
    stories: Iterable[Story],
    channel: Channel,
    sources: Mapping[str, SourceFacts] = SOURCES,
    statuses: Sequence[SourceStatus] | None = None,
) -> Iterator[File]:
    """Give every file of a publication from scratch, in the order in which they are put in place."""
    return render(Given(list(stories)), sources, channel, known(sources) if statuses is None else statuses)


def rendered(
    stories: Iterable[Story], channel: Channel, sources: Mapping[str, SourceFacts] = SOURCES
) -> dict[str, bytes]:
    """Make every file of a publication."""
    return {file.name: file.make() for file in files(stories, channel, sources)}


def published(
    folder: Path, stories: Iterable[Story], channel: Channel, statuses: Sequence[SourceStatus] | None = None
) -> Published:
    """Publish stories of which nothing is known but themselves."""
    told = known(SOURCES) if statuses is None else statuses
    return publish(folder, Given(list(stories)), SOURCES, channel, lambda: told)


def known(sources: Mapping[str, SourceFacts]) -> list[SourceStatus]:
    """Return what the catalogue alone knows of the sources."""
    return [SourceStatus(each.id, each.name, each.role.value, each.home, each.language) for each in sources.values()]


def feed(
    stories: Iterable[Story], channel: Channel, form: str = "json", sources: Mapping[str, SourceFacts] = SOURCES
) -> dict[str, bytes]:
    """Make the feed of all stories with its archive."""
    return {
        file.name: file.make()
        for file in files(stories, channel, sources)
        if file.name == f"feed.{form}" or (file.name.startswith("archive/") and file.name.endswith(f".{form}"))
    }
