"""Pictures of the demonstration: drawn shapes, the same for the same key; never of people."""

import hashlib
from io import BytesIO
from typing import Any

from django.core.files.base import ContentFile
from PIL import Image, ImageDraw
from wagtail.images import get_image_model

from chapters.models import Chapter

SIZE = (1600, 900)
# Ground, two shapes, a line: calm pairs that carry dark and light alike.
PALETTES = [
    ("#12485c", "#e0a458", "#f4efe4", "#8cc6da"),
    ("#3b2f4a", "#c95d63", "#f2e3d5", "#8fb9aa"),
    ("#264d3b", "#e3b23c", "#edf0da", "#a26769"),
    ("#5c2a2a", "#7fa99b", "#f6e7cb", "#e08e45"),
    ("#22333b", "#c6ac8f", "#eae0d5", "#5e8c8a"),
]


def drawn_picture(key: str, title: str, chapter: Chapter) -> Any:
    """The picture of a key in the chapter's collection; made once."""
    model = get_image_model()
    known = model.objects.filter(title=title, collection=chapter.collection).first()
    if known is not None:
        return known
    picture = model(title=title, collection=chapter.collection)
    if hasattr(picture, "credit"):
        picture.credit = "Federation"
    picture.file = ContentFile(_draw(key), name=f"{key}.png")
    picture.save()
    return picture


def _draw(key: str) -> bytes:
    numbers = hashlib.sha256(key.encode()).digest()
    ground, first, second, line = PALETTES[numbers[0] % len(PALETTES)]
    picture = Image.new("RGB", SIZE, ground)
    draw = ImageDraw.Draw(picture)
    width, height = SIZE
    horizon = 400 + numbers[1]
    draw.ellipse(_circle(300 + 4 * numbers[2], horizon - 60, 150 + numbers[3] // 2), fill=first)
    draw.rectangle((0, horizon, width, height), fill=second)
    for number in range(5):
        left = 100 + number * 300 + numbers[4 + number] // 2
        top = horizon - 80 - numbers[9 + number]
        draw.rectangle((left, top, left + 140, height), fill=ground if number % 2 else line)
    draw.line((0, horizon, width, horizon), fill=line, width=10)
    target = BytesIO()
    picture.save(target, "PNG")
    return target.getvalue()


def _circle(x: int, y: int, radius: int) -> tuple[int, int, int, int]:
    return x - radius, y - radius, x + radius, y + radius
