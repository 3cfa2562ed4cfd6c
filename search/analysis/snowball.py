"""Snowball's stemmers, in C (PyStemmer): fifty times as fast as the same in Python. And what has a say before them."""

import re
from collections.abc import Iterable, Mapping
from threading import local

import Stemmer

from .folding import fold

Endings = Iterable[tuple[str, str]]


class Snowball(local):
    """The stemmer of a language by Snowball's name for it. It keeps state while it works: each thread has its own."""

    def __init__(self, name: str) -> None:
        """PyStemmer's own cache is off: results are kept by whole words already."""
        self._stemmer = Stemmer.Stemmer(name, 0)

    def __call__(self, word: str) -> str:
        """The stem of a word in small letters."""
        return str(self._stemmer.stemWord(word))


class Careful:
    """A stemmer of folded words: Snowball's where it does no harm.

    Snowball takes off what makes a new word ("important", "importation") as it takes off what only bends one, and it
    knows many endings by accents that people leave out. So first some words are answered from a list, then endings that
    make new words are brought into one form and left on, then accents and spellings are restored for Snowball.
    """

    def __init__(
        self, name: str, *, apart: Mapping[str, str], spelt: Endings = (), kept: Endings = (), mended: Endings = ()
    ) -> None:
        """Of a language, by words and patterns that are all folded.

        Args:
            name: Snowball's name of the language.
            apart: stem -> the words that have it, with blanks between them.
            spelt: spellings that are brought into one before anything else.
            kept: endings that stay on, and their one form.
            mended: endings as Snowball knows them; each is tried on what the one before it left.
        """
        self._snowball = Snowball(name)
        self._apart = {word: stem for stem, several in apart.items() for word in several.split()}
        self._spelt = [(re.compile(pattern), form) for pattern, form in spelt]
        self._kept = [(re.compile(f"{pattern}$"), form) for pattern, form in kept]
        self._mended = [(re.compile(pattern), form) for pattern, form in mended]
        self._any_kept = re.compile("|".join(f"(?:{pattern})$" for pattern, _ in kept) or "$.")
        self._any_mended = re.compile("|".join(pattern for pattern, _ in mended) or "$.")

    def __call__(self, written: str, exact: str) -> tuple[str, ...]:
        """The stem of a word, by its folded form."""
        if exact in self._apart:
            return (self._apart[exact],)
        word = _replaced(exact, self._spelt)
        if self._any_kept.search(word):
            return (self._in_one_form(word),)
        stem = self._snowball(_replaced(word, self._mended) if self._any_mended.search(word) else word)
        return (stem if stem.isascii() else fold(stem),)

    def _in_one_form(self, word: str) -> str:
        """The word with the first ending that stays on."""
        return next(ending.sub(form, word) for ending, form in self._kept if ending.search(word))


def _replaced(word: str, patterns: Iterable[tuple[re.Pattern[str], str]]) -> str:
    for pattern, form in patterns:
        word = pattern.sub(form, word)
    return word
