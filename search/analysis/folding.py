"""Text as it is compared: without case, accents, vowel signs and the differences between letter forms."""

import re
import unicodedata

# Signs that carry no difference for a reader who searches: accents, harakat, niqqud, tatweel, invisible joiners and
# directions. Vowel signs of Indian scripts and the voicing marks of kana are letters in all but name and stay.
MARKS = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670"
    "\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u0711\u0730-\u074a\u08d3-\u08ff\u1ab0-\u1aff\u1dc0-\u1dff"
    "\u20d0-\u20f0\ufe20-\ufe2f"
)
INVISIBLE = "\u00ad\u034f\u061c\u200c-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufe00-\ufe0f\ufeff"

_SPACES = re.compile(r"\s+")
_BARE = re.compile(f"[{MARKS}{INVISIBLE}]+")
# More marks in a row than any letter bears: Python sorts them in quadratic time.
_FLOOD = re.compile(f"([{MARKS}{INVISIBLE}]{{8}})[{MARKS}{INVISIBLE}]+")

_LETTERS = str.maketrans(
    dict(zip("æœøłđðþħŧı", ("ae", "oe", "o", "l", "d", "d", "th", "h", "t", "i"), strict=True))
    # Alef, heh and yeh in each of their forms; hamza on a seat is hamza, whichever seat the country teaches.
    | dict.fromkeys("أإآٱ", "ا")
    | dict.fromkeys("ةۀہۂۃەھ", "ه")
    | dict.fromkeys("ىیې", "ي")
    | dict.fromkeys("ؤئ", "ء")
    | dict(zip("کڭڤڨё", "ككفقе", strict=True))
)
_DIGIT = re.compile(r"[^\W\x00-\x7f]")


def composed(text: str) -> str:
    """The text in one form of each letter (NFKC) and without invisible signs; accents stay."""
    return unicodedata.normalize("NFKC", _FLOOD.sub(r"\1", text))


def fold(text: str) -> str:
    """The text for comparison: no case, no marks, ligatures and letter forms unified, ASCII digits, single spaces."""
    if text.isascii():
        return " ".join(text.casefold().split())
    unified = composed(text).casefold().translate(_LETTERS)
    bare = _BARE.sub("", unicodedata.normalize("NFD", unified))
    recomposed = unicodedata.normalize("NFC", bare).translate(_LETTERS)
    if recomposed.isalpha():
        return recomposed
    return _SPACES.sub(" ", _DIGIT.sub(_plain_digit, recomposed)).strip()


def _plain_digit(sign: re.Match[str]) -> str:
    value = unicodedata.decimal(sign[0], None)
    return sign[0] if value is None else str(value)
