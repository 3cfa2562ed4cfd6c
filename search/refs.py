"""Refs: the short names that things keep in every language and for ever. They count nothing and name nobody."""

import hashlib
import secrets
from uuid import UUID

# Without vowels (no word can arise) and without what is mistaken for another sign (0 o, 1 l i).
ALPHABET = "23456789bcdfghjkmnpqrstvwxz"
LENGTH = 10


def random_ref() -> str:
    """A new ref: 10 signs, about 47 bits; the database's unique constraint is the judge of collisions."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def ref_of_key(translation_key: UUID) -> str:
    """The ref of a page, made from its translation key: the same for every language, on every machine."""
    number = int.from_bytes(hashlib.sha256(translation_key.bytes).digest()[:8], "big")
    signs = []
    for _ in range(LENGTH):
        number, sign = divmod(number, len(ALPHABET))
        signs.append(ALPHABET[sign])
    return "".join(signs)
