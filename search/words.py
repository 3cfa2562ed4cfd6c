"""The query language of readers: words, "phrases", -without and prefix*. It has no errors.

Whatever is no sign of this language is read as plain words: a quotation mark without its partner, a lone minus, an
asterisk in front. Case, accents and endings are the business of `search.analysis`; here words stay as they were typed.
"""

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

# Beyond these, nothing is read: a whole pasted title fits in, a flood does not.
LONGEST = 1000
MOST_PARTS = 32
# A shorter beginning is read as a word.
SHORTEST_PREFIX = 2

_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»＂", '"'))
# A minus in front of a quoted phrase or of a word; a phrase; whatever else has no blank in it.
_PART = re.compile(r'(?P<minus>(?<!\S)-+)?(?:"(?P<phrase>[^"]*)"|(?P<word>[^\s"]+))')


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that is asked for: a word, a phrase or the beginning of a word, wanted or unwanted."""

    text: str
    kind: Literal["word", "phrase", "prefix"] = "word"
    without: bool = False


@dataclass(frozen=True, slots=True)
class Words:
    """What a reader typed. It is false when nothing is asked for: then every thing is found."""

    # As it was typed, without control characters and doubled blanks, not longer than `LONGEST`.
    text: str = ""
    parts: tuple[Part, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.parts)

    @property
    def wanted(self) -> tuple[Part, ...]:
        """What each thing found must have, all of it."""
        return tuple(part for part in self.parts if not part.without)

    @property
    def unwanted(self) -> tuple[Part, ...]:
        """What no thing found may have, none of it."""
        return tuple(part for part in self.parts if part.without)


def read(text: str) -> Words:
    """Read what was typed. Never an error, whatever it is; time is linear in what is read."""
    cleaned = _cleaned(text)
    parts = (_part(found) for found in _PART.finditer(cleaned.translate(_QUOTES)))
    return Words(cleaned, tuple(dict.fromkeys(part for part in parts if part))[:MOST_PARTS])


def _cleaned(text: str) -> str:
    """One blank between words; no NUL, no lone surrogate, no control or private character."""
    normal = unicodedata.normalize("NFC", text[:LONGEST])
    signs = (" " if unicodedata.category(sign) in {"Cc", "Cs", "Co"} else sign for sign in normal)
    return " ".join("".join(signs).split())


def _part(found: re.Match[str]) -> Part | None:
    without = found["minus"] is not None
    text = found["phrase"] if found["phrase"] is not None else found["word"]
    if not any(sign.isalnum() for sign in text):
        return None
    if found["phrase"] is not None:
        return Part(text.strip(), "phrase", without)
    bare = text.strip("*")
    if text.endswith("*") and len(bare) >= SHORTEST_PREFIX:
        return Part(bare, "prefix", without)
    return Part(bare, "word", without)
