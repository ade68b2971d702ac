"""What it costs to be ready: seconds to import triage and read its data, and the memory of the process after it."""

from __future__ import annotations

import resource
import sys
import time

begin = time.perf_counter()
from crawler.domain.triage import decide  # noqa: E402 (the import is what is measured)

decide("Samsung unveils the Galaxy S31", "It goes on sale in July.")
seconds = time.perf_counter() - begin
per_megabyte = 2**20 if sys.platform == "darwin" else 2**10
megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / per_megabyte
print(f"ready: import and model in {seconds:.2f} s, process of {megabytes:.0f} MB")
