"""Where words begin and end: chunks of a text, the parts of a chunk, and what to do where no blanks are written."""

import re
from collections.abc import Iterator

from .folding import INVISIBLE, MARKS

# Scripts written without blanks between words (or, as Korean, with particles joined on): overlapping pairs of signs.
_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf"
    "\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff"
)
# Vowel signs and the like of scripts from Hebrew to Khmer, which `\w` leaves out.
_SIGNS = (
    f"{MARKS}{INVISIBLE}\u0900-\u0903\u093a-\u094f\u0951-\u0957\u0962\u0963\u0981-\u0983\u09bc-\u09cd\u09d7\u09e2\u09e3"
    "\u0a01-\u0a03\u0a3c-\u0a51\u0a70-\u0a75\u0a81-\u0a83\u0abc-\u0acd\u0ae2\u0ae3\u0b01-\u0b03\u0b3c-\u0b57\u0b82"
    "\u0bbe-\u0bd7\u0c00-\u0c04\u0c3c-\u0c56\u0c81-\u0c83\u0cbc-\u0cd6\u0d00-\u0d03\u0d3b-\u0d4d\u0d57\u0d81-\u0d83"
    "\u0dca-\u0df3\u0f18\u0f19\u0f35-\u0f39\u0f71-\u0f84\u0f90-\u0fbc\u07a6-\u07b0\u135d-\u135f\u3099\u309a"
)
APOSTROPHES = "'’ʼ‘`´＇"
HYPHENS = "-‐‑·\u05be"
_JOINTS = re.escape(f"{APOSTROPHES}{HYPHENS}/._@&:,")
_LETTER = f"[^\\W_{APOSTROPHES}{_UNSPACED}]"
_PART = f"{_LETTER}(?:{_LETTER}|[{_SIGNS}])*"

# A run of one kind. Every alternative is bounded by what it may not contain, so that nothing is tried twice.
CHUNK = re.compile(f"[{_UNSPACED}][{_UNSPACED}{_SIGNS}]*|{_PART}(?:[{_JOINTS}]{_PART})*")
_PARTS = re.compile(_PART)
_UNSPACED_RUN = re.compile(f"[{_UNSPACED}]")
# A sign with the marks on it: vowels and tones of Thai, Lao, Khmer and Burmese.
_CLUSTER = re.compile(
    "[^\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ecd\u102b-\u103e\u1056-\u1059\u17b4-\u17d3\u3099\u309a]"
    f"[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ecd\u102b-\u103e\u1056-\u1059\u17b4-\u17d3{_SIGNS}]*"
)


def is_unspaced(chunk: str) -> bool:
    """Whether a chunk is of a script that writes no blanks."""
    return bool(_UNSPACED_RUN.match(chunk))


def parts_of(chunk: str) -> Iterator[re.Match[str]]:
    """The parts of a chunk between its hyphens, apostrophes, points and slashes."""
    return _PARTS.finditer(chunk)


def clusters_of(chunk: str) -> Iterator[re.Match[str]]:
    """The signs of a chunk of an unspaced script, each with the marks on it."""
    return _CLUSTER.finditer(chunk)
