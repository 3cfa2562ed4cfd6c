"""The register: the one door through which anything becomes public, and the one through which it leaves.

`put` writes what a type says of its things, `withdraw` takes away, `refresh` asks the type and does the one or the
other. Each runs in one transaction; what did not change costs no sequence number.
"""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from . import changes
from .documents import as_json, etag_of
from .models import Change, Entry, EntryQuerySet, EntryReference, Stop
from .rows import Row, rows_of, save_rows
from .textindex import text_index
from .things import Thing
from .types import type_named

# What `together` has put off: type -> refs.
_waiting: ContextVar[defaultdict[str, set[str]] | None] = ContextVar("waiting", default=None)


def put(things: Iterable[Thing], *, rewrite: bool = False) -> int:
    """Make things public exactly as given: languages that a thing no longer has are withdrawn.

    What is stopped (withdrawn or held: search/stops.py) is refused, whoever puts it: it leaves, or stays away.

    Args:
        things: what is public now; the same things again change nothing.
        rewrite: write every row again, facets and files too, even where nothing differs.

    Returns the sequence of the last change in the log.
    """
    with transaction.atomic():
        changes.take_turn()
        given = list(things)
        rows = rows_of(_not_stopped(given))
        stored = _stored({thing.ref for thing in given})
        changed = [row for row in rows if row.differs_from(stored.get(row.key))]
        gone = [stored[key] for key in stored.keys() - {row.key for row in rows}]
        _record_and_number(changed, gone, stored)
        save_rows([row for row in rows if rewrite or row in changed], stored)
        _keep_basis([row for row in rows if row not in changed], stored)
        _remove(gone)
        renamed = {row.entry.ref for row in changed if row.is_named_otherwise_than(stored.get(row.key))}
        _refresh_what_mentions(renamed | {entry.ref for entry in gone}, but={row.entry.ref for row in rows})
        return changes.current()[0]


def withdraw(type_name: str, refs: Collection[str], locales: Collection[str] | None = None) -> int:
    """Take things, or some languages of them, out of everything public. Never asks whether they are still live.

    Returns how many entries went; 0 when none of them was public.
    """
    entries = Entry.objects.filter(type=type_name, ref__in=list(refs))
    return withdraw_entries(entries if locales is None else entries.filter(locale__in=list(locales)))


def withdraw_entries(entries: EntryQuerySet) -> int:
    """Withdraw the entries of a query; see `withdraw`."""
    with transaction.atomic():
        changes.take_turn()
        gone = list(entries.only("type", "ref", "locale", "visible_from"))
        if not gone:
            return 0
        changes.record(_tombstones(gone))
        _remove(gone)
        refs = {entry.ref for entry in gone}
        _drop_translations(gone)
        _refresh_what_mentions(refs, but=set())
        return len(gone)


def refresh(type_name: str, refs: Collection[str]) -> None:
    """Make the register agree with the rows of these refs: put what ought to be public, withdraw what ought not."""
    if not refs:
        return
    waiting = _waiting.get()
    if waiting is not None:
        waiting[type_name].update(refs)
        return
    with transaction.atomic():
        changes.take_turn()
        things = list(type_named(type_name).things(refs))
        put(things)
        withdraw(type_name, set(refs) - {thing.ref for thing in things})


@contextmanager
def together() -> Iterator[None]:
    """Refresh once, at the end and in the same transaction, what is saved many times inside: for opening a chapter.

    Withdrawals are never put off.
    """
    with transaction.atomic():
        put_off: defaultdict[str, set[str]] = defaultdict(set)
        token = _waiting.set(put_off)
        try:
            yield
        finally:
            _waiting.reset(token)
        for type_name, refs in put_off.items():
            refresh(type_name, refs)


def differences(things: Iterable[Thing]) -> list[tuple[str, str]]:
    """(ref, locale) of what `put` would write or withdraw, without doing it."""
    given = list(things)
    rows = rows_of(_not_stopped(given))
    stored = _stored({thing.ref for thing in given})
    changed = {row.key for row in rows if row.differs_from(stored.get(row.key))}
    return sorted(changed | (stored.keys() - {row.key for row in rows}))


