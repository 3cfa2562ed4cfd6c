"""Bringing in a whole listing: reading, writing in batches, and the account of what happened."""

import csv
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from chapters.models import Chapter
from federation.vocabulary.languages import content_languages

from .dates import SlashOrder, slash_order
from .reading import COLUMNS, Cells, read_rows
from .rows import ImportRow, Reader, Rejected
from .terms import Terms
from .writing import Writer

# So many rows are written in one transaction: well under a second, so that editors can save meanwhile.
BATCH = 50


@dataclass(slots=True)
class Account:
    """What happened to the rows of a listing."""

    rows: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    rejected: list[tuple[Cells, str]] = field(default_factory=list)
    unmatched: Counter[tuple[str, str]] = field(default_factory=Counter)
    edited: list[int] = field(default_factory=list)
    order: SlashOrder = field(default_factory=lambda: SlashOrder(day_first=False))


def import_listing(
    path: Path,
    chapter: Chapter,
    terms: Terms,
    *,
    keep_prefix: bool = False,
    dry_run: bool = False,
    overwrite_edited: bool = False,
    progress: Callable[[int, int], None] = lambda done, of: None,
) -> Account:
    """Bring a listing in. Interrupted, each row is all there or absent; the same file again completes it.

    Args:
        path: a CSV or JSON lines file.
        chapter: the owner of what comes in.
        terms: what foreign terms mean here.
        keep_prefix: keep "Tunisia: " before a title even where it is the row's country.
        dry_run: read everything, write nothing.
        overwrite_edited: let changed rows replace what was edited here since they came in.
        progress: told how many rows are done, and of how many.

    Raises UnreadableFile when the file is no listing.
    """
    account = Account()
    total, account.order = _look_ahead(path)
    reader = Reader(
        terms=terms,
        order=account.order,
        language=chapter.languages[0],
        languages=frozenset(content_languages()),
        keep_prefix=keep_prefix,
    )
    writer = Writer(chapter=chapter, overwrite_edited=overwrite_edited)
    for batch in _batches(read_rows(path)):
        cells_of = {cells.number: cells for cells in batch}
        rows = list(_understood(batch, reader, account))
        refused = [] if dry_run else writer.write(rows)
        account.rejected += [(cells_of[row.number], reason) for row, reason in refused]
        account.rows += len(batch)
        if dry_run:
            account.counts["would go in"] += len(rows)
        progress(account.rows, total)
    account.counts += writer.counts
    account.edited, account.unmatched = writer.edited, terms.unmatched
    return account


def _look_ahead(path: Path) -> tuple[int, SlashOrder]:
    """How many rows there are, and in which order they write dates with slashes."""
    number = 0

    def dates() -> Iterator[str]:
        nonlocal number
        for cells in read_rows(path):
            number += 1
            yield cells.values.get("date", "")

    order = slash_order(dates())
    return number, order


def _understood(batch: Iterable[Cells], reader: Reader, account: Account) -> Iterator[ImportRow]:
    for cells in batch:
        try:
            yield reader.row(cells)
        except Rejected as error:
            account.rejected.append((cells, str(error)))


def _batches(rows: Iterator[Cells]) -> Iterator[list[Cells]]:
    while batch := list(islice(rows, BATCH)):
        yield batch


def write_rejects(path: Path, rejected: list[tuple[Cells, str]]) -> None:
    """The rejected rows as a CSV file with the reason in its last column, ready to be corrected and imported."""
    names = [*COLUMNS, *sorted({name for cells, _ in rejected for name in cells.values} - {*COLUMNS, "reason"})]
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, [*names, "reason"], extrasaction="ignore")
        writer.writeheader()
        for cells, reason in rejected:
            writer.writerow({**cells.values, "reason": reason})
