"""Suggestions while somebody types: chapters, countries and themes by their names, then titles. Public data only.

What is suggested has something public behind it at this moment: a name whose list would be empty is left out, and a
title is read from the register again before it is shown.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Literal, NamedTuple

from django.utils import timezone

from federation.vocabulary.labels import labels
from federation.vocabulary.languages import site_languages

from . import analysis, index
from .facets import GLOBAL
from .models import Entry
from .prepared import Prepared
from .snapshot import Row, Snapshot
from .spelling import vocabulary
from .terms import TITLE, all_of
from .textindex import text_index
from .words import Part, read

Kind = Literal["title", "chapter", "country", "theme"]

# Of what is suggested, so many may be names; so many entries are looked at for titles.
MOST_NAMES, MOST_TITLES = 4, 500
# A shorter beginning fits everything.
SHORTEST = 2


class Suggestion(NamedTuple):
    """Something that a reader may mean."""

    kind: Kind
    text: str
    # Language of the text.
    locale: str
    # Of a title the ref of its thing, else the code: a value of the filter named like the kind.
    value: str
    # Of a title its address from the root.
    path: str = ""


def suggestions(text: str, *, locale: str, limit: int = 8) -> list[Suggestion]:
    """What somebody may mean who has typed so much, in the reader's language first.

    At most three queries, and a fourth where a slip of the pen was put right.
    """
    typed = [word.exact for word in analysis.words(read(text).text, locale)]
    if not typed or len("".join(typed)) < SHORTEST:
        return []
    snapshot = index.current()
    names = _names(typed, locale, snapshot) or _names(_mended(typed, locale, snapshot), locale, snapshot)
    names = names[: min(MOST_NAMES, limit)]
    titles = _titles(typed, locale, snapshot, limit - len(names))
    if not names and not titles and (mended := _mended_by_titles(typed)) != typed:
        titles = _titles(mended, locale, snapshot, limit)
    return [*names, *titles]


def _names(typed: Sequence[str], locale: str, snapshot: Snapshot) -> list[Suggestion]:
    """Names of which every typed word begins a word; those that begin as it was typed first. One for each value."""
    found: dict[tuple[str, str], tuple[bool, int, Suggestion]] = {}
    for number, (name, said) in enumerate(_public_names(locale, snapshot)):
        words = _folded(said.text)
        if typed and all(any(word.startswith(one) for word in words) for one in typed):
            found.setdefault((name, said.value), (not words[0].startswith(typed[0]), number, said))
    return [said for *_, said in sorted(found.values(), key=lambda one: one[:2])]


def _public_names(locale: str, snapshot: Snapshot) -> Iterator[tuple[str, Suggestion]]:
    """Names of everything that has something public, the reader's language before the others of the site."""
    for lang in dict.fromkeys((locale, *site_languages())):
        for code, names in snapshot.chapters.items():
            if lang in names and snapshot.having("chapter", code):
                yield "chapter", Suggestion("chapter", names[lang], lang, code)
        for kind in ("country", "theme"):
            known = labels(kind)
            for (name, code), bits in snapshot.bits.items():
                if name == kind and bits and code != GLOBAL and (text := known.get(code, {}).get(lang)):
                    yield kind, Suggestion(kind, text, lang, code)  # type: ignore[arg-type]


@lru_cache(maxsize=16_384)
def _folded(name: str) -> tuple[str, ...]:
    return tuple(word.exact for word in analysis.words(name, "")) or ("",)


def _mended(typed: Sequence[str], locale: str, snapshot: Snapshot) -> list[str]:
    """The words with slips of the pen put right, as far as names of the vocabularies have them."""
    known = {word for _, said in _public_names(locale, snapshot) for word in _folded(said.text)}
    return [next(iter(analysis.nearest_words(word, known, limit=1)), word) for word in typed]


def _mended_by_titles(typed: Sequence[str]) -> list[str]:
    """The words with slips of the pen put right, as far as public titles have them."""
    *whole, last = typed
    known = vocabulary()
    return [*(known.mended(word, beginning=False) for word in whole), known.mended(last, beginning=True)]


def _titles(typed: Sequence[str], locale: str, snapshot: Snapshot, limit: int) -> list[Suggestion]:
    """Titles that have all the words, the last of which may be a beginning: the newest, the reader's language first."""
    if limit <= 0:
        return []
    *whole, last = typed
    parts = all_of([*(Part(word) for word in whole), Part(last, "prefix")])
    pks = text_index().newest([one.within(TITLE) for one in parts], MOST_TITLES)
    places = sorted(place for pk in pks if (place := snapshot.numbers[pk]) < len(snapshot.keys))
    # Chapters are among the names.
    named = (row for row in map(snapshot.row, places) if row.type != "chapter")
    rows = sorted(named, key=lambda row: row.locale != locale)
    once: dict[str, Row] = {}
    for row in rows:
        once.setdefault(row.ref, row)
    shown = list(once.values())[:limit]
    public = {pk: said for pk, *said in _read(timezone.now(), *(row.pk for row in shown))} if shown else {}
    return [
        Suggestion("title", public[row.pk][0], row.locale, row.ref, public[row.pk][1])
        for row in shown
        if row.pk in public
    ]


_read = Prepared(lambda now, *pks: Entry.objects.public(now).filter(pk__in=pks).values_list("pk", "title", "path"))
