"""What a feed says of things that were withdrawn: that they are gone, and nothing of what they were.

The register forgets country, theme, kind, words and chapter of what leaves it, and has to: a tombstone under "Tunisia,
torture" would tell of what was taken back. Type and language are all that can honestly be filtered. So a feed names
whatever of its types and languages is gone; whoever reads it drops what they have and passes over what they never had.
"""

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple
from uuid import UUID, uuid5

from django.utils import timezone

from ..models import Change, Entry
from ..query import ListQuery

# Readers come every few days at least; further back a copy is kept in step by the change log (`sync/`).
MOST_GONE = 200
# Ids are made under this name for ever: another host or another slug makes nothing new of an old item.
NAMES = UUID("6d0f4f0c-6c59-4c2b-9a43-7a1f2d1f5b1e")


class Tombstone(NamedTuple):
    """All that may be said of what was withdrawn."""

    type: str
    ref: str
    locale: str
    sequence: int
    at: datetime


def entry_id(ref: str, locale: str) -> str:
    """The id of a thing in one language, the same in every feed and every format."""
    return f"urn:uuid:{uuid5(NAMES, f'{ref}:{locale}')}"


def tombstones(query: ListQuery, *, now: datetime | None = None) -> list[Tombstone]:
    """The newest of what was withdrawn or has ended, of the types and languages of a list. Three queries."""
    now = now or timezone.now()
    narrowed = _narrowed(query)
    fields = ("type", "ref", "locale", "sequence")
    withdrawn = Change.objects.filter(what=Change.What.WITHDRAWN, **narrowed).order_by("-sequence")
    ended = Entry.objects.filter(visible_until__lte=now, **narrowed).public_once(now).order_by("-visible_until")
    gone = [Tombstone(*values) for values in withdrawn.values_list(*fields, "at")[:MOST_GONE]]
    gone += [Tombstone(*values) for values in ended.values_list(*fields, "visible_until")[:MOST_GONE]]
    newest: dict[tuple[str, str], Tombstone] = {}
    for one in sorted(gone, key=lambda one: one.at, reverse=True):
        newest.setdefault((one.ref, one.locale), one)
    back = _public_again({ref for ref, _ in newest}, now)
    return [one for key, one in newest.items() if key not in back][:MOST_GONE]


def _narrowed(query: ListQuery) -> dict[str, Collection[str]]:
    types = (query.type,) if query.type else query.filters.get("type", ())
    languages = () if "*" in query.languages else query.languages
    return {name: values for name, values in (("type__in", types), ("locale__in", languages)) if values}


def _public_again(refs: Collection[str], now: datetime) -> set[tuple[str, str]]:
    if not refs:
        return set()
    return set(Entry.objects.public(now).filter(ref__in=refs).values_list("ref", "locale"))
