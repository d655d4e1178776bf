"""Makes src/place/data/land.txt. Usage: land.py PACKAGES > land.txt

PACKAGES is a folder with the unpacked npm packages `world-atlas` and `i18n-iso-countries`, each under its own name.

Borders are simplified once per arc, before rings are put together, so that neighbours still fit each other.
"""

import json
import math
import pathlib
import sys

UNITS = 100  # per degree: about one kilometre
TOLERANCE = 0.02  # degrees: what a view of twenty degrees shows as one pixel
LEAST_AREA = 0.0025  # square degrees: about 30 square kilometres; smaller islands go, except a country's largest

# Shapes without a code of their own in the source: by ISO 3166 they are part of these.
UNCODED = {"N. Cyprus": "CY", "Somaliland": "SO", "Kosovo": "XK", "Indian Ocean Ter.": "AU", "Ashmore and Cartier Is.": "AU"}

# Parts with an ISO code that the source draws as one with the state: (state, west, south, east, north, code).
PARTS = [
    ("FR", -56, 1, -50, 7, "GF"), ("FR", -62, 15.7, -61, 16.6, "GP"), ("FR", -61.4, 14.2, -60.6, 15.0, "MQ"),
    ("FR", 55, -22, 56, -20.5, "RE"), ("FR", 44.8, -13.3, 45.5, -12.4, "YT"),
    ("NO", 10, 74, 35, 81.5, "SJ"), ("NO", -10, 70, -7, 72, "SJ"),
    ("NL", -69, 11.8, -62, 18, "BQ"), ("AU", 105, -11, 106.5, -10, "CX"), ("AU", 96, -13, 97.5, -11, "CC"),
    ("NZ", -173, -10, -171, -8, "TK"),
    # The source draws who holds a place; the General Assembly of the United Nations (68/262) says whose it is.
    ("RU", 32, 44, 36.7, 46.3, "UA"),
]


def decode(topology):
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x * sx + tx, y * sy + ty))
        yield points


def cut(points):
    """Cuts an arc where it crosses the antimeridian, from one edge of the map to the other."""
    pieces = [[points[0]]]
    for a, b in zip(points, points[1:]):
        if abs(a[0] - b[0]) > 180:
            side = math.copysign(180, a[0])
            wide = 360 - abs(a[0] - b[0])
            lat = a[1] + (b[1] - a[1]) * ((180 - abs(a[0])) / wide if wide else 0)
            pieces[-1].append((side, lat))
            pieces.append([(-side, lat)])
        pieces[-1].append(b)
    return pieces


class Cut:
    """Arcs cut at the antimeridian, and rings put together from them on either side of it."""

    def __init__(self, whole):
        self.arcs, self.pieces, self.closing = [], [], {}
        for points in whole:
            first = len(self.arcs)
            self.arcs += cut(points)
            self.pieces.append(list(range(first, len(self.arcs))))

    def ends(self, i):
        arc = self.arcs[max(i, ~i)]
        return (arc[0], arc[-1]) if i >= 0 else (arc[-1], arc[0])

    def rings(self, ring):
        """Returns the rings that one ring of the source becomes."""
        parts = []
        for i in ring:
            parts += self.pieces[i] if i >= 0 else [~piece for piece in reversed(self.pieces[~i])]
        if all(self.arcs[max(i, ~i)][k][1] < -89.9 for i in parts for k in (0, -1)):
            return []  # the source's ring around the south pole
        after = [
            k for k, i in enumerate(parts) if abs(self.ends(parts[k - 1])[1][0] - self.ends(i)[0][0]) > 180
        ]
        if not after:
            return [parts]
        parts = parts[after[0]:] + parts[: after[0]]
        bounds = [k - after[0] for k in after] + [len(parts)]
        return [self.closed(parts[a:b]) for a, b in zip(bounds, bounds[1:])]

    def closed(self, chain):
        """Adds the edge of the map that closes a chain; around the pole that is three sides of it."""
        start, end = self.ends(chain[0])[0], self.ends(chain[-1])[1]
        pole = [] if start[0] == end[0] else [(end[0], -90.0), (start[0], -90.0)]
        if (start, end) not in self.closing:
            self.closing[start, end] = len(self.arcs)
            self.arcs.append([end, *pole, start])
        return [*chain, self.closing[start, end]]


def simplify(points, tolerance):
    """Ramer, Douglas and Peucker, with degrees of longitude as short as they are there."""
    keep, stack = {0, len(points) - 1}, [(0, len(points) - 1)]
    while stack:
        first, last = stack.pop()
        worst, at = 0.0, None
        for i in range(first + 1, last):
            away = distance(points[i], points[first], points[last])
            if away > worst:
                worst, at = away, i
        if worst > tolerance:
            keep.add(at)
            stack += [(first, at), (at, last)]
    return [points[i] for i in sorted(keep)]


