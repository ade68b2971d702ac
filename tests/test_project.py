"""Laws over the repository: what is locked, layered, shipped and offered at the front door."""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parent.parent
PACKAGES = ("crawler", "spiders", "exports")
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
PYPROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def shipped_files() -> list[str]:
    """Every file of the packages, relative to the root."""
    files = (file for package in PACKAGES for file in (ROOT / package).rglob("*") if file.is_file())
    return sorted(file.relative_to(ROOT).as_posix() for file in files if "__pycache__" not in file.parts)


def modules() -> list[str]:
    """Those of them that are Python."""
    return [name for name in shipped_files() if name.endswith(".py")]


def imports(name: str) -> Iterator[str]:
    """The full names of all modules that a file imports."""
    for node in ast.walk(ast.parse((ROOT / name).read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (each.name for each in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def importers(library: str) -> list[str]:
    """The files that import a library."""
    return [name for name in modules() if any(each.split(".")[0] == library for each in imports(name))]


def run(*command: str | Path, cwd: Path = ROOT, **environ: str) -> subprocess.CompletedProcess[str]:
    """Run a command and keep what it says."""
    env = {name: value for name, value in os.environ.items() if name not in {"PYTHON", "MAKEFLAGS", "MAKELEVEL"}}
    return subprocess.run(command, cwd=cwd, env=env | environ, capture_output=True, text=True, check=False)


# What is locked


def locked() -> list[tuple[str, str]]:
    """Each requirement of the lock: its name, and its lines. A name may come twice, for different Pythons."""
    blocks = re.split(r"(?m)^(?=[^\s#])", LOCK)
    return [(re.split(r"==|\s", block)[0], block) for block in blocks if block.strip()]


def test_every_locked_requirement_is_pinned_and_hashed() -> None:
    assert len(locked()) > 50
    assert [
        block for _, block in locked() if not re.match(r"[a-z0-9.-]+==\S+( ;.*)? \\\n    --hash=sha256:", block)
    ] == []


def test_the_lock_names_no_index_no_address_and_no_path() -> None:
    assert re.findall(r"(?mi)^\s*-.*index.*|^\s*-.*find-links.*|\w+://\S*|^.*\s@\s.*|^.*(?:file:|\.\./).*", LOCK) == []


def test_the_lock_holds_all_that_the_package_and_its_build_ask_for() -> None:
    project = PYPROJECT["project"]
    extras = [each for name, extra in project["optional-dependencies"].items() if name != "train" for each in extra]
    asked = [*project["dependencies"], *extras, *PYPROJECT["build-system"]["requires"]]
    names = {re.split(r"[^\w.-]", each, maxsplit=1)[0].lower().replace("_", "-") for each in asked}
    locked_names = {name for name, _ in locked()}
    assert names - locked_names == set()
    assert {"hatchling", "editables"} <= locked_names


def test_the_lock_leaves_out_what_training_alone_needs() -> None:
    assert "scikit-learn" not in dict(locked())
    assert "--extra browser --extra dev" in MAKEFILE


# What is layered


def test_every_module_stands_in_a_layer() -> None:
    layers = next(each["layers"] for each in PYPROJECT["tool"]["importlinter"]["contracts"] if each["type"] == "layers")
    placed = {name for row in layers for name in re.split(r"\s*[|:]\s*", row)}
    found = {".".join(Path(name).with_suffix("").parts[:2]) for name in modules() if name.startswith("crawler/")}
    assert found - {"crawler.__init__", "crawler.__main__"} - placed == set()


def test_the_domain_imports_the_standard_library_and_itself_alone() -> None:
    for name in modules():
        if name.startswith("crawler/domain/"):
            ours = {each for each in imports(name) if each.split(".")[0] == "crawler"}
            assert {each for each in ours if not each.startswith(("crawler.domain", "crawler.errors"))} == set(), name
            others = {each.split(".")[0] for each in imports(name)} - {"crawler"}
            assert others - sys.stdlib_module_names == set(), name


@pytest.mark.parametrize("library", ["feedparser", "bs4", "nh3", "pebble"])
def test_what_takes_foreign_bytes_apart_stays_in_the_reading_layer(library: str) -> None:
    assert [name for name in importers(library) if not name.startswith("crawler/reading/")] == []


def test_feedparser_is_known_to_one_file() -> None:
    assert importers("feedparser") == ["crawler/reading/feed.py"]


def test_no_file_is_longer_than_a_person_reads_at_once() -> None:
    lengths = {name: len((ROOT / name).read_text(encoding="utf-8").splitlines()) for name in modules()}
    assert {name: length for name, length in lengths.items() if length > 350} == {}


# What is shipped


@pytest.mark.skipif(not (ROOT / "README.md").exists(), reason="the wheel carries the README, which is not written yet")
def test_the_wheel_carries_every_file_of_the_packages_and_no_test(tmp_path: Path) -> None:
    built = run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", tmp_path)
    assert built.returncode == 0, built.stderr
    (wheel,) = tmp_path.glob("*.whl")
    names = [name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name]
    assert sorted(names) == shipped_files()
    assert "spiders/sources.toml" in names


# The front door


def targets() -> set[str]:
    """The targets that the Makefile declares."""
    return set(re.findall(r"(?m)^([a-z]+):", MAKEFILE))


def test_make_alone_lists_every_target() -> None:
    made = run("make", "--no-print-directory")
    listed = set(re.findall(r"(?m)^  make (\w+) +\S", made.stdout))
    assert listed == targets() == set(re.findall(r"\w+", re.findall(r"\.PHONY:(.*)", MAKEFILE)[0]))


def test_the_documents_name_no_target_that_is_not_there() -> None:
    for document in ROOT.glob("*.md"):
        named = re.findall(r"(?m)(?:`|^\s*\$? ?)make ([a-z]+)", document.read_text(encoding="utf-8"))
        assert set(named) <= targets(), document.name


def test_the_checks_of_the_server_are_those_of_the_front_door() -> None:
    script = ROOT / ".ci" / "run"
    assert os.access(script, os.X_OK)
    assert script.read_text(encoding="utf-8").rstrip().endswith("make test")


# Setting up on a machine that lacks something. Real interpreters, made to look old or bare.

OLD = "sys.version_info = (3, 9, 18, 'final', 0)"
BARE = "sys.modules['ensurepip'] = None"


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    """A folder with setup.sh and, in `bin`, no more commands than it needs."""
    for name in ("setup.sh", "requirements.lock", "pyproject.toml"):
        shutil.copy(ROOT / name, tmp_path)
    commands = tmp_path / "bin"
    commands.mkdir()
    for name in ("sh", "dirname", "cat", "cksum"):
        found = shutil.which(name)
        assert found
        (commands / name).symlink_to(found)
    return tmp_path


def install_python(machine: Path, name: str, lack: str) -> None:
    """Put an interpreter on the machine that lacks something."""
    command = machine / "bin" / name
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -c "import sys; {lack}; $2"\n', encoding="utf-8")
    command.chmod(0o755)


def set_up(machine: Path, **environ: str) -> str:
    """Run setup.sh and return its one line."""
    done = run("./setup.sh", cwd=machine, **({"PATH": str(machine / "bin")} | environ))
    assert (done.returncode, done.stdout) == (2, "")
    assert not (machine / ".venv").exists()
    (line,) = done.stderr.splitlines()
    return line


def test_a_machine_without_python_is_told_what_is_needed(machine: Path) -> None:
    assert set_up(machine).startswith("setup: Python 3.11 or newer is needed, but there is no python3; install one")


def test_a_machine_with_an_old_python_is_told_which_it_has(machine: Path) -> None:
    install_python(machine, "python3", OLD)
    assert "3.11 or newer is needed, but python3 is Python 3.9.18;" in set_up(machine)


def test_a_python_without_venv_is_told_the_package_to_install(machine: Path) -> None:
    install_python(machine, "python3", BARE)
    package = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
    line = set_up(machine)
    assert line.startswith("setup: python3 cannot make virtual environments")
    assert line.endswith(f"apt install {package}")


def test_a_newer_python_is_looked_for_behind_an_old_one(machine: Path) -> None:
    install_python(machine, "python3", OLD)
    install_python(machine, "python3.12", BARE)
    assert set_up(machine).startswith("setup: python3.12 cannot make virtual environments")


def test_the_python_that_was_asked_for_is_the_only_one_tried(machine: Path) -> None:
    install_python(machine, "python3", BARE)
    install_python(machine, "my python", OLD)
    assert "but my python is Python 3.9.18" in set_up(machine, PYTHON="my python")
    assert "but there is no python9;" in set_up(machine, PYTHON="python9")


def test_no_two_test_files_have_one_name() -> None:
    names = [path.name for path in (ROOT / "tests").rglob("test_*.py")]
    assert sorted(names) == sorted(set(names))
