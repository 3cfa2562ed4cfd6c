"""The full-text index of the database in use: which entries have which terms.

It is written in the transaction that writes the entry and holds entries whether or not they are visible yet: whoever
asks it looks at the register's snapshot for what is public.
"""

from collections.abc import Collection, Iterable, Sequence
from typing import Protocol

from django.db import connection

from ..models import Entry
from ..terms import Question
from .postgresql import PostgreSQLIndex
from .sqlite import SQLiteIndex

__all__ = ["TextIndex", "text_index"]


class TextIndex(Protocol):
    """What both databases can do."""

    def write(self, entries: Iterable[Entry]) -> None:
        """Index entries, new ones and ones that are there already."""

    def remove(self, pks: Collection[int]) -> None:
        """Take entries out."""

    def find(self, apart: Sequence[Question], steps: Sequence[Question]) -> list[list[int]]:
        """For each question, in this order, the primary keys of the entries that have all it asks for. One query.

        Of the steps the last finds whatever one of the others does.
        """

    def newest(self, question: Question, most: int) -> list[int]:
        """Primary keys of at most so many entries that have all it asks for, the newest entry first. One query."""

    def pks(self) -> set[int]:
        """Primary keys of all that is in it."""

    def tidy(self) -> None:
        """Rewrite the index so that nothing of what was removed is left in its files; in short steps."""

    def size(self) -> int:
        """Bytes that it takes."""


_INDEXES: dict[str, TextIndex] = {"sqlite": SQLiteIndex(), "postgresql": PostgreSQLIndex()}


def text_index() -> TextIndex:
    """That of the database in use."""
    return _INDEXES[connection.vendor]
