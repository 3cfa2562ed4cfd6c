"""Lists: a parsed query in, finished bytes out. At most four queries, however many items; no HTTP in here."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.utils import timezone

from federation.options import BASE_MARK, base_url

from . import index
from .counts import facet
from .cursors import Cursor, write_cursor
from .documents import as_json
from .models import Entry
from .orders import ORDERS
from .prepared import Prepared
from .query import ListQuery
from .selection import new, selection
from .snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a list: how many there are, the cards of this page, where it goes on."""

    count: int
    new: int
    items: list[str]
    # Parameters of the pages on either side.
    next: dict[str, str] | None
    previous: dict[str, str] | None
    facets: dict[str, list[dict[str, Any]]] | None


def list_things(query: ListQuery, snapshot: Snapshot | None = None) -> Page:
    """One page. If something on it is withdrawn while it is made, it is made again from the newer register."""
    for _attempt in range(3):
        page = _page(query, snapshot or index.current())
        if page is not None:
            return page
        snapshot = index.anew()
    raise RuntimeError("The register changed three times while one page was read.")


def _page(query: ListQuery, snapshot: Snapshot) -> Page | None:
    order = ORDERS[query.order]
    selected = selection(query, snapshot)
    keys, before, after = order.cut(query, snapshot, selected)
    # Asked of the clock again: an embargo may have been put on a row since the snapshot was made.
    rows = _cards(timezone.now(), *(-key[1] for key in keys)) if keys else []
    cards: dict[int, str] = dict(rows)  # type: ignore[arg-type]
    if len(cards) != len(keys):
        return None
    cursors = [order.cursor_key(snapshot.rows[key]) for key in keys[-1:] + keys[:1]]
    return Page(
        count=selected.bit_count(),
        new=(selected & new(query, snapshot)).bit_count(),
        items=[_narrowed(cards[-key[1]], query.fields) for key in keys],
        next={"cursor": write_cursor(Cursor(query.order, cursors[0]))} if after and keys else None,
        previous={"cursor": write_cursor(Cursor(query.order, cursors[1], backwards=True))} if before and keys else None,
        facets={name: facet(name, query, snapshot) for name in query.facets} if query.facets else None,
    )


_cards = Prepared(lambda now, *pks: Entry.objects.public(now).filter(pk__in=pks).values_list("pk", "card"))


def _narrowed(card: str, fields: Sequence[str]) -> str:
    if not fields:
        return card
    whole = json.loads(card)
    return as_json({name: whole[name] for name in fields if name in whole})


def as_bytes(page: Page, query: ListQuery, path: str) -> bytes:
    """The envelope, ready to send: cards go in as they are stored."""
    head = {
        "count": page.count,
        "new": page.new,
        "next": _link(path, query, page.next),
        "previous": _link(path, query, page.previous),
    }
    tail = f',"facets":{as_json(page.facets)}' if page.facets is not None else ""
    text = f'{as_json(head)[:-1]},"items":[{",".join(page.items)}]{tail}}}'
    return text.replace(BASE_MARK, base_url()).encode()


def _link(path: str, query: ListQuery, more: dict[str, str] | None) -> str | None:
    return None if more is None else f"{BASE_MARK}{path}?{urlencode([*query.given, *more.items()])}"
