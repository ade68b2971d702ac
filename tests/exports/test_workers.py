"""A site that is made by several processes is the one that a single process makes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from multiprocessing import parent_process
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from made_stories import SOURCES, article, rendered, story

from crawler.domain.models import Stage
from crawler.errors import ExportError
from exports import Channel, Given, publish

if TYPE_CHECKING:
    from collections.abc import Iterable

    from crawler.domain.models import Story

CHANNEL = Channel("Launchwire", "https://news.example/", page_size=10)
SPREAD = 37  # so that a few stories have ids enough for several processes


def told(number: int) -> Story:
    lead = article(number=number, hours=number % 50, language="zh" if number % 2 else "en")
    models = (f"Find X{number % 7}",)
    return story(number, articles=(lead,), stage=list(Stage)[number % 4], models=models, aliases=(number + 1,))


STORIES = [told(number) for number in range(1, 4000, SPREAD)]


class Deadly(Given):
    """Stories whose reading ends a process that helps."""

    def some(self, numbers: Iterable[int]) -> list[Story]:
        if parent_process():
            os._exit(1)
        return super().some(numbers)


class Slow(Given):
    """Stories that are never read to the end."""

    def some(self, numbers: Iterable[int]) -> list[Story]:
        print(os.getpid(), flush=True)  # noqa: T201 (tells the test whom to watch)
        time.sleep(600)
        return super().some(numbers)


def files_in(folder: Path) -> dict[str, bytes]:
    found = {str(path.relative_to(folder)): path for path in folder.rglob("*") if path.is_file()}
    return {name: path.read_bytes() for name, path in found.items() if name != ".published.db"}


def test_several_processes_make_what_one_makes(tmp_path: Path) -> None:
    publish(tmp_path, Given(STORIES), {}, CHANNEL)
    assert files_in(tmp_path) == rendered(STORIES, CHANNEL, {})
    again = publish(tmp_path, Given([*STORIES[:50], *STORIES[51:]]), {}, CHANNEL)
    assert f"story/{STORIES[50].id}.html" in again.removed
    assert files_in(tmp_path) == rendered([*STORIES[:50], *STORIES[51:]], CHANNEL, {})
    assert publish(tmp_path, Given([*STORIES[:50], *STORIES[51:]]), {}, CHANNEL).written == ()


def test_a_process_that_is_ended_is_one_line_and_the_next_publication_is_whole(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="a process that helped was ended"):
        publish(tmp_path, Deadly(STORIES), SOURCES, CHANNEL)
    publish(tmp_path, Given(STORIES), {}, CHANNEL)
    assert files_in(tmp_path) == rendered(STORIES, CHANNEL, {})


_PUBLISHER = """
import sys
from pathlib import Path
sys.path.append("tests/exports")
from test_workers import CHANNEL, STORIES, Slow
from exports import publish

if __name__ == "__main__":
    publish(Path(sys.argv[1]), Slow(STORIES), {}, CHANNEL)
"""


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks at processes as Linux shows them")
def test_the_processes_end_with_the_one_that_they_help(tmp_path: Path) -> None:
    program = tmp_path / "publisher.py"
    program.write_text(_PUBLISHER)
    root = Path(__file__).parents[2]
    env = os.environ | {"PYTHONPATH": f"{root}:{root / 'tests/exports'}"}
    command = [sys.executable, str(program), str(tmp_path / "site")]
    with subprocess.Popen(command, cwd=root, env=env, stdout=subprocess.PIPE) as process:
        assert process.stdout
        helper = int(process.stdout.readline())
        process.send_signal(signal.SIGKILL)
    end = time.monotonic() + 20
    while alive(helper) and time.monotonic() < end:
        time.sleep(0.05)
    assert not alive(helper)


def alive(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text("ascii").rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"
