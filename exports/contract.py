"""The keys of `_launchwire` in words, for the page that explains them; the JSON Schema says the same to programs."""

from __future__ import annotations

KEYS = (
    ("about", "address of this page"),
    ("stage", "rumor, teaser, announcement or availability: how far the phone is in the news told"),
    ("brands", "ids of the makers that the story is about"),
    ("models", "phones that a source states"),
    ("models_guessed", "phones that sources only suppose; never also in models"),
    (
        "dates",
        "coming dates: kind (launch, event, sale), date (year, month or day), official (said by the maker), source",
    ),
    ("videos", "pages to watch teaser videos on"),
    ("lead", "the article that stands for the story: source, name, role (brand or news), url"),
    ("first_reported", "the earliest article: source, name, url, at"),
    ("official", "the first article by the maker itself, once there is one: source, name, url, at"),
    (
        "sources",
        "every article, in order of time: source, name, role, url, title, language, published, duplicate_of (a copy)",
    ),
    ("outlets", "number of independent owners among the sources"),
    ("timeline", "earlier stories of the same phones: stage, at, story"),
    ("aliases", "ids of stories that were merged into this one"),
)
