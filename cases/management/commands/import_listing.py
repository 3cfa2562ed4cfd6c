"""manage.py import_listing: bring an existing listing in."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from cases.importing.listing import Account, import_listing, write_rejects
from cases.importing.reading import UnreadableFile
from cases.importing.terms import Terms, read_mapping
from chapters.models import Chapter
from federation.vocabulary.names import nearest


class Command(BaseCommand):
    """Rows become statements and events; the same file again changes nothing."""

    help = (
        "Bring in a listing (CSV or JSON lines) with the columns date, title, kind, and perhaps themes, countries, "
        "language, url, id, body; several values in a cell are separated by |. The same file again changes nothing."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """See docs/operators.md for the file's form."""
        parser.add_argument("file", type=Path, help="The listing: .csv or .jsonl")
        parser.add_argument("--chapter", default="", help="Code of the owner; the federation itself without it.")
        parser.add_argument("--dry-run", action="store_true", help="Read everything, write nothing.")
        parser.add_argument("--rejects", type=Path, help="Write rejected rows here, ready to correct and import.")
        for name in ("kinds", "themes", "countries"):
            parser.add_argument(f"--{name}", type=Path, help=f"CSV of two columns: foreign term, code of our {name}.")
        parser.add_argument(
            "--keep-country-prefix", action="store_true", help="Keep “Tunisia: ” before a title of a row about Tunisia."
        )
        parser.add_argument(
            "--overwrite-edited", action="store_true", help="Let changed rows replace what was edited here since."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Import, then account for every row."""
        chapter = _chapter(options["chapter"])
        try:
            terms = Terms(*(read_mapping(options[name]) for name in ("kinds", "themes", "countries")))
            with tqdm(unit="rows", disable=None) as bar:
                account = import_listing(
                    options["file"],
                    chapter,
                    terms,
                    keep_prefix=options["keep_country_prefix"],
                    dry_run=options["dry_run"],
                    overwrite_edited=options["overwrite_edited"],
                    progress=lambda done, of: _show(bar, done, of),
                )
        except UnreadableFile as error:
            raise CommandError(str(error)) from error
        if options["rejects"]:
            write_rejects(options["rejects"], account.rejected)
        self.stdout.write("\n".join(_lines(account, options["rejects"])))


def _show(bar: Any, done: int, of: int) -> None:
    bar.total = of
    bar.update(done - bar.n)


def _chapter(code: str) -> Chapter:
    found = Chapter.objects.filter(code=code) if code else Chapter.objects.filter(level=Chapter.Level.FEDERATION)
    chapter = found.first()
    if chapter is None:
        codes = list(Chapter.objects.values_list("code", flat=True))
        near = nearest(code, codes)
        hint = (
            f"Did you mean {near!r}?"
            if near
            else f"Chapters: {', '.join(codes) or 'none; open one with open_chapter'}."
        )
        raise CommandError(f"There is no chapter {code!r}. {hint}" if code else f"There is no federation yet. {hint}")
    if not chapter.is_active:
        raise CommandError(
            f"“{code}” is {chapter.status}: nothing is published there. Reopen it first (chapter_status)."
        )
    return chapter


def _lines(account: Account, rejects: Path | None) -> Iterator[str]:
    counts = ", ".join(f"{number} {what}" for what, number in account.counts.most_common() if number)
    yield f"{account.rows} rows: {counts or 'nothing to write'}, {len(account.rejected)} rejected."
    if account.order.ambiguous:
        order = "day first" if account.order.day_first else "month first"
        yield f"{account.order.ambiguous} dates with slashes could be read both ways; they were read {order}."
    for cells, reason in account.rejected[:20]:
        yield f"  row {cells.number}: {reason}"
    if len(account.rejected) > 20:
        yield f"  ... and {len(account.rejected) - 20} more."
    if account.rejected and rejects:
        yield f"The rejected rows are in {rejects}: correct them there and import that file."
    if account.edited:
        yield f"Edited here since, so left alone (--overwrite-edited replaces them): rows {_some(account.edited)}."
    if account.unmatched:
        yield "Not matched, with how often:"
        for (sort, text), number in sorted(account.unmatched.items(), key=lambda item: -item[1]):
            yield f"  {number} × {sort} “{text}”"


def _some(numbers: list[int]) -> str:
    return ", ".join(map(str, numbers[:20])) + (" ..." if len(numbers) > 20 else "")
