"""The catalogue: every source we watch, read from a TOML file and checked.

One table is one source and its name is the source's id. Nothing here fetches a source or knows how it is doing.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any, Self
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from crawler.domain.forms import (
    complaint,
    country_code,
    duration,
    identifier,
    language_tag,
    nearest,
    path_prefix,
    several,
    web_address,
    zone_name,
)
from crawler.domain.models import Role, SourceFacts
from crawler.errors import CatalogueError

if TYPE_CHECKING:
    from pathlib import Path

Text = Annotated[str, Field(min_length=1, max_length=200, pattern=r"^\S(.*\S)?$")]
Name = Annotated[str, AfterValidator(identifier)]
Address = Annotated[str, AfterValidator(web_address)]
Prefix = Annotated[str, AfterValidator(path_prefix)]
Span = Annotated[timedelta, BeforeValidator(duration)]


class Kind(StrEnum):
    """How a source publishes: as a feed, as a page that lists its articles, as a sitemap, or by an API of its own."""

    FEED = "feed"
    LISTING = "listing"
    SITEMAP = "sitemap"
    API = "api"


class Api(StrEnum):
    """The APIs that we can ask; what each wants and gives is known in `crawler.reading.apis`."""

    XIAOMI = "xiaomi"
    OPPO = "oppo"
    QUALCOMM = "qualcomm"


class Selectors(BaseModel):
    """Where a listing keeps its entries, as CSS selectors.

    Args:
        item: One element per entry.
        link: The element with the address, within `item`; None means the item itself or its first link.
        title: The element with the title, within `item`; None means the link's text.
        date: The element with the date, within `item`; None means its first `<time>`, or any date that it names.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    item: Text
    link: Text | None = None
    title: Text | None = None
    date: Text | None = None


class Sitemap(BaseModel):
    """Which addresses of a sitemap are articles.

    Args:
        path: What the paths of articles begin with; written as one string or as a list of several.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    path: Annotated[tuple[Prefix, ...], BeforeValidator(several), Field(min_length=1)]


class Source(BaseModel):
    """An origin we watch.

    Args:
        home: Its front page, for people.
        url: The feed, the listing, the sitemap, or the API's endpoint.
        brands: The makers or partners a newsroom speaks for; () for a news site.
        country: ISO 3166-1 alpha-2.
        owner: Who owns it: sources of one owner count as one outlet.
        timezone: IANA name; the zone of dates that state none.
        interval: The least time between two checks.
        rank: 0 is the best; decides who leads among equals.
        follow: Whether the article pages are read too.
        listing: Selectors, for kind `listing` alone.
        sitemap: Which addresses are articles, for kind `sitemap` alone.
        api: Which API it is, for kind `api` alone.
        proven: False for a source that nobody has seen answer yet; it is crawled like any other.
        browser: Whether its pages need JavaScript; without the optional extra `browser` they are read as they come.
        silence: How long without a new entry is still normal; None for the default.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: Name
    title: Text
    home: Address
    kind: Kind
    url: Address
    role: Role
    language: Annotated[str, AfterValidator(language_tag)]
    country: Annotated[str, AfterValidator(country_code)]
    owner: Name
    timezone: Annotated[str, AfterValidator(zone_name)]
    interval: Span
    rank: Annotated[int, Field(ge=0, le=99, strict=True)]
    brands: tuple[Name, ...] = ()
    follow: Annotated[bool, Field(strict=True)] = False
    listing: Selectors | None = None
    sitemap: Sitemap | None = None
    api: Api | None = None
    proven: Annotated[bool, Field(strict=True)] = True
    browser: Annotated[bool, Field(strict=True)] = False
    silence: Span | None = None

    @model_validator(mode="after")
    def _agree(self) -> Self:
        if (self.role is Role.BRAND) != bool(self.brands):
            raise ValueError("brands: a newsroom (role brand) names at least one, a news site names none")
        for kind, how in ((Kind.LISTING, self.listing), (Kind.SITEMAP, self.sitemap), (Kind.API, self.api)):
            if (self.kind is kind) != (how is not None):
                raise ValueError(f"{kind}: kind {kind} needs it, and no other kind has it")
        return self

    @property
    def zone(self) -> ZoneInfo:
        """The time zone as an object."""
        return ZoneInfo(self.timezone)

    @property
    def facts(self) -> SourceFacts:
        """What the decisions need to know."""
        return SourceFacts(
            id=self.id,
            name=self.title,
            role=self.role,
            owner=self.owner,
            language=self.language,
            brands=self.brands,
            rank=self.rank,
            home=self.home,
        )


_KEYS = {*Source.model_fields, *Selectors.model_fields, *Sitemap.model_fields} - {"id"}


@dataclass(frozen=True, eq=False)
class Catalogue(Mapping[str, Source]):
    """All sources by id; iterating gives the ids in order.

    Args:
        where: The file it was read from, for messages.
    """

    where: str
    _sources: Mapping[str, Source] = field(repr=False)

    def __getitem__(self, id_: str) -> Source:
        return self._sources[id_]

    def __iter__(self) -> Iterator[str]:
        return iter(self._sources)

    def __len__(self) -> int:
        return len(self._sources)

    @property
    def facts(self) -> dict[str, SourceFacts]:
        """The facts of every source, by id."""
        return {id_: source.facts for id_, source in self.items()}

    def select(self, ids: Iterable[str]) -> tuple[Source, ...]:
        """Return the sources of these ids, each once, in the order asked for.

        Raises:
            CatalogueError: One of them is not in the catalogue.
        """
        wanted = tuple(dict.fromkeys(ids))
        for id_ in wanted:
            if id_ not in self:
                raise CatalogueError(f"{self.where}: has no source {id_!r}{nearest(id_, self)}")
        return tuple(self[id_] for id_ in wanted)


def load(path: Path) -> Catalogue:
    """Read and check a catalogue file.

    Raises:
        CatalogueError: It cannot be read, is no TOML, or a source in it cannot be right.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise CatalogueError(f"{path}: cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise CatalogueError(f"{path}: is not UTF-8 text; save it as UTF-8") from error
    return loads(text, str(path))


def loads(text: str, where: str) -> Catalogue:
    """Check the text of a catalogue.

    Args:
        text: TOML, one table per source.
        where: What to call it in messages.

    Raises:
        CatalogueError: One line that names file, table and key.
    """
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise CatalogueError(f"{where}: is not TOML: {error}") from error
    if not tables:
        raise CatalogueError(f"{where}: names no source; add a table such as [gsmarena]")
    sources = {id_: _source(id_, tables[id_], where) for id_ in sorted(tables)}
    _refuse_twins(sources, where)
    return Catalogue(where, sources)


def _source(id_: str, table: Any, where: str) -> Source:  # noqa: ANN401 - TOML values are anything
    if not isinstance(table, dict):
        raise CatalogueError(f"{where}: {id_} stands outside a table; begin each source with its id, as [gsmarena]")
    if "id" in table:
        raise CatalogueError(f"{where}: [{id_}] id: is not a key here; the table's name is the id")
    try:
        return Source(id=id_, **table)
    except ValidationError as error:
        line = complaint(error.errors(include_url=False), _KEYS)
        raise CatalogueError(f"{where}: [{id_}] {line}") from error


def _refuse_twins(sources: Mapping[str, Source], where: str) -> None:
    (url, times), *_ = Counter(source.url for source in sources.values()).most_common(1)
    if times > 1:
        first, second, *_ = (id_ for id_, source in sources.items() if source.url == url)
        raise CatalogueError(f"{where}: [{second}] url: {url} is also that of [{first}]; keep one of them")
