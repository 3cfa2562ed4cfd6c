"""Events of a filtered list as a calendar (RFC 5545, 7986). What was withdrawn is not in it: subscribers drop it."""

import json
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any
from uuid import uuid5
from zoneinfo import ZoneInfo

from django.utils.encoding import iri_to_uri
from icalendar import Calendar, Event, Timezone
from icalendar.prop import vText

from federation.options import BASE_MARK, base_url

from .reading import Card, Heading, time_of
from .tombstones import NAMES

CALENDAR = "text/calendar"
# A calendar has no pages: what is to come first, then what is over, latest first.
MOST_EVENTS = 1000


def calendar(cards: Iterable[str], heading: Heading) -> bytes:
    """The calendar of these events, each with the time zone it takes place in."""
    events = [dict(json.loads(text.replace(BASE_MARK, base_url()))) for text in cards]
    whole = Calendar()
    whole.add("prodid", "-//Federation//events//EN")
    whole.add("version", "2.0")
    whole.add("method", "PUBLISH")
    whole.add("name", heading.title)
    whole.add("x-wr-calname", heading.title)
    whole.add("url", iri_to_uri(heading.page))
    whole.add("source", heading.address(), {"VALUE": "URI"})
    whole.add("refresh-interval", timedelta(hours=6), {"VALUE": "DURATION"})
    for name in sorted({zone.key for event in events if (zone := _zone_used(event))}):
        whole.add_component(_described(name))
    for event in events:
        whole.add_component(_event(event))
    return bytes(whole.to_ical())


def _event(card: Card) -> Event:
    event = Event()
    event.add("uid", str(uuid5(NAMES, card["ref"])))
    event.add("dtstamp", time_of(card["updated_at"]))
    event.add("last-modified", time_of(card["updated_at"]))
    start, end = _when(card)
    event.add("dtstart", start)
    if end is not None:
        event.add("dtend", end)
    words = {"summary": card["title"], "description": card["summary"], "location": card["place"]}
    for name, text in words.items():
        if text:
            event.add(name, vText(text, params={"LANGUAGE": card["locale"]}))
    event.add("url", iri_to_uri(card["url"]))
    if card["online"]:
        event.add("conference", card["online"], {"VALUE": "URI", "LABEL": card["title"]})
    event.add("categories", [coded["label"] for coded in (card["kind"], *card["countries"], *card["themes"])])
    if not isinstance(start, datetime):
        event.add("transp", "TRANSPARENT")
    return event


def _when(card: Card) -> tuple[Any, Any]:
    """Start and end: moments in their time zone, or whole days where no time of day is public."""
    if not card["start"]:
        return _days(card["date"])
    start = _local(card["start"], card)
    if _has_no_time(card):
        return start.date(), start.date() + timedelta(days=1)
    return start, _local(card["end"], card) if card["end"] else None


def _has_no_time(card: Card) -> bool:
    """Whether only the day of an event is known: it begins with the day, and nobody has said when it ends."""
    start = _local(card["start"], card)
    return not card["end"] and (start.hour, start.minute) == (0, 0)


def _days(text: str) -> tuple[date, date]:
    """The days that a partial date can mean, the last one excluded: no finer than it is public (safety rule 7)."""
    year, month, day = ([int(part) for part in text.split("-")] + [0, 0])[:3]
    first = date(year, month or 1, day or 1)
    if day:
        return first, first + timedelta(days=1)
    beyond = min(first, date(9998, 1, 1)) + timedelta(days=31 if month else 366)
    return first, beyond.replace(day=1)


def _local(text: str, card: Card) -> datetime:
    return time_of(text).astimezone(ZoneInfo(card["time_zone"] or "UTC"))


def _zone_used(card: Card) -> ZoneInfo | None:
    if not card["start"] or _has_no_time(card) or card["time_zone"] in {"", "UTC"}:
        return None
    return ZoneInfo(card["time_zone"])


@lru_cache(maxsize=256)
def _described(name: str) -> Timezone:
    """A time zone's rules, for whoever knows it by no name; 40 ms to make (icalendar 7.3.0)."""
    return Timezone.from_tzid(name)
