"""Loaded by every interpreter of a test run: notes each start of one, and answers for names that do not exist.

`TEST_STARTS` names the file that starts are noted in; `TEST_NAMES` a JSON file: name -> the answers in turn, each a
list of addresses; the last one stays.
"""

import json
import os
import socket
import sys
from typing import Any

if starts := os.environ.get("TEST_STARTS"):
    with open(starts, "a", encoding="utf-8") as file:  # noqa: PTH123
        file.write(" ".join(sys.orig_argv) + "\n")

if names := os.environ.get("TEST_NAMES"):
    with open(names, encoding="utf-8") as file:  # noqa: PTH123
        answers = json.load(file)
    asked_of_the_system = socket.getaddrinfo

    def getaddrinfo(host: Any, port: Any, *rest: Any, **more: Any) -> Any:  # noqa: ANN401 (the system's own)
        if host not in answers:
            return asked_of_the_system(host, port, *rest, **more)
        turns = answers[host]
        addresses = turns.pop(0) if len(turns) > 1 else turns[0]
        return [found for address in addresses for found in asked_of_the_system(address, port, *rest, **more)]

    socket.getaddrinfo = getaddrinfo
