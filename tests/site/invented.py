"""Invented things of the site's own types, in any number, straight into the register; one seed, the same things."""

from dataclasses import replace
from random import Random
from typing import Any

from search.documents import moment
from search.things import Thing
from tests.search.generated import thing

KINDS = {
    "statement": ("statement", "open-letter", "press-release", "report"),
    "case": ("case",),
    "article": ("news", "interview"),
    "event": ("event", "hearing"),
}


def published(count: int, *, seed: int = 1, **given: Any) -> list[Thing]:
    """Statements, cases, articles and events of every shape a list must get right."""
    return [_published(number, seed, given) for number in range(count)]


def _published(number: int, seed: int, given: dict[str, Any]) -> Thing:
    draw = Random(f"{seed}.{number}")
    type_name = "event" if number % 5 == 0 else draw.choice(("statement", "case", "article"))
    one = thing(number, seed=seed, kind=draw.choice(KINDS[type_name]), **given)
    card = {}
    if type_name == "event":
        card = {
            "start": one.start and moment(one.start),
            "end": one.end and moment(one.end),
            "time_zone": draw.choice(("UTC", "Africa/Tunis", "Europe/Paris")),
            "place": draw.choice(("", "Tunis")),
            "online": draw.choice(("", "https://meet.example.org/")),
        }
    return replace(one, type=type_name, versions=tuple(replace(version, card=card) for version in one.versions))
