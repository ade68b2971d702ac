"""What tests of whole programs share: the command line in a process of its own, and a port for the sample web."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@dataclass(frozen=True)
class CommandLine:
    """Runs `launchwire` and `scrapy` in a folder of their own, with no settings but those given.

    `paths` is where Python looks for modules, before the project itself.
    """

    folder: Path
    paths: tuple[Path, ...] = ()

    def environment(self, **settings: str) -> dict[str, str]:
        plain = {name: value for name, value in os.environ.items() if not name.startswith("LAUNCHWIRE_")}
        ours = {"allow_networks": "127.0.0.0/8"} | settings
        paths = os.pathsep.join(map(str, (*self.paths, ROOT)))
        return plain | {"PYTHONPATH": paths} | {f"LAUNCHWIRE_{key.upper()}": value for key, value in ours.items()}

    def launchwire(self, *arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
        return self._run("crawler", arguments, settings)

    def scrapy(self, *arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
        environment = {"SCRAPY_SETTINGS_MODULE": "crawler.settings"}
        return self._run("scrapy", arguments, settings, environment)

    def interrupt_group(self, process: subprocess.Popen[str]) -> None:
        """What Ctrl-C in a terminal does: every process of the group gets the signal."""
        os.killpg(process.pid, signal.SIGINT)

    def start(self, *arguments: str, start_new_session: bool = False, **settings: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-m", "crawler", *arguments],
            cwd=self.folder,
            env=self.environment(**settings),
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=start_new_session,
        )

    def _run(
        self, module: str, arguments: tuple[str, ...], settings: dict[str, str], extra: dict[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", module, *arguments],
            cwd=self.folder,
            env=self.environment(**settings) | (extra or {}),
            text=True,
            capture_output=True,
            timeout=120,
            check=False,
        )


@pytest.fixture
def command_line(tmp_path: Path) -> CommandLine:
    return CommandLine(tmp_path)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        number: int = probe.getsockname()[1]
        return number


@pytest.fixture
def port() -> int:
    """A port that is free on loopback now."""
    return free_port()


@pytest.fixture(scope="module")
def module_port() -> int:
    """The same for all tests of a module."""
    return free_port()


@pytest.fixture
def corpus() -> Path:
    """The folder of real inputs that `CORPUS=DIR` names; without it the test is skipped."""
    folder = os.environ.get("CORPUS")
    if not folder:
        pytest.skip("needs CORPUS=DIR, a folder of real inputs")
    return Path(folder)
