"""How large a picture claims to be, read from its first bytes: asked before anything is decoded or reserved."""

import struct

_PNG = struct.Struct(">II")
_GIF = struct.Struct("<HH")
# Start of frame of every JPEG process: the segment that holds height and width.
_FRAME = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_STANDALONE = frozenset({0x01, *range(0xD0, 0xD9)})


def size_of(content: bytes, kind: str) -> tuple[int, int]:
    """Width and height in pixels; (0, 0) where the header does not say, so that the decoder finds it damaged."""
    try:
        return {"png": _png, "gif": _gif, "webp": _webp, "jpeg": _jpeg}[kind](content)
    except (struct.error, IndexError):
        return 0, 0


def _png(content: bytes) -> tuple[int, int]:
    width, height = _PNG.unpack_from(content, 16)
    return width, height


def _gif(content: bytes) -> tuple[int, int]:
    """The screen; Pillow enlarges it to a frame that is larger, and is asked again after it has read the first."""
    width, height = _GIF.unpack_from(content, 6)
    return width, height


def _webp(content: bytes) -> tuple[int, int]:
    """The canvas. libwebp reserves eight bytes for each of its pixels as soon as the file is opened."""
    kind, data = content[12:16], content[20:30]
    if kind == b"VP8X":
        return int.from_bytes(data[4:7], "little") + 1, int.from_bytes(data[7:10], "little") + 1
    if kind == b"VP8L":
        bits = int.from_bytes(data[1:5], "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    return int.from_bytes(data[6:8], "little") & 0x3FFF, int.from_bytes(data[8:10], "little") & 0x3FFF


def _jpeg(content: bytes) -> tuple[int, int]:
    place = 2
    while place < len(content):
        while content[place] == 0xFF:
            place += 1
        marker, place = content[place], place + 1
        if marker in _STANDALONE:
            continue
        if marker in _FRAME:
            height, width = struct.unpack_from(">HH", content, place + 3)
            return width, height
        place += struct.unpack_from(">H", content, place)[0]
    return 0, 0
