"""From what is asked for to the terms that a document may have it under."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from .words import Word, wholes, words

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
    terms: dict[str, None] = {}
    phrases: dict[tuple[str, ...], None] = {}
    for language in languages:
        several = words(chunk, language)
        if len(several) == 1:
            terms.update(dict.fromkeys(_single(several[0], prefix)))
        elif several:
            terms.update(dict.fromkeys(wholes(chunk, language)))
            phrases.update(dict.fromkeys(_sequences(several, prefix)))
    return Asked(tuple(terms), tuple(phrases)) if terms or phrases else None


def phrases(text: str, languages: Iterable[str]) -> Sequences:
    """The sequences of terms that a phrase may be found under: as written, then by the stems of each language."""
    return tuple(
        dict.fromkeys(
            sequence for language in languages if (several := words(text, language)) for sequence in _sequences(several)
        )
    )


def _single(word: Word, prefix: bool) -> Sequence[str]:
    return (word.exact,) if prefix else (word.exact, word.stem)


def _sequences(several: list[Word], prefix: bool = False) -> Iterable[tuple[str, ...]]:
    yield tuple(word.exact for word in several)
    if not prefix:
        yield tuple(word.stem for word in several)
