"""Read a date out of text, in the words of the languages that our sources write.

Whether it can be true is judged in `crawler.domain.dating`. Relative times ("3 hours ago") are not read.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

LONGEST = 200
"""Characters of a text in which a date is sought."""

_MONTHS = (
    "january jan januar januari gennaio gen janvier janv enero ene janeiro januari ocak stycznia styczeń января янв",
    "february feb februar februari febbraio février fevrier févr febrero fevereiro fev şubat lutego luty февраля фев",
    "march mar märz maerz mrz maart mrt mars marzo março marco mart marca marzec марта мар",
    "april apr aprile avril avr abril abr nisan kwietnia kwiecień апреля апр",
    "may mai mei maj maggio mag mayo maio mayıs maja мая май",
    "june jun juni giugno giu juin junio junho haziran czerwca czerwiec июня июн",
    "july jul juli luglio lug juillet juil julio julho temmuz lipca lipiec июля июл",
    "august aug agosto ago août aout augustus augusti ağustos sierpnia sierpień августа авг",
    "september sep sept settembre set septembre septiembre setembro eylül września wrzesień сентября сен",
    "october oct oktober okt ottobre ott octobre octubre outubro out ekim października październik октября окт",
    "november nov novembre noviembre novembro kasım listopada listopad ноября ноя",
    "december dec dezember dez dicembre dic décembre déc diciembre dezembro aralık grudnia grudzień декабря дек",
)
_MONTH = {name: number for number, names in enumerate(_MONTHS, 1) for name in names.split()}
_YEAR_FIRST = re.compile(r"(?<!\d)(\d{4})\s*[-/.年년]\s*(\d{1,2})\s*[-/.月월]\s*(\d{1,2})(?!\d)\s*[日일]?\.?")
_COMPACT = re.compile(r"(?<!\d)(\d{4})(\d{2})(\d{2})(?=T\d|$|\s)")
_DAY_FIRST = re.compile(
    r"(?<!\d)(\d{1,2})(?:st|nd|rd|th|er|\.|º|ª)?[\s-]+(?:de\s+)?([^\W\d_]+)\.?,?[\s-]+(?:de\s+)?(\d{4}|\d{2})(?!\d|:)"
)
_MONTH_FIRST = re.compile(
    r"([^\W\d_]+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?(?:,\s*|\s+)(?:(?:at\s+)?[\d:]{5,8}\s+\w+\s+)?(\d{4})(?!\d)"
)
_NUMERIC = re.compile(r"(?<!\d)(\d{1,2})\s*([./-])\s*(\d{1,2})\s*\2\s*(\d{4}|\d{2})(?!\d)")
_EPOCH = re.compile(r"(\d{9,10})(\d{3})?")
_CLOCK = re.compile(
    r"(?<!\d)(上午|下午|午前|午後|오전|오후)?\s*(\d{1,2})\s*[:時时시]\s*(\d{2})(?:\s*[:分분]\s*(\d{2}))?(?:[.,]\d+)?\s*[秒초]?"
    r"\s*([ap]\.?m\b\.?)?\s*(?:uhr\b)?\s*(z\b|[+-]\d{2}:?(?:\d{2})?|[a-z]{2,5}\b)?\s*([+-]\d{2}:?\d{2})?",
    re.IGNORECASE,
)
_AFTERNOON = {"下午", "午後", "오후"}
_ZONES = {
    "EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7,
    "CET": 1, "CEST": 2, "MEZ": 1, "MESZ": 2, "WET": 0, "WEST": 1, "EET": 2, "EEST": 3, "MSK": 3,
    "IST": 5.5, "BST": 1, "JST": 9, "KST": 9, "HKT": 8, "SGT": 8, "PHT": 8, "WIB": 7, "ICT": 7,
    "AEST": 10, "AEDT": 11, "BRT": -3, "GMT": 0, "UTC": 0, "UT": 0, "Z": 0,
}  # fmt: skip
"""Hours from UTC; RFC 822 for the American ones. A source's own zone goes first: CST is also China's, IST Ireland's."""

_US_ZONES = frozenset(
    {"America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles", "America/Phoenix", "US/Pacific"}
)


def parse(text: str, zone: tzinfo = UTC) -> datetime | None:
    """Read the first date in a text.

    Args:
        text: Such as a pubDate, a `datetime` attribute or "9. Juni 2026, 14:00 Uhr".
        zone: The source's own, for times that name none and for abbreviations that several zones share.

    Returns:
        An aware datetime in UTC, or None. A day without a clock is its midnight in `zone`.
    """
    text = text.strip()[:LONGEST]
    try:
        if epoch := _EPOCH.fullmatch(text):
            return datetime.fromtimestamp(int(epoch[1]), UTC)
        found = _day(text, zone)
        if found is None:
            return None
        day, rest = found
        return _at(day, _CLOCK.search(rest), zone).astimezone(UTC)
    except (ValueError, OverflowError, OSError):
        return None


def _day(text: str, zone: tzinfo) -> tuple[date, str] | None:
    """The day and the text without it."""
    for pattern, order in ((_YEAR_FIRST, "ymd"), (_COMPACT, "ymd"), (_DAY_FIRST, "dmy"), (_MONTH_FIRST, "mdy")):
        for found in pattern.finditer(text):
            parts = dict(zip(order, found.groups(), strict=True))
            if month := _month(parts["m"]):
                return date(_year(parts["y"]), month, int(parts["d"])), _without(text, found)
    numeric = _NUMERIC.search(text)
    return (_numeric(numeric, zone), _without(text, numeric)) if numeric else None


def _without(text: str, found: re.Match[str]) -> str:
    clock = _CLOCK.search(found[0])  # "Jun 9 12:00:00 UTC 2026" holds its clock inside
    return f"{text[: found.start()]} {clock[0] if clock else ''} {text[found.end() :].removeprefix('T')}"


def _month(name: str) -> int | None:
    return int(name) if name.isdigit() else _MONTH.get(name.lower())


def _year(digits: str) -> int:
    year = int(digits)
    return year if len(digits) == len("2026") else year + (2000 if year < 70 else 1900)  # noqa: PLR2004 # RFC 2822 4.3


def _numeric(found: re.Match[str], zone: tzinfo) -> date:
    first, second, year = int(found[1]), int(found[3]), _year(found[4])
    american = found[2] == "/" and isinstance(zone, ZoneInfo) and zone.key in _US_ZONES
    day, month = (second, first) if second > 12 or (american and first <= 12) else (first, second)  # noqa: PLR2004
    return date(year, month, day)


def _at(day: date, clock: re.Match[str] | None, zone: tzinfo) -> datetime:
    if clock is None:
        return datetime.combine(day, time(), zone)
    half, hours, minutes, seconds, meridiem, named, offset = clock.groups()
    hour = int(hours)
    if meridiem or half:
        late = half in _AFTERNOON or (meridiem or "").lower().startswith("p")
        hour = hour % 12 + 12 * late
    moment = datetime.combine(day, time(0, int(minutes), min(int(seconds or 0), 59)))
    moment += timedelta(hours=hour)
    return moment.replace(tzinfo=_zone(offset or named, moment, zone))


def _zone(name: str | None, moment: datetime, zone: tzinfo) -> tzinfo:
    if not name:
        return zone
    name = name.upper()
    if name[0] in "+-":
        minutes = int(name[1:3]) * 60 + int(name[3:].lstrip(":") or 0)
        return timezone(timedelta(minutes=minutes if name[0] == "+" else -minutes))
    if zone.tzname(moment) == name or name not in _ZONES:
        return zone
    return timezone(timedelta(hours=_ZONES[name]))
