"""The rows that are public at one moment, numbered in listing order, and one integer of bits per facet value.

Bit p of a facet value says whether row p has it: filters are `&` and `|`, counts are `bit_count`, and for a page no row
is touched but its own twenty.
"""

from bisect import bisect_left, bisect_right, insort
from collections.abc import Callable, Iterable, Iterator, Sized
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple

from django.utils import timezone

# A set of less than one in so many positions is few.
FEW_OF = 40

Key = tuple[int, int]
Facet = tuple[str, str]


class Row(NamedTuple):
    """What of an entry is needed to order and to name it."""

    pk: int
    ref: str
    locale: str
    original: bool
    type: str
    date: date
    precision: str
    updated_at: datetime
    title: str
    start: datetime | None
    end: datetime | None

    @property
    def key(self) -> Key:
        """Its place in the listing: newest date first, of one day the newest entry first."""
        return key_of(self.date, self.pk)


def key_of(day: date, pk: int) -> Key:
    """The key of a row of this date and primary key."""
    return -day.toordinal(), -pk


class Languages(NamedTuple):
    """Of things with several rows: the first row's position for each other's, and those others' for the first's."""

    first_of: dict[int, int]
    rest_of: dict[int, list[int]]


SortKey = Callable[[Row], tuple[Any, int]]


@dataclass(slots=True)
class Snapshot:
    """The visible rows at one moment. Once it is the current one nothing is changed in it, orders are only added."""

    sequence: int = -1
    changed_at: datetime | None = None
    # Up to when moments of visibility were looked at; the last one before, the next one after.
    looked_at: datetime = field(default_factory=timezone.now)
    passed: datetime | None = None
    boundary: datetime | None = None
    # Of each thing: the moments at which a row of it begins or ceases to be visible.
    moments: dict[str, tuple[datetime, ...]] = field(default_factory=dict)
    keys: list[Key] = field(default_factory=list)
    rows: dict[Key, Row] = field(default_factory=dict)
    by_ref: dict[str, tuple[Key, ...]] = field(default_factory=dict)
    bits: dict[Facet, int] = field(default_factory=dict)
    # Names of public chapters by language; "" is the original.
    chapters: dict[str, dict[str, str]] = field(default_factory=dict)
    # Keys in another order than the listing's, by the function that orders them; made when first asked for.
    orders: dict[SortKey, list[Key]] = field(default_factory=dict)
    places: dict[SortKey, list[int]] = field(default_factory=dict)
    # Positions that the last few searches for words have found.
    found: dict[Any, Any] = field(default_factory=dict)
    _numbers: "Numbers | None" = None
    _languages: "Languages | None" = None

    @property
    def everything(self) -> int:
        """All positions."""
        return (1 << len(self.keys)) - 1

    @property
    def stamp(self) -> tuple[int, str]:
        """What distinguishes it from any other state of what is public."""
        return self.sequence, self.passed.isoformat() if self.passed else ""

    @property
    def numbers(self) -> "Numbers":
        """Position by primary key; made when first asked for."""
        if self._numbers is None:
            self._numbers = Numbers({-pk: number for number, (_, pk) in enumerate(self.keys)})
        return self._numbers

    @property
    def languages(self) -> "Languages":
        """Which rows are of one thing; made when first asked for."""
        if self._languages is None:
            numbers, found = self.numbers, Languages({}, {})
            for keys in self.by_ref.values():
                if len(keys) > 1:
                    first, *rest = (numbers[-key[1]] for key in keys)
                    found.rest_of[first] = rest
                    found.first_of.update(dict.fromkeys(rest, first))
            self._languages = found
        return self._languages

    @property
    def translated(self) -> int:
        """Positions of rows whose thing has another row: another language."""
        once = twice = 0
        for bits in self.values("has").values():
            twice |= once & bits
            once |= bits
        return twice

    def having(self, name: str, value: str) -> int:
        """Positions that have a facet value."""
        return self.bits.get((name, value), 0)

    def having_any(self, name: str, values: Iterable[str]) -> int:
        """Positions that have one of several values of a facet."""
        return union(self.having(name, value) for value in values)

    def values(self, name: str) -> dict[str, int]:
        """Every value of a facet with its positions."""
        return {value: bits for (facet, value), bits in self.bits.items() if facet == name}

    def dated(self, since: date | None, until: date | None) -> int:
        """Positions whose date may lie in a range, ends included, judged at published precision (safety rule 7)."""
        selected = self.everything
        if until is not None:
            selected ^= (1 << bisect_left(self.keys, (-until.toordinal(), -(1 << 62)))) - 1
        if since is not None:
            first = {"day": since, "month": since.replace(day=1), "year": since.replace(month=1, day=1)}
            selected &= union(self._not_before(first[name]) & self.having("precision", name) for name in first)
        return selected

    def _not_before(self, day: date) -> int:
        return (1 << bisect_right(self.keys, (-day.toordinal(), 1 << 62))) - 1

    def position(self, key: Key) -> int | None:
        """Where the row of this key is; None when it is not visible."""
        place = bisect_left(self.keys, key)
        return place if place < len(self.keys) and self.keys[place] == key else None

    def row(self, position: int) -> Row:
        """The row at a position."""
        return self.rows[self.keys[position]]

    def sorted_by(self, sort_key: SortKey) -> list[int]:
        """All positions in another order: sorted when it is first asked for; later snapshots inherit it."""
        places = self.places.get(sort_key)
        if places is None:
            if sort_key not in self.orders:
                self.orders[sort_key] = sorted(self.keys, key=lambda key: sort_key(self.rows[key]))
            numbers = {key: number for number, key in enumerate(self.keys)}
            places = self.places[sort_key] = [numbers[key] for key in self.orders[sort_key]]
        return places

    def remove(self, key: Key) -> None:
        """Take a row out; those after it move up. Only while this is a copy that nobody else reads."""
        for sort_key, keys in self.orders.items():
            del keys[self._place_in(keys, sort_key, key)]
        position = bisect_left(self.keys, key)
        del self.keys[position], self.rows[key]
        below = (1 << position) - 1
        for facet, bits in self.bits.items():
            self.bits[facet] = (bits & below) | (bits >> position + 1 << position)

    def insert(self, row: Row, facets: Iterable[Facet]) -> None:
        """Put a row in; those after it move down. Only while this is a copy that nobody else reads."""
        insort(self.keys, row.key)
        self.rows[row.key] = row
        position = bisect_left(self.keys, row.key)
        below, here = (1 << position) - 1, 1 << position
        for facet, bits in self.bits.items():
            self.bits[facet] = (bits & below) | (bits >> position << position + 1)
        for facet in facets:
            self.bits[facet] = self.bits.get(facet, 0) | here
        for sort_key, keys in self.orders.items():
            keys.insert(self._place_in(keys, sort_key, row.key), row.key)

    def _place_in(self, keys: list[Key], sort_key: SortKey, key: Key) -> int:
        return bisect_left(keys, sort_key(self.rows[key]), key=lambda other: sort_key(self.rows[other]))


