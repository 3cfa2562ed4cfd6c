"""What both indexes share: many questions in one query."""

from collections.abc import Mapping, Sequence

from django.db import connection


def answers(expressions: Sequence[str], selects: Mapping[str, str], *, first: str = "") -> list[list[int]]:
    """Primary keys for each expression; one that is there twice is asked once.

    Args:
        selects: expression -> SQL that takes a number and the expression, and gives the number and all keys in one
            text: row by row, 70 000 keys take half as long again.
        first: SQL of a common table that the others may read; it takes the last expression.
    """
    if not expressions:
        return []
    distinct = list(dict.fromkeys(expressions))
    params = [value for number, one in enumerate(distinct) for value in (number, one)]
    sql = first + " UNION ALL ".join(selects[one] for one in distinct)
    found: dict[str, list[int]] = {one: [] for one in distinct}
    with connection.cursor() as cursor:
        cursor.execute(sql, [*([expressions[-1]] if first else []), *params])
        for number, pks in cursor.fetchall():
            found[distinct[number]] = list(map(int, pks.split(","))) if pks else []
    return [found[one] for one in expressions]
