"""The settings: where they come from, who wins, and the line a mistake gives."""

from __future__ import annotations

import tomllib
from datetime import timedelta
from ipaddress import ip_network
from pathlib import Path

import pytest

from crawler import __version__
from crawler.config import Config, load
from crawler.errors import ConfigError

EXAMPLE = Path(__file__).parent.parent / "launchwire.toml.example"


@pytest.fixture(autouse=True)
def _empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def write(text: str, name: str = "launchwire.toml") -> Path:
    path = Path(name)
    path.write_text(text, encoding="utf-8")
    return path


def test_without_a_file_everything_has_a_default() -> None:
    config = load(environ={})
    assert config == Config()
    assert config.database == "sqlite:///var/launchwire.db"
    assert (config.delay, config.max_size, config.tick) == (5.0, 5 * 1024 * 1024, timedelta(minutes=1))
    assert config.allow_networks == ()


def test_the_default_catalogue_is_the_packaged_one() -> None:
    catalogue = load(environ={}).catalogue
    assert catalogue.is_absolute()
    assert catalogue.parts[-2:] == ("spiders", "sources.toml")


def test_the_file_in_the_working_directory_is_read() -> None:
    write('title = "Mine"\ntick = "5s"\nmax_size = "2MiB"\n')
    config = load(environ={})
    assert (config.title, config.tick, config.max_size) == ("Mine", timedelta(seconds=5), 2 * 1024 * 1024)


def test_the_command_line_wins_over_the_environment_over_the_file() -> None:
    write('title = "file"\nlanguage = "it"\ndelay = 7\n')
    environ = {"LAUNCHWIRE_TITLE": "environment", "LAUNCHWIRE_LANGUAGE": "de", "PATH": "/bin"}
    config = load(environ=environ, title="line", site=None)
    assert (config.title, config.language, config.delay) == ("line", "de", 7.0)
    assert config.site == Path("var/site")


def test_a_file_is_named_by_argument_before_variable_before_habit() -> None:
    write('title = "habit"\n')
    write('title = "variable"\n', "b.toml")
    write('title = "argument"\n', "c.toml")
    environ = {"LAUNCHWIRE_CONFIG": "b.toml"}
    assert load(environ={}).title == "habit"
    assert load(environ=environ).title == "variable"
    assert load(Path("c.toml"), environ).title == "argument"


def test_a_named_file_must_be_there() -> None:
    with pytest.raises(ConfigError, match=r"^none\.toml: cannot be read: No such file"):
        load(Path("none.toml"), {})
    with pytest.raises(ConfigError, match=r"^none\.toml: cannot be read"):
        load(environ={"LAUNCHWIRE_CONFIG": "none.toml"})


def test_no_env_file_is_read() -> None:
    write("LAUNCHWIRE_TITLE=sneaky\n", ".env")
    assert load(environ={}).title == "Launchwire"


def test_the_user_agent_names_us_and_where_to_complain() -> None:
    assert load(environ={}).user_agent == f"Launchwire/{__version__}"
    contact = load(environ={"LAUNCHWIRE_CONTACT": "https://example.org/bot"})
    assert contact.user_agent == f"Launchwire/{__version__} (+https://example.org/bot)"


@pytest.mark.parametrize("contact", ["x\r\nCookie: a", "a)b", "ü@example.org", "two words"])
def test_a_contact_cannot_break_out_of_the_user_agent(contact: str) -> None:
    with pytest.raises(ConfigError, match=r"^LAUNCHWIRE_CONTACT: "):
        load(environ={"LAUNCHWIRE_CONTACT": contact})


def test_networks_are_a_list_in_the_file_and_commas_in_the_environment() -> None:
    write('allow_networks = ["192.168.7.0/24", "fd00::/8"]\n')
    wanted = (ip_network("192.168.7.0/24"), ip_network("fd00::/8"))
    assert load(environ={}).allow_networks == wanted
    assert load(environ={"LAUNCHWIRE_ALLOW_NETWORKS": "192.168.7.0/24, fd00::/8"}).allow_networks == wanted


@pytest.mark.parametrize(("given", "kept"), [("", ""), ("https://a.example", "https://a.example/")])
def test_the_public_address_is_empty_or_ends_in_a_slash(given: str, kept: str) -> None:
    assert load(environ={}, base_url=given).base_url == kept


def test_pictures_are_addresses_that_readers_can_open() -> None:
    write('icon = "https://news.example/icon.png"\n')
    assert (load(environ={}).icon, load(environ={}).favicon) == ("https://news.example/icon.png", "")
    write('favicon = "icon.png"\n')
    with pytest.raises(ConfigError, match="favicon"):
        load(environ={})


