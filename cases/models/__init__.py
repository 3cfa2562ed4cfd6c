"""What is said: cases and statements."""

from .case import Case, CaseCoPublisher, CaseSource, ThemedCase
from .imported import ImportedRow
from .statement import Statement, StatementCoPublisher, StatementSource, ThemedStatement

__all__ = [
    "Case",
    "CaseCoPublisher",
    "CaseSource",
    "ImportedRow",
    "Statement",
    "StatementCoPublisher",
    "StatementSource",
    "ThemedCase",
    "ThemedStatement",
]
