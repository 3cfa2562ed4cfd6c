"""Draw the map of the world: the outline of the land, and a point for every country.

    python3 home/data/draw_map.py OUTLINE POINTS

Both are files of the npm package `world-atlas` (README.md says which). Writes `map.json` beside this script and
`home/static/home/world.svg`. Needs Python alone. The outline shows land and sea without borders, and so takes no side.
"""

import json
import sys
from collections.abc import Iterable, Iterator
from heapq import heapify, heappop, heappush
from itertools import pairwise
from math import hypot, inf, radians, sqrt
from pathlib import Path
from typing import Any

Point = tuple[float, float]
Ring = list[Point]
Polygon = list[Ring]  # the outer ring, then the holes

HERE = Path(__file__).resolve().parent
WIDTH, MARGIN = 1000, 12
# The map is cut in the Bering Strait: Chukotka stays with Asia, most Pacific islands lie together, the centre is 11° E.
CUT = -169.0
MIDDLE = CUT + 180
ANTARCTIC = -60.0  # whatever lies wholly south of here is left out
SMALLEST_TRIANGLE = 0.65  # a corner that spans less (square units of the drawing) is left out
SMALLEST_ISLAND = 0.6  # so is land with less area
# Half of a middle grey: light on light paper, dark on dark, and circles stand out on both.
FILL = 'fill="#808a8f" fill-opacity=".5"'

# ISO 3166-1: numeric code, alpha-2 code.
ISO = """
004AF 008AL 010AQ 012DZ 016AS 020AD 024AO 028AG 031AZ 032AR 036AU 040AT 044BS 048BH 050BD 051AM 052BB 056BE
060BM 064BT 068BO 070BA 072BW 074BV 076BR 084BZ 086IO 090SB 092VG 096BN 100BG 104MM 108BI 112BY 116KH 120CM
124CA 132CV 136KY 140CF 144LK 148TD 152CL 156CN 158TW 162CX 166CC 170CO 174KM 175YT 178CG 180CD 184CK 188CR
191HR 192CU 196CY 203CZ 204BJ 208DK 212DM 214DO 218EC 222SV 226GQ 231ET 232ER 233EE 234FO 238FK 239GS 242FJ
246FI 248AX 250FR 254GF 258PF 260TF 262DJ 266GA 268GE 270GM 275PS 276DE 288GH 292GI 296KI 300GR 304GL 308GD
312GP 316GU 320GT 324GN 328GY 332HT 334HM 336VA 340HN 344HK 348HU 352IS 356IN 360ID 364IR 368IQ 372IE 376IL
380IT 384CI 388JM 392JP 398KZ 400JO 404KE 408KP 410KR 414KW 417KG 418LA 422LB 426LS 428LV 430LR 434LY 438LI
440LT 442LU 446MO 450MG 454MW 458MY 462MV 466ML 470MT 474MQ 478MR 480MU 484MX 492MC 496MN 498MD 499ME 500MS
504MA 508MZ 512OM 516NA 520NR 524NP 528NL 531CW 533AW 534SX 535BQ 540NC 548VU 554NZ 558NI 562NE 566NG 570NU
574NF 578NO 580MP 581UM 583FM 584MH 585PW 586PK 591PA 598PG 600PY 604PE 608PH 612PN 616PL 620PT 624GW 626TL
630PR 634QA 638RE 642RO 643RU 646RW 652BL 654SH 659KN 660AI 662LC 663MF 666PM 670VC 674SM 678ST 682SA 686SN
688RS 690SC 694SL 702SG 703SK 704VN 705SI 706SO 710ZA 716ZW 724ES 728SS 729SD 732EH 740SR 744SJ 748SZ 752SE
756CH 760SY 762TJ 764TH 768TG 772TK 776TO 780TT 784AE 788TN 792TR 795TM 796TC 798TV 800UG 804UA 807MK 818EG
826GB 831GG 832JE 833IM 834TZ 840US 850VI 854BF 858UY 860UZ 862VE 876WF 882WS 887YE 894ZM
"""
ALPHA = {entry[:3]: entry[3:] for entry in ISO.split()}
NAMED = {"Kosovo": "XK"}  # what the atlas gives no number

# Longitude and latitude, by hand.
PLACED: dict[str, Point] = {
    # The atlas has no shape of its own for these.
    "BQ": (-68.27, 12.18),
    "BV": (3.36, -54.42),
    "CC": (96.85, -12.15),
    "CX": (105.65, -10.49),
    "GF": (-53.1, 3.9),
    "GI": (-5.35, 36.14),
    "GP": (-61.5, 16.2),
    "MQ": (-61.0, 14.65),
    "RE": (55.53, -21.12),
    "SJ": (16.5, 78.8),
    "TK": (-171.85, -9.2),
    "TV": (179.2, -8.52),
    "UM": (166.62, 19.28),
    "YT": (45.16, -12.82),
    # Antarctica is not drawn: its point stands at the lower edge.
    "AQ": (MIDDLE, -59.0),
    # The computed point is not where a reader looks: the end of a long land (CL), a part without the rest (CY, SO),
    # a part far from the capital (KI, MY).
    "CL": (-71.2, -34.5),
    "CY": (33.2, 35.0),
    "KI": (173.0, 1.42),
    "MY": (102.3, 4.0),
    "SO": (45.6, 4.6),
}


