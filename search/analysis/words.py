"""From a text to the terms it is found under: one `Word` for each position."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from .folding import fold
from .splitting import APOSTROPHES, CHUNK, HYPHENS, clusters_of, is_unspaced, parts_of
from .stems import stems

# No term is longer than this; what is longer is found by its beginning.
LONGEST = 64
# The longest part that is looked at, and the most parts that are one symbol.
_CUT = 256
_MOST_PARTS = 12

# What is written before a word with an apostrophe and is none.
_ELIDED = {
    "fr": frozenset(("l", "d", "j", "m", "t", "s", "n", "c", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu", "presqu")),
    "pt": frozenset(("d", "n", "l", "m", "t")),
}
# What is written after a word, and the signs between the two: possessives; pronouns behind a verb.
_APPENDED = {
    "en": (APOSTROPHES, frozenset(("s", "t", "d", "m", "ll", "re", "ve"))),
    "pt": (
        HYPHENS,
        frozenset(
            (
                *("me", "te", "se", "nos", "vos", "o", "a", "os", "as", "lo", "la", "los", "las", "no", "na", "nas"),
                *("lhe", "lhes", "mo", "ma", "to", "ta", "lho", "lha", "lhos", "lhas", "ia", "iam", "ei", "emos"),
            )
        ),
    ),
}
_THOUSANDS = re.compile("[0-9]{1,3}(?:([,.’'])[0-9]{3})(?:\\1[0-9]{3})*")
# Joints that make a symbol of what they join, and those that only list.
_OF_SYMBOLS = re.compile("[@&_]")
_OF_SYMBOLS_OR_LISTS = re.compile("[/:,.]")
_NO_TERM = re.compile(r"[\W_]")


class _Part(NamedTuple):
    """A part of a chunk, and where it stands in it."""

    text: str
    start: int
    end: int


class Word(NamedTuple):
    """One position of a text: the terms found there, and from where to where it stands in the text as given."""

    # Folded, as written otherwise.
    exact: str
    # With the language before it ("fr_tortur"); the same as `exact` where no language has a stem for it.
    stem: str
    # Further terms found here: the whole of a symbol ("_a_res_70_161"), the joined form of "co-operation"; a
    # stem less likely than the first.
    more: tuple[str, ...]
    start: int
    end: int


def words(text: str, language: str) -> list[Word]:
    """The words of a text in a language (a BCP 47 tag), in order."""
    found: list[Word] = []
    for chunk in CHUNK.finditer(text):
        place = chunk.start()
        for exact, stem, more, start, end in analysed(chunk[0], language).words:
            found.append(Word(exact, stem, more, start + place, end + place))
    return found


def terms(text: str, language: str) -> list[list[str]]:
    """The same without places: all terms of each position, the exact one first."""
    return [list(dict.fromkeys((word.exact, word.stem, *word.more))) for word in words(text, language)]


class Chunk(NamedTuple):
    """A run of letters, digits and the signs between them: its words, and the terms it is found under as a whole."""

    words: tuple[Word, ...]
    # Of a symbol, or a word with a hyphen; () where there is only one word in it.
    wholes: tuple[str, ...] = ()


def analysed(chunk: str, language: str) -> Chunk:
    """The words of a chunk; places count from its beginning."""
    # A chunk of kilobytes is not worth remembering.
    return _remembered(chunk, language) if len(chunk) <= LONGEST else _analysed(chunk, language)


def _analysed(chunk: str, language: str) -> Chunk:
    base = language.partition("-")[0]
    if chunk.isalnum() and "ʼ" not in chunk and not is_unspaced(chunk):
        return Chunk(tuple(_each([_Part(chunk, 0, len(chunk))], base)))
    if is_unspaced(chunk):
        return Chunk(tuple(_pairs(chunk)))
    parts = [_Part(part[0], part.start(), part.end()) for part in parts_of(chunk)]
    while len(parts) > 1 and _is_elided(chunk, parts, base):
        del parts[0]
    while len(parts) > 1 and _is_appended(chunk, parts, base):
        del parts[-1]
    if 1 < len(parts) <= _MOST_PARTS and all(len(part.text) == 1 and part.text.isalpha() for part in parts):
        parts = [_Part("".join(part.text for part in parts), parts[0].start, parts[-1].end)]
    wholes = _wholes(chunk, parts, base) if len(parts) > 1 else ()
    return Chunk(tuple(_each(parts, base, wholes)), wholes)


# Half a kilobyte each: at most 35 MB.
_remembered = lru_cache(maxsize=1 << 16)(_analysed)


def _is_elided(chunk: str, parts: list[_Part], language: str) -> bool:
    first = parts[0]
    return chunk[first.end] in APOSTROPHES and first.text.casefold() in _ELIDED.get(language, ())


def _is_appended(chunk: str, parts: list[_Part], language: str) -> bool:
    last = parts[-1]
    signs, appended = _APPENDED.get(language, ("", frozenset()))
    return chunk[last.start - 1] in signs and last.text.casefold() in appended


def _wholes(chunk: str, parts: list[_Part], language: str) -> tuple[str, ...]:
    """The terms of several parts together: of a word with a hyphen, of thousands, of a symbol."""
    text = chunk[parts[0].start : parts[-1].end]
    if len(parts) > _MOST_PARTS:
        return ()
    if _THOUSANDS.fullmatch(text):
        return ("".join(part.text for part in parts),)
    if any(sign.isdecimal() for sign in text) or _OF_SYMBOLS.search(text):
        return (f"_{'_'.join(_term(part.text) for part in parts)}"[:LONGEST],)
    if _OF_SYMBOLS_OR_LISTS.search(text):
        return ()
    joined = "".join(part.text for part in parts)
    exact, several = _term_and_stems(joined[:_CUT], language)
    return tuple(dict.fromkeys((exact, *several)))


def _each(parts: list[_Part], language: str, wholes: tuple[str, ...] = ()) -> Iterator[Word]:
    for part in parts:
        exact, (stem, *others) = _term_and_stems(part.text[:_CUT], language)
        if exact:
            yield Word(exact, stem, (*others, *wholes), part.start, part.end)
            wholes = ()


def _pairs(chunk: str) -> Iterator[Word]:
    """Overlapping pairs of signs; each sign by itself further, for words of one."""
    signs = [(_term_of_sign(sign[0]), sign.start(), sign.end()) for sign in clusters_of(chunk)]
    signs = [sign for sign in signs if sign[0]]
    if len(signs) == 1:
        yield Word(signs[0][0], signs[0][0], (), signs[0][1], signs[0][2])
    for number, ((first, start, _), (second, _, end)) in enumerate(pairwise(signs), 2):
        singles = (first, second) if number == len(signs) else (first,)
        yield Word(first + second, first + second, singles, start, end)


def _term(text: str) -> str:
    folded = fold(text[:_CUT])
    return (folded if folded.isalnum() else _NO_TERM.sub(_kept_sign, folded))[:LONGEST]


@lru_cache(maxsize=1 << 13)
def _term_and_stems(part: str, language: str) -> tuple[str, tuple[str, ...]]:
    exact = _term(part)
    return exact, stems(part, exact, language)


_term_of_sign = lru_cache(maxsize=1 << 13)(_term)


def _kept_sign(sign: re.Match[str]) -> str:
    """Vowel signs stay; what folding brought in from elsewhere (the stroke of ½) goes."""
    return sign[0] if unicodedata.category(sign[0]).startswith("M") else ""
