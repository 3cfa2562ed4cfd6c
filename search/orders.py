"""Orders of a list, and the cutting of one page out of it: by offset, or from the item a cursor names."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple, Protocol

from django.utils import timezone

from .analysis import fold
from .query import ListQuery
from .snapshot import Key, Row, Snapshot, SortKey, marks_of, positions_of

# So much of a title decides where it stands; a cursor carries it.
TITLE = 80
# Seconds, later than any date: what is over is counted down from here.
FAR = 1e12


class Slice(NamedTuple):
    """One page: keys of its rows in order, and whether there is more on either side."""

    keys: list[Key]
    before: bool
    after: bool


class Order(Protocol):
    """A way to put found rows one after another."""

    def cut(self, query: ListQuery, snapshot: Snapshot, selected: int) -> Slice:
        """The page that the query asks for."""

    def cursor_key(self, row: Row) -> tuple[Any, ...]:
        """What a cursor says of the row it stands at."""


@dataclass(frozen=True, slots=True)
class _ByDate:
    """The listing order itself, or backwards: pages are cut out of the bits, no row is touched."""

    backwards: bool

    def cursor_key(self, row: Row) -> tuple[Any, ...]:
        return row.key

    def cut(self, query: ListQuery, snapshot: Snapshot, selected: int) -> Slice:
        size = len(snapshot.keys)
        marks = marks_of(selected, size)
        marks = marks[::-1] if self.backwards else marks
        start = self._start(query, snapshot, marks)
        if query.cursor and query.cursor.backwards:
            places = _last_ones(marks, start, query.limit)
        else:
            places = _first_ones(marks, start, query.limit)
        if not places:
            return Slice([], "1" in marks[:start], False)
        keys = [snapshot.keys[size - 1 - place if self.backwards else place] for place in places]
        return Slice(keys, marks.find("1", 0, places[0]) >= 0, marks.find("1", places[-1] + 1) >= 0)

    def _start(self, query: ListQuery, snapshot: Snapshot, marks: str) -> int:
        """Where reading begins: the place from which to read on, or up to which to read backwards."""
        if query.cursor is None:
            return _place_of_one(marks, query.offset)
        key: Any = query.cursor.key
        # Reading on begins behind the item itself, whichever way the order runs; reading back ends before it.
        behind = query.cursor.backwards == self.backwards
        place = bisect_right(snapshot.keys, key) if behind else bisect_left(snapshot.keys, key)
        return len(snapshot.keys) - place if self.backwards else place


def _place_of_one(marks: str, number: int) -> int:
    """The place of the `number`th "1", counted from 0; the end when there are not so many. Found by halving."""
    low, high = 0, len(marks)
    while low < high:
        middle = (low + high) // 2
        ones = marks.count("1", low, middle + 1)
        if ones <= number:
            number -= ones
            low = middle + 1
        else:
            high = middle
    return low


def _first_ones(marks: str, start: int, most: int) -> list[int]:
    places: list[int] = []
    place = marks.find("1", start)
    while place >= 0 and len(places) < most:
        places.append(place)
        place = marks.find("1", place + 1)
    return places


def _last_ones(marks: str, end: int, most: int) -> list[int]:
    places: list[int] = []
    place = marks.rfind("1", 0, end)
    while place >= 0 and len(places) < most:
        places.append(place)
        place = marks.rfind("1", 0, place)
    return places[::-1]


@dataclass(frozen=True, slots=True)
class _BySort:
    """Any other order: found rows in the order of a key, ascending or backwards."""

    sort_key: SortKey
    backwards: bool = False

    def cursor_key(self, row: Row) -> tuple[Any, ...]:
        return self.sort_key(row)

    def cut(self, query: ListQuery, snapshot: Snapshot, selected: int) -> Slice:
        found = _in_order(snapshot, selected, self.sort_key)
        before = behind = 0
        if query.cursor:
            before, behind = _around(found, snapshot, self.sort_key, query.cursor.key)
        if self.backwards:
            found.reverse()
            before, behind = len(found) - behind, len(found) - before
        return _window(query, snapshot, found, before, behind)


class _Coming:
    """What has not ended yet, soonest first; then what is over, latest first."""

    def cursor_key(self, row: Row) -> tuple[Any, ...]:
        return _coming(row, timezone.now())

    def cut(self, query: ListQuery, snapshot: Snapshot, selected: int) -> Slice:
        now = timezone.now()
        by_start = _in_order(snapshot, selected, _start)
        coming: list[int] = []
        over: list[int] = []
        for place in by_start:
            (over if is_over(snapshot.row(place), now) else coming).append(place)
        found = coming + over[::-1]
        before = behind = 0
        if query.cursor:
            before, behind = _around(found, snapshot, lambda row: _coming(row, now), query.cursor.key)
        return _window(query, snapshot, found, before, behind)


def _in_order(snapshot: Snapshot, selected: int, sort_key: SortKey) -> list[int]:
    marks = marks_of(selected, len(snapshot.keys))
    if selected.bit_count() * 10 < len(marks):
        return sorted(positions_of(selected), key=lambda place: sort_key(snapshot.row(place)))
    return [place for place in snapshot.sorted_by(sort_key) if marks[place] == "1"]


def _around(found: Sequence[int], snapshot: Snapshot, sort_key: SortKey, key: Any) -> tuple[int, int]:
    """How many come before the item of a cursor, and how many up to and with it: it may have gone meanwhile."""

    def key_at(place: int) -> tuple[Any, int]:
        return sort_key(snapshot.row(place))

    return bisect_left(found, key, key=key_at), bisect_right(found, key, key=key_at)


def _window(query: ListQuery, snapshot: Snapshot, found: Sequence[int], before: int, behind: int) -> Slice:
    if query.cursor is None:
        start, end = query.offset, query.offset + query.limit
    elif query.cursor.backwards:
        start, end = max(0, before - query.limit), before
    else:
        start, end = behind, behind + query.limit
    keys = [snapshot.keys[place] for place in found[start:end]]
    return Slice(keys, min(start, len(found)) > 0, end < len(found))


def is_over(row: Row, now: datetime) -> bool:
    """Whether an event has ended; what has no end ends as it starts, what has no start is over."""
    end = row.end or row.start
    return end is None or end < now


def last_end(snapshot: Snapshot, bits: int) -> datetime | None:
    """When the last of these rows that are over ended."""
    now = timezone.now()
    rows = (snapshot.row(position) for position in positions_of(bits))
    return max((row.end or row.start for row in rows if row.start and is_over(row, now)), default=None)


def _start(row: Row) -> tuple[float, int]:
    return row.start.timestamp() if row.start else 0.0, row.pk


def _coming(row: Row, now: datetime) -> tuple[float, int]:
    """Ascending in the order of what is coming: after every start that is to come follow those that are over."""
    start, pk = _start(row)
    return (FAR - start, -pk) if is_over(row, now) else (start, pk)


def _updated(row: Row) -> tuple[float, int]:
    return row.updated_at.timestamp(), row.pk


def _title(row: Row) -> tuple[str, int]:
    return fold(row.title)[:TITLE], row.pk


ORDERS: dict[str, Order] = {
    "-date": _ByDate(backwards=False),
    "date": _ByDate(backwards=True),
    "-updated_at": _BySort(_updated, backwards=True),
    "updated_at": _BySort(_updated),
    "title": _BySort(_title),
    "-title": _BySort(_title, backwards=True),
    "coming": _Coming(),
    "start": _BySort(_start),
    "-start": _BySort(_start, backwards=True),
}
