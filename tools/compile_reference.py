"""Make the committed reference files from the raw sources, and say how they were made.

    PYTHONPATH=src python tools/compile_reference.py SOURCE_FOLDER

SOURCE_FOLDER holds geo/, licence-unclear/ and udi-transcribed/ (what each is: the README beside the result).
Run by hand when a source changes; the program and its tests read only the result.
"""

import csv
import gzip
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations, pairwise, product
from pathlib import Path
from typing import Any

from fotfeste.directory.reference.projection import (
    VIEW_HEIGHT,
    VIEW_WIDTH,
    LatLon,
    distance_km,
    project,
)

TARGET = Path(__file__).resolve().parent.parent / "src/fotfeste/directory/reference"
SOUND_KM = 2.0
KRISTIANSAND_UNIT = "Kristiansand asylmottak N2 ord avd"
CITIZENSHIP_CODES = {
    "Afghanistan": "AFG",
    "Azerbaijan": "AZE",
    "Canada": "CAN",
    "China": "CHN",
    "Colombia": "COL",
    "Egypt": "EGY",
    "Eritrea": "ERI",
    "Ethiopia": "ETH",
    "Georgia": "GEO",
    "Iran": "IRN",
    "Iraq": "IRQ",
    "Lebanon": "LBN",
    "Moldova": "MDA",
    "Pakistan": "PAK",
    "Palestine": "PSE",
    "Russia": "RUS",
    "Stateless": "XXA",
    "Syria": "SYR",
    "TOTAL": "TOTAL",
    "Turkey": "TUR",
    "Ukraine": "UKR",
    "Venezuela": "VEN",
}

