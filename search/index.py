"""The register in memory: which rows are public now, as one integer per facet value.

Positions number the visible rows in listing order (newest date first). A facet value is an integer whose bit p says
whether row p has it: filters are `&` and `|`, counts are `bit_count`, for a page no row is touched but its own twenty.
One snapshot per process, replaced as a whole; it follows the change log, so it is never older than the request.
"""

from bisect import bisect_left, bisect_right, insort
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from threading import Lock
from typing import NamedTuple

from django.db.models import Min, Q
from django.utils import timezone

from . import changes
from .models import Change, Entry, EntryFacet

# With more changed things than this, building anew is faster than splicing.
SPLICE_AT_MOST = 150

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
        return -self.date.toordinal(), -self.pk


FIELDS = (
    *("pk", "ref", "locale", "original", "type", "date", "date_precision", "updated_at", "title", "start", "end"),
)


@dataclass(slots=True)
class Snapshot:
    """The visible rows at one moment. Never changed once it is the current one."""

    sequence: int = -1
    changed_at: datetime | None = None
    # Moments of visibility: up to when they were looked at, and the next that will come.
    looked_at: datetime = field(default_factory=timezone.now)
    boundary: datetime | None = None
    passed: datetime | None = None
    keys: list[Key] = field(default_factory=list)
    rows: dict[Key, Row] = field(default_factory=dict)
    by_ref: dict[str, tuple[Key, ...]] = field(default_factory=dict)
    bits: dict[Facet, int] = field(default_factory=dict)
    chapters: dict[str, dict[str, str]] = field(default_factory=dict)

    @property
    def everything(self) -> int:
        """All positions."""
        return (1 << len(self.keys)) - 1

    @property
    def stamp(self) -> tuple[int, str]:
        """What distinguishes it from any other state of what is public."""
        return self.sequence, self.passed.isoformat() if self.passed else ""

    def having(self, name: str, value: str) -> int:
        """Positions that have a facet value."""
        return self.bits.get((name, value), 0)

    def values(self, name: str) -> dict[str, int]:
        """Every value of a facet with its positions."""
        return {value: bits for (facet, value), bits in self.bits.items() if facet == name}

    def dated(self, since: date | None, until: date | None) -> int:
        """Positions whose date may lie in a range, ends included, judged at published precision (safety rule 7)."""
        selected = self.everything
        if until is not None:
            selected &= self.everything & ~((1 << bisect_left(self.keys, (-until.toordinal(), -(1 << 62)))) - 1)
        if since is not None:
            first = {"day": since, "month": since.replace(day=1), "year": since.replace(month=1, day=1)}
            selected &= self._any(self._not_before(first[name]) & self.having("precision", name) for name in first)
        return selected

    def _not_before(self, day: date) -> int:
        return (1 << bisect_right(self.keys, (-day.toordinal(), 1 << 62))) - 1

    @staticmethod
    def _any(several: Iterable[int]) -> int:
        result = 0
        for bits in several:
            result |= bits
        return result


_snapshot: Snapshot | None = None
_lock = Lock()


def current() -> Snapshot:
    """The snapshot that is true now. One query when nothing has changed."""
    global _snapshot
    sequence, changed_at = changes.current()
    now = timezone.now()
    snapshot = _snapshot
    if snapshot is not None and _holds(snapshot, sequence, now):
        return snapshot
    with _lock:
        if _snapshot is None or not _holds(_snapshot, sequence, now):
            _snapshot = _next(_snapshot, sequence, changed_at, now)
        return _snapshot


def forget() -> None:
    """Build anew at the next question; for tests, which roll their changes back."""
    global _snapshot
    _snapshot = None


def _holds(snapshot: Snapshot, sequence: int, now: datetime) -> bool:
    return snapshot.sequence == sequence and (snapshot.boundary is None or now < snapshot.boundary)


def _next(before: Snapshot | None, sequence: int, changed_at: datetime | None, now: datetime) -> Snapshot:
    if before is None or before.sequence > sequence:
        return _built(sequence, changed_at, now)
    changed = set(Change.objects.filter(sequence__gt=before.sequence).values_list("ref", flat=True))
    passed = Q(visible_from__gt=before.looked_at, visible_from__lte=now) | Q(
        visible_until__gt=before.looked_at, visible_until__lte=now
    )
    over_the_line = set(Entry.objects.filter(passed).values_list("ref", flat=True)) if before.boundary else set()
    if len(changed | over_the_line) > SPLICE_AT_MOST:
        return _built(sequence, changed_at, now)
    return _spliced(before, changed | over_the_line, sequence, changed_at, now)


def _rows(**narrowed: object) -> list[Row]:
    return [Row(*values) for values in Entry.objects.public().filter(**narrowed).values_list(*FIELDS)]


