"""Text as it is compared: without case, accents, vowel signs and tatweel."""

import re
import unicodedata

_SPACES = re.compile(r"\s+")
_ARABIC = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ة": "ه", "ى": "ي", "ـ": None, "ё": "е"})


def fold(text: str) -> str:
    """The text for comparison: NFKD without combining marks, case-folded, Arabic letter forms unified, one space."""
    decomposed = unicodedata.normalize("NFKD", text.translate(_ARABIC))
    bare = "".join(sign for sign in decomposed if not unicodedata.combining(sign))
    return _SPACES.sub(" ", bare.casefold()).strip()