class Numbers(dict[int, int]):
    """Position by primary key; of what is not visible, one behind the last, which `bits_of` takes for nowhere."""

    def __missing__(self, pk: int) -> int:
        return len(self)


def union(several: Iterable[int]) -> int:
    """Positions that one of several integers has."""
    result = 0
    for bits in several:
        result |= bits
    return result


def bits_of(positions: Iterable[int], size: int) -> int:
    """The integer that has these positions; a position of `size` or above is nowhere."""
    several = positions if isinstance(positions, Sized) else [*positions]
    if len(several) * FEW_OF < size:
        return _few_bits_of(several, size)
    marks = bytearray(b"0") * (size + 1)
    for position in several:
        marks[position] = 49  # "1"
    return int(marks[size - 1 :: -1], 2) if size else 0


def _few_bits_of(positions: Iterable[int], size: int) -> int:
    """The same: more work for each position, less for all that are not there."""
    octets = bytearray((size >> 3) + 1)
    for position in positions:
        if position < size:
            octets[position >> 3] |= 1 << (position & 7)
    return int.from_bytes(octets, "little")


def marks_of(bits: int, size: int) -> str:
    """A "0" or "1" for each position, the first position first."""
    return format(bits, f"0{size or 1}b")[::-1]


def positions_of(bits: int) -> Iterator[int]:
    """Its positions, ascending."""
    marks = marks_of(bits, 0)
    position = marks.find("1")
    while position >= 0:
        yield position
        position = marks.find("1", position + 1)