def _not_stopped(things: list[Thing]) -> list[Thing]:
    stopped = set(Stop.objects.filter(ref__in={thing.ref for thing in things}).values_list("ref", flat=True))
    return [thing for thing in things if thing.ref not in stopped]


def _stored(refs: set[str]) -> dict[tuple[str, str], Entry]:
    fields = ("type", "ref", "locale", "title", "path", "etag", "basis", "sequence", "visible_from", "visible_until")
    entries = Entry.objects.filter(ref__in=refs).only(*fields)
    return {(entry.ref, entry.locale): entry for entry in entries}


def _was_public(entry: Entry, now: datetime) -> bool:
    """Whether readers have seen it: what was only written ahead leaves no tombstone, for that would tell of it."""
    return entry.visible_from is None or entry.visible_from <= now


def _tombstones(entries: Iterable[Entry]) -> list[tuple[str, str, str, str]]:
    now = timezone.now()
    return [(Change.What.WITHDRAWN, e.type, e.ref, e.locale) for e in entries if _was_public(e, now)]


def _record_and_number(changed: list[Row], gone: list[Entry], stored: dict[tuple[str, str], Entry]) -> None:
    now = timezone.now()
    lines: list[tuple[str, str, str, str]] = []
    for row in changed:
        before = stored.get(row.key)
        hidden = not _was_public(row.entry, now) and before is not None and _was_public(before, now)
        what = Change.What.WITHDRAWN if hidden else Change.What.PUT
        lines.append((what, row.entry.type, row.entry.ref, row.entry.locale))
    sequences = changes.record(_tombstones(gone) + lines)
    for row, sequence in zip(changed, sequences[len(sequences) - len(changed) :], strict=True):
        row.entry.sequence = sequence


def _remove(gone: list[Entry]) -> None:
    """Entries with their words: the text index has no foreign key that would take them along."""
    pks = [entry.pk for entry in gone]
    text_index().remove(pks)
    Entry.objects.filter(pk__in=pks).delete()


def _keep_basis(unchanged: list[Row], stored: dict[tuple[str, str], Entry]) -> None:
    """A publication that changed no public byte: remember which revision it was, so that it is not asked again."""
    for row in unchanged:
        before = stored[row.key]
        if before.basis != row.entry.basis:
            Entry.objects.filter(pk=before.pk).update(basis=row.entry.basis)


def _drop_translations(gone: list[Entry]) -> None:
    """What stays of the same things no longer names the languages that went."""
    locales = defaultdict(set)
    for entry in gone:
        locales[entry.ref].add(entry.locale)
    left = list(Entry.objects.filter(ref__in=locales))
    for entry in left:
        for name in ("card", "document"):
            setattr(entry, name, as_json(_without(json.loads(getattr(entry, name)), locales[entry.ref])))
        entry.etag = etag_of(entry.etag, *sorted(locales[entry.ref]))
    sequences = changes.record((Change.What.PUT, e.type, e.ref, e.locale) for e in left)
    for entry, entry.sequence in zip(left, sequences, strict=True):
        entry.save(update_fields=["card", "document", "etag", "sequence"])


def _without(value: dict[str, Any], locales: set[str]) -> dict[str, Any]:
    return {**value, "translations": [t for t in value["translations"] if t["locale"] not in locales]}


def _refresh_what_mentions(refs: set[str], *, but: set[str]) -> None:
    """Write again what names these things: a title that was withdrawn stands nowhere else."""
    if not refs:
        return
    mentioning = EntryReference.objects.filter(ref__in=refs).exclude(entry__ref__in=refs | but)
    by_type = defaultdict(set)
    for type_name, ref in mentioning.values_list("entry__type", "entry__ref").distinct():
        by_type[type_name].add(ref)
    for type_name, those in by_type.items():
        refresh(type_name, those)
