"""From what is asked for to the terms that a document may have it under."""

from collections.abc import Iterable
from typing import NamedTuple

from . import arabic
from .splitting import CHUNK, is_unspaced
from .words import Word, analysed, words

Sequences = tuple[tuple[str, ...], ...]


class Asked(NamedTuple):
    """What one piece of a query asks for: a document matches that has one of the terms, or one of the phrases."""

    terms: tuple[str, ...]
    # Terms at successive positions.
    phrases: Sequences


def asked(chunk: str, languages: Iterable[str], *, prefix: bool = False) -> Asked | None:
    """What a piece of a query without blanks asks for, taken for a word of each of these languages.

    With `prefix` the terms, and the last one of each phrase, are beginnings of exact terms.
    None when there is no letter and no digit in it.
    """
    chunks = [found[0] for found in CHUNK.finditer(chunk)]
    terms: dict[str, None] = {}
    phrases: dict[tuple[str, ...], None] = {}
    for language in languages:
        if len(chunks) == 1:
            terms.update(dict.fromkeys(_single(chunks[0], language, prefix)))
        if len(several := words(chunk, language)) > 1:
            phrases.update(dict.fromkeys(_sequences(several, prefix)))
    return Asked(tuple(terms), tuple(phrases)) if terms or phrases else None


def phrases(text: str, languages: Iterable[str]) -> Sequences:
    """The sequences of terms that a phrase may be found under: as written, then by the stems of each language."""
    return tuple(
        dict.fromkeys(
            sequence for language in languages if (several := words(text, language)) for sequence in _sequences(several)
        )
    )


def _single(chunk: str, language: str, prefix: bool) -> Iterable[str]:
    """The terms that a run of letters may have, taken as one: of a word, of a symbol, of a word with a hyphen."""
    several, wholes = analysed(chunk, language)
    if len(several) > 1:
        return wholes
    if not several:
        return ()
    word = several[0]
    if prefix:
        return arabic.beginnings(word.exact) if arabic.is_arabic(word.exact) else (word.exact,)
    # The signs of a pair by themselves are further terms of a text, but not what is asked for.
    return (word.exact,) if is_unspaced(chunk) else (word.exact, word.stem, *word.more)


def _sequences(several: list[Word], prefix: bool = False) -> Iterable[tuple[str, ...]]:
    yield tuple(word.exact for word in several)
    if not prefix:
        yield tuple(word.stem for word in several)
