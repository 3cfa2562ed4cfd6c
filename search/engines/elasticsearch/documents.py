"""From the register to the index: the document of a thing, with what of it is visible now, made of its rows alone."""

from calendar import monthrange
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from datetime import date
from typing import Any

from django.utils import timezone

from search.models import Entry, EntryFacet
from search.terms import tracks_of

from .indexes import Documents
from .mapping import room_of

FIELDS = (*("ref", "locale", "original", "title", "summary", "text", "found_by", "date", "date_precision", "sequence"),)


def documents_of(refs: Collection[str]) -> Documents:
    """Of each thing the document that the index should have now; None when nothing of it is visible."""
    versions: dict[str, list[Entry]] = defaultdict(list)
    for entry in Entry.objects.public(timezone.now()).filter(ref__in=refs).only(*FIELDS).order_by("locale"):
        versions[entry.ref].append(entry)
    leads = {ref: lead_of(several) for ref, several in versions.items()}
    facets = _facets_of([entry.pk for entry in leads.values()])
    return {ref: _document(leads[ref], versions[ref], facets) if ref in leads else None for ref in refs}


def all_refs(most: int) -> Iterator[list[str]]:
    """Refs of everything in the register, in batches and in order: none is passed over when others come and go."""
    last = ""
    while True:
        refs = list(Entry.objects.filter(ref__gt=last).order_by("ref").values_list("ref", flat=True).distinct()[:most])
        if not refs:
            return
        yield refs
        last = refs[-1]


def lead_of(entries: list[Entry]) -> Entry:
    """The version that stands for a thing when no language is asked for, as lists have it."""
    return next((entry for entry in entries if entry.original), None) or min(entries, key=lambda entry: entry.locale)


def _facets_of(pks: Iterable[int]) -> dict[int, dict[str, list[str]]]:
    facets: dict[int, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    stored = EntryFacet.objects.filter(entry__in=list(pks)).order_by("name", "value")
    for pk, name, value in stored.values_list("entry_id", "name", "value"):
        facets[pk][name].append(value)
    return facets


def _document(lead: Entry, versions: list[Entry], facets: dict[int, dict[str, list[str]]]) -> dict[str, Any]:
    """Facts are the same in every version; words are each version's own."""
    return {
        "ref": lead.ref,
        "locales": [entry.locale for entry in versions],
        "day": lead.date.isoformat(),
        "last_day": last_day(lead.date, lead.date_precision).isoformat(),
        "lead": lead.pk,
        "numbers": {room_of(entry.locale): entry.pk for entry in versions},
        "sequence": max(entry.sequence for entry in versions),
        "facets": dict(facets[lead.pk]),
        "words": {room_of(entry.locale): _words(entry) for entry in versions},
    }


def _words(entry: Entry) -> list[str]:
    """The terms of a version; no phrase goes across two of these texts."""
    return [" ".join(sequence) for track in tracks_of(entry) for sequence in track if sequence]


def last_day(day: date, precision: str) -> date:
    """The last day that a date of this precision may mean."""
    if precision == "year":
        return date(day.year, 12, 31)
    if precision == "month":
        return day.replace(day=monthrange(day.year, day.month)[1])
    return day
