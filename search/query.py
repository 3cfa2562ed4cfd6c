"""What a list is asked for: its parameters, and the values that each of them takes."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date

from django.utils import timezone

from federation.vocabulary.labels import labels
from federation.vocabulary.models import NONE

from .cursors import Cursor, read_cursor
from .facets import GLOBAL
from .snapshot import Snapshot
from .strict import (
    BadParameter,
    Values,
    collected,
    day,
    flag,
    language_chain,
    members,
    no_such_value,
    number,
    one_of,
    words,
)
from .types import ContentType, declared
from .words import Words

__all__ = ["BadParameter", "ListQuery", "known_values", "parse"]

LIMIT, MOST = 20, 100
FURTHEST = 10_000_000

FILTERS = ("type", "kind", "chapter", "owner", "country", "region", "theme", "year")
SEVERAL = (*FILTERS, "locale", "fallback", "fields", "facets")
SINGLE = ("date_from", "date_to", "new", "as_of", "q", "order", "limit", "cursor", "offset")
ORDERS = ("-date", "date", "-updated_at", "updated_at", "title", "-title")
EVENT_ORDERS = ("coming", "start", "-start")
FACETS = (*FILTERS, "locale")
ENTRY_FIELDS = (
    *("ref", "type", "kind", "locale", "dir", "translations", "title", "summary", "date", "date_precision"),
    *("updated_at", "owner", "co_publishers", "countries", "themes", "image", "url", "api_url"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ListQuery:
    """A list, as it was asked for."""

    type: str | None = None
    filters: dict[str, tuple[str, ...]] = field(default_factory=dict)
    # Languages in the order of preference; "*" is any. Empty: each thing in its original language.
    languages: tuple[str, ...] = ()
    date_from: date | None = None
    date_to: date | None = None
    only_new: bool = False
    as_of: date = field(default_factory=lambda: timezone.now().date())
    words: Words = field(default_factory=Words)
    order: str = "-date"
    limit: int = LIMIT
    offset: int = 0
    cursor: Cursor | None = None
    fields: tuple[str, ...] = ()
    facets: tuple[str, ...] = ()
    # The parameters as given, without paging: what links to other pages repeat.
    given: tuple[tuple[str, str], ...] = ()


def parse(pairs: Iterable[tuple[str, str]], snapshot: Snapshot, *, type_name: str | None = None) -> ListQuery:
    """Read the parameters of a list. BadParameter for the first that is unknown, repeated or has no such value."""
    given = tuple(pairs)
    content_type = declared()[type_name] if type_name else None
    extra = tuple(content_type.facets) if content_type else ()
    values = collected(given, several=(*SEVERAL, *extra), single=SINGLE)
    default = content_type.order if content_type else "-date"
    order = one_of(values, "order", orders_of(content_type), default)
    return ListQuery(
        type=type_name,
        filters=_filters(values, (*FILTERS, *extra), snapshot, type_name),
        languages=language_chain(values),
        date_from=day(values, "date_from"),
        date_to=day(values, "date_to"),
        only_new=flag(values, "new"),
        as_of=day(values, "as_of") or timezone.now().date(),
        words=words(values, "q"),
        order=order,
        limit=number(values, "limit", LIMIT, least=1, most=MOST),
        offset=number(values, "offset", 0, least=0, most=FURTHEST),
        cursor=_cursor(values, order),
        fields=members(values, "fields", _fields_of(content_type)),
        facets=members(values, "facets", (*FACETS, *extra)),
        given=tuple(pair for pair in given if pair[0] not in {"cursor", "offset"}),
    )


def orders_of(content_type: ContentType | None) -> tuple[str, ...]:
    """Orders that a type's list can have; only what begins with the coming ones has starts to go by."""
    return (*ORDERS, *EVENT_ORDERS) if content_type and content_type.order == "coming" else ORDERS


def known_values(name: str, snapshot: Snapshot, type_name: str | None = None) -> Collection[str]:
    """Every value that a filter takes. Public values only: suggestions come from here."""
    if name == "type":
        return [type_name] if type_name else declared().keys()
    if name in {"chapter", "owner"}:
        return snapshot.chapters.keys() | snapshot.values(name).keys()
    if name == "country":
        return labels("country").keys() | {GLOBAL}
    if name in {"region", "theme"}:
        return labels(name).keys() | {NONE}
    if name == "kind":
        return labels(name).keys()
    if name == "year":
        return _Years()
    return snapshot.values(name).keys()


class _Years(frozenset[str]):
    """Any year of four digits."""

    def __contains__(self, value: object) -> bool:
        return isinstance(value, str) and len(value) == 4 and value.isascii() and value.isdigit() and value != "0000"


def _filters(
    values: Values, names: Iterable[str], snapshot: Snapshot, type_name: str | None
) -> dict[str, tuple[str, ...]]:
    filters = {}
    for name in names:
        if name in values:
            known = known_values(name, snapshot, type_name)
            filters[name] = tuple(dict.fromkeys(_known(name, value, known) for value in values[name]))
    return filters


def _known(name: str, value: str, known: Collection[str]) -> str:
    """The value itself; of a theme that was merged, the one that stands for it."""
    if value not in known:
        raise no_such_value(name, value, known)
    return labels("merged_theme").get(value, {}).get("into", value) if name == "theme" else value


def _cursor(values: Values, order: str) -> Cursor | None:
    if "cursor" not in values:
        return None
    if "offset" in values:
        raise BadParameter("offset", "Give a cursor or an offset, not both: a cursor already says where to go on.")
    cursor = read_cursor(values["cursor"][0])
    if cursor is None or cursor.order != order:
        raise BadParameter("cursor", "This cursor is none of ours or belongs to another order. Begin again without it.")
    return cursor


def _fields_of(content_type: ContentType | None) -> tuple[str, ...]:
    types = [content_type] if content_type else list(declared().values())
    return (*ENTRY_FIELDS, *(name for one in types for name in one.card_schema.model_fields))
