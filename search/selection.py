"""What a query finds: the positions of its things in a snapshot, each thing once."""

from datetime import date, timedelta

from .models import Entry
from .query import ListQuery
from .snapshot import Snapshot, bits_of, key_of

# "New" is what is listed under the last seven days, both ends counted: as_of - 7 days up to and including as_of.
NEW_DAYS = timedelta(days=7)
# Of so many searches a snapshot remembers what they found.
MOST_WORDS = 64


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
        selected &= with_words(query.words, snapshot)
    return selected


def chosen(query: ListQuery, snapshot: Snapshot) -> int:
    """One row of each thing: in the first language asked for that it has; in its original without any asked for."""
    if not query.languages:
        return snapshot.having("lead", "")
    selected = covered = 0
    for language in query.languages:
        if language == "*":
            return selected | (snapshot.having("lead", "") & ~covered)
        selected |= snapshot.having("locale", language) & ~covered
        covered |= snapshot.having("has", language)
    return selected


def new(query: ListQuery, snapshot: Snapshot) -> int:
    """Positions of what is new on the day that the query counts from."""
    first = max(date.min.toordinal(), query.as_of.toordinal() - NEW_DAYS.days)
    return snapshot.dated(date.fromordinal(first), query.as_of)


def with_words(words: tuple[str, ...], snapshot: Snapshot) -> int:
    """Rows whose text has every word; one query, however many facets of one list ask for it."""
    if words not in snapshot.found:
        while len(snapshot.found) >= MOST_WORDS:
            snapshot.found.pop(next(iter(snapshot.found)), None)
        snapshot.found[words] = _rows_with(words, snapshot)
    return snapshot.found[words]


def _rows_with(words: tuple[str, ...], snapshot: Snapshot) -> int:
    entries = Entry.objects.public()
    for word in words:
        entries = entries.filter(haystack__contains=word)
    found = (snapshot.position(key_of(day, pk)) for pk, day in entries.values_list("pk", "date"))
    return bits_of((position for position in found if position is not None), len(snapshot.keys))
