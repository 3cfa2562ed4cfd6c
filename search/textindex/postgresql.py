"""PostgreSQL: one tsvector per entry, in a table of its own with a GIN index. No configuration parses it."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence

from django.db import connection

from ..models import Entry
from ..terms import Question, Track, tracks_of
from .asking import answers

TABLE = "search_fulltext"
CREATE = f"""
    CREATE TABLE {TABLE} (entry_id bigint PRIMARY KEY, terms tsvector NOT NULL);
    CREATE INDEX {TABLE}_terms ON {TABLE} USING gin (terms);
"""
# The planner takes the table for a small one, for terms lie elsewhere (TOAST), and would read them all rather than the
# index: 1.5 s instead of 0.02 for a word in most of 100 000 entries. Functions say how they are to be answered.
#
# The index knows no places: of each entry that has the words of a phrase the terms are unpacked and looked at. LZ4
# halves what that takes; a server without it does with what it has. Where whatever a phrase may find has been found
# already, only that is looked at: the sum with nothing keeps the index from being asked again.
SPEED = f"""
    DO $$ BEGIN
        EXECUTE 'ALTER TABLE {TABLE} ALTER COLUMN terms SET COMPRESSION lz4';
    EXCEPTION WHEN OTHERS THEN NULL;
    END $$;
    CREATE FUNCTION {TABLE}_find(question tsquery) RETURNS text LANGUAGE sql STABLE SET enable_seqscan = off AS
        $$ SELECT string_agg(entry_id::text, ',') FROM {TABLE} WHERE terms @@ question $$;
    CREATE FUNCTION {TABLE}_among(found text, question tsquery) RETURNS text LANGUAGE sql STABLE
        SET enable_seqscan = off AS $$
            SELECT string_agg(entry_id::text, ',') FROM {TABLE}
            WHERE entry_id = ANY (string_to_array(found, ',')::bigint[]) AND (terms || ''::tsvector) @@ question
        $$;
    CREATE FUNCTION {TABLE}_newest(question tsquery, most int) RETURNS SETOF bigint LANGUAGE sql STABLE
        SET enable_seqscan = off AS $$
            WITH found AS MATERIALIZED (SELECT entry_id FROM {TABLE} WHERE terms @@ question)
            SELECT entry_id FROM found ORDER BY entry_id DESC LIMIT most
        $$;
"""  # noqa: S608 - our own name
NO_SPEED = f"""
    DROP FUNCTION {TABLE}_newest(tsquery, int);
    DROP FUNCTION {TABLE}_among(text, tsquery);
    DROP FUNCTION {TABLE}_find(tsquery);
"""
NEWEST = f"SELECT * FROM {TABLE}_newest(%s::tsquery, %s)"  # noqa: S608 - our own name
FIND = f"SELECT %s::int, {TABLE}_find(%s::tsquery)"
WIDEST = f"WITH widest AS MATERIALIZED (SELECT {TABLE}_find(%s::tsquery) AS pks) "
FOUND = "SELECT %s::int, pks FROM widest WHERE %s <> ''"
AMONG = f"SELECT %s::int, {TABLE}_among(pks, %s::tsquery) FROM widest"  # noqa: S608 - our own name
# Limits of a tsvector: the last position, positions of one term, and bytes (1 MB, less some room).
LAST_PLACE, MOST_PLACES, MOST_BYTES = 16_383, 255, 1_000_000


class PostgreSQLIndex:
    """See `search.textindex.TextIndex`."""

    def write(self, entries: Iterable[Entry]) -> None:
        """Index entries, new ones and ones that are there already."""
        rows = [(entry.pk, _stored(entry)) for entry in entries]
        sql = (
            f"INSERT INTO {TABLE} (entry_id, terms) VALUES (%s, %s::tsvector)"  # noqa: S608 - our own name
            " ON CONFLICT (entry_id) DO UPDATE SET terms = excluded.terms"
        )
        with connection.cursor() as cursor:
            cursor.executemany(sql, rows)

    def remove(self, pks: Collection[int]) -> None:
        """Take entries out."""
        with connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {TABLE} WHERE entry_id = ANY(%s)", [list(pks)])  # noqa: S608

    def find(self, apart: Sequence[Question], steps: Sequence[Question]) -> list[list[int]]:
        """For each question the primary keys of the entries that have all it asks for. One query."""
        asked = {_expression(question): question for question in steps}
        expressions = [*map(_expression, apart), *map(_expression, steps)]
        selects = dict.fromkeys(expressions, FIND)
        if not steps or not _has_phrase(steps[-1]):
            return answers(expressions, selects)
        selects |= {one: AMONG for one, question in asked.items() if _has_phrase(question)}
        return answers(expressions, selects | {expressions[-1]: FOUND}, first=WIDEST)

    def newest(self, question: Question, most: int) -> list[int]:
        """Primary keys of at most so many entries that have all it asks for, the newest entry first. One query.

        Found first, ordered then: else the planner may read every entry's terms in the order of the keys.
        """
        with connection.cursor() as cursor:
            cursor.execute(NEWEST, [_expression(question), most])
            return [pk for (pk,) in cursor.fetchall()]

    def pks(self) -> set[int]:
        """Primary keys of all that is in it."""
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT entry_id FROM {TABLE}")  # noqa: S608
            return {pk for (pk,) in cursor.fetchall()}

    def tidy(self) -> None:
        """Nothing: dead rows are the database's own to clean, and its vacuum runs by itself."""

    def size(self) -> int:
        """Bytes that it takes, indexes and all."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_total_relation_size(%s)", [TABLE])
            return int(cursor.fetchone()[0])


def _stored(entry: Entry) -> str:
    """Terms with their places as a tsvector is written; of a text too long for one, the end is left out."""
    tracks = tracks_of(entry)
    while len((written := _written(tracks)).encode()) > MOST_BYTES:
        tracks = [[sequence[: len(sequence) // 2] for sequence in track] for track in tracks]
    return written


def _written(tracks: Iterable[Track]) -> str:
    places: defaultdict[str, set[int]] = defaultdict(set)
    for track in tracks:
        first = 1
        for sequence in track:
            for place, term in enumerate(sequence, first):
                places[term].add(place)
            first += len(sequence) + 1
    return " ".join(_lexeme(term, several) for term, several in places.items())


def _lexeme(term: str, places: set[int]) -> str:
    known = sorted(place for place in places if place < LAST_PLACE)[:MOST_PLACES]
    return f"{_quoted(term)}:{','.join(map(str, known))}" if known else _quoted(term)


def _quoted(term: str) -> str:
    return "'{}'".format(term.replace("\\", "\\\\").replace("'", "''"))


def _expression(question: Question) -> str:
    """As a tsquery is written. Terms have letters, digits and "_" only, and stand in quotation marks all the same."""
    return " & ".join(f"({' | '.join(_phrase(one, part.prefix) for one in part.sequences)})" for part in question)


def _has_phrase(question: Question) -> bool:
    return any(len(sequence) > 1 for part in question for sequence in part.sequences)


def _phrase(sequence: Sequence[str], prefix: bool) -> str:
    return f"({' <-> '.join(map(_quoted, sequence))}{':*' if prefix else ''})"
