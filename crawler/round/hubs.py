"""Tells WebSub hubs which feeds changed, so that subscribers need not ask. A hub that fails stops nothing.

WebSub leaves open how a publisher speaks to its hub; hubs know the form of PubSubHubbub 0.3 (7.1): one POST with
`hub.mode=publish` and a `hub.url` for each feed. Redirects are not followed and proxies are not used.
"""

from __future__ import annotations

import http.client
import logging
from typing import TYPE_CHECKING
from urllib.parse import urlencode, urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

TIMEOUT = 10.0  # seconds a hub has to answer
_FEEDS = ("feed.json", "feed.atom")
_FORM = {"Content-Type": "application/x-www-form-urlencoded"}

log = logging.getLogger(__name__)


def tell(hubs: Iterable[str], base_url: str, written: Sequence[str], timeout: float = TIMEOUT) -> None:
    """Tell each hub of the feeds among the files written; a line in the log says which hub could not be told.

    Args:
        hubs: http(s) addresses.
        base_url: Public address of the site, ends in `/`; without one there is nothing to tell.
        written: Files of the last publication, as names within the site.
        timeout: Seconds that a hub may be silent.
    """
    changed = [base_url + name for name in written if name.rpartition("/")[2] in _FEEDS]
    if not base_url or not changed:
        return
    for hub in hubs:
        try:
            _post(hub, changed, timeout)
        except (OSError, http.client.HTTPException) as error:
            log.warning("hub %s was not told of the new stories: %s", hub, str(error) or type(error).__name__)


def _post(hub: str, feeds: Sequence[str], timeout: float) -> None:
    parts = urlsplit(hub)
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    connection = kind(parts.netloc, timeout=timeout)
    try:
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        said = urlencode({"hub.mode": "publish", "hub.url": feeds}, doseq=True)
        connection.request("POST", path, said, _FORM)
        answer = connection.getresponse()
    finally:
        connection.close()
    if answer.status // 100 != 2:  # noqa: PLR2004 (any 2xx)
        raise http.client.HTTPException(f"it answered {answer.status}")
