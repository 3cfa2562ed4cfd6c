"""What a list is asked for: parameters read strictly, each mistake named with what was probably meant."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import partial

from django.utils import timezone

from federation.vocabulary.labels import labels
from federation.vocabulary.languages import content_languages
from federation.vocabulary.names import nearest

from .cursors import Cursor, read_cursor
from .facets import GLOBAL
from .index import Snapshot
from .text import fold
from .types import declared

LIMIT, MOST = 20, 100
# How much of somebody's input an error repeats.
ECHO = 100

FILTERS = ("type", "kind", "chapter", "owner", "country", "region", "theme", "year")
SEVERAL = (*FILTERS, "locale", "fallback", "fields", "facets")
SINGLE = ("date_from", "date_to", "new", "as_of", "q", "order", "limit", "cursor", "offset")
ORDERS = ("-date", "date", "-updated_at", "updated_at", "title", "-title")
EVENT_ORDERS = ("coming", "start", "-start")
FACETS = (*FILTERS, "locale")
ENTRY_FIELDS = (
    *(
        "ref",
        "type",
        "kind",
        "locale",
        "dir",
        "translations",
        "title",
        "summary",
        "date",
        "date_precision",
        "updated_at",
    ),
    *("owner", "co_publishers", "countries", "themes", "image", "url", "api_url"),
)


class BadParameter(Exception):
    """A parameter that cannot be answered: which, why, and what was probably meant."""

    def __init__(self, name: str, detail: str, *, suggestion: str | None = None) -> None:
        """All three are sent to the client: no longer and no more than it may see."""
        super().__init__(detail)
        self.name, self.detail, self.suggestion = name[:ECHO], detail, suggestion


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
    words: tuple[str, ...] = ()
    order: str = "-date"
    limit: int = LIMIT
    offset: int = 0
    cursor: Cursor | None = None
    fields: tuple[str, ...] = ()
    facets: tuple[str, ...] = ()
    # The parameters as given, without paging: what links to other pages repeat.
    given: tuple[tuple[str, str], ...] = ()


def echoed(text: str) -> str:
    """Somebody's input, safe to repeat: no control characters, not too long."""
    return "".join(sign for sign in text if sign.isprintable())[:ECHO]


def parse(pairs: Iterable[tuple[str, str]], snapshot: Snapshot, *, type_name: str | None = None) -> ListQuery:
    """Read the parameters of a list. BadParameter for the first that is unknown, repeated or has no such value."""
    given = tuple(pairs)
    extra = tuple(declared()[type_name].facets) if type_name else ()
    several, single = (*SEVERAL, *extra), SINGLE
    values = _collected(given, several, single)
    names = (*FILTERS, *extra)
    content_type = declared()[type_name] if type_name else None
    order = _order(
        values, content_type.order if content_type else "-date", bool(content_type and content_type.order == "coming")
    )
    query = ListQuery(
        type=type_name,
        filters={name: _known(name, values[name], snapshot) for name in names if name in values},
        languages=_languages(values),
        date_from=_day(values, "date_from"),
        date_to=_day(values, "date_to"),
        only_new=_flag(values, "new"),
        as_of=_day(values, "as_of") or timezone.now().date(),
        words=tuple(fold(values["q"][0][:1000].replace("\0", " ")).split()[:20]) if "q" in values else (),
        order=order,
        limit=_number(values, "limit", LIMIT, least=1, most=MOST),
        offset=_number(values, "offset", 0, least=0, most=10_000_000),
        cursor=_cursor(values, order),
        fields=_members("fields", values, _fields_of(type_name)),
        facets=_members("facets", values, (*FACETS, *extra)),
        given=tuple(pair for pair in given if pair[0] not in {"cursor", "offset"}),
    )
    if query.cursor and "offset" in values:
        raise BadParameter("offset", "Give a cursor or an offset, not both: a cursor already says where to go on.")
    return query


def _collected(
    given: tuple[tuple[str, str], ...], several: Collection[str], single: Collection[str]
) -> dict[str, list[str]]:
    values: dict[str, list[str]] = {}
    for name, value in given:
        if name not in several and name not in single:
            near = nearest(name, [*several, *single])
            hint = f" Did you mean {near!r}?" if near else f" Parameters: {', '.join(sorted([*several, *single]))}."
            raise BadParameter(name, f"There is no parameter '{echoed(name)}'.{hint}", suggestion=near)
        if name in single and name in values:
            raise BadParameter(name, f"'{name}' can be given once only.")
        values.setdefault(name, []).append(value)
    return values


