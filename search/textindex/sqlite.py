"""SQLite FTS5: an ordinary table whose rowid is the entry's primary key, written by explicit deletes and inserts.

No triggers and no external content: Django's remake of a table (`AlterField`) drops triggers without a word. Blanks
separate terms and nothing else does: what a word is, `search.analysis` has decided.
"""

from collections.abc import Collection, Iterable, Sequence

from django.db import connection

from ..models import Entry
from ..terms import Question, tracks_of
from .asking import answers

TABLE = "search_fulltext"
CREATE = f"CREATE VIRTUAL TABLE {TABLE} USING fts5(terms, tokenize=\"ascii tokenchars '_'\")"
FIND = f"SELECT %s, group_concat(rowid) FROM {TABLE} WHERE {TABLE} MATCH %s"  # noqa: S608 - our own name
# Between sequences: no phrase has it, so none reaches across.
GAP = " _ "
# Pages that one step of tidying writes: a few hundredths of a second.
STEP = 500


class SQLiteIndex:
    """See `search.textindex.TextIndex`."""

    def write(self, entries: Iterable[Entry]) -> None:
        """Index entries, new ones and ones that are there already."""
        rows = [(entry.pk, _stored(entry)) for entry in entries]
        self.remove([pk for pk, _ in rows])
        with connection.cursor() as cursor:
            cursor.executemany(f"INSERT INTO {TABLE} (rowid, terms) VALUES (%s, %s)", rows)  # noqa: S608 - our own name

    def remove(self, pks: Collection[int]) -> None:
        """Take entries out."""
        with connection.cursor() as cursor:
            cursor.executemany(f"DELETE FROM {TABLE} WHERE rowid = %s", [(pk,) for pk in pks])  # noqa: S608

    def find(self, apart: Sequence[Question], steps: Sequence[Question]) -> list[list[int]]:
        """For each question the primary keys of the entries that have all it asks for. One query."""
        expressions = [_expression(question) for question in (*apart, *steps)]
        return answers(expressions, dict.fromkeys(expressions, FIND))

    def newest(self, question: Question, most: int) -> list[int]:
        """Primary keys of at most so many entries that have all it asks for, the newest entry first. One query."""
        sql = f"SELECT rowid FROM {TABLE} WHERE {TABLE} MATCH %s ORDER BY rowid DESC LIMIT %s"  # noqa: S608
        with connection.cursor() as cursor:
            cursor.execute(sql, [_expression(question), most])
            return [pk for (pk,) in cursor.fetchall()]

    def pks(self) -> set[int]:
        """Primary keys of all that is in it."""
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT id FROM {TABLE}_docsize")  # noqa: S608
            return {pk for (pk,) in cursor.fetchall()}

    def tidy(self) -> None:
        """Merge all segments into one: until then FTS5 keeps words of removed entries in its file, "deleted" or not.

        In steps, each a transaction of its own unless there is one already: `optimize` at once would lock editors out.
        """
        step = -STEP
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT count(DISTINCT segid) FROM {TABLE}_idx")  # noqa: S608
            if cursor.fetchone()[0] < 2:
                return
            while True:
                before = _changes(cursor)
                cursor.execute(f"INSERT INTO {TABLE} ({TABLE}, rank) VALUES ('merge', %s)", [step])  # noqa: S608
                if _changes(cursor) - before < 2:
                    return
                step = STEP

    def size(self) -> int:
        """Bytes that it takes."""
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT (SELECT sum(length(block)) FROM search_fulltext_data)"
                " + (SELECT sum(length(CAST(c0 AS BLOB))) FROM search_fulltext_content)"
            )
            return int(cursor.fetchone()[0] or 0)


def _changes(cursor: object) -> int:
    cursor.execute("SELECT total_changes()")  # type: ignore[attr-defined]
    return int(cursor.fetchone()[0])  # type: ignore[attr-defined]


def _stored(entry: Entry) -> str:
    return GAP.join(" ".join(sequence) for track in tracks_of(entry) for sequence in track if sequence)


def _expression(question: Question) -> str:
    """In FTS5's language. Terms have letters, digits and "_" only, and stand in quotation marks all the same."""
    return " AND ".join(f"({' OR '.join(_phrase(one, part.prefix) for one in part.sequences)})" for part in question)


def _phrase(sequence: Sequence[str], prefix: bool) -> str:
    return '"{}"{}'.format(" ".join(sequence).replace('"', '""'), " *" if prefix else "")
