"""Spanish."""

import re

from .folding import fold
from .snowball import Snowball

_snowball = Snowball("spanish")
_ACCENTED = ((re.compile("(?<=.)([cs])ion$"), r"\1ión"),)


def stem(written: str, exact: str) -> str:
    """The stem of a Spanish word."""
    word = exact
    for ending, accented in _ACCENTED:
        word = ending.sub(accented, word)
    return fold(_snowball(word))
