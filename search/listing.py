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
from .snapshot import Snapshot, bits_of

# So many times a page is made while the register changes under it.
ATTEMPTS = 3


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
    """One page.

    If something on it is withdrawn while it is made, it is made again from the newer register; where that goes on, what
    is gone is left out of the last one.
    """
    for attempt in range(ATTEMPTS):
        snapshot = index.anew() if attempt else snapshot or index.current()
        page, is_whole = _page(query, snapshot)
        if is_whole:
            break
    return page


def _page(query: ListQuery, snapshot: Snapshot) -> tuple[Page, bool]:
    """A page, and whether all of it is still public."""
    order = ORDERS[query.order]
    selected = selection(query, snapshot)
    keys, before, after = order.cut(query, snapshot, selected)
    # Asked of the clock again: an embargo may have been put on a row since the snapshot was made.
    rows = _cards(timezone.now(), *(-key[1] for key in keys)) if keys else []
    cards: dict[int, str] = dict(rows)  # type: ignore[arg-type]
    gone = [key for key in keys if -key[1] not in cards]
    if gone:
        selected &= ~bits_of([snapshot.numbers[-key[1]] for key in gone], len(snapshot.keys))
    cursors = [order.cursor_key(snapshot.rows[key]) for key in keys[-1:] + keys[:1]]
    page = Page(
        count=selected.bit_count(),
        new=(selected & new(query, snapshot)).bit_count(),
        items=[_narrowed(cards[-key[1]], query.fields) for key in keys if -key[1] in cards],
        next={"cursor": write_cursor(Cursor(query.order, cursors[0]))} if after and keys else None,
        previous={"cursor": write_cursor(Cursor(query.order, cursors[1], backwards=True))} if before and keys else None,
        facets={name: facet(name, query, snapshot) for name in query.facets} if query.facets else None,
    )
    return page, not gone


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
