"""Cursors: where a list goes on, whatever is added meanwhile."""

import base64
import binascii
import json
from typing import Any, NamedTuple


class Cursor(NamedTuple):
    """The item a page ended with (or began with, when reading backwards), by its sort key in that order."""

    order: str
    key: tuple[Any, ...]
    backwards: bool = False


def write_cursor(cursor: Cursor) -> str:
    """A cursor as clients hand it back: opaque and safe in a URL."""
    text = json.dumps([cursor.order, list(cursor.key), cursor.backwards], separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def read_cursor(text: str) -> Cursor | None:
    """The cursor that was written as `text`; None for anything else."""
    if len(text) > 2000:
        return None
    try:
        order, key, backwards = json.loads(
            base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
        )
    except (binascii.Error, ValueError, UnicodeDecodeError, TypeError, RecursionError):
        return None
    whole = isinstance(key, list) and all(isinstance(part, int | float | str) for part in key)
    if not whole or not isinstance(order, str) or not isinstance(backwards, bool) or len(key) != 2:
        return None
    ends_with_number = isinstance(key[-1], int) and not isinstance(key[-1], bool)
    starts_right = isinstance(key[0], str if "title" in order else int | float)
    return Cursor(order, tuple(key), backwards) if ends_with_number and starts_right else None
