"""How many things a list has in each year and month: what a reader finds who chooses one."""

from calendar import monthrange
from dataclasses import replace
from datetime import date

from .query import ListQuery
from .selection import selection
from .snapshot import Snapshot


def years(query: ListQuery, snapshot: Snapshot) -> dict[str, int]:
    """Years that are not empty, the latest first; the list's own year and dates aside."""
    base = selection(replace(query, date_from=None, date_to=None), snapshot, but="year")
    counts = {year: (base & bits).bit_count() for year, bits in snapshot.values("year").items()}
    return {year: counts[year] for year in sorted(counts, reverse=True) if counts[year]}


def months(query: ListQuery, snapshot: Snapshot, year: int) -> dict[str, int]:
    """Months of a year that are not empty, as "2015-11", the latest first; each as a list of its days would count."""
    base = selection(replace(query, date_from=None, date_to=None), snapshot, but="year")
    counts = {}
    for month in range(12, 0, -1):
        first, last = month_days(year, month)
        counts[f"{year:04}-{month:02}"] = (base & snapshot.dated(first, last)).bit_count()
    return {month: count for month, count in counts.items() if count}


def month_days(year: int, month: int) -> tuple[date, date]:
    """The first and the last day of a month."""
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])
