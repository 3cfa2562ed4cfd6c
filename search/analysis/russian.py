"""Russian: Snowball's stemmer; vowels that come and go before the last consonant go for good."""

import re

from .folding import composed, fold
from .snowball import Snowball

_snowball = Snowball("russian")
_FLEETING = re.compile("(?<=[бвгджзйклмнпрстфхцчшщь])[ое]к$")


def stem(written: str, exact: str) -> str:
    """The stem of a Russian word."""
    word = composed(written).casefold().replace("ё", "е")
    return fold(_FLEETING.sub("к", _snowball(word)))
