"""The judged set (`judged/README.md`) as values."""

import csv
import json
import re
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "judged"
_ESCAPE = re.compile(r"\\u([0-9a-f]{4})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """What is searched: a thing in one language."""

    language: str
    title: str
    text: str = ""
    kind: str = "statement"
    chapter: str = "world"
    date: date = date(2020, 5, 4)
    themes: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """What somebody types whose locale is `reader`, and a document that it is to find, or not to find."""

    query: str
    reader: str
    document: Document
    why: str = ""

    def __str__(self) -> str:
        return f"{self.reader} {self.query} > {self.document.language} {self.document.title}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """Documents that a query finds, and in this order."""

    query: str
    reader: str
    why: str
    documents: tuple[Document, ...] = field(default=())


def found() -> list[Pair]:
    """Pairs that are to be found, by the words of the document itself."""
    return [_pair(row) for row in _rows("found.csv")]


def not_found() -> list[Pair]:
    """Pairs that are not to be found."""
    return [_pair(row) for row in _rows("not_found.csv")]


def found_by_labels() -> list[Pair]:
    """Pairs that are to be found by the labels of the document in the reader's language."""
    return [_labelled(row) for row in _rows("labels.csv")]


def orders() -> list[Order]:
    """What comes before what."""
    cases = json.loads((FOLDER / "ordered.json").read_text(encoding="utf-8"))
    return [Order(**{**case, "documents": tuple(map(_document, case["documents"]))}) for case in cases]


def _rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return [{key: _unescaped(value) for key, value in row.items()} for row in csv.DictReader(file)]


def _unescaped(text: str) -> str:
    return _ESCAPE.sub(lambda escape: chr(int(escape[1], 16)), text)


def _pair(row: dict[str, str]) -> Pair:
    # An interview: no query has a word of the label of that kind.
    document = Document(language=row["language"], title=row["document"], kind="interview")
    return Pair(query=row["query"], reader=row["reader"], document=document, why=row.get("why", ""))


def _labelled(row: dict[str, str]) -> Pair:
    document = Document(
        language=row["language"],
        title=row["document"],
        kind=row["kind"],
        chapter=row["chapter"],
        themes=(row["theme"],) if row["theme"] else (),
        countries=(row["country"],) if row["country"] else (),
    )
    return Pair(query=row["query"], reader=row["reader"], document=document, why=row["why"])


def _document(given: dict[str, Any]) -> Document:
    day = date.fromisoformat(given.pop("date", "2020-05-04"))
    several = {name: tuple(given.pop(name, ())) for name in ("themes", "countries")}
    return Document(date=day, **several, **given)
