"""What a type of content hands to the register: a thing, and its versions in each language.

Facts live once, on the `Thing`; words live on each `Version`. The register adds what follows from them (regions,
ancestors of themes, the year, labels of codes), so that no type has to know how it is found.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from federation.options import BASE_MARK

__all__ = ["BASE_MARK", "Precision", "Thing", "Version"]

Precision = Literal["day", "month", "year"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """A thing in one language. `path` is its public address from the root ("/en/cases/7k2.../")."""

    locale: str
    title: str
    path: str
    original: bool
    published_at: datetime
    updated_at: datetime
    # {"code", "label"} in this language; the label is the chapter's name.
    owner: dict[str, Any]
    co_publishers: list[dict[str, Any]] = field(default_factory=list)
    summary: str = ""
    # Plain text of the body, for search. Title and summary are not repeated in it.
    text: str = ""
    # What it is called by besides its title: a symbol. Whoever types it whole is led to the thing first.
    names: tuple[str, ...] = ()
    image: dict[str, Any] | None = None
    # Further keys of the list row, and of the detail, as the type's schemas declare them: plain JSON values.
    card: dict[str, Any] = field(default_factory=dict)
    document: dict[str, Any] = field(default_factory=dict)
    # Names in the media storage that become reachable with this version.
    files: tuple[str, ...] = ()
    # Refs of other things whose title or address stands in `document`.
    references: tuple[str, ...] = ()
    visible_from: datetime | None = None
    visible_until: datetime | None = None
    # What of the row this was made from (`search.publication.basis_of`): tells an unchanged row at a glance.
    basis: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    """A case, a statement, an article ... with every language in which it may be public."""

    type: str
    ref: str
    kind: str
    date: date
    versions: tuple[Version, ...]
    # Owner's code; every code found under `chapter=`: owner, co-publishers and all their ancestors.
    owner: str
    chapters: tuple[str, ...]
    co_publishers: tuple[str, ...] = ()
    translation_key: UUID | None = None
    date_precision: Precision = "day"
    countries: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    # Names by which it is found too, by language: of its chapters. Labels of kind, countries and themes are added.
    labels: dict[str, tuple[str, ...]] = field(default_factory=dict)
    # Of events only.
    start: datetime | None = None
    end: datetime | None = None
    # Further facets that the type declares: name -> values.
    facets: dict[str, tuple[str, ...]] = field(default_factory=dict)
