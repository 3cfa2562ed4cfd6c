"""What every engine is asked and what it answers."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple, Protocol

from ..query import ListQuery
from ..words import Words

Order = Literal["relevance", "-date", "date"]


class Segment(NamedTuple):
    """A piece of text, and whether it is what was looked for. Plain text: whoever shows it escapes it."""

    text: str
    marked: bool


Segments = tuple[Segment, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchQuery:
    """A search, as it was asked for."""

    words: Words = field(default_factory=Words)
    # Filters, languages, facets, limit and offset, exactly as lists have them; its own order and `q` are not used.
    list: ListQuery = field(default_factory=ListQuery)
    # The reader's language: without languages in the list a thing is shown in it if it has it, else in its original.
    locale: str = "en"
    order: Order = "relevance"

    @property
    def languages(self) -> tuple[str, ...]:
        """Languages to show things in, in the order of preference; "*" is any. Never empty."""
        return self.list.languages or (self.locale, "*")


class Language(NamedTuple):
    """A language that a thing has, with its title and address in it; BASE_MARK stands for scheme and host."""

    locale: str
    title: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A thing that was found, in the best of its languages for the reader."""

    ref: str
    locale: str
    dir: str
    title: Segments
    # A passage with the words, where there is one: of the summary or the text, in this or another of its languages.
    excerpt: Segments
    excerpt_locale: str
    excerpt_dir: str
    # Its other public languages.
    languages: tuple[Language, ...]
    # The row of a list, as JSON; BASE_MARK stands for scheme and host.
    card: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """An answer: how many things there are, one page of them, and the facets that were asked for."""

    count: int
    hits: list[Hit]
    # As `search.counts.facet` has them, by name.
    facets: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    # Another engine than the configured one answered.
    degraded: bool = False


@dataclass(frozen=True, slots=True)
class Health:
    """How an engine is, as anybody may know it."""

    engine: str
    # Another one has to answer for it.
    degraded: bool = False
    # How far its index is behind the register.
    changes_behind: int = 0
    seconds_behind: float = 0.0


class Difference(NamedTuple):
    """A thing that an index has not, should not have, or has in another state: `missing`, `surplus` or `outdated`."""

    ref: str
    what: str


class Trouble(Exception):
    """Something that an operator can do something about, in a sentence."""


# Told how many more things have been dealt with.
Progress = Callable[[int], object]


class Engine(Protocol):
    """Something that finds, and is looked after."""

    name: str

    def search(self, query: SearchQuery) -> Found:
        """What is public at this moment and has all the words: each thing once."""

    def health(self) -> Health:
        """How it is; quick, and nothing secret."""

    def status(self) -> dict[str, str]:
        """Facts for operators, by name."""

    def total(self) -> int:
        """How many things there are to index or to compare."""

    def rebuild(self, progress: Progress) -> int:
        """Index everything anew while readers read and editors publish; how many things."""

    def verify(self, progress: Progress) -> list[Difference]:
        """Compare every thing with the register; what differs."""

    def follow_while(self, going_on: Callable[[], bool]) -> None:
        """Stay in step with the register as long as it says so; returns at once where nothing can be behind."""
