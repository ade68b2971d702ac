"""Days and months that a headline names, the same in each language: `July 4`, `4 luglio` and `7月4日` are `07-04`.

Serves comparison only: no years, and nothing is said about what happens on the day.
"""

from __future__ import annotations

import re

# Names of the months in plain form, January first; where a name is also a common word only its safe forms stand here.
_NAMES = (
    "january jan januar janvier gennaio enero janeiro stycznia styczniu styczen января январь січня ledna",
    "february feb februar fevrier febbraio febrero fevereiro lutego lutym luty февраля февраль лютого unora",
    "march marz maerz marzo marco marca marcu marzec марта март березня brezna",
    "april apr avril aprile abril kwietnia kwietniu kwiecien апреля апрель квітня dubna",
    "mai maggio mayo maio maja maju мая май травня kvetna",
    "june juin juni giugno junio junho czerwca czerwcu czerwiec июня июнь червня cervna",
    "july juli juillet luglio julio julho lipca lipcu lipiec июля июль липня cervence",
    "august aug aout agosto sierpnia sierpniu sierpien августа август серпня srpna",
    "september sept septembre settembre septiembre setembro wrzesnia wrzesniu wrzesien сентября сентябрь вересня zari",
    "october oct oktober octobre ottobre octubre outubro pazdziernika pazdzierniku октября октябрь жовтня rijna",
    "november nov novembre noviembre novembro listopada listopadzie listopad ноября ноябрь листопада",
    "december dec dezember decembre dicembre diciembre dezembro grudnia grudniu grudzien декабря декабрь prosince",
)
_MONTHS = {name: f"{number:02}" for number, names in enumerate(_NAMES, start=1) for name in names.split()}
_NAME = "|".join(sorted(_MONTHS, key=len, reverse=True))
_DAY = r"[12]\d|3[01]|0?[1-9]"
_NAMED = re.compile(
    rf"(?:\b({_DAY})(?:st|nd|rd|th|[.°º])? (?:de |of )?)?"
    rf"\b({_NAME}|may)\b\.?"
    rf"(?: ({_DAY})(?:st|nd|rd|th)?\b(?![.,]\d| ?%))?"
)
_NUMERIC = re.compile(rf"(?<!\d)(1[0-2]|0?[1-9]) ?[月월](?: ?({_DAY}) ?[日일])?")


def days(text: str) -> frozenset[str]:
    """The days, and the months without a day, that a text names, as `MM-DD` and `MM`.

    Args:
        text: In plain form (`terms.plain`). English `may` counts only beside a day.
    """
    found = set()
    for before, name, after in _NAMED.findall(text):
        day = after or before
        if month := _MONTHS.get(name) or ("05" if day else None):
            found.add(f"{month}-{int(day):02}" if day else month)
    for month, day in _NUMERIC.findall(text):
        found.add(f"{int(month):02}-{int(day):02}" if day else f"{int(month):02}")
    return frozenset(found)