def test_hubs_are_a_list_in_the_file_and_commas_in_the_environment() -> None:
    write('hubs = ["https://a.example/", "http://b.example/hub"]\n')
    wanted = ("https://a.example/", "http://b.example/hub")
    assert load(environ={}).hubs == wanted
    assert load(environ={"LAUNCHWIRE_HUBS": "https://a.example/, http://b.example/hub"}).hubs == wanted


MISTAKES = [
    ("DELAY", "0", "'0' must be greater than 0"),
    ("DELAY", "nan", "'nan' must be a finite number"),
    ("DELAY", "fast", "'fast' must be a valid number"),
    ("TICK", "0s", "'0s' must be more than zero"),
    ("TIMEOUT", "-1", "'-1' must be greater than 0"),
    ("CONCURRENCY", "0", "'0' must be greater than or equal to 1"),
    ("LOG_LEVEL", "loud", "must be 'DEBUG', 'INFO', 'WARNING' or 'ERROR'"),
    ("ALLOW_NETWORKS", "10.0.0.1/8", "must be networks, such as"),
    ("HUBS", "https://a.example/, ftp://a.example", "must be an absolute address"),
    ("BASE_URL", "ftp://a.example", "must be an absolute address"),
    ("LANGUAGE", "english", "must be a BCP 47 tag"),
    ("MAX_SIZE", "5 parsecs", "could not interpret byte unit"),
    ("DATABASE", "mysql://a/b", 'must be "sqlite:///FILE"'),
]


@pytest.mark.parametrize(("key", "value", "said"), MISTAKES)
def test_a_bad_value_is_one_line_with_the_place_that_set_it(key: str, value: str, said: str) -> None:
    with pytest.raises(ConfigError) as from_environment:
        load(environ={f"LAUNCHWIRE_{key}": value})
    write(f'{key.lower()} = "{value}"\n')
    with pytest.raises(ConfigError) as from_file:
        load(environ={})
    assert str(from_environment.value).startswith(f"LAUNCHWIRE_{key}: ")
    assert str(from_file.value).startswith(f"launchwire.toml: {key.lower()}: ")
    for caught in (from_environment, from_file):
        assert said in str(caught.value)
        assert "\n" not in str(caught.value)
        assert caught.value.exit_code == 2


def test_a_bad_option_is_told_as_the_option() -> None:
    with pytest.raises(ConfigError, match=r"^--log-level: 'LOUD' must be"):
        load(environ={}, log_level="loud")


def test_an_unknown_key_names_its_neighbour() -> None:
    write('titel = "x"\n')
    with pytest.raises(ConfigError, match=r"^launchwire\.toml: titel: is not a key here; did you mean 'title'\?$"):
        load(environ={})


def test_an_unknown_variable_of_ours_is_refused_and_others_are_not_ours() -> None:
    with pytest.raises(ConfigError, match=r"^LAUNCHWIRE_DATABSE: is not a setting; did you mean 'LAUNCHWIRE_DATABASE'"):
        load(environ={"LAUNCHWIRE_DATABSE": "sqlite:///x", "LAUNCH": "x"})
    assert load(environ={"LAUNCH": "x", "launchwire_title": "x"}) == Config()


def test_a_password_is_never_repeated() -> None:
    with pytest.raises(ConfigError) as caught:
        load(environ={"LAUNCHWIRE_DATABASE": "mysql://u:hunter2@db/x"})
    assert "hunter2" not in str(caught.value)


def test_a_file_that_is_no_toml_is_one_line() -> None:
    write("title = \n")
    with pytest.raises(ConfigError, match=r"^launchwire\.toml: is not TOML: .*line 1"):
        load(environ={})
    Path("launchwire.toml").write_bytes(b'title = "\xe4"')
    with pytest.raises(ConfigError, match=r"^launchwire\.toml: is not UTF-8 text"):
        load(environ={})


def test_the_settings_cannot_be_changed() -> None:
    with pytest.raises(ValueError, match="frozen"):
        setattr(load(environ={}), "delay", 0.0)  # noqa: B010 - mypy forbids the plain form


def test_the_example_shows_every_setting_with_its_default() -> None:
    lines = EXAMPLE.read_text(encoding="utf-8").splitlines()
    settings = tomllib.loads(
        "\n".join(line.removeprefix("#") for line in lines if line.startswith("#") and line[1:2].isalpha())
    )
    assert settings.keys() == Config.model_fields.keys()
    shown = Config(**{key: value for key, value in settings.items() if key != "catalogue"})
    assert shown == Config()


def test_the_example_changes_nothing_as_it_stands() -> None:
    assert load(EXAMPLE, {}) == Config()
