"""The map of the world: our own drawing (home/data/README.md), a circle per country, nothing finer."""

import json
from functools import cache
from math import sqrt
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data" / "map.json"
SMALLEST, LARGEST = 4.0, 22.0


@cache
def drawing() -> dict[str, Any]:
    """`viewBox`, and for each country its point."""
    return dict(json.loads(DATA.read_text(encoding="utf-8")))


def circles(places: list[dict[str, Any]]) -> dict[str, Any]:
    """The places with a point and a radius: areas are in proportion to counts.

    Large ones first, so that small ones stay on top and can be chosen. What has no point stands in the table alone.
    """
    points = drawing()["countries"]
    most = max((place["count"] for place in places), default=1)
    drawn = [
        {**place, **_point(points[place["code"]]), "r": _radius(place["count"], most)}
        for place in places
        if place["code"] in points
    ]
    return {
        "view_box": drawing()["viewBox"],
        "circles": sorted(drawn, key=lambda circle: -circle["r"]),
        "table": sorted(places, key=lambda place: (-place["count"], place["label"])),
    }


def _point(point: list[float]) -> dict[str, int]:
    """The drawing is a thousand units wide: a whole one is finer than any eye."""
    return {"x": round(point[0]), "y": round(point[1])}


def _radius(count: int, most: int) -> int:
    return round(SMALLEST + (LARGEST - SMALLEST) * sqrt(count / most))
