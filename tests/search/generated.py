"""Invented things in any number, of every shape a list must get right; the same seed gives the same things."""

from collections.abc import Collection, Iterable
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

from ninja import Schema

from search.things import Thing, Version
from search.types import ContentType

FIRST_DAY = date(2012, 1, 1)
DAYS = 4 * 365
LANGUAGES = ("en", "fr", "ar", "ru")
COUNTRIES = ("TN", "MR", "MA", "FR", "KR", "CD")
THEMES = ("torture", "press-freedom", "freedom-of-association")
KINDS = ("statement", "open-letter", "press-release", "report", "news")
# Owner -> every code found under `chapter=`.
CHAPTERS = {
    "tn": ("tn", "maghreb", "mena", "world"),
    "mr": ("mr", "maghreb", "mena", "world"),
    "mena": ("mena", "world"),
    "fr": ("fr", "world"),
    "world": ("world",),
}
WORDS = ("court", "clinic", "água", "école", "союз", "حرية", "permit", "harbour", "union", "witness")


def ref_of(number: int) -> str:
    """The ref of the thing of this number."""
    return f"g{number:08}"


def things(count: int, *, seed: int = 1, paragraphs: int = 1) -> list[Thing]:
    """So many notes, every fifth a meeting."""
    return [thing(number, seed=seed, paragraphs=paragraphs) for number in range(count)]


def thing(number: int, *, seed: int = 1, paragraphs: int = 1, **given: Any) -> Thing:
    """The thing of this number; `given` facts instead of the invented ones."""
    random = Random(f"{seed}:{number}")
    meeting = number % 5 == 0
    precision = random.choice(("day", "day", "day", "month", "year"))
    day = FIRST_DAY + timedelta(days=random.randrange(DAYS))
    owner = random.choice(tuple(CHAPTERS))
    start = datetime(day.year, day.month, day.day, 9, tzinfo=UTC) + timedelta(days=random.randrange(9000))
    values: dict[str, Any] = {
        "kind": random.choice(KINDS),
        "date": {"day": day, "month": day.replace(day=1), "year": day.replace(month=1, day=1)}[precision],
        "date_precision": precision,
        "owner": owner,
        "chapters": CHAPTERS[owner],
        "countries": tuple(random.sample(COUNTRIES, random.choice((0, 1, 1, 1, 2, 3)))),
        "themes": tuple(random.sample(THEMES, random.choice((0, 1, 1, 2)))),
        "start": start if meeting else None,
        "end": start + timedelta(hours=2) if meeting else None,
        "versions": _versions(number, owner, day, random, paragraphs),
        **given,
    }
    return Thing(type="meeting" if meeting else "note", ref=ref_of(number), **values)


def _versions(number: int, owner: str, day: date, random: Random, paragraphs: int) -> tuple[Version, ...]:
    locales = random.sample(LANGUAGES, random.choice((1, 1, 1, 2, 3)))
    return tuple(
        version(number, locale, owner, day, random, original=locale == locales[0], paragraphs=paragraphs)
        for locale in locales
    )


def version(
    number: int,
    locale: str,
    owner: str,
    day: date,
    random: Random,
    *,
    original: bool,
    paragraphs: int = 1,
    **given: Any,
) -> Version:
    """One language of a thing."""
    at = datetime(day.year, day.month, day.day, 12, tzinfo=UTC) + timedelta(minutes=random.randrange(100_000))
    body = [" ".join(random.choices(WORDS, k=60)) for _ in range(paragraphs)]
    values: dict[str, Any] = {
        "title": f"{random.choice(WORDS).title()} and {random.choice(WORDS)}",
        "summary": " ".join(random.choices(WORDS, k=8)),
        "text": "\n".join(body),
        "path": f"/{locale}/notes/{ref_of(number)}/",
        "published_at": at,
        "updated_at": at,
        "owner": {"code": owner, "label": owner.title()},
        "document": {"body": [{"type": "paragraph", "html": f"<p>{text}</p>"} for text in body]},
        **given,
    }
    return Version(locale=locale, original=original, **values)


class NoteDocument(Schema):
    """What a note's detail adds."""

    body: list[dict[str, str]]


class Content:
    """The rows behind the types `note` and `meeting`: what stands in `all` ought to be public."""

    def __init__(self) -> None:
        """Nothing yet."""
        self.all: dict[str, Thing] = {}

    def hold(self, several: Iterable[Thing]) -> list[Thing]:
        """Add or replace things; hands them back, to be put."""
        held = list(several)
        self.all.update({one.ref: one for one in held})
        return held

    def types(self) -> list[ContentType]:
        """Both declarations; a meeting's own list begins with what is coming."""
        return [self._type("note", "notes", "-date"), self._type("meeting", "meetings", "coming")]

    def _type(self, name: str, plural: str, order: str) -> ContentType:
        def of_type(refs: Collection[str] | None) -> list[Thing]:
            return [t for t in self.all.values() if t.type == name and (refs is None or t.ref in refs)]

        return ContentType(
            name=name,
            plural=plural,
            label={"en": name.title()},
            label_plural={"en": plural.title()},
            models=list,
            things=of_type,
            refs=lambda: [one.ref for one in of_type(None)],
            document_schema=NoteDocument,
            order=order,
        )
