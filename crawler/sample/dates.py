"""Dates as feeds write them, in the outlet's own time zone; nothing here reads a date."""

from __future__ import annotations

from email.utils import format_datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from datetime import datetime

    from crawler.sample.outlet import Outlet


def mail_date(outlet: Outlet, moment: datetime) -> str:
    """Return the date of RSS 2.0 (RFC 822), or bare local time from an outlet that names no zone."""
    local = moment.astimezone(ZoneInfo(outlet.timezone))
    return f"{local:%Y-%m-%d %H:%M:%S}" if outlet.quirks.naive else format_datetime(local)


def iso_date(outlet: Outlet, moment: datetime) -> str:
    """Return the date of Atom, JSON Feed, RSS 1.0 and JSON-LD (RFC 3339)."""
    return moment.astimezone(ZoneInfo(outlet.timezone)).isoformat()
