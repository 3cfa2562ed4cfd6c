"""What a feed says: one page of a list, where it goes on, and what is gone."""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from federation.options import BASE_MARK, base_url

from ..listing import list_things
from ..query import ListQuery
from ..snapshot import Snapshot
from .tombstones import Tombstone, tombstones

Card = dict[str, Any]
Pairs = Iterable[tuple[str, str]]

# XML 1.0 has no way to write these.
UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """What a feed says of itself. Addresses begin at the root; `pairs` are its parameters, paging aside."""

    title: str
    lang: str
    author: str
    path: str
    pairs: tuple[tuple[str, str], ...]
    # The same list as a page for people.
    page: str

    def address(self, *more: tuple[str, str]) -> str:
        """Where the feed is, with further parameters."""
        text = urlencode([*self.pairs, *more])
        return f"{base_url()}{self.path}{'?' if text else ''}{text}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A page of a feed, whatever it is written as. `more` names the pages around it as RFC 5005 does."""

    heading: Heading
    itself: str
    items: list[Card]
    gone: list[Tombstone]
    count: int
    new: int
    updated: datetime
    more: dict[str, str]

    @property
    def whole(self) -> bool:
        """Whether it has everything that the list has (RFC 5005, 2)."""
        return len(self.items) == self.count


def feed_of(query: ListQuery, snapshot: Snapshot, heading: Heading, *, paging: Pairs = ()) -> Feed:
    """The page of a feed that a query asks for.

    Args:
        paging: the parameters that chose this page (cursor or offset), as they were given.
    """
    page = list_things(query, snapshot)
    items = [_card(text) for text in page.items]
    gone = tombstones(query)
    moments = [time_of(card["updated_at"]) for card in items] + [one.at for one in gone]
    around = {"next": page.next, "previous": page.previous}
    more = {name: heading.address(*parameters.items()) for name, parameters in around.items() if parameters}
    return Feed(
        heading=heading,
        itself=heading.address(*paging),
        items=items,
        gone=gone,
        count=page.count,
        new=page.new,
        updated=max(moments, default=None) or snapshot.changed_at or snapshot.looked_at,
        more={"first": heading.address(), **more} if more else {},
    )


def time_of(text: str) -> datetime:
    """A time as documents write it."""
    return datetime.fromisoformat(text.replace("Z", "+00:00"))


def _card(text: str) -> Card:
    return dict(_writable(json.loads(text.replace(BASE_MARK, base_url()))))


def _writable(value: Any) -> Any:
    if isinstance(value, str):
        return UNWRITABLE.sub("", value)
    if isinstance(value, dict):
        return {name: _writable(part) for name, part in value.items()}
    return [_writable(part) for part in value] if isinstance(value, list) else value
