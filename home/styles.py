"""The site's stylesheet, sent inside the page: text shows after one request. The policy allows it by its hash."""

import base64
import hashlib
import re
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

SHEET = Path(__file__).parent / "static" / "home" / "site.css"

# Grounds of the two schemes, as the sheet has them.
DARK_PAPER = (20, 24, 27)
# What coloured text keeps as contrast with its ground (WCAG 2.2, 1.4.3 asks for 4.5).
CONTRAST = 6.0


class Sheet(NamedTuple):
    """A stylesheet, and the hash that a policy names it by."""

    text: str
    source: str


# Parts of the sheet that a page needs besides what is everywhere; any other page has them all.
PARTS = {
    "home/front.html": {"Rows", "Fronts", "Map", "Text"},
    "home/chapter.html": {"Rows", "Fronts", "Map", "Text"},
    "home/listing.html": {"Rows", "Listing", "Map"},
    "home/search.html": {"Rows", "Listing", "Search"},
    "home/thing.html": {"Text", "Things"},
    "home/directory.html": {"Directory"},
}
EVERYWHERE = "Everywhere"


@lru_cache(maxsize=1024)
def sheet(colour: str = "", template: str = "") -> Sheet:
    """The stylesheet that a template needs, with a chapter's colour as its accent; without one the house's own."""
    text = _of_template(template) + (_accent(colour) if re.fullmatch(r"#[0-9a-fA-F]{6}", colour) else "")
    digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    return Sheet(text, f"'sha256-{digest}'")


@cache
def _of_template(template: str) -> str:
    wanted = PARTS.get(template)
    return "".join(text for name, text in _parts() if wanted is None or name == EVERYWHERE or name in wanted)


@cache
def _parts() -> tuple[tuple[str, str], ...]:
    """The sheet in its order: each comment that begins a line begins a part, named by its first word."""
    pieces = re.split(r"^/\* (\w+).*?\*/$", SHEET.read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE)
    return tuple((name, _packed(text)) for name, text in zip(pieces[1::2], pieces[2::2], strict=True))


def _packed(text: str) -> str:
    text = re.sub(r"\s*([{};,>])\s*", r"\1", re.sub(r"\s+", " ", text)).replace(";}", "}")
    return re.sub(r"(?<=[ :,(-])0(?=\.\d)", "", re.sub(r"(?<=[\w-]): ", ":", text)).strip()


def _accent(colour: str) -> str:
    light = f":root{{--accent:{colour};--band:{colour}}}"
    return f"{light}@media (prefers-color-scheme:dark){{:root{{--accent:{readable_on_dark(colour)}}}}}"


def readable_on_dark(colour: str) -> str:
    """The colour, mixed with white until it can be read on the dark ground."""
    red, green, blue = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    for step in range(21):
        mixed = tuple(round(part + (255 - part) * step / 20) for part in (red, green, blue))
        if _contrast(mixed, DARK_PAPER) >= CONTRAST:
            return "#{:02x}{:02x}{:02x}".format(*mixed)
    return "#ffffff"


def _contrast(one: tuple[int, ...], other: tuple[int, ...]) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: tuple[int, ...]) -> float:
    linear = [v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in (part / 255 for part in colour)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