def natural_earth(longitude: float, latitude: float) -> Point:
    """The Natural Earth projection around `MIDDLE`, y growing southwards.

    Polynomial form: B. Šavrič, B. Jenny, T. Patterson, D. Petrovič, L. Hurni, "A Polynomial Equation for the Natural
    Earth Projection", Cartography and Geographic Information Science 38(4), 2011, pp. 363-372.
    """
    lam, phi = radians(longitude - MIDDLE), radians(latitude)
    x = lam * (0.870700 - 0.131979 * phi**2 - 0.013791 * phi**4 + 0.003971 * phi**10 - 0.001529 * phi**12)
    y = phi * (1.007226 + 0.015085 * phi**2 - 0.044475 * phi**6 + 0.028874 * phi**8 - 0.005916 * phi**10)
    return x, -y


# Reading


def arcs_of(topology: dict[str, Any]) -> list[Ring]:
    """The arcs in degrees: TopoJSON keeps them as whole steps, each from the one before."""
    (scale_x, scale_y), (left, bottom) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for steps in topology["arcs"]:
        x = y = 0
        arc = []
        for dx, dy in steps:
            x, y = x + dx, y + dy
            arc.append((x * scale_x + left, y * scale_y + bottom))
        arcs.append(arc)
    return arcs


def polygons_of(geometry: dict[str, Any], arcs: list[Ring]) -> Iterator[Polygon]:
    """The polygons of a geometry in degrees, cut at `CUT`, without Antarctica."""
    if geometry["type"] == "GeometryCollection":
        for part in geometry["geometries"]:
            yield from polygons_of(part, arcs)
        return
    for indexes in geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]:
        polygon = [unrolled(joined(ring, arcs)) for ring in indexes]
        if max(latitude for _, latitude in polygon[0]) < ANTARCTIC:
            continue
        for turn in (-360, 0, 360):
            rings = [clipped([(x + turn, y) for x, y in ring]) for ring in polygon]
            if rings[0]:
                yield [ring for ring in rings if ring]


def joined(indexes: list[int], arcs: list[Ring]) -> Ring:
    """A ring of arcs, without the repeated last point; `~index` is an arc backwards."""
    ring: Ring = []
    for index in indexes:
        ring += (arcs[index] if index >= 0 else arcs[~index][::-1])[:-1]
    return ring


def unrolled(ring: Ring) -> Ring:
    """The ring with longitudes that run on over 180° instead of jumping."""
    result = ring[:1]
    for x, y in ring[1:]:
        before = result[-1][0]
        result.append((before + (x - before + 180) % 360 - 180, y))
    return result


def clipped(ring: Ring) -> Ring:
    """What of the ring lies between the two edges of the map (Sutherland and Hodgman)."""
    for edge, side in ((CUT, 1), (CUT + 360, -1)):
        kept: Ring = []
        for (x0, y0), (x1, y1) in zip(ring[-1:] + ring[:-1], ring, strict=True):
            if ((x0 - edge) * side > 0) != ((x1 - edge) * side > 0):
                kept.append((edge, y0 + (y1 - y0) * (edge - x0) / (x1 - x0)))
            if (x1 - edge) * side > 0:
                kept.append((x1, y1))
        ring = kept
    return ring


# Drawing


def area(ring: Ring) -> float:
    """The area inside a ring."""
    return abs(sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in zip(ring, ring[1:] + ring[:1], strict=True))) / 2


def simplified(ring: Ring) -> Ring:
    """The ring without its least corners, least first (Visvalingam and Whyatt)."""
    size = len(ring)
    before, after = [(i - 1) % size for i in range(size)], [(i + 1) % size for i in range(size)]
    spans = [area([ring[before[i]], ring[i], ring[after[i]]]) for i in range(size)]
    heap = [(span, i) for i, span in enumerate(spans)]
    heapify(heap)
    left = size
    while heap and left > 3:
        span, i = heappop(heap)
        if span != spans[i]:
            continue  # measured anew since
        if span >= SMALLEST_TRIANGLE:
            break
        spans[i] = -1
        left -= 1
        after[before[i]], before[after[i]] = after[i], before[i]
        for j in (before[i], after[i]):
            spans[j] = max(span, area([ring[before[j]], ring[j], ring[after[j]]]))
            heappush(heap, (spans[j], j))
    return [point for point, span in zip(ring, spans, strict=True) if span >= 0]


def path_of(rings: Iterable[Ring]) -> str:
    """SVG path data in tenths, each point as a step from the one before."""
    parts = []
    for ring in rings:
        tenths = [(round(x * 10), round(y * 10)) for x, y in ring]
        corners = [point for point, last in zip(tenths, tenths[-1:] + tenths[:-1], strict=True) if point != last]
        if len(corners) < 3:
            continue
        steps = [b[axis] - a[axis] for a, b in pairwise(corners) for axis in (0, 1)]
        parts.append(f"M{written(corners[0])}l{written(steps)}Z")
    return "".join(parts)


