"""Portuguese."""

import re

from .folding import fold
from .snowball import Snowball

_snowball = Snowball("portuguese")
_ACCENTED = (
    (re.compile("ao(s?)$"), r"ão\1"),
    (re.compile("oes$"), "ões"),
    (re.compile("aes$"), "ães"),
    (re.compile("avel$"), "ável"),
    (re.compile("avei(s)$"), "áveis"),
    (re.compile("encia(s?)$"), r"ência\1"),
)


def stem(written: str, exact: str) -> str:
    """The stem of a Portuguese word."""
    word = exact
    for ending, accented in _ACCENTED:
        word = ending.sub(accented, word)
    return fold(_snowball(word))
