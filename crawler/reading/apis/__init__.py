"""The APIs of makers' newsrooms, one class and file each; the catalogue names which one a source has."""

from __future__ import annotations

from datetime import UTC, tzinfo
from typing import TYPE_CHECKING

from crawler.catalogue import Api
from crawler.reading.apis.oppo import Oppo
from crawler.reading.apis.qualcomm import Qualcomm
from crawler.reading.apis.xiaomi import Xiaomi

if TYPE_CHECKING:
    from crawler.catalogue import Source
    from crawler.reading.apis.newsroom import Call, NewsroomApi
    from crawler.reading.models import Reading

_APIS: dict[Api, NewsroomApi] = {Api.OPPO: Oppo(), Api.QUALCOMM: Qualcomm(), Api.XIAOMI: Xiaomi()}


def request(source: Source) -> Call:
    """What to ask for a source's newest articles.

    Args:
        source: One of kind `api`.
    """
    return _of(source).request(source)


def parse(body: bytes, source: Source, content_type: str | None = None, timezone: tzinfo = UTC) -> Reading:
    """Read what a source's API answered; arguments and errors as `NewsroomApi.parse`."""
    return _of(source).parse(body, source.home, content_type, timezone)


def _of(source: Source) -> NewsroomApi:
    if source.api is None:
        raise ValueError(f"{source.id} is no source of kind api")
    return _APIS[source.api]