def _known(name: str, values: list[str], snapshot: Snapshot) -> tuple[str, ...]:
    known = known_values(name, snapshot)
    found = []
    for value in values:
        if value not in known:
            raise _no_such_value(name, value, known)
        found.append(labels("merged_theme").get(value, {}).get("into", value) if name == "theme" else value)
    return tuple(dict.fromkeys(found))


def known_values(name: str, snapshot: Snapshot) -> Collection[str]:
    """Every value that a filter takes. Public values only: suggestions come from here."""
    if name == "type":
        return declared().keys()
    if name in {"chapter", "owner"}:
        return snapshot.chapters.keys() | snapshot.values(name).keys()
    if name == "country":
        return labels("country").keys() | {GLOBAL}
    if name in {"kind", "region", "theme"}:
        return labels(name).keys()
    if name == "year":
        return _Years()
    return snapshot.values(name).keys()


class _Years(frozenset[str]):
    """Any year of four digits."""

    def __contains__(self, value: object) -> bool:
        return isinstance(value, str) and len(value) == 4 and value.isascii() and value.isdigit() and value != "0000"


def _no_such_value(name: str, value: str, known: Collection[str]) -> BadParameter:
    near = nearest(value, list(known)) or nearest(value.upper(), list(known))
    hint = f" Did you mean '{near}'?" if near else ""
    return BadParameter(name, f"'{name}' has no value '{echoed(value)}'.{hint}", suggestion=near)


def _languages(values: dict[str, list[str]]) -> tuple[str, ...]:
    codes = content_languages()
    chain = []
    for name, also in (("locale", ()), ("fallback", ("*",))):
        for value in values.get(name, []):
            if value not in codes and value not in also:
                raise _no_such_value(name, value, [*codes, *also])
            chain.append(value)
    return tuple(dict.fromkeys(chain))


language_chain = _languages


def _day(values: dict[str, list[str]], name: str) -> date | None:
    if name not in values:
        return None
    text = values[name][0]
    try:
        if len(text) != 10:
            raise ValueError
        return date.fromisoformat(text)
    except ValueError:
        raise BadParameter(name, f"'{name}' is a day written as 2026-02-28; '{echoed(text)}' is none.") from None


def _flag(values: dict[str, list[str]], name: str) -> bool:
    text = values.get(name, ["false"])[0]
    if text not in {"true", "false"}:
        raise BadParameter(name, f"'{name}' is true or false, not '{echoed(text)}'.")
    return text == "true"


def _number(values: dict[str, list[str]], name: str, otherwise: int, *, least: int, most: int) -> int:
    if name not in values:
        return otherwise
    text = values[name][0]
    if not (text.isascii() and text.isdigit() and len(text) < 9 and least <= int(text) <= most):
        raise BadParameter(name, f"'{name}' is a whole number from {least} to {most}, not '{echoed(text)}'.")
    return int(text)


def _order(values: dict[str, list[str]], otherwise: str, for_events: bool) -> str:
    orders = (*ORDERS, *EVENT_ORDERS) if for_events else ORDERS
    text = values.get("order", [otherwise])[0]
    if text not in orders:
        raise _no_such_value("order", text, orders)
    return text


def _cursor(values: dict[str, list[str]], order: str) -> Cursor | None:
    if "cursor" not in values:
        return None
    cursor = read_cursor(values["cursor"][0])
    if cursor is None or cursor.order != order:
        raise BadParameter("cursor", "This cursor is none of ours or belongs to another order. Begin again without it.")
    return cursor


def _members(name: str, values: dict[str, list[str]], known: Collection[str]) -> tuple[str, ...]:
    """Names of fields and facets; they have no comma in them, so that one may separate them."""
    asked = [part.strip() for value in values.get(name, []) for part in value.split(",") if part.strip()]
    for part in asked:
        if part not in known:
            raise _no_such_value(name, part, known)
    return tuple(dict.fromkeys(asked))


def _fields_of(type_name: str | None) -> tuple[str, ...]:
    types = [declared()[type_name]] if type_name else declared().values()
    return (*ENTRY_FIELDS, *(name for content_type in types for name in content_type.card_schema.model_fields))


members = partial(_members)
collected = _collected
