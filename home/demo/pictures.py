"""Pictures of the demonstration: a score of drawn shapes that its articles share; never of people."""

import hashlib
from collections.abc import Callable
from io import BytesIO
from math import pi, sin
from random import Random
from typing import Any

from django.core.files.base import ContentFile
from PIL import Image, ImageDraw
from wagtail.images import get_image_model

from chapters.models import Chapter

SIZE = WIDTH, HEIGHT = (1200, 750)
# Ground, two shapes, a line: calm sets that carry dark and light alike.
PALETTES = [
    ("#12485c", "#e0a458", "#f4efe4", "#8cc6da"),
    ("#3b2f4a", "#c95d63", "#f2e3d5", "#8fb9aa"),
    ("#264d3b", "#e3b23c", "#edf0da", "#a26769"),
    ("#5c2a2a", "#7fa99b", "#f6e7cb", "#e08e45"),
    ("#22333b", "#c6ac8f", "#eae0d5", "#5e8c8a"),
]
Draw = Callable[[ImageDraw.ImageDraw, tuple[str, str, str, str], Random], None]


def drawn_picture(key: str, federation: Chapter) -> Any:
    """The picture that a thing of this key has, in the federation's collection; each is drawn once."""
    number = hashlib.sha256(key.encode()).digest()[0] % (len(PALETTES) * len(MOTIFS))
    title = f"Drawing {number + 1}"
    model = get_image_model()
    known = model.objects.filter(title=title, collection=federation.collection).first()
    if known is not None:
        return known
    picture = model(title=title, collection=federation.collection)
    if hasattr(picture, "credit"):
        picture.credit = "Federation"
    picture.file = ContentFile(_drawn(number), name=f"drawing-{number}.png")
    picture.save()
    return picture


def _drawn(number: int) -> bytes:
    palette = PALETTES[number % len(PALETTES)]
    picture = Image.new("RGB", SIZE, palette[0])
    MOTIFS[number // len(PALETTES)](ImageDraw.Draw(picture), palette, Random(number))  # noqa: S311 - a drawing
    target = BytesIO()
    picture.save(target, "PNG", compress_level=1)
    return target.getvalue()


def _posts(draw: ImageDraw.ImageDraw, palette: tuple[str, str, str, str], random: Random) -> None:
    """A low sun behind posts."""
    ground, first, second, line = palette
    horizon = random.randint(380, 480)
    left = random.randint(200, 800)
    draw.ellipse((left, horizon - 220, left + 320, horizon + 100), fill=first)
    draw.rectangle((0, horizon, WIDTH, HEIGHT), fill=second)
    for place in range(60, WIDTH, 230):
        top = horizon - random.randint(60, 240)
        draw.rectangle((place, top, place + 100, HEIGHT), fill=random.choice((ground, line)))
    draw.line((0, horizon, WIDTH, horizon), fill=line, width=8)


def _waves(draw: ImageDraw.ImageDraw, palette: tuple[str, str, str, str], random: Random) -> None:
    """Water, or hills, one behind the other."""
    _, first, second, line = palette
    left = random.randint(600, 900)
    draw.ellipse((left, 70, left + 170, 240), fill=second)
    for row, colour in enumerate((line, first, second, palette[0])):
        top, length, start = 300 + row * 110, random.randint(300, 620), random.random() * pi
        points = [(x, top + 50 * sin(start + x / length * 2 * pi)) for x in range(0, WIDTH + 20, 20)]
        draw.polygon([*points, (WIDTH, HEIGHT), (0, HEIGHT)], fill=colour)


def _tiles(draw: ImageDraw.ImageDraw, palette: tuple[str, str, str, str], random: Random) -> None:
    """Quarter circles in a grid, as floors have them."""
    side = 150
    for x in range(0, WIDTH, side):
        for y in range(0, HEIGHT, side):
            ground, shape = random.sample(palette, 2)
            draw.rectangle((x, y, x + side, y + side), fill=ground)
            turn = random.randrange(4)
            corner = ((0, 0), (side, 0), (side, side), (0, side))[turn]
            centre = (x + corner[0], y + corner[1])
            box = (centre[0] - side, centre[1] - side, centre[0] + side, centre[1] + side)
            draw.pieslice(box, turn * 90, turn * 90 + 90, fill=shape)


def _papers(draw: ImageDraw.ImageDraw, palette: tuple[str, str, str, str], random: Random) -> None:
    """Sheets with lines of writing."""
    _, first, second, line = palette
    for place in range(4):
        left, top = 90 + place * 260 + random.randint(-20, 20), 120 + random.randint(0, 140)
        draw.rectangle((left + 14, top + 14, left + 254, top + 394), fill=line)
        draw.rectangle((left, top, left + 240, top + 380), fill=second)
        for row in range(7):
            draw.rectangle(
                (left + 30, top + 50 + row * 42, left + random.randint(110, 210), top + 62 + row * 42), fill=first
            )


MOTIFS: list[Draw] = [_posts, _waves, _tiles, _papers]
