"""What a query finds: the positions of its things in a snapshot, each thing once."""

from collections.abc import Sequence
from datetime import date, timedelta

from .matches import matches
from .query import ListQuery
from .snapshot import Snapshot, union

# "New" is what is listed under the last seven days, both ends counted: as_of - 7 days up to and including as_of.
NEW_DAYS = timedelta(days=7)


def selection(query: ListQuery, snapshot: Snapshot, *, but: str = "") -> int:
    """Positions of the things that a query finds, each once; `but` leaves one filter out (a facet's own)."""
    return filtered(query, snapshot, but=but) & chosen(query, snapshot)


def filtered(query: ListQuery, snapshot: Snapshot, *, but: str = "") -> int:
    """Positions that pass the filters, in whatever language."""
    selected = snapshot.having("type", query.type) if query.type else snapshot.everything
    for name, values in query.filters.items():
        if name != but:
            selected &= snapshot.having_any(name, values)
    if query.date_from or query.date_to:
        selected &= snapshot.dated(query.date_from, query.date_to)
    if query.only_new:
        selected &= new(query, snapshot)
    if query.words:
        selected &= matches(query.words, snapshot).everything
    return selected


def chosen(query: ListQuery, snapshot: Snapshot) -> int:
    """One row of each thing: in the first language asked for that it has; in its original without any asked for."""
    return union(chosen_by_language(query.languages, snapshot))


def chosen_by_language(languages: Sequence[str], snapshot: Snapshot) -> list[int]:
    """The same for each language of the chain by itself: what is shown in the first, in the next, ..., in any."""
    selected: list[int] = []
    covered = 0
    for language in languages or ("*",):
        if language == "*":
            return [*selected, snapshot.having("lead", "") & ~covered]
        selected.append(snapshot.having("locale", language) & ~covered)
        covered |= snapshot.having("has", language)
    return selected


def new(query: ListQuery, snapshot: Snapshot) -> int:
    """Positions of what is new on the day that the query counts from."""
    first = max(date.min.toordinal(), query.as_of.toordinal() - NEW_DAYS.days)
    return snapshot.dated(date.fromordinal(first), query.as_of)
