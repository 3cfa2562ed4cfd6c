"""Dates and times as readers see them: at their published precision, in the reader's language, where they happen."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils.dateformat import format as formatted
from django.utils.formats import get_format
from django.utils.translation import get_language, gettext


def day(text: str) -> str:
    """A date at its published precision, in the reader's language: 24 November 2015, November 2015, 2015."""
    parts = [int(part) for part in (text or "")[:10].split("-") if part.isdigit()]
    if not parts:
        return ""
    whole = date(*parts, *[1] * (3 - len(parts)))
    name = {1: "Y", 2: get_format("YEAR_MONTH_FORMAT"), 3: _day_format()}[len(parts)]
    return str(formatted(whole, name))


def moment(text: str, zone: str) -> str:
    """A UTC time of the register in the time zone of the place: 3 May 2026, 09:00."""
    if not text:
        return ""
    time = datetime.fromisoformat(text.replace("Z", "+00:00")).astimezone(ZoneInfo(zone or "UTC"))
    # Translators: a day and a time of day, "3 May 2026, 09:00".
    return gettext("%(day)s, %(time)s") % {"day": formatted(time, _day_format()), "time": f"{time:%H:%M}"}


def _day_format() -> str:
    """Django's English writes "Nov. 24, 2015", which half of the world reads twice; its Arabic puts in a comma."""
    return "j F Y" if (get_language() or "en")[:2] in {"en", "ar"} else str(get_format("DATE_FORMAT"))


def clock(text: str, zone: str) -> str:
    """The time of day alone."""
    time = datetime.fromisoformat(text.replace("Z", "+00:00")).astimezone(ZoneInfo(zone or "UTC"))
    return f"{time:%H:%M}"


def date_of(text: str, zone: str) -> date:
    """The day that a UTC time falls on where it happens."""
    return datetime.fromisoformat(text.replace("Z", "+00:00")).astimezone(ZoneInfo(zone or "UTC")).date()


def same_day(start: str, end: str) -> bool:
    """Whether two times fall on one day (UTC, as near as a heading needs)."""
    return bool(start and end) and start[:10] == end[:10]


def month_name(text: str) -> str:
    """ "2015-11" as a month: November."""
    return str(formatted(date(int(text[:4]), int(text[5:7]), 1), "F"))
