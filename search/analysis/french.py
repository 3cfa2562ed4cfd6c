"""French: Snowball's stemmer over words whose accents were left out, so that "egalite" and "égalité" agree."""

import re

from .folding import fold
from .snowball import Snowball

_snowball = Snowball("french")

# Endings that are never without their accent: what Snowball knows them by.
_ACCENTED = (
    (re.compile("(?<=..)ee(s?)$"), r"ée\1"),
    (re.compile("(?<=..)ite(s?)$"), r"ité\1"),
    (re.compile("(?<=..)erent$"), "èrent"),
    (re.compile("(?<=...[^aeiou])us$"), "u"),
    (re.compile("(?<=...)ues$"), "ue"),
)


def stem(written: str, exact: str) -> str:
    """The stem of a French word."""
    word = exact
    for ending, accented in _ACCENTED:
        word = ending.sub(accented, word)
    return fold(_snowball(word))
