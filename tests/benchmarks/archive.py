"""Years of made phone news: some 150 reports a day, five to an event, and launch days with hundreds on one phone.

Makers are met as often as in real news (a few of them most of the time), headlines are worded like real ones.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import count
from random import Random
from typing import TYPE_CHECKING

from crawler.domain.models import Article, DateOrigin, Decision, Stage
from crawler.domain.terms import background

if TYPE_CHECKING:
    from collections.abc import Iterator

START = datetime(2005, 1, 1, tzinfo=UTC)
MONTH = 30
"""Days from one launch day to the next; the last of each is one."""

_EVENTS, _REPORTS = 30, 5  # of each day, of each event
_LAUNCH_EVENTS, _LAUNCH_REPORTS = 6, 25
_SOURCES = 180
_OF_TODAY = 24  # phones of each line that are in the news; each stays there for as many months
_MAKERS = {
    "samsung": ("Galaxy S{}", "Galaxy A{}", "Galaxy Z Fold{}", "Galaxy S{} Ultra"),
    "apple": ("iPhone {}", "iPhone {} Pro", "iPhone {} Pro Max"),
    "xiaomi": ("Xiaomi {}", "Xiaomi {} Ultra", "Xiaomi {}T Pro"),
    "google": ("Pixel {}", "Pixel {} Pro", "Pixel {}a"),
    "oneplus": ("OnePlus {}", "OnePlus Nord {}"),
    "oppo": ("Find X{}", "Reno{} Pro"),
    "vivo": ("X{} Pro", "V{}"),
    "honor": ("Magic{} Pro", "Honor {}"),
    "motorola": ("Edge {}", "Moto G{}"),
    "nothing": ("Phone ({})", "Phone ({}a)"),
    "realme": ("GT {}", "Realme {} Pro"),
    "sony": ("Xperia 1 {}", "Xperia 5 {}"),
    "huawei": ("P{} Pro", "Mate {}"),
    "asus": ("ROG Phone {}", "Zenfone {}"),
}
_WORDINGS = (
    (
        Stage.ANNOUNCEMENT,
        "{maker} unveils the {model} with {detail}",
        "{maker} {model} goes official: {detail} and more",
    ),
    (Stage.ANNOUNCEMENT, "{model} announced with {detail}", "This is the {maker} {model}, and it has {detail}"),
    (Stage.RUMOR, "{maker} {model} leak reveals {detail}", "{model} tipped to come with {detail}, says leaker"),
    (Stage.RUMOR, "New {model} renders show {detail}", "Leaked: {maker} plans {detail} for the {model}"),
    (Stage.TEASER, "{maker} teases {detail} ahead of {model} launch", "{maker} confirms {detail} for {model}"),
    (Stage.AVAILABILITY, "{maker} {model} now on sale from ${price}", "You can buy the {model} today, for ${price}"),
    (None, "{maker} {model} update brings {detail}", "{detail} arrives on the {model}"),
)
_BODY = [f"word{number}" for number in range(20_000)]
_MORE = ("", " in Europe", " - here is what we know", " in India", ": all you need to know", " (video)", " this week")


@dataclass(frozen=True, slots=True)
class Event:
    """What some articles tell: a number, and what is said of it."""

    number: int
    maker: str
    model: str
    stage: Stage | None
    wordings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """An article, the event that it tells, and the day on which it comes."""

    article: Article
    event: Event
    day: int


def reports() -> Iterator[Report]:
    """The reports of all days, without end, in the order in which they come."""
    numbers, keys = count(), count()
    for day in count():
        chance = Random(day)  # noqa: S311 (the same news each time)
        events = [(_event(next(numbers), day, chance), _REPORTS) for _ in range(_EVENTS)]
        if day % MONTH == MONTH - 1:
            launch = _event(next(numbers), day, chance)
            more = (_event(next(numbers), day, chance, launch) for _ in range(_LAUNCH_EVENTS))
            events += [(event, _LAUNCH_REPORTS) for event in more]
        told = [event for event, size in events for _ in range(size)]
        chance.shuffle(told)
        for place, event in enumerate(told):
            yield Report(_article(next(keys), event, day + place / len(told), chance), event, day)


def _event(number: int, day: int, chance: Random, like: Event | None = None) -> Event:
    """One more event, of the same phone as another where one is given."""
    makers = list(_MAKERS)
    maker = like.maker if like else makers[min(int(chance.expovariate(0.28)), len(makers) - 1)]
    model = like.model if like else chance.choice(_MAKERS[maker]).format(day // MONTH + chance.randrange(_OF_TODAY))
    stage, *wordings = chance.choice(_WORDINGS)
    detail = f"{chance.choice(_words())} {chance.choice(_words())}"
    price = chance.randrange(199, 1999, 50)
    told = tuple(text.format(maker=maker.title(), model=model, detail=detail, price=price) for text in wordings)
    return Event(number, maker, model, stage, told)


@cache
def _words() -> list[str]:
    """Words that are neither everyday nor unheard of."""
    return sorted(word for word, weight in background().items() if word.isalpha() and 5 < weight < 9)


def _article(number: int, event: Event, day: float, chance: Random) -> Article:
    when = START + timedelta(days=day)
    body = " ".join(chance.choices(_BODY, k=120))
    return Article(
        source=f"source{chance.randrange(_SOURCES)}",
        url=f"https://news.example/{number}",
        canonical_url=f"https://news.example/{number}",
        guid=f"guid-{number}",
        title=chance.choice(event.wordings) + chance.choice(_MORE),
        body=body,
        published=when,
        first_seen=when,
        dated=DateOrigin.FIRST_SEEN if number % 100 == 0 else DateOrigin.ENTRY,
        decision=Decision(relevant=True, score=1, stage=event.stage, brands=(event.maker,), models=(event.model,)),
        key=str(number + 1),
        story=event.number + 1,
    )
