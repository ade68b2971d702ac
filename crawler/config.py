"""The settings: one frozen object from `launchwire.toml`, `LAUNCHWIRE_*` variables and the command line.

The command line wins over the environment, the environment over the file, the file over the defaults. Nothing is
looked up later, no other file is read (no .env either), and no folder is made here.
"""

from __future__ import annotations

import os
import re
import shutil
import tomllib
from datetime import timedelta
from importlib.resources import files
from importlib.util import find_spec
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ByteSize, ConfigDict, Field, ValidationError

from crawler import __version__
from crawler.domain.forms import complaint, duration, language_tag, nearest, web_address
from crawler.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Mapping

FILE = "launchwire.toml"
PREFIX = "LAUNCHWIRE_"
_WHICH_FILE = f"{PREFIX}CONFIG"
_SECRET = {"database"}  # may hold a password: never repeated in a message
_CONTACT = re.compile(r"(https?://|mailto:)?[\w.@:/~%?&=+-]*", re.ASCII)
_DATABASE = re.compile(r"sqlite:///.+", re.ASCII)


def _packaged_catalogue() -> Path:
    return Path(str(files("spiders") / "sources.toml"))


def _database(value: str) -> str:
    if not _DATABASE.fullmatch(value):
        raise ValueError('must be "sqlite:///FILE"')
    return value


def _contact(value: str) -> str:
    if not _CONTACT.fullmatch(value):
        raise ValueError('must be an address that sites can reach you at, such as "https://example.org/bot"')
    return value


def _base_url(value: str) -> str:
    return f"{web_address(value).rstrip('/')}/" if value else ""


def _picture(value: str) -> str:
    return web_address(value) if value else ""


def _hubs(value: Any) -> tuple[str, ...]:  # noqa: ANN401 - a file may hold anything
    parts = [part.strip() for part in value.split(",") if part.strip()] if isinstance(value, str) else value
    if not isinstance(parts, list | tuple) or not all(isinstance(part, str) for part in parts):
        raise ValueError('must be addresses, such as ["https://hub.example/"]')
    return tuple(web_address(part) for part in parts)


def _networks(value: Any) -> tuple[IPv4Network | IPv6Network, ...]:  # noqa: ANN401 - a file may hold anything
    parts = [part.strip() for part in value.split(",") if part.strip()] if isinstance(value, str) else value
    try:
        return tuple(ip_network(part) for part in parts)
    except (TypeError, ValueError):
        raise ValueError('must be networks, such as ["192.168.7.0/24", "fd00::/8"]') from None


def _browser(value: bool) -> bool:  # noqa: FBT001 (pydantic's call)
    if value and find_spec("scrapy_playwright") is None:
        raise ValueError("needs the browser extra: .venv/bin/pip install 'launchwire[browser]'")
    return value


def _program(value: str) -> str:
    if value and shutil.which(value) is None:
        raise ValueError('must be a program, such as "/usr/bin/chromium"')
    return value


def _upper(value: object) -> object:
    return value.upper() if isinstance(value, str) else value


Seconds = Annotated[float, Field(gt=0, le=3600, allow_inf_nan=False)]


