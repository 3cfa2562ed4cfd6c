"""Reading a listing: CSV or JSON lines, as they are exported; a broken row stops nothing but itself."""

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path

COLUMNS = ("date", "title", "kind", "themes", "countries", "language", "url", "id", "body")
NEEDED = ("date", "title", "kind")
# What may be several in one cell is separated by this; names contain commas.
SEPARATOR = "|"

csv.field_size_limit(10_000_000)


class UnreadableFile(Exception):
    """The whole file cannot be read; the message says why and what to do."""


@dataclass(slots=True)
class Cells:
    """One row as it stands in the file. `number` counts as a spreadsheet does: the heading is row 1."""

    number: int
    values: dict[str, str] = field(default_factory=dict)
    problem: str = ""


def read_rows(path: Path) -> Iterator[Cells]:
    """All rows of a file; UnreadableFile when it is no listing at all."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise UnreadableFile(f"{path} cannot be read: {error.strerror}.") from error
    text = _decoded(content)
    if path.suffix.lower() in {".jsonl", ".ndjson", ".json"}:
        return _json_lines(text)
    return _csv_rows(text)


def _decoded(content: bytes) -> str:
    """UTF-8 with or without its mark, or UTF-16 with one; what is neither keeps its odd bytes, row by row."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    return content.decode("utf-8-sig", errors="surrogateescape")


def _is_broken(text: str) -> bool:
    return any(0xDC80 <= ord(sign) <= 0xDCFF for sign in text) or "\ufffd" in text


def _json_lines(text: str) -> Iterator[Cells]:
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        if _is_broken(line):
            yield Cells(number, _mended({"title": line[:200]}), BROKEN)
            continue
        try:
            value = json.loads(line)
        except ValueError:
            yield Cells(number, {"title": line[:200]}, "This line is no JSON.")
            continue
        if not isinstance(value, dict):
            yield Cells(number, {"title": line[:200]}, "This line is no JSON object.")
            continue
        yield Cells(number, {str(name).strip().lower(): _cell(cell) for name, cell in value.items()})


def _cell(value: object) -> str:
    if isinstance(value, list):
        return SEPARATOR.join(str(part) for part in value)
    return "" if value is None else str(value)


BROKEN = "The row is not in UTF-8: some of its letters are lost. Export the file as UTF-8."


def _csv_rows(text: str) -> Iterator[Cells]:
    head = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=head.count)
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter)
    names = [name.strip().lower() for name in next(reader, [])]
    missing = [name for name in NEEDED if name not in names]
    if missing:
        raise UnreadableFile(
            f"The first row names the columns; it lacks: {', '.join(missing)}. It has: {', '.join(names) or 'nothing'}."
        )
    for number, cells in enumerate(reader, 2):
        if not any(cell.strip() for cell in cells):
            continue
        values = dict(zip(names, cells, strict=False))
        if any(map(_is_broken, cells)):
            yield Cells(number, _mended(values), BROKEN)
        elif len(cells) > len(names):
            yield Cells(
                number, values, f"The row has {len(cells)} cells, the heading {len(names)}: a quote may be missing."
            )
        else:
            yield Cells(number, values)


def _mended(values: dict[str, str]) -> dict[str, str]:
    """With a mark where a letter was lost, so that the row can be written out and corrected."""
    return {name: "".join("\ufffd" if 0xDC80 <= ord(s) <= 0xDCFF else s for s in text) for name, text in values.items()}
