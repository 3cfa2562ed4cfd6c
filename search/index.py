"""The current snapshot of the register: one per process, replaced as a whole, never older than the question.

It follows the change log: what has changed is spliced in. Embargo and expiry pass by the clock and are treated alike.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from threading import Lock
from typing import Any

from django.db.models import Aggregate, Q, TextField
from django.utils import timezone

from . import changes
from .models import Change, Entry, EntryFacet
from .snapshot import Facet, Numbers, Row, Snapshot, bits_of, positions_of

__all__ = ["Row", "Snapshot", "anew", "current", "forget", "one_look"]

# With more changed things than this, building anew is faster than splicing.
SPLICE_AT_MOST = 150

FIELDS = (
    *("pk", "ref", "locale", "original", "type", "date", "date_precision", "updated_at", "title", "start", "end"),
)

_snapshot: Snapshot | None = None
_lock = Lock()
# What `one_look` saw; a list, so that it can be seen again.
_look: ContextVar[list[Snapshot] | None] = ContextVar("look", default=None)


def current() -> Snapshot:
    """The snapshot that is true now, or that the answer being made began with (`one_look`).

    One query when nothing has changed.
    """
    look = _look.get()
    if look:
        return look[0]
    return anew()


@contextmanager
def one_look() -> Iterator[None]:
    """Everything read inside is of one state of the register, that of the first question: one answer, one query for it.

    For answers to safe requests alone: what is changed inside would not be seen.
    """
    token = _look.set([])
    try:
        yield
    finally:
        _look.reset(token)


def anew() -> Snapshot:
    """The snapshot that is true now, even where `one_look` has seen an older one."""
    snapshot = _now()
    look = _look.get()
    if look is not None:
        look[:] = [snapshot]
    return snapshot


def _now() -> Snapshot:
    global _snapshot
    sequence, _ = changes.current()
    snapshot = _snapshot
    if snapshot is not None and _holds(snapshot, sequence, timezone.now()):
        return snapshot
    with _lock:
        # Asked again: while this thread waited, another may have followed the log further than it knows.
        sequence, changed_at = changes.current()
        now = timezone.now()
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
    after = Snapshot(sequence=sequence, changed_at=changed_at, looked_at=now)
    # A sequence that went back is another database: a restored backup.
    if before is not None and before.sequence <= sequence:
        changed = set(Change.objects.filter(sequence__gt=before.sequence).values_list("ref", flat=True))
        changed |= {ref for ref, several in before.moments.items() if _any_passed(several, before.looked_at, now)}
        if len(changed) <= SPLICE_AT_MOST:
            return _spliced(before, after, changed)
    return _built(after)


def _any_passed(moments: Iterable[datetime], since: datetime, now: datetime) -> bool:
    return any(since < moment <= now for moment in moments)


def _rows(now: datetime, **narrowed: Any) -> list[Row]:
    entries = Entry.objects.public(now).filter(**narrowed)
    return sorted((Row(*values) for values in entries.values_list(*FIELDS)), key=lambda row: row.key)


def _moments(**narrowed: Any) -> dict[str, tuple[datetime, ...]]:
    """When rows of things begin and cease to be visible, whether or not they are now."""
    bounded = Entry.objects.filter(Q(visible_from__isnull=False) | Q(visible_until__isnull=False), **narrowed)
    moments: dict[str, tuple[datetime, ...]] = {}
    for ref, *several in bounded.values_list("ref", "visible_from", "visible_until"):
        moments[ref] = (*moments.get(ref, ()), *(moment for moment in several if moment))
    return moments


def _built(snapshot: Snapshot) -> Snapshot:
    """Everything read anew."""
    rows = _rows(snapshot.looked_at)
    snapshot.keys = [row.key for row in rows]
    snapshot.rows = {row.key: row for row in rows}
    snapshot.moments = _moments()
    position = Numbers({row.pk: number for number, row in enumerate(rows)})
    snapshot.bits = _stored_bits(position)
    own: dict[Facet, list[int]] = defaultdict(list)
    for ref, several in _by_ref(rows).items():
        snapshot.by_ref[ref] = tuple(row.key for row in several)
        for row, facets in _own_facets(several):
            for facet in facets:
                own[facet].append(position[row.pk])
    snapshot.bits.update({facet: bits_of(positions, len(rows)) for facet, positions in own.items()})
    return _finished(snapshot)


class _Listed(Aggregate):
    """Every primary key of a group as one text. A million facet rows, one by one, take three times as long."""

    function = "GROUP_CONCAT"
    output_field = TextField()

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        """The same there."""
        return self.as_sql(compiler, connection, template="STRING_AGG((%(expressions)s)::text, ',')", **extra)


def _stored_bits(position: Numbers) -> dict[Facet, int]:
    groups = EntryFacet.objects.values_list("name", "value").annotate(entries=_Listed("entry_id")).order_by()
    return {
        (name, value): bits
        for name, value, pks in groups.iterator()
        if (bits := bits_of(map(position.__getitem__, map(int, pks.split(","))), len(position)))
    }


def _by_ref(rows: Iterable[Row]) -> dict[str, list[Row]]:
    by_ref: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by_ref[row.ref].append(row)
    return by_ref


def _own_facets(rows: list[Row]) -> Iterable[tuple[Row, list[Facet]]]:
    """Of the rows of one thing: their language, which languages the thing has, which row leads, how precise it is."""
    lead = next((row for row in rows if row.original), None) or min(rows, key=lambda row: row.locale)
    languages: list[Facet] = [("has", row.locale) for row in rows]
    for row in rows:
        own = [("locale", row.locale), ("precision", row.precision), *languages]
        yield row, [*own, ("lead", "")] if row is lead else own


def _spliced(before: Snapshot, after: Snapshot, refs: set[str]) -> Snapshot:
    """The same, with the rows of some things replaced."""
    after.keys, after.rows, after.by_ref = before.keys.copy(), before.rows.copy(), before.by_ref.copy()
    after.bits, after.moments = before.bits.copy(), before.moments.copy()
    after.orders = {sort_key: keys.copy() for sort_key, keys in before.orders.copy().items()}
    for ref in refs:
        after.moments.pop(ref, None)
        for key in after.by_ref.pop(ref, ()):
            after.remove(key)
    after.moments.update(_moments(ref__in=refs))
    rows = _rows(after.looked_at, ref__in=refs)
    stored = _stored_facets(rows)
    for ref, several in _by_ref(rows).items():
        for row, own in _own_facets(several):
            after.insert(row, {*own, *stored[row.pk]})
        after.by_ref[ref] = tuple(row.key for row in several)
    after.bits = {facet: bits for facet, bits in after.bits.items() if bits}
    return _finished(after)


def _stored_facets(rows: Iterable[Row]) -> dict[int, list[Facet]]:
    facets: dict[int, list[Facet]] = defaultdict(list)
    stored = EntryFacet.objects.filter(entry__in=[row.pk for row in rows])
    for pk, name, value in stored.values_list("entry_id", "name", "value"):
        facets[pk].append((name, value))
    return facets


def _finished(snapshot: Snapshot) -> Snapshot:
    moments = [moment for several in snapshot.moments.values() for moment in several]
    snapshot.passed = max((moment for moment in moments if moment <= snapshot.looked_at), default=None)
    snapshot.boundary = min((moment for moment in moments if moment > snapshot.looked_at), default=None)
    chapters: dict[str, dict[str, str]] = defaultdict(dict)
    for position in positions_of(snapshot.having("type", "chapter")):
        row = snapshot.row(position)
        chapters[row.ref][row.locale] = row.title
        if row.original:
            chapters[row.ref][""] = row.title
    snapshot.chapters = dict(chapters)
    return snapshot