class Config(BaseModel):
    """Every setting, checked.

    Args:
        database: SQLAlchemy URL; relative files are below the working directory.
        site: The folder that readers are served from.
        catalogue: The file of sources.
        base_url: Public address of `site`, ends in `/`; "" where there is none.
        title: Name of the published feed.
        language: Its BCP 47 tag.
        icon: Address of a square picture for the feed, 512 pixels wide; "" where there is none.
        favicon: The same, 64 pixels wide; "" takes our own on the pages.
        contact: Where a site's owner can complain; stands in the user agent.
        delay: Seconds between two requests to one host.
        timeout: Seconds that one download may take.
        max_size: Bytes that one document may have.
        concurrency: Requests under way at once, over all hosts; those that wait for a host count too.
        tick: How often `up` looks for sources that are due.
        hubs: WebSub hubs that the feeds name and that are told of new stories, where there is a `base_url`.
        page_size: Stories on one page of the feed.
        allow_networks: Non-public networks that may be fetched from.
        browser: Read sources marked `browser` in the catalogue with a real browser; needs the extra of that name.
        browser_path: Its program; "" for the one that Playwright has installed.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", validate_default=True)

    database: Annotated[str, AfterValidator(_database)] = "sqlite:///var/launchwire.db"
    site: Path = Path("var/site")
    catalogue: Path = Field(default_factory=_packaged_catalogue)
    base_url: Annotated[str, AfterValidator(_base_url)] = ""
    title: Annotated[str, Field(min_length=1, max_length=200)] = "Launchwire"
    language: Annotated[str, AfterValidator(language_tag)] = "en"
    icon: Annotated[str, AfterValidator(_picture)] = ""
    favicon: Annotated[str, AfterValidator(_picture)] = ""
    contact: Annotated[str, AfterValidator(_contact)] = ""
    delay: Seconds = 5.0
    timeout: Seconds = 30.0
    max_size: Annotated[ByteSize, Field(ge=1024)] = ByteSize(5 * 1024 * 1024)
    concurrency: Annotated[int, Field(ge=1, le=512)] = 128
    tick: Annotated[timedelta, BeforeValidator(duration)] = timedelta(minutes=1)
    hubs: Annotated[tuple[str, ...], BeforeValidator(_hubs)] = ()
    page_size: Annotated[int, Field(ge=1, le=1000)] = 50
    log_level: Annotated[Literal["DEBUG", "INFO", "WARNING", "ERROR"], BeforeValidator(_upper)] = "INFO"
    allow_networks: Annotated[tuple[IPv4Network | IPv6Network, ...], BeforeValidator(_networks)] = ()

    browser: Annotated[bool, AfterValidator(_browser)] = False
    browser_path: Annotated[str, AfterValidator(_program)] = ""

    @property
    def user_agent(self) -> str:
        """Who we say we are, always; robots.txt may address us as `launchwire`."""
        return f"Launchwire/{__version__}" + (f" (+{self.contact})" if self.contact else "")


def load(path: Path | None = None, environ: Mapping[str, str] = os.environ, **overrides: Any) -> Config:  # noqa: ANN401 - as many types as settings
    """Read the settings.

    Args:
        path: The file; None for the one LAUNCHWIRE_CONFIG names, else `launchwire.toml` here where there is one.
        environ: The environment.
        overrides: Settings from the command line; None means not given.

    Raises:
        ConfigError: One line that names the key, where it was set, and what is allowed.
    """
    named = path or (Path(environ[_WHICH_FILE]) if environ.get(_WHICH_FILE) else None)
    file = named or Path(FILE)
    settings = _from_file(file) if named or file.exists() else {}
    places = dict.fromkeys(settings, f"{file}: ")
    for name, value in _from_environment(environ).items():
        settings[name], places[name] = value, PREFIX
    for name, value in overrides.items():
        if value is not None:
            settings[name], places[name] = value, "--"
    try:
        return Config(**settings)
    except ValidationError as error:
        raise ConfigError(_line(error, places)) from error


def _from_file(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigError(f"{file}: cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise ConfigError(f"{file}: is not UTF-8 text; save it as UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{file}: is not TOML: {error}") from error


def _from_environment(environ: Mapping[str, str]) -> dict[str, str]:
    found = {name.removeprefix(PREFIX): value for name, value in environ.items() if name.startswith(PREFIX)}
    found.pop(_WHICH_FILE.removeprefix(PREFIX), None)
    known = {name.upper() for name in Config.model_fields}
    for name in sorted(found.keys() - known):
        near = nearest(PREFIX + name, {PREFIX + each for each in known})
        raise ConfigError(f"{PREFIX}{name}: is not a setting{near}")
    return {name.lower(): value for name, value in found.items()}


def _line(error: ValidationError, places: Mapping[str, str]) -> str:
    records = error.errors(include_url=False)
    for record in records:
        if record["loc"][0] in _SECRET:
            record["input"] = "…"
    key, colon, rest = complaint(records, Config.model_fields).partition(":")
    spelling = {PREFIX: f"{PREFIX}{key.upper()}", "--": f"--{key.replace('_', '-')}"}
    place = places.get(key, "")
    return f"{spelling.get(place, place + key)}{colon}{rest}"
