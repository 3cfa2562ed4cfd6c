"""Which rows of a snapshot have the words of a question, step by step from the best kind of match to the least.

A thing is found when one of its languages has all the words; then all of its rows count as found, so that it can be
shown in the language that suits the reader. What one language has that is not wanted rules the whole thing out.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from .snapshot import Snapshot, bits_of, marks_of, positions_of, union
from .terms import HEAD, TITLE, Asked, Question, all_of, as_typed, name_term, needed
from .textindex import text_index
from .words import Words

# Of so many questions a snapshot remembers what they found.
MOST_KEPT = 64
# With more translated rows than this it is quicker to go through all of them.
FEW = 3000


@dataclass(frozen=True, slots=True)
class Matches:
    """Positions in a snapshot of all rows of the things that were found."""

    everything: int
    # Called exactly what was typed: by ref, symbol or whole title.
    named: int
    # From the best to the least, each without the ones before: see `search/relevance.py`.
    steps: tuple[int, ...] = ()


def matches(words: Words, snapshot: Snapshot) -> Matches:
    """What the words find; one query, however often one answer asks for it."""
    found: Matches | None = snapshot.found.get(words)
    if found is None:
        found = _matches(words, snapshot)
        # Other threads remember and forget at the same time: a list is made in one step, an iterator would break.
        for oldest in list(snapshot.found)[: max(0, len(snapshot.found) - MOST_KEPT + 1)]:
            snapshot.found.pop(oldest, None)
        snapshot.found[words] = found
    return found


@dataclass(frozen=True, slots=True)
class Questions:
    """What an index is asked for words. Each question is a conjunction."""

    named: tuple[Asked, ...]
    # From the best step to the least; whatever one of them finds, the last finds too.
    steps: list[Question]
    # None of these may be found anywhere.
    unwanted: tuple[Asked, ...]
    # Only what is unwanted was said: all the rest is found.
    all_the_rest: bool


def questions(words: Words) -> Questions:
    """The same for every engine that stores `terms.tracks_of`."""
    wanted, unwanted = all_of(needed(words)), all_of(words.unwanted)
    return Questions(
        named=(Asked(((name_term(words.text),),)),),
        steps=_steps(words, wanted) if wanted else [],
        unwanted=tuple(one.anywhere() for one in unwanted),
        all_the_rest=bool(unwanted) and not words.wanted,
    )


def _steps(words: Words, wanted: Sequence[Asked]) -> list[Question]:
    typed = as_typed(words)
    return [
        *([[typed.within(TITLE)]] if typed else []),
        [one.within(TITLE) for one in wanted],
        [one.within(HEAD) for one in wanted],
        [one.often() for one in wanted],
        *([[typed]] if typed else []),
        [*wanted],
        [one.anywhere() for one in wanted],
    ]


def _matches(words: Words, snapshot: Snapshot) -> Matches:
    asked = questions(words)
    apart = [asked.named, *((one,) for one in asked.unwanted)]
    found = [_rows(pks, snapshot) for pks in text_index().find(apart, asked.steps)]
    (named, *unwanted), steps = found[: len(apart)], found[len(apart) :]
    ruled_out = _things(union(unwanted), snapshot)
    if asked.all_the_rest:
        steps = [snapshot.everything & ~ruled_out]
    named = _things(named, snapshot)
    own = tuple(bits & ~ruled_out for bits in _each_once(steps, named, snapshot))
    return Matches(named | union(own), named, own)


def _each_once(steps: Iterable[int], covered: int, snapshot: Snapshot) -> Iterator[int]:
    """Things of each step without those of the ones before: no thing is looked at twice."""
    for rows in steps:
        things = _things(rows & ~covered, snapshot)
        covered |= things
        yield things


def _rows(pks: Sequence[int], snapshot: Snapshot) -> int:
    """Positions of entries; what the snapshot does not have is not public, or is newer than it."""
    return bits_of([*map(snapshot.numbers.__getitem__, pks)], len(snapshot.keys)) if pks else 0


def _things(rows: int, snapshot: Snapshot) -> int:
    """All rows of the things that have one of these."""
    several = rows & snapshot.translated
    if not several:
        return rows
    if several.bit_count() > FEW:
        return _many_things(rows, snapshot)
    first_of, rest_of = snapshot.languages
    firsts = {first_of.get(position, position) for position in positions_of(several)}
    return rows | bits_of([*firsts, *(place for first in firsts for place in rest_of[first])], len(snapshot.keys))


def _many_things(rows: int, snapshot: Snapshot) -> int:
    """The same, in two rounds over all that is translated: the first row of each thing, then those that follow it."""
    size, first_of = len(snapshot.keys), snapshot.languages.first_of
    marks = marks_of(rows, size)
    rows |= bits_of([first for place, first in first_of.items() if marks[place] == "1"], size)
    marks = marks_of(rows, size)
    return rows | bits_of([place for place, first in first_of.items() if marks[first] == "1"], size)
