"""Dates as listings have them: ISO, dotted, American, with month names in the house's languages."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

_MONTHS = (
    "january janvier enero janv jan ene",
    "february février fevrier febrero févr fev feb",
    "march mars marzo mar",
    "april avril abril avr apr abr",
    "may mai mayo",
    "june juin junio jun",
    "july juillet julio juil jul",
    "august août aout agosto aug ago",
    "september septembre septiembre setiembre sept sep",
    "october octobre octubre oct",
    "november novembre noviembre nov",
    "december décembre decembre diciembre déc dec dic",
)
MONTHS = {name: number for number, names in enumerate(_MONTHS, 1) for name in names.split()}

_SLASHED = re.compile(r"^(\d{1,2})/(\d{1,2})/(\d{4})\b")


@dataclass(frozen=True, slots=True)
class SlashOrder:
    """How the file writes 3/4/2015: month first, unless one of its rows can only be day first."""

    day_first: bool
    # Rows that could be read both ways.
    ambiguous: int = 0


def slash_order(texts: Iterable[str]) -> SlashOrder:
    """Decided once for the whole file: nobody writes 24/11/2015 in one row and 11/24/2015 in the next."""
    day_first = month_first = ambiguous = 0
    for text in texts:
        match = _SLASHED.match(text.strip())
        if match:
            first, second = int(match[1]), int(match[2])
            day_first += first > 12
            month_first += second > 12
            ambiguous += first <= 12 and second <= 12 and first != second
    return SlashOrder(day_first > month_first, ambiguous)


def read_date(text: str, order: SlashOrder) -> str:
    """A date as ISO 8601, as precise as it was written; ValueError when it is none."""
    text = " ".join(text.split())
    if match := re.match(r"^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ].*)?$", text):
        return _day(match[1], match[2], match[3])
    if re.fullmatch(r"\d{4}(-(0[1-9]|1[0-2]))?", text):
        return text
    if match := re.match(r"^(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})$", text):
        return _day(match[3], match[2], match[1])
    if match := _SLASHED.match(text):
        return _slashed(int(match[1]), int(match[2]), match[3], order)
    if match := re.match(r"^(\d{4})/(\d{1,2})/(\d{1,2})$", text):
        return _day(match[1], match[2], match[3])
    return _with_month_name(text)


def _slashed(first: int, second: int, year: str, order: SlashOrder) -> str:
    day_first = first > 12 or (order.day_first and second <= 12)
    return _day(year, second if day_first else first, first if day_first else second)


def _with_month_name(text: str) -> str:
    words = re.findall(r"[^\W\d_]+|\d+", text.lower())
    months = [MONTHS[word] for word in words if word in MONTHS]
    numbers = [word for word in words if word.isdigit()]
    years = [number for number in numbers if len(number) == 4]
    days = [number for number in numbers if len(number) <= 2]
    if len(months) != 1 or len(years) != 1 or len(days) > 1:
        raise ValueError(text)
    if not days:
        return f"{years[0]}-{months[0]:02}"
    return _day(years[0], months[0], days[0])


def _day(year: str | int, month: str | int, day: str | int) -> str:
    return date(int(year), int(month), int(day)).isoformat()
