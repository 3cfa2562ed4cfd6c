"""Lists: a parsed query in, finished bytes out. At most four queries, however many items; no HTTP in here."""

import json
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.utils import timezone

from federation.options import BASE_MARK, base_url
from federation.vocabulary.labels import label
from federation.vocabulary.languages import site_languages
from federation.vocabulary.models import in_language

from . import index
from .cursors import Cursor, write_cursor
from .documents import as_json
from .index import Key, Row, Snapshot
from .models import Entry
from .query import FILTERS, ListQuery
from .text import fold
from .types import declared

# "New" is what is listed under the last seven days, both ends counted: as_of - 7 days up to and including as_of.
NEW_DAYS = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a list: how many there are, the cards of this page, where it goes on."""

    count: int
    new: int
    items: list[str]
    next: dict[str, str] | None
    previous: dict[str, str] | None
    facets: dict[str, list[dict[str, Any]]] | None


def selection(query: ListQuery, snapshot: Snapshot, *, but: str = "") -> int:
    """Positions of the things that a query finds, each once; `but` leaves one filter out (a facet's own)."""
    return filtered(query, snapshot, but=but) & chosen(query, snapshot, but=but)


def filtered(query: ListQuery, snapshot: Snapshot, *, but: str = "") -> int:
    """Positions that pass the filters, in whatever language."""
    selected = snapshot.having("type", query.type) if query.type else snapshot.everything
    for name, values in query.filters.items():
        if name != but:
            selected &= _union(snapshot.having(name, value) for value in values)
    if query.date_from or query.date_to:
        selected &= snapshot.dated(query.date_from, query.date_to)
    if query.only_new:
        selected &= _new(query, snapshot)
    if query.words:
        selected &= _with_words(query.words, snapshot)
    return selected


def chosen(query: ListQuery, snapshot: Snapshot, *, but: str = "") -> int:
    """One row of each thing: in the first language asked for that it has; in its original without any asked for."""
    if not query.languages or but == "locale":
        return snapshot.having("lead", "")
    selected = covered = 0
    for language in query.languages:
        if language == "*":
            return selected | (snapshot.having("lead", "") & ~covered)
        selected |= snapshot.having("locale", language) & ~covered
        covered |= snapshot.having("has", language)
    return selected


def _union(several: Iterator[int]) -> int:
    result = 0
    for bits in several:
        result |= bits
    return result


def _new(query: ListQuery, snapshot: Snapshot) -> int:
    return snapshot.dated(query.as_of - NEW_DAYS, query.as_of)


def _with_words(words: Sequence[str], snapshot: Snapshot) -> int:
    """Rows whose text has every word; one query."""
    entries = Entry.objects.public()
    for word in words:
        entries = entries.filter(haystack__contains=word)
    marks = 0
    for pk, day in entries.values_list("pk", "date"):
        key = (-day.toordinal(), -pk)
        place = bisect_left(snapshot.keys, key)
        if place < len(snapshot.keys) and snapshot.keys[place] == key:
            marks |= 1 << place
    return marks


def list_things(query: ListQuery, snapshot: Snapshot | None = None) -> Page:
    """One page. If something on it is withdrawn while it is made, it is made again from the newer register."""
    for _attempt in range(3):
        snapshot = snapshot or index.current()
        page = _page(query, snapshot)
        if page is not None:
            return page
        snapshot = None
    raise RuntimeError("The register changed three times while one page was read.")


def _page(query: ListQuery, snapshot: Snapshot) -> Page | None:
    selected = selection(query, snapshot)
    keys, before, after = _slice(query, snapshot, selected)
    cards = dict(Entry.objects.filter(pk__in=[-key[1] for key in keys]).values_list("pk", "card"))
    if len(cards) != len(keys):
        return None
    order = _order(query)
    return Page(
        count=selected.bit_count(),
        new=(selected & _new(query, snapshot)).bit_count(),
        items=[_narrowed(cards[-key[1]], query.fields) for key in keys],
        next=_cursor_after(query, order.cursor_key(snapshot, keys[-1])) if after and keys else None,
        previous=_cursor_before(query, order.cursor_key(snapshot, keys[0])) if before and keys else None,
        facets={name: _facet(name, query, snapshot) for name in query.facets} if query.facets else None,
    )


def _narrowed(card: str, fields: Sequence[str]) -> str:
    if not fields:
        return card
    whole = json.loads(card)
    return as_json({name: whole[name] for name in fields if name in whole})


def _cursor_after(query: ListQuery, key: tuple[Any, ...]) -> dict[str, str]:
    return {"cursor": write_cursor(Cursor(query.order, key))}


def _cursor_before(query: ListQuery, key: tuple[Any, ...]) -> dict[str, str]:
    return {"cursor": write_cursor(Cursor(query.order, key, backwards=True))}


# Orders


@dataclass(frozen=True, slots=True)
class _ByDate:
    """The listing order itself, or backwards: pages are cut out of the bits, no row is touched."""

    backwards: bool

    def cursor_key(self, snapshot: Snapshot, key: Key) -> tuple[Any, ...]:
        return key

    def slice(self, query: ListQuery, snapshot: Snapshot, selected: int) -> tuple[list[Key], bool, bool]:
        size = len(snapshot.keys)
        marks = format(selected, f"0{size or 1}b")
        marks = marks if self.backwards else marks[::-1]
        starts = self._start(query, snapshot, marks)
        if query.cursor and query.cursor.backwards:
            places = _last_ones(marks, starts, query.limit)
        else:
            places = _first_ones(marks, starts, query.limit)
        if not places:
            return [], "1" in marks[:starts], False
        keys = [snapshot.keys[size - 1 - place if self.backwards else place] for place in places]
        return keys, marks.find("1", 0, places[0]) >= 0, marks.find("1", places[-1] + 1) >= 0

    def _start(self, query: ListQuery, snapshot: Snapshot, marks: str) -> int:
        """Where reading begins: the place from which to read on, or up to which to read backwards."""
        if query.cursor is None:
            return _place_of_one(marks, query.offset)
        key: Any = query.cursor.key
        size = len(snapshot.keys)
        if query.cursor.backwards:
            return size - bisect_right(snapshot.keys, key) if self.backwards else bisect_left(snapshot.keys, key)
        return size - bisect_left(snapshot.keys, key) if self.backwards else bisect_right(snapshot.keys, key)


def _place_of_one(marks: str, number: int) -> int:
    """The place of the `number`th "1", counted from 0; the end when there are not so many. Found by halving."""
    low, high = 0, len(marks)
    while low < high:
        middle = (low + high) // 2
        ones = marks.count("1", low, middle + 1)
        if ones <= number:
            number -= ones
            low = middle + 1
        else:
            high = middle
    return low


def _first_ones(marks: str, start: int, most: int) -> list[int]:
    places: list[int] = []
    place = marks.find("1", start)
    while place >= 0 and len(places) < most:
        places.append(place)
        place = marks.find("1", place + 1)
    return places


def _last_ones(marks: str, end: int, most: int) -> list[int]:
    places: list[int] = []
    place = marks.rfind("1", 0, end)
    while place >= 0 and len(places) < most:
        places.append(place)
        place = marks.rfind("1", 0, place)
    return places[::-1]


@dataclass(frozen=True, slots=True)
class _BySort:
    """Any other order: the found rows are sorted."""

    sort_key: Callable[[Row], tuple[Any, int]]

    def cursor_key(self, snapshot: Snapshot, key: Key) -> tuple[Any, ...]:
        return self.sort_key(snapshot.rows[key])

    def slice(self, query: ListQuery, snapshot: Snapshot, selected: int) -> tuple[list[Key], bool, bool]:
        pairs = sorted((self.sort_key(snapshot.rows[key]), key) for key in index._positions(snapshot, selected))
        start, end = self._bounds(query, [pair[0] for pair in pairs])
        return [key for _, key in pairs[start:end]], start > 0, end < len(pairs)

    def _bounds(self, query: ListQuery, sort_keys: list[tuple[Any, int]]) -> tuple[int, int]:
        if query.cursor is None:
            start = min(query.offset, len(sort_keys))
        elif query.cursor.backwards:
            end = bisect_left(sort_keys, query.cursor.key)  # type: ignore[arg-type]
            return max(0, end - query.limit), end
        else:
            start = bisect_right(sort_keys, query.cursor.key)  # type: ignore[arg-type]
        return start, min(start + query.limit, len(sort_keys))


def _coming(row: Row) -> tuple[float, int]:
    """What has not ended yet, soonest first; then what is over, latest first."""
    now = timezone.now().timestamp()
    start = row.start.timestamp() if row.start else 0.0
    end = row.end.timestamp() if row.end else start
    far = 1e12
    return (start, -row.pk) if end >= now else (far - start, -row.pk)


def _title(row: Row) -> str:
    return fold(row.title)


def _backwards(text: str) -> str:
    return "".join(chr(0x10FFFF - ord(sign)) for sign in text)


_ORDERS: dict[str, _ByDate | _BySort] = {
    "-date": _ByDate(backwards=False),
    "date": _ByDate(backwards=True),
    "-updated_at": _BySort(lambda row: (-row.updated_at.timestamp(), -row.pk)),
    "updated_at": _BySort(lambda row: (row.updated_at.timestamp(), row.pk)),
    "title": _BySort(lambda row: (_title(row), row.pk)),
    "-title": _BySort(lambda row: (_backwards(_title(row)), -row.pk)),
    "coming": _BySort(_coming),
    "start": _BySort(lambda row: (row.start.timestamp() if row.start else 0.0, row.pk)),
    "-start": _BySort(lambda row: (-row.start.timestamp() if row.start else 0.0, -row.pk)),
}


def _order(query: ListQuery) -> _ByDate | _BySort:
    return _ORDERS[query.order]


def _slice(query: ListQuery, snapshot: Snapshot, selected: int) -> tuple[list[Key], bool, bool]:
    return _order(query).slice(query, snapshot, selected)


# Facets


def _facet(name: str, query: ListQuery, snapshot: Snapshot) -> list[dict[str, Any]]:
    """Each value with how many things a list filtered by it would have: a facet does not filter itself."""
    lang = next((language for language in query.languages if language != "*"), site_languages()[0])
    base = selection(query, snapshot, but=name)
    values = snapshot.values("has" if name == "locale" else name)
    counts = {value: (base & bits).bit_count() for value, bits in values.items()}
    rows = [{"value": v, "label": label_of(name, v, lang, snapshot), "count": n} for v, n in counts.items() if n]
    if name == "year":
        return sorted(rows, key=lambda row: str(row["value"]), reverse=True)
    return sorted(rows, key=lambda row: (-int(str(row["count"])), fold(str(row["label"])), str(row["value"])))


def label_of(name: str, value: str, lang: str, snapshot: Snapshot) -> str:
    """What a facet value is called in a language."""
    if name in {"chapter", "owner"}:
        names = snapshot.chapters.get(value, {})
        return names.get(lang) or names.get("") or value
    if name == "country" and value == "global":
        return GLOBAL_LABELS.get(lang, GLOBAL_LABELS["en"])
    if name == "type":
        return in_language(declared()[value].label_plural, lang, value) if value in declared() else value
    if name == "locale":
        return label("language", value, lang)
    return label(name, value, lang) if name in FILTERS and name != "year" else value


GLOBAL_LABELS = {"en": "Global", "fr": "Mondial", "es": "Mundial", "ar": "عالمي"}
# Bytes


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


def counted(query: ListQuery, name: str) -> dict[str, int]:
    """Counts of one facet alone, by value: for maps and archives."""
    snapshot = index.current()
    return {row["value"]: row["count"] for row in _facet(name, replace(query, facets=(name,)), snapshot)}


def today() -> date:
    """The day by which "new" is counted when none is given."""
    return timezone.now().date()
