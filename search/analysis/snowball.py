"""Snowball's stemmers, in C (PyStemmer): fifty times as fast as the same in Python."""

from threading import local

import Stemmer


class Snowball(local):
    """The stemmer of a language by Snowball's name for it. It keeps state while it works: each thread has its own."""

    def __init__(self, name: str) -> None:
        """PyStemmer's own cache is off: results are kept by whole words already."""
        self._stemmer = Stemmer.Stemmer(name, 0)

    def __call__(self, word: str) -> str:
        """The stem of a word in small letters."""
        return str(self._stemmer.stemWord(word))
