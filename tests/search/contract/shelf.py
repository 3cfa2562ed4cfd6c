"""Things put on a shelf, to be looked for: the register, an engine that follows it, and questions in few words."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any

from search import index, register
from search.engines import Engine, Found, Hit, SearchQuery, Segments
from search.engines.elasticsearch.following import follow
from search.query import parse
from search.things import Thing, Version
from search.words import read
from tests.search.generated import Content

DAY = date(2015, 11, 24)


def version(ref: str, locale: str, words: str | dict[str, Any], *, original: bool, day: date) -> Version:
    """One language of a note: its title alone, or title, summary, text and whatever else a `Version` has."""
    given: dict[str, Any] = {"title": words} if isinstance(words, str) else words
    at = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    values: dict[str, Any] = {
        "path": f"/{locale}/notes/{ref}/",
        "published_at": at,
        "updated_at": at,
        "owner": {"code": "tn", "label": "Tunisia"},
        "document": {"body": []},
        **given,
    }
    return Version(locale=locale, original=original, **values)


def note(ref: str, versions: dict[str, str | dict[str, Any]], **facts: Any) -> Thing:
    """A note, by default of 24 November 2015 by the Tunisian chapter, about no country; first comes the original.

    `note("aa22", {"fr": "La torture", "ar": {"title": ..., "text": ...}}, countries=("TN",))`.
    """
    day = facts.get("date", DAY)
    values: dict[str, Any] = {
        "kind": "statement",
        "date": day,
        "owner": "tn",
        "chapters": ("tn", "maghreb", "mena", "world"),
        **facts,
    }
    said = [
        version(ref, locale, words, original=number == 0, day=day)
        for number, (locale, words) in enumerate(versions.items())
    ]
    return Thing(type="note", ref=ref, versions=tuple(said), **values)


class Shelf:
    """What is public in one test, and the engine that is asked about it."""

    def __init__(self, engine: Engine, content: Content) -> None:
        """`content` is what ought to be public: the declared types `note` and `meeting` read it."""
        self.engine, self.content = engine, content

    def settle(self) -> None:
        """Let the engine follow what has changed. The database engines have nothing to do: they are never behind."""

    def put(self, *things: Thing) -> None:
        """Make things public."""
        register.put(self.content.hold(things))
        self.settle()

    def withdraw(self, *refs: str, settle: bool = True) -> None:
        """Take things out of everything public; `settle=False` leaves the engine behind."""
        for ref in refs:
            register.withdraw(self.content.all.pop(ref).type, [ref])
        if settle:
            self.settle()

    def search(
        self, words: str = "", *, pairs: Iterable[tuple[str, str]] = (), locale: str = "en", order: Any = "relevance"
    ) -> Found:
        """Ask; `pairs` are the parameters that lists have."""
        asked = parse(pairs, index.current())
        return self.engine.search(SearchQuery(words=read(words), list=asked, locale=locale, order=order))

    def refs(self, words: str = "", **asked: Any) -> list[str]:
        """Refs of what is found, in order; the count agrees."""
        found = self.search(words, **asked)
        if "pairs" not in asked:
            assert found.count == len(found.hits), found
        return [hit.ref for hit in found.hits]

    def hit(self, words: str, **asked: Any) -> Hit:
        """The only thing that is found."""
        (hit,) = self.search(words, **asked).hits
        return hit


class FollowedShelf(Shelf):
    """A shelf whose engine follows the log. It answers by itself: the database never stands in."""

    def __init__(self, engine: Engine, content: Content) -> None:
        """Nothing is public yet, and the index knows it."""
        super().__init__(engine, content)
        self.settle()

    def settle(self) -> None:
        """Let the index catch up."""
        while follow():
            pass

    def search(self, words: str = "", **asked: Any) -> Found:
        """Ask the engine itself."""
        found = super().search(words, **asked)
        assert not found.degraded
        return found


def shown(segments: Segments) -> str:
    """Segments as a person reads them: what is marked stands in brackets."""
    return "".join(f"[{segment.text}]" if segment.marked else segment.text for segment in segments)