def _built(sequence: int, changed_at: datetime | None, now: datetime) -> Snapshot:
    snapshot = Snapshot(sequence=sequence, changed_at=changed_at, looked_at=now, passed=_last_passed(now))
    rows = sorted(_rows(), key=lambda row: row.key)
    snapshot.keys = [row.key for row in rows]
    snapshot.rows = {row.key: row for row in rows}
    position = {row.pk: number for number, row in enumerate(rows)}
    places: dict[Facet, list[int]] = defaultdict(list)
    facets = EntryFacet.objects.values_list("entry_id", "name", "value").iterator(chunk_size=20_000)
    for pk, name, value in facets:
        if pk in position:
            places[name, value].append(position[pk])
    by_ref: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by_ref[row.ref].append(row)
    for several in by_ref.values():
        for row, own in _own_facets(several):
            for facet in own:
                places[facet].append(position[row.pk])
    snapshot.by_ref = {ref: tuple(row.key for row in several) for ref, several in by_ref.items()}
    snapshot.bits = {facet: _integer(positions, len(rows)) for facet, positions in places.items()}
    return _finished(snapshot, now)


def _own_facets(rows: list[Row]) -> Iterable[tuple[Row, list[Facet]]]:
    """Of the rows of one thing: their language, which languages the thing has, which row leads, how precise it is."""
    lead = next((row for row in rows if row.original), None) or min(rows, key=lambda row: row.locale)
    languages: list[Facet] = [("has", row.locale) for row in rows]
    for row in rows:
        own = [("locale", row.locale), ("precision", row.precision), *languages]
        yield row, [*own, ("lead", "")] if row is lead else own


def _integer(positions: Iterable[int], size: int) -> int:
    octets = bytearray(size // 8 + 1)
    for position in positions:
        octets[position >> 3] |= 1 << (position & 7)
    return int.from_bytes(octets, "little")


def _spliced(before: Snapshot, refs: set[str], sequence: int, changed_at: datetime | None, now: datetime) -> Snapshot:
    """A copy in which the rows of some things have been replaced."""
    after = Snapshot(
        sequence=sequence,
        changed_at=changed_at,
        looked_at=now,
        passed=_last_passed(now),
        keys=before.keys.copy(),
        rows=before.rows.copy(),
        by_ref=before.by_ref.copy(),
        bits=before.bits.copy(),
    )
    for ref in refs:
        for key in after.by_ref.pop(ref, ()):
            _remove(after, key)
    rows = _rows(ref__in=refs)
    facets: dict[int, list[Facet]] = defaultdict(list)
    stored = EntryFacet.objects.filter(entry__in=[row.pk for row in rows])
    for pk, name, value in stored.values_list("entry_id", "name", "value"):
        facets[pk].append((name, value))
    by_ref: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by_ref[row.ref].append(row)
    for ref, several in by_ref.items():
        for row, own in _own_facets(several):
            _insert(after, row, {*own, *facets[row.pk]})
        after.by_ref[ref] = tuple(row.key for row in several)
    after.bits = {facet: bits for facet, bits in after.bits.items() if bits}
    return _finished(after, now)


def _remove(snapshot: Snapshot, key: Key) -> None:
    position = bisect_left(snapshot.keys, key)
    del snapshot.keys[position], snapshot.rows[key]
    below = (1 << position) - 1
    for facet, bits in snapshot.bits.items():
        snapshot.bits[facet] = (bits & below) | (bits >> position + 1 << position)


def _insert(snapshot: Snapshot, row: Row, facets: set[Facet]) -> None:
    insort(snapshot.keys, row.key)
    snapshot.rows[row.key] = row
    position = bisect_left(snapshot.keys, row.key)
    below, here = (1 << position) - 1, 1 << position
    for facet, bits in snapshot.bits.items():
        snapshot.bits[facet] = (bits & below) | (bits >> position << position + 1)
    for facet in facets:
        snapshot.bits[facet] = snapshot.bits.get(facet, 0) | here


def _finished(snapshot: Snapshot, now: datetime) -> Snapshot:
    coming = Entry.objects.aggregate(
        begins=Min("visible_from", filter=Q(visible_from__gt=now)),
        ends=Min("visible_until", filter=Q(visible_until__gt=now)),
    )
    snapshot.boundary = min((moment for moment in coming.values() if moment), default=None)
    chapters: Mapping[str, dict[str, str]] = defaultdict(dict)
    for key in _positions(snapshot, snapshot.having("type", "chapter")):
        row = snapshot.rows[key]
        chapters[row.ref][row.locale] = row.title
        if row.original:
            chapters[row.ref][""] = row.title
    snapshot.chapters = dict(chapters)
    return snapshot


def _positions(snapshot: Snapshot, bits: int) -> Iterable[Key]:
    marks = format(bits, "b")[::-1]
    position = marks.find("1")
    while position >= 0:
        yield snapshot.keys[position]
        position = marks.find("1", position + 1)


def _last_passed(now: datetime) -> datetime | None:
    """The last moment at which something became visible, or ceased to be, by the clock alone."""
    begun = Entry.objects.filter(visible_from__lte=now).order_by("-visible_from").values_list("visible_from", flat=True)
    ended = (
        Entry.objects.filter(visible_until__lte=now).order_by("-visible_until").values_list("visible_until", flat=True)
    )
    return max((moment for moment in (begun.first(), ended.first()) if moment), default=None)