def written(tenths: Iterable[int]) -> str:
    """Numbers as short as SVG allows: `1.5-.3.2 2`. A minus parts two numbers, and so does a second decimal point."""
    text = last = ""
    for number in tenths:
        short = f"{number / 10:g}"
        if 0 < abs(number) < 10:
            short = short.replace("0.", ".")
        parted = not text or short.startswith("-") or (short.startswith(".") and "." in last)
        text, last = text + (short if parted else f" {short}"), short
    return text


# Placing


def middle(polygon: Polygon) -> Point:
    """The point inside a polygon that is farthest from its edge: squares, the most promising first, are quartered.

    After V. Agafonkin's `polylabel` (github.com/mapbox/polylabel).
    """
    xs, ys = [x for x, _ in polygon[0]], [y for _, y in polygon[0]]
    half = max(max(xs) - min(xs), max(ys) - min(ys)) / 2
    enough = half / 100
    x, y = (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2
    best = (-inf, (x, y))
    squares = [(-inf, x, y, half)]
    while squares:
        most, x, y, half = heappop(squares)
        if -most <= best[0] + enough:
            break
        inside = depth(x, y, polygon)
        best = max(best, (inside, (x, y)))
        if inside + half * sqrt(2) > best[0] + enough:
            quarter = half / 2
            for dx in (-quarter, quarter):
                for dy in (-quarter, quarter):
                    heappush(squares, (-(inside + half * sqrt(2)), x + dx, y + dy, quarter))
    return best[1]


def depth(x: float, y: float, polygon: Polygon) -> float:
    """How far a point lies from the polygon's edge; negative outside."""
    inside, nearest = False, inf
    for ring in polygon:
        for (x0, y0), (x1, y1) in zip(ring[-1:] + ring[:-1], ring, strict=True):
            if (y0 > y) != (y1 > y) and x < x0 + (x1 - x0) * (y - y0) / (y1 - y0):
                inside = not inside
            dx, dy = x1 - x0, y1 - y0
            length = dx * dx + dy * dy
            along = min(1.0, max(0.0, ((x - x0) * dx + (y - y0) * dy) / length)) if length else 0.0
            nearest = min(nearest, hypot(x0 + along * dx - x, y0 + along * dy - y))
    return nearest if inside else -nearest


def places(topology: dict[str, Any]) -> dict[str, Point]:
    """For each code the projected point: by hand, or the middle of the largest polygon."""
    arcs = arcs_of(topology)
    largest: dict[str, Polygon] = {}
    for geometry in topology["objects"]["countries"]["geometries"]:
        code = ALPHA.get(geometry.get("id", "")) or NAMED.get(geometry["properties"]["name"])
        if not code or code in PLACED:
            continue
        for polygon in polygons_of(geometry, arcs):
            projected = [[natural_earth(*point) for point in ring] for ring in polygon]
            if code not in largest or area(projected[0]) > area(largest[code][0]):
                largest[code] = projected
    points = {code: middle(polygon) for code, polygon in largest.items()}
    return points | {code: natural_earth((x - CUT) % 360 + CUT, y) for code, (x, y) in PLACED.items()}


def main(outline: str, points: str) -> None:
    """Read the two atlases, write the two files."""
    topology = json.loads(Path(outline).read_text(encoding="utf-8"))
    polygons = polygons_of(topology["objects"]["land"], arcs_of(topology))
    rings = [[natural_earth(*point) for point in ring] for polygon in polygons for ring in polygon]
    countries = places(json.loads(Path(points).read_text(encoding="utf-8")))
    missing = {*ALPHA.values(), *NAMED.values()} - countries.keys()
    if missing:
        sys.exit(f"No point for {', '.join(sorted(missing))}: add them to PLACED.")

    everything = [*countries.values(), *(point for ring in rings for point in ring)]
    left, top = min(x for x, _ in everything), min(y for _, y in everything)
    right, bottom = max(x for x, _ in everything), max(y for _, y in everything)
    scale = (WIDTH - 2 * MARGIN) / (right - left)
    height = round((bottom - top) * scale) + 2 * MARGIN

    def fitted(point: Point) -> Point:
        return (point[0] - left) * scale + MARGIN, (point[1] - top) * scale + MARGIN

    drawn = [[fitted(point) for point in ring] for ring in rings]
    land = path_of(simplified(ring) for ring in drawn if area(ring) >= SMALLEST_ISLAND)
    view_box = f"0 0 {WIDTH} {height}"
    (HERE.parent / "static" / "home" / "world.svg").write_text(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{view_box}"><path class="land" {FILL} d="{land}"/></svg>\n',
        encoding="utf-8",
    )
    rows = [
        f"{json.dumps(code)}: {json.dumps([round(number, 1) for number in fitted(countries[code])])}"
        for code in sorted(countries)
    ]
    (HERE / "map.json").write_text(
        f'{{\n"viewBox": {json.dumps(view_box)},\n"land": {json.dumps(land)},\n"countries": {{\n'
        + ",\n".join(rows)
        + "\n}\n}\n",
        encoding="utf-8",
    )


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(sys.argv[1], sys.argv[2])
