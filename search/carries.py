"""Carrying a new name: when a chapter, theme or country changes its name or place, what has it is put again."""

from collections import defaultdict

from django.db import transaction

from . import register
from .models import Carry, EntryFacet

# So many things are put again at once, in one transaction well under a second.
BATCH = 50


def carry(name: str, value: str) -> None:
    """Put everything with this facet value again.

    A few things in the caller's transaction. Many after it commits, in batches that remember how far they came:
    whatever a stop leaves undone, `work_through_carries` finishes.
    """
    refs = _refs(name, value, after="", most=BATCH + 1)
    if len(refs) <= BATCH:
        _refresh(refs)
        return
    Carry.objects.create(name=name, value=value)
    transaction.on_commit(work_through_carries)


def work_through_carries() -> int:
    """Finish all carries that were begun; how many things were put again."""
    done = 0
    for carry in Carry.objects.order_by("pk"):
        while refs := _refs(carry.name, carry.value, after=carry.after_ref, most=BATCH):
            with transaction.atomic():
                _refresh(refs)
                carry.after_ref = refs[-1][1]
                carry.save(update_fields=["after_ref"])
            done += len(refs)
        carry.delete()
    return done


def _refs(name: str, value: str, *, after: str, most: int) -> list[tuple[str, str]]:
    facets = EntryFacet.objects.filter(name=name, value=value, entry__ref__gt=after)
    pairs = facets.values_list("entry__type", "entry__ref").distinct().order_by("entry__ref")
    return list(pairs[:most])


def _refresh(refs: list[tuple[str, str]]) -> None:
    by_type = defaultdict(list)
    for type_name, ref in refs:
        by_type[type_name].append(ref)
    for type_name, those in by_type.items():
        register.refresh(type_name, those)
