"""Items that other chapters ask one's chapters to take over."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from chapters import rights
from chapters.models import TransferRequest
from search.types import type_named


@dataclass(frozen=True, slots=True)
class Handover:
    """A request that waits, and the title of what it is about."""

    request: TransferRequest
    title: str


def handovers_for(user: Any, limit: int) -> list[Handover]:
    """What somebody may accept, the oldest first. One query, and one more for each type of what is asked for."""
    where = rights.chapters_where(user, rights.TRANSFER)
    asked = TransferRequest.objects.open().filter(to__in=where).exclude(asked_by=user)
    requests = list(asked.select_related("owner", "to")[:limit])
    items = _items(requests)
    return [
        Handover(one, items[one.ref][0]) for one in requests if one.ref in items and not one.why_void(items[one.ref][1])
    ]


def _items(requests: list[TransferRequest]) -> dict[str, tuple[str, int | None]]:
    """Title as it was written last, and owner, by ref."""
    by_type: dict[str, set[str]] = defaultdict(set)
    for request in requests:
        by_type[request.type].add(request.ref)
    found: dict[str, tuple[str, int | None]] = {}
    for type_name, refs in by_type.items():
        for model in type_named(type_name).models():
            rows: Any = model._default_manager
            for row in rows.filter(ref__in=refs, source=None).select_related("latest_revision"):
                title = row.latest_revision.object_str if row.latest_revision else str(row)
                found[row.ref] = (title, row.owner_id)
    return found
