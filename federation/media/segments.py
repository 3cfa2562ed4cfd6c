"""Photographs inside of PDF files: cleaned without being decoded, because the PDF describes their colours, not they.

A program that puts a photograph into a PDF copies it byte by byte, with its GPS position.
"""

import re
import struct
from collections.abc import Iterator

# In the picture's data 0xFF is followed by 0 or by a restart mark; anything else ends the scan.
_END_OF_SCAN = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
_APPLICATIONS, _COMMENT = range(0xE0, 0xF0), 0xFE
# JFIF (APP0) and Adobe's note on colours (APP14) say how the pixels are to be read.
_KEPT_APPLICATIONS = {0xE0, 0xEE}
_START_OF_SCAN, _END_OF_IMAGE = 0xDA, 0xD9
_JPEG2000_BOXES_LEFT_OUT = {b"xml ", b"uuid", b"uinf"}


class BrokenPicture(Exception):
    """Bytes that are not what the PDF says."""


def bare_jpeg(content: bytes) -> bytes:
    """A JPEG without EXIF, XMP, IPTC, comments, thumbnails and whatever follows its end."""
    if not content.startswith(b"\xff\xd8"):
        raise BrokenPicture
    return b"\xff\xd8" + b"".join(_kept_segments(content)) + b"\xff\xd9"


def _kept_segments(content: bytes) -> Iterator[bytes]:
    place = 2
    while place + 4 <= len(content):
        if content[place] != 0xFF:
            raise BrokenPicture
        marker = content[place + 1]
        if marker == 0xFF:  # a filler
            place += 1
            continue
        if marker == _END_OF_IMAGE:
            return
        end = place + 2 + struct.unpack_from(">H", content, place + 2)[0]
        if marker == _START_OF_SCAN:
            found = _END_OF_SCAN.search(content, end)
            end = found.start() if found else len(content)
        if marker in _KEPT_APPLICATIONS or (marker not in _APPLICATIONS and marker != _COMMENT):
            # JFIF may carry a thumbnail: only its first sixteen bytes describe the picture.
            yield content[place:end] if marker != 0xE0 else _jfif(content[place:end])
        place = end


def _jfif(segment: bytes) -> bytes:
    if not segment[4:].startswith(b"JFIF\x00") or len(segment) < 18:
        return b""
    return segment[:2] + struct.pack(">H", 16) + segment[4:16] + b"\x00\x00"


def bare_jpeg2000(content: bytes) -> bytes:
    """A JPEG 2000 file without its boxes of XML and XMP; a bare codestream has none."""
    if content.startswith(b"\xff\x4f\xff\x51"):
        return content
    return b"".join(box for kind, box in _boxes(content) if kind not in _JPEG2000_BOXES_LEFT_OUT)


def _boxes(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    place = 0
    while place < len(content):
        try:
            length, kind = struct.unpack_from(">I4s", content, place)
            if length == 1:
                length = struct.unpack_from(">Q", content, place + 8)[0]
        except struct.error as error:
            raise BrokenPicture from error
        length = length or len(content) - place
        if length < 8 or place + length > len(content):
            raise BrokenPicture
        yield kind, content[place : place + length]
        place += length
