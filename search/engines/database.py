"""The engine of the database in use: words from its full-text index, everything else from the snapshot's bits."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from django.db import connection, transaction

from .. import changes, index
from ..counts import facet
from ..listing import ATTEMPTS
from ..models import Entry
from ..relevance import page
from ..selection import selection
from ..snapshot import Snapshot
from ..textindex import text_index
from .hits import hits_of
from .interface import Difference, Found, Health, Progress, SearchQuery

# So many things are indexed again in one transaction: well under a second.
BATCH = 50


class DatabaseEngine:
    """SQLite FTS5 or PostgreSQL. It is never behind, for it is written in the register's own transaction."""

    name = "database"

    def search(self, query: SearchQuery) -> Found:
        """At most three queries: the register's number, the words, the page.

        If something on the page is withdrawn while it is made, it is made again from the newer register; where that
        goes on, what is gone is left out of the last one.
        """
        query = replace(query, list=replace(query.list, words=query.words, languages=query.languages))
        for attempt in range(ATTEMPTS):
            found, gone = _found(query, index.anew() if attempt else index.current())
            if not gone:
                break
        return replace(found, count=found.count - gone)

    def health(self) -> Health:
        """Always in step."""
        return Health(self.name)

    def status(self) -> dict[str, str]:
        """Facts for operators, by name."""
        return {"engine": f"{self.name} ({connection.vendor})", "size": f"{text_index().size() / 1e6:.1f} MB"}

    def total(self) -> int:
        """How many things there are."""
        return Entry.objects.values("ref").distinct().count()

    def rebuild(self, progress: Progress) -> int:
        """Index every entry again, in short transactions: a reader finds the old words or the new ones."""
        count = 0
        for refs in _all_refs():
            with transaction.atomic():
                changes.take_turn()
                text_index().write(Entry.objects.filter(ref__in=refs))
            count += len(refs)
            progress(len(refs))
        text_index().remove(text_index().pks() - set(Entry.objects.values_list("pk", flat=True)))
        return count

    def verify(self, progress: Progress) -> list[Difference]:
        """Which entries are not in the index, and which are that should not be."""
        indexed, registered = text_index().pks(), dict(Entry.objects.values_list("pk", "ref"))
        progress(len(set(registered.values())))
        missing = [Difference(ref, "missing") for pk, ref in registered.items() if pk not in indexed]
        return [*missing, *(Difference(f"entry {pk}", "surplus") for pk in sorted(indexed - registered.keys()))]

    def follow_while(self, going_on: Callable[[], bool]) -> None:
        """Nothing to follow: the words are written with the entry."""


def _all_refs() -> Iterator[list[str]]:
    last = ""
    while refs := [
        *Entry.objects.filter(ref__gt=last).order_by("ref").values_list("ref", flat=True).distinct()[:BATCH]
    ]:
        yield refs
        last = refs[-1]


def _found(query: SearchQuery, snapshot: Snapshot) -> tuple[Found, int]:
    """An answer, and how many of its page have been withdrawn since the snapshot was made."""
    selected = selection(query.list, snapshot)
    rows = [snapshot.rows[key] for key in page(query, snapshot, selected)]
    hits = hits_of([(row.ref, row.locale) for row in rows], query)
    facets = {name: facet(name, query.list, snapshot) for name in query.list.facets}
    return Found(count=selected.bit_count(), hits=hits, facets=facets), len(rows) - len(hits)