def distance(p, a, b):
    wide = math.cos(math.radians(p[1]))
    (px, py), (ax, ay), (bx, by) = ((x * wide, y) for x, y in (p, a, b))
    dx, dy = bx - ax, by - ay
    along = 0.0 if dx == dy == 0 else max(0.0, min(1.0, ((px - ax) * dx + (py - ay) * dy) / (dx * dx + dy * dy)))
    return math.hypot(px - ax - along * dx, py - ay - along * dy)


def points_of(ring, arcs):
    points = []
    for i in ring:
        points += (arcs[i] if i >= 0 else arcs[~i][::-1])[:-1]
    return points


def area(points):
    total = sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(points, points[1:] + points[:1])) / 2
    return abs(total) * math.cos(math.radians(sum(p[1] for p in points) / max(1, len(points))))


def code_of(shape, alpha2):
    if "id" in shape:
        code = alpha2.get(shape["id"])
        return "AU" if shape["properties"]["name"] == "Ashmore and Cartier Is." else code
    return UNCODED.get(shape["properties"]["name"])


def part_of(code, points):
    x, y = (sum(p[k] for p in points) / len(points) for k in (0, 1))
    for state, west, south, east, north, part in PARTS:
        if code == state and west <= x <= east and south <= y <= north:
            return part
    return code


def polygons(shape):
    kind = shape.get("type")
    return [shape["arcs"]] if kind == "Polygon" else shape["arcs"] if kind == "MultiPolygon" else []


def rings_by_code(topology, alpha2, cuts):
    rings = {}
    for shape in topology["objects"]["countries"]["geometries"]:
        code = code_of(shape, alpha2)
        for polygon in polygons(shape):
            parts = [ring for whole in polygon for ring in cuts.rings(whole)]
            if parts:
                part = part_of(code, points_of(parts[0], cuts.arcs)) if code else "--"
                rings.setdefault(part, []).extend(parts)
    return rings


def without_islets(rings, arcs):
    sized = [(area(points_of(ring, arcs)), ring) for ring in rings]
    largest = max(size for size, _ in sized)
    return [ring for size, ring in sized if size >= LEAST_AREA or size == largest]


def outline(rings, arcs):
    """Joins the arcs that only one ring uses: what is left are coasts and borders to what is not among the rings."""
    uses = {}
    for ring in rings:
        for i in ring:
            uses[max(i, ~i)] = uses.get(max(i, ~i), 0) + 1
    free = [i for ring in rings for i in ring if uses[max(i, ~i)] == 1]
    ends = lambda i: (arcs[i][0], arcs[i][-1]) if i >= 0 else (arcs[~i][-1], arcs[~i][0])
    starts = {}
    for i in free:
        starts.setdefault(ends(i)[0], []).append(i)
    joined, used = [], set()
    for i in free:
        ring = []
        while i is not None and i not in used:
            used.add(i)
            ring.append(i)
            i = next((n for n in starts.get(ends(i)[1], []) if n not in used), None)
        if ring:
            assert ends(ring[0])[0] == ends(ring[-1])[1], "an outline that does not close"
            joined.append(ring)
    return joined


def letters(points):
    """Writes steps in hundredths of a degree as in Google's encoded polylines: five bits a letter, low ones first."""
    out, at = [], (0, 0)
    for x, y in points:
        now = (round(x * UNITS), round(y * UNITS))
        if out and now == at:
            continue
        for step in (now[0] - at[0], now[1] - at[1]):
            step = ~(step << 1) if step < 0 else step << 1
            while step >= 0x20:
                out.append(chr((0x20 | (step & 0x1F)) + 63))
                step >>= 5
            out.append(chr(step + 63))
        at = now
    return "".join(out)


def main():
    packages = pathlib.Path(sys.argv[1])
    codes = json.loads((packages / "i18n-iso-countries" / "codes.json").read_text("utf-8"))
    alpha2 = {numeric: code for code, _, numeric, *_ in codes}
    topology = json.loads((packages / "world-atlas" / "countries-50m.json").read_text("utf-8"))
    cuts = Cut(decode(topology))
    whole = cuts.arcs
    rings = {code: without_islets(found, whole) for code, found in rings_by_code(topology, alpha2, cuts).items()}
    rings = {code: outline(found, whole) for code, found in rings.items()}
    kept = {max(i, ~i) for found in rings.values() for ring in found for i in ring}
    number = {old: new for new, old in enumerate(sorted(kept))}
    edges = set(cuts.closing.values())
    arcs = [whole[old] if old in edges else simplify(whole[old], TOLERANCE) for old in sorted(kept)]
    rings = {
        code: [[number[i] if i >= 0 else ~number[~i] for i in ring] for ring in found] for code, found in rings.items()
    }
    rings["**"] = outline([ring for code in sorted(rings) for ring in rings[code]], arcs)
    rings.pop("--", None)
    for arc in arcs:
        print(letters(arc))
    print()
    for code in sorted(rings):
        print(code + " " + ";".join(" ".join(map(str, ring)) for ring in rings[code]))


main()
