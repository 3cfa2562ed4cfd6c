"""The order of what was found, best first.

Relevance is steps, not a sum of weights: everybody can see why one thing stands before another, and every engine
gives the same order. From the best:

1. what is called exactly what was typed: its ref, its symbol, its whole title in any language;
2. then what is shown in the first language of the reader's chain, then in the next, then in any other; in each language
   a. the title has what was typed, word after word in exactly these forms;
   b. the title has all of it, in whatever order and form;
   c. title and summary together have all of it;
   d. summary and text have every word of it more than once;
   e. somewhere there is what was typed, word after word in exactly these forms;
   f. title, summary and text together have all of it;
   g. so they have together with the labels of kind, countries, themes and chapters.

Within a step the newest comes first, in the order of the lists.
"""

from collections.abc import Iterator

from .engines.interface import SearchQuery
from .matches import Matches, matches
from .orders import ORDERS
from .selection import chosen_by_language
from .snapshot import Key, Snapshot, marks_of


def page(query: SearchQuery, snapshot: Snapshot, selected: int) -> list[Key]:
    """Keys of the rows of the page that the query asks for, out of the positions that were found."""
    if query.order != "relevance" or not query.words:
        order = query.order if query.order != "relevance" else "-date"
        return ORDERS[order].cut(query.list, snapshot, selected).keys
    found = matches(query.words, snapshot)
    return [snapshot.keys[position] for position in _cut(query, _in_order(query, found, snapshot, selected))]


def _in_order(query: SearchQuery, found: Matches, snapshot: Snapshot, selected: int) -> Iterator[int]:
    """Positions of each step, those of a better step first."""
    yield selected & found.named
    for shown in chosen_by_language(query.languages, snapshot):
        for step in found.steps:
            yield selected & shown & step


def _cut(query: SearchQuery, steps: Iterator[int]) -> list[int]:
    skip = query.list.offset
    page: list[int] = []
    for bits in steps:
        size = bits.bit_count()
        if skip >= size:
            skip -= size
            continue
        page += _places(bits, skip, query.list.limit - len(page))
        skip = 0
        if len(page) == query.list.limit:
            break
    return page


def _places(bits: int, skip: int, most: int) -> list[int]:
    """Places of ones: so many, after so many others. Nothing is made of what comes behind them."""
    marks = marks_of(bits, 0)
    places: list[int] = []
    place = marks.find("1")
    while place >= 0 and len(places) < most + skip:
        places.append(place)
        place = marks.find("1", place + 1)
    return places[skip:]
