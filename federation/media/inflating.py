"""PDF bombs: how far a file unpacks, counted before a library unpacks it into memory."""

import re
import zlib

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

# One stream; all that is not a picture; everything. Forty megapixels in colour are 120 MB.
MAX_STREAM, MAX_WORDS, MAX_ALL = 250_000_000, 300_000_000, 2_000_000_000
_STREAM = re.compile(rb"stream\r?\n")
_STEP = 1 << 20
# The dictionary of a stream stands right before it.
_BEFORE = 2000


def too_much() -> ValidationError:
    """What to say of a file that is a bomb."""
    return ValidationError(_("This file unpacks to far more than it should, so we do not take it."), code="bomb")


def refuse_bomb(content: bytes) -> None:
    """ValidationError when the deflated streams of a PDF are larger than any document of this size needs."""
    words = everything = 0
    for found in _STREAM.finditer(content):
        described = content[max(0, found.start() - _BEFORE) : found.start()]
        described = described[described.rfind(b"obj") :]
        if b"Fl" not in described:
            continue
        if described.count(b"/FlateDecode") > 1:
            raise too_much()
        size = _inflated(content, found.end())
        everything += size
        words += 0 if b"/Image" in described else size
        if size > MAX_STREAM or words > MAX_WORDS or everything > MAX_ALL:
            raise too_much()


def _inflated(content: bytes, start: int) -> int:
    """Bytes that a stream unpacks to, one step at a time; as far as it can be read."""
    unpacker, size, waiting = zlib.decompressobj(), 0, content[start : start + _STEP]
    place = start + _STEP
    try:
        while waiting and not unpacker.eof and size <= MAX_STREAM:
            size += len(unpacker.decompress(waiting, _STEP))
            waiting = unpacker.unconsumed_tail
            if not waiting and not unpacker.eof:
                waiting, place = content[place : place + _STEP], place + _STEP
    except zlib.error:
        pass
    return size
