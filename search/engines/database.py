"""The engine of the database in use: words from its full-text index, everything else from the snapshot's bits."""

from dataclasses import replace

from .. import index
from ..counts import facet
from ..relevance import page
from ..selection import selection
from ..snapshot import Snapshot
from .hits import hits_of
from .interface import Found, SearchQuery


class DatabaseEngine:
    """SQLite FTS5 or PostgreSQL. It is never behind, for it is written in the register's own transaction."""

    name = "database"

    def search(self, query: SearchQuery) -> Found:
        """At most three queries: the register's number, the words, the page.

        If something on the page is withdrawn while it is made, it is made again from the newer register.
        """
        query = replace(query, list=replace(query.list, words=query.words, languages=query.languages))
        for _attempt in range(3):
            found = _found(query, index.current())
            if found is not None:
                return found
        raise RuntimeError("The register changed three times while one search was answered.")


def _found(query: SearchQuery, snapshot: Snapshot) -> Found | None:
    selected = selection(query.list, snapshot)
    rows = [snapshot.rows[key] for key in page(query, snapshot, selected)]
    hits = hits_of([(row.ref, row.locale) for row in rows], query)
    if len(hits) != len(rows):
        return None
    return Found(
        count=selected.bit_count(),
        hits=hits,
        facets={name: facet(name, query.list, snapshot) for name in query.list.facets},
    )
