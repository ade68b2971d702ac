from __future__ import annotations

import http.client
import signal
import socket
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.append(str(Path(__file__).parents[1] / "exports"))
from placed import place

if TYPE_CHECKING:
    from conftest import CommandLine


def asked(port: int, path: str) -> int:
    """The status of an answer, as soon as there is a server."""
    for _ in range(150):
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", path)
            return connection.getresponse().status
        except ConnectionRefusedError:
            time.sleep(0.1)
        finally:
            connection.close()
    raise AssertionError("no server came up")


def test_serve_answers_until_it_is_told_to_stop(command_line: CommandLine, port: int, tmp_path: Path) -> None:
    place(tmp_path / "var" / "site", {"index.html": b"<p>\n", "feed.json": b"{}\n"})
    process = command_line.start("serve", "--port", str(port))
    try:
        assert asked(port, "/healthz") == 200
        assert asked(port, "/") == 200
        assert asked(port, "/../../launchwire.toml") == 404
    finally:
        process.send_signal(signal.SIGTERM)
        said, _ = process.communicate(timeout=20)
    assert process.returncode == 0
    assert said == f"Serving var/site at http://127.0.0.1:{port}/ until Ctrl-C.\n"


def test_a_port_in_use_is_told_in_one_line(command_line: CommandLine, port: int) -> None:
    with socket.create_server(("127.0.0.1", port)):
        done = command_line.launchwire("serve", "--port", str(port))
    assert done.returncode == 2
    assert done.stderr == f"launchwire: cannot listen on 127.0.0.1 port {port}: Address already in use\n"
