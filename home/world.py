"""The map of the world: our own drawing (home/data/README.md), a circle per country, nothing finer."""

import json
from functools import cache
from math import sqrt
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data" / "map.json"
# Radii of circles, in units of the whole map.
SMALLEST, LARGEST = 4.5, 21.0
# A map of a few countries is drawn around them: never closer than this part of the world, nor closer to the edge.
CLOSEST, EDGE = 0.3, 40.0


@cache
def drawing() -> dict[str, Any]:
    """`viewBox`, and for each country its point."""
    return dict(json.loads(DATA.read_text(encoding="utf-8")))


def circles(places: list[dict[str, Any]]) -> dict[str, Any]:
    """The places with a point and a radius: areas are in proportion to counts; the view is drawn around them.

    Large ones first, so that small ones stay on top and can be chosen. What has no point stands in the table alone.
    """
    points = drawing()["countries"]
    most = max((place["count"] for place in places), default=1)
    drawn = [place for place in places if place["code"] in points]
    width, height = (float(number) for number in drawing()["viewBox"].split()[2:])
    left, top, part = _view([points[place["code"]] for place in drawn], width, height)
    several = [
        {
            **place,
            "x": round(points[place["code"]][0]),
            "y": round(points[place["code"]][1]),
            "r": round(_radius(place["count"], most) * part),
        }
        for place in drawn
    ]
    return {
        "view_box": f"{left:.0f} {top:.0f} {width * part:.0f} {height * part:.0f}",
        "width": round(width),
        "height": round(height),
        "line": round(1.2 * part, 2),
        "circles": sorted(several, key=lambda circle: -circle["r"]),
        "table": sorted(places, key=lambda place: (-place["count"], place["label"])),
    }


def _view(points: list[list[float]], width: float, height: float) -> tuple[float, float, float]:
    """Left and top edge of what is shown, and how much of the world it is: around the points, in the world's form."""
    if not points:
        return 0.0, 0.0, 1.0
    across, down = [point[0] for point in points], [point[1] for point in points]
    wanted = max((max(across) - min(across) + 2 * EDGE) / width, (max(down) - min(down) + 2 * EDGE) / height, CLOSEST)
    part = 1.0 if wanted > 0.75 else wanted
    left, top = ((min(values) + max(values) - size * part) / 2 for values, size in ((across, width), (down, height)))
    return max(0.0, min(left, width * (1 - part))), max(0.0, min(top, height * (1 - part))), part


def _radius(count: int, most: int) -> float:
    return SMALLEST + (LARGEST - SMALLEST) * sqrt(count / most)