type Row = Mapping[str, str]
type Vertex = tuple[float, float]
type Ring = list[Vertex]
type Cells = dict[tuple[int, int], set[tuple[Vertex, str]]]


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def write_rows(name: str, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    with (TARGET / name).open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def compile_places(source: Path) -> None:
    """Municipalities, counties and postal codes."""
    centrality = {
        row["kommunenummer"]: row["centrality_class_ssb2024"]
        for row in rows_of(source / "licence-unclear/municipality_centrality_kostra_2024.csv")
    }
    header = "number,name,name_nb,county_number,population,written_form,centrality,area_km2,centre,lat,lon"
    write_rows(
        "municipalities.csv",
        header.split(","),
        (
            (
                row["kommunenummer"],
                row["name"],
                row["name_nb"],
                row["fylkesnummer"],
                row["population"],
                row["malform"],
                centrality[row["kommunenummer"]],
                row["area_km2"],
                row["adm_center"],
                row["lat"],
                row["lon"],
            )
            for row in rows_of(source / "geo/municipalities.csv")
        ),
    )
    counties = json.loads((source / "geo/counties-2025.json").read_text(encoding="utf-8"))
    write_rows("counties.csv", ("number", "name"), ((c["id"], c["name"]) for c in counties))
    codes = json.loads((source / "geo/postal-codes-2026.json").read_text(encoding="utf-8"))
    write_rows(
        "postal_codes.csv",
        ("code", "place", "municipality_number"),
        ((c["code"], c["place"], c["id"]) for c in codes),
    )


def compile_settlement_requests(source: Path) -> None:
    """IMDi's requests and decisions for 2024, with settled 2022-2024; suppression kept as given."""
    by_year: dict[str, dict[str, Row]] = defaultdict(dict)
    for row in rows_of(source / "licence-unclear/imdi_requests_settlements_2022_2024.csv"):
        by_year[row["kommunenummer"]][row["year"]] = row
    asked = (
        "requested_total",
        "decided_total",
        "requested_uam_2024",
        "decided_uam_2024",
    )
    header = [
        "municipality_number",
        "requested_total",
        "decided_total",
        "requested_uam",
        "decided_uam",
    ]
    header += [f"settled_{year}" for year in (2022, 2023, 2024)]
    header += [f"settled_ukraine_{year}" for year in (2022, 2023, 2024)]
    years = ("2022", "2023", "2024")
    write_rows(
        "settlement_requests.csv",
        header,
        (
            (
                number,
                *(rows["2024"][column] for column in asked),
                *(rows[year]["settled_total"] for year in years),
                *(rows[year]["settled_ukraine"] for year in years),
            )
            for number, rows in sorted(by_year.items())
        ),
    )


def compile_reception_units(source: Path) -> None:
    """UDI's units on 31 January 2024; the row for all others ("Andre") stays in the README."""
    units = []
    for row in rows_of(source / "licence-unclear/udi_reception_units_ukrainians_20240131.csv"):
        if row["type_guess"] == "andre":
            continue
        number, note = row["kommunenummer"], ""
        if row["mottak_navn"] == KRISTIANSAND_UNIT:
            number, note = (
                "4204",
                "kilden har 1505 (Kristiansund); navnet sier Kristiansand (4204)",
            )
        name = " ".join(row["mottak_navn"].split())
        units.append((name, row["type_guess"], number, row["ukrainians_20240131"], note))
    write_rows(
        "reception_units.csv",
        ("name", "type_guess", "municipality_number", "ukrainians", "note"),
        units,
    )


def compile_applications(source: Path) -> None:
    """UDI's month series and the few year totals."""
    header = (
        "scheme",
        "year",
        "month",
        "citizenship",
        "applications",
        "completeness",
        "source",
    )
    write_rows(
        "monthly_applications.csv",
        header,
        (
            [row[c] if c != "citizenship" else CITIZENSHIP_CODES[row[c]] for c in header]
            for row in rows_of(source / "udi-transcribed/udi_applications_by_month_citizenship.csv")
        ),
    )
    write_rows(
        "applications_by_year.csv",
        ("scheme", "year", "citizenship", "applications", "note"),
        (
            (
                r["scheme"],
                r["year"],
                CITIZENSHIP_CODES[r["citizenship"]],
                r["applications"],
                r["note"],
            )
            for r in rows_of(source / "udi-transcribed/udi_applications_by_year_partial.csv")
        ),
    )


def rings_of(geometry: Mapping[str, Any]) -> Iterator[Ring]:
    polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    for polygon in polygons:
        for ring in polygon:
            yield [(vertex[0], vertex[1]) for vertex in ring]


def tenths(value: int) -> str:
    """A tenth-count as SVG's shortest number: -3 is "-.3"."""
    sign, whole, rest = "-" if value < 0 else "", abs(value) // 10, abs(value) % 10
    return f"{sign}{whole or ''}.{rest}" if rest else f"{sign}{whole}"


def path_of(rings: Iterable[Ring]) -> str:
    """SVG path data: absolute start, relative lines, one decimal; rings that vanish at that size are left out."""
    parts = []
    for ring in rings:
        points: list[tuple[int, int]] = []
        for lon, lat in ring[:-1]:
            at = project(lat, lon)
            rounded = (round(at.x * 10), round(at.y * 10))
            if not points or points[-1] != rounded:
                points.append(rounded)
        if len(set(points)) < 3:
            continue
        steps = [f"{tenths(b[0] - a[0])} {tenths(b[1] - a[1])}" for a, b in pairwise(points)]
        parts.append(f"M{tenths(points[0][0])} {tenths(points[0][1])}l{' '.join(steps)}z")
    return "".join(parts)


def outer_rings(members: Iterable[list[Ring]]) -> list[Ring]:
    """The outline of several municipalities: edges that two of them share fall away, the rest is stitched."""
    edges = [edge for rings in members for ring in rings for edge in pairwise(ring)]
    uses = Counter(frozenset(edge) for edge in edges)
    following: dict[Vertex, list[Vertex]] = defaultdict(list)
    for start, end in edges:
        if uses[frozenset((start, end))] == 1:
            following[start].append(end)
    outline = []
    while following:
        ring = [next(iter(following))]
        while ring[-1] in following:
            ends = following[ring[-1]]
            here = ring[-1]
            ring.append(ends.pop())
            if not ends:
                del following[here]
        outline.append(ring)
    return outline


def compile_borders(shapes: Mapping[str, list[Ring]]) -> None:
    counties: dict[str, list[list[Ring]]] = defaultdict(list)
    for number, rings in shapes.items():
        counties[number[:2]].append(rings)
    centres = {row["number"]: row for row in rows_of(TARGET / "municipalities.csv")}
    municipalities = {}
    for number, rings in sorted(shapes.items()):
        at = project(float(centres[number]["lat"]), float(centres[number]["lon"]))
        municipalities[number] = {
            "d": path_of(rings),
            "x": round(at.x, 1),
            "y": round(at.y, 1),
        }
    drawing = {
        "attribution": "© Kartverket (CC BY 4.0), forenklet",
        "projection": "EPSG:25833 (UTM 33), 1500 m per unit, y down",
        "width": VIEW_WIDTH,
        "height": VIEW_HEIGHT,
        "municipalities": municipalities,
        "counties": {number: path_of(outer_rings(members)) for number, members in sorted(counties.items())},
    }
    text = json.dumps(drawing, ensure_ascii=False, separators=(",", ":"))
    (TARGET / "borders.json.gz").write_bytes(gzip.compress(text.encode(), 9, mtime=0))


def land_borders(shapes: Mapping[str, list[Ring]]) -> dict[tuple[str, str], str]:
    """Pairs that share an edge ("land") or a single vertex ("corner"): the source is cut from one topology."""
    at_vertex: dict[Vertex, set[str]] = defaultdict(set)
    at_edge: dict[frozenset[Vertex], set[str]] = defaultdict(set)
    for number, rings in shapes.items():
        for ring in rings:
            for edge in pairwise(ring):
                at_vertex[edge[0]].add(number)
                at_edge[frozenset(edge)].add(number)
    pairs = {pair: "corner" for owners in at_vertex.values() for pair in combinations(sorted(owners), 2)}
    pairs.update((pair, "land") for owners in at_edge.values() for pair in combinations(sorted(owners), 2))
    return pairs


def coast_cells(shapes: Mapping[str, list[Ring]]) -> Cells:
    """Vertices of edges that no other municipality shares, by cell; a cell is wider than SOUND_KM."""
    uses = Counter(frozenset(edge) for rings in shapes.values() for ring in rings for edge in pairwise(ring))
    cells: Cells = defaultdict(set)
    for number, rings in shapes.items():
        for edge in (edge for ring in rings for edge in pairwise(ring) if uses[frozenset(edge)] == 1):
            for lon, lat in edge:
                cells[int(lon / 0.06), int(lat / 0.03)].add(((lon, lat), number))
    return cells


def sounds(shapes: Mapping[str, list[Ring]], known: Mapping[tuple[str, str], str]) -> set[tuple[str, str]]:
    """Pairs without a common border whose free outlines (coast) come within SOUND_KM, vertex to vertex."""
    cells = coast_cells(shapes)
    near: set[tuple[str, str]] = set()
    for (i, j), here in cells.items():
        around = [c for di in (-1, 0, 1) for dj in (-1, 0, 1) for c in cells.get((i + di, j + dj), ())]
        for ((a_lon, a_lat), a), ((b_lon, b_lat), b) in product(here, around):
            is_open = a < b and (a, b) not in known and (a, b) not in near
            if is_open and distance_km(LatLon(a_lat, a_lon), LatLon(b_lat, b_lon)) <= SOUND_KM:
                near.add((a, b))
    return near


def compile_neighbours(shapes: Mapping[str, list[Ring]]) -> None:
    pairs = land_borders(shapes)
    pairs.update((pair, "sound") for pair in sounds(shapes, pairs))
    write_rows(
        "neighbours.csv",
        ("a", "b", "kind"),
        ((a, b, kind) for (a, b), kind in sorted(pairs.items())),
    )


def main(source: Path) -> None:
    compile_places(source)
    compile_settlement_requests(source)
    compile_reception_units(source)
    compile_applications(source)
    features = json.loads((source / "geo/Kommuner-S.geojson").read_text(encoding="utf-8"))["features"]
    shapes = {f["properties"]["kommunenummer"]: list(rings_of(f["geometry"])) for f in features}
    compile_borders(shapes)
    compile_neighbours(shapes)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: compile_reference.py SOURCE_FOLDER")
    main(Path(sys.argv[1]))
