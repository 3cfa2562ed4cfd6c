"""How a type of content joins the register: it declares itself, once, in its own app's `ready()`."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model
from ninja import Schema

from .things import Thing

_declared: dict[str, "ContentType"] = {}


class NoFurtherFields(Schema):
    """What a type adds to the common fields when it adds nothing."""


@dataclass(frozen=True, kw_only=True)
class ContentType:
    """Everything the register and its readers must know of one type."""

    # "case", and "cases" in addresses of the API.
    name: str
    plural: str
    # What one and several are called, by language.
    label: dict[str, str]
    label_plural: dict[str, str]
    models: Callable[[], list[type[Model]]]
    # What ought to be public of these refs (None: of all), and only that; words from the live revision.
    things: Callable[[Collection[str] | None], Iterable[Thing]]
    # Refs of all that ought to be public, without building it.
    refs: Callable[[], Iterable[str]]
    # Fields that the list row and the detail have beyond the common ones.
    card_schema: type[Schema] = NoFurtherFields
    document_schema: type[Schema] = NoFurtherFields
    # Order of its own list: "-date", or "coming" for what has a start and an end.
    order: str = "-date"
    # Whether the API has a list and a detail of this type alone; else it is read through `entries/`.
    routed: bool = True
    # Facets beyond the common ones: name -> label.
    facets: dict[str, Any] = field(default_factory=dict)


def declare(content_type: ContentType) -> None:
    """Add a type. ValueError when its name or plural is taken by another."""
    for other in _declared.values():
        if other.name != content_type.name and other.plural == content_type.plural:
            raise ValueError(f"The plural {content_type.plural!r} belongs to the type {other.name!r} already.")
    _declared[content_type.name] = content_type


def declared() -> dict[str, ContentType]:
    """All types by name, in the order in which they were declared."""
    return dict(_declared)


def type_named(name: str) -> ContentType:
    """One type. KeyError when nothing of that name has been declared."""
    return _declared[name]
