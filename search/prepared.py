"""Queries that are asked a thousand times a second: their SQL is made once.

Building it took Django 5.2.19 five to twenty times as long as the database took to answer (`make bench`).
"""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from django.db import connection
from django.db.models import QuerySet
from django.db.models.sql.compiler import SQLCompiler

Ask = Callable[..., "QuerySet[Any, Any]"]


class Prepared:
    """A query of values, made by a function of its parameters; parameters are texts, whole numbers and moments.

    The function sees stand-ins, and its SQL is kept for each database and each number of parameters. What it does with
    a parameter must not depend on its value.
    """

    def __init__(self, ask: Ask) -> None:
        """`ask` returns the queryset (`values_list`) for its parameters."""
        self.ask = ask
        self.known: dict[tuple[Any, ...], tuple[str, list[tuple[int | None, Any]], dict[int, Any]]] = {}

    def __call__(self, *values: Any) -> Sequence[Sequence[Any]]:
        """The rows for these parameters; one query."""
        shape = (connection.vendor, *map(type, values))
        if shape not in self.known:
            self.known[shape] = self._compiled(values)
        sql, places, converters = self.known[shape]
        params = [fixed if place is None else _adapted(values[place]) for place, fixed in places]
        with connection.cursor() as cursor:
            cursor.execute(sql, params)
            rows = cursor.fetchall()
        return [_converted(row, converters) for row in rows] if converters else rows

    def _compiled(self, values: Sequence[Any]) -> tuple[str, list[tuple[int | None, Any]], dict[int, Any]]:
        stand_ins = [_stand_in(value, number) for value, number in zip(values, count(1), strict=False)]
        compiler: SQLCompiler = self.ask(*stand_ins).query.get_compiler(connection=connection)
        sql, params = compiler.as_sql()
        numbers = {_adapted(stand_in): number for number, stand_in in enumerate(stand_ins)}
        converters = compiler.get_converters([column[0] for column in compiler.select])
        return sql, [(numbers.get(param), param) for param in params], converters


def _stand_in(value: Any, number: int) -> Any:
    """Of the same type, and found nowhere else in a query."""
    if isinstance(value, datetime):
        return datetime(1903, 1, 1, tzinfo=UTC) + timedelta(hours=number)
    return f"\ue001{number}" if isinstance(value, str) else -(1 << 40) - number


def _adapted(value: Any) -> Any:
    return connection.ops.adapt_datetimefield_value(value) if isinstance(value, datetime) else value


def _converted(row: Sequence[Any], converters: dict[int, Any]) -> list[Any]:
    values = list(row)
    for place, (functions, expression) in converters.items():
        for function in functions:
            values[place] = function(values[place], expression, connection)
    return values
