"""Cursors: where a list goes on, whatever is added meanwhile."""

import base64
import binascii
import json
from math import isfinite
from typing import Any, NamedTuple


class Cursor(NamedTuple):
    """The item a page ended with (or began with, when reading backwards), by its sort key in that order."""

    order: str
    key: tuple[Any, ...]
    backwards: bool = False


# What the first part of a sort key is, where it is no number of seconds.
_FIRST: dict[str, type] = {"date": int, "-date": int, "title": str, "-title": str}
LONGEST = 2000


def write_cursor(cursor: Cursor) -> str:
    """A cursor as clients hand it back: opaque and safe in a URL."""
    text = json.dumps([cursor.order, list(cursor.key), cursor.backwards], ensure_ascii=False, separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def read_cursor(text: str) -> Cursor | None:
    """The cursor that was written as `text`; None for anything else."""
    if len(text) > LONGEST:
        return None
    try:
        order, key, backwards = json.loads(
            base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
        )
    except (binascii.Error, ValueError, TypeError, RecursionError):
        return None
    if not isinstance(order, str) or not isinstance(backwards, bool) or not _is_key(key, _FIRST.get(order, float)):
        return None
    return Cursor(order, tuple(key), backwards)


def _is_key(key: Any, kind: type) -> bool:
    """Whether it is a sort key: a value of that kind, then a whole number."""
    if not isinstance(key, list) or len(key) != 2 or type(key[1]) is not int:
        return False
    # A number without a fraction may come back as a whole one.
    return type(key[0]) in {kind, int} and isfinite(key[0]) if kind is float else type(key[0]) is kind
