"""How fast receptors are measured and overlaps found, with heavy layers and many sites.

    .venv/bin/python tools/bench_layers.py --sites 100000

Peers: geopandas' nearest join and overlay on the same shapes, and PostGIS by ST_Distance alone.
"""

import argparse
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import numpy as np
import sqlalchemy as sa
from shapely import LineString, Point, Polygon
from shapely.geometry import box

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import made_register
from measuring import Register, full_register, timed, told

from gis.domain.place import ReferenceFeature
from gis.domain.reach import Reach
from gis.domain.terms import LayerKind, ReachBasis
from gis.ledger import places
from gis.ledger.measuring import remeasure
from gis.rules.reaches import reach_rules
from gis.rules.surroundings import nearness
from gis.spatial.around import Around, Layer
from gis.spatial.crs import as_multipolygon
from gis.spatial.network import Drawn, build
from gis.spatial.reaches import cut, spans_by_rule
from gis.spatial.rivers import Rivers
from gis.store import overlaps
from tests.makers import a_layer, square

NOW = datetime.now(UTC)


def heavy_layers() -> list[Layer]:
    """Six areas of 50,000 vertices, a river of 20,000, 5,000 dwellings, 3,600 parcels."""
    chance = np.random.default_rng(7)
    turn = np.linspace(0, 2 * np.pi, 50_000, endpoint=False)
    reach = 0.1 * (1 + 0.05 * np.sin(40 * turn))
    blob = Polygon(np.column_stack([109.75 + reach * np.cos(turn), 40.75 + reach * np.sin(turn)]))
    river = LineString(np.column_stack([np.linspace(109, 110.5, 20_000), np.full(20_000, 40.5)]))
    homes = [Point(*xy) for xy in chance.uniform((109.6, 40.6), (109.9, 40.9), (5_000, 2))]
    grid = [
        box(x, y, x + 0.005, y + 0.005)
        for x in np.arange(109.6, 109.9, 0.005)
        for y in np.arange(40.6, 40.9, 0.005)
    ]
    areas = (
        *(LayerKind.RED_LINE, LayerKind.FARMLAND, LayerKind.RESERVE, LayerKind.SOURCE_ZONE),
        *(LayerKind.TOWN, LayerKind.RIVER_ZONE),
    )
    made = [
        *(a_layer(kind, blob) for kind in areas),
        a_layer(LayerKind.MAIN_STEM, river),
        a_layer(LayerKind.DWELLING, *homes),
        a_layer(LayerKind.LAND_USE, *grid),
    ]
    return [Layer(*one) for one in made]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sites", type=int, default=100_000)
    asked = parser.parse_args()
    measure_alone()
    with full_register(asked.sites) as register:
        measure_register(register)


def measure_alone() -> None:
    layers = heavy_layers()
    chance = np.random.default_rng(11)
    shapes = [square(*xy) for xy in chance.uniform((109.6, 40.6), (109.9, 40.9), (10_000, 2))]
    with timed("rivers: a line of 20,000 vertices and 300 brooks checked, joined and cut"):
        reaches = cut_rivers(layers)
    with timed("layers: heavy layers made ready"):
        around = Around(layers, 4546, nearness(), Rivers(reaches, 4546, reach_rules()))
    began = time.perf_counter()
    around.of_many([str(k) for k in range(10_000)], shapes, NOW)
    ours = (time.perf_counter() - began) / 10_000
    told("layers: an outline measured, all nine layers, of 10,000", ours * 1000, "{:.2f} ms")
    began = time.perf_counter()
    for shape in shapes[:200]:
        around.of("one", shape, NOW)
    each = (time.perf_counter() - began) / 200 * 1000
    print(f"{'layers: one outline measured alone':78} {each:7.2f} ms", flush=True)
    theirs = measure_peer(layers, shapes)
    told("layers: against geopandas' nearest, six layers' distances", theirs / ours, "{:.1f} x")


def cut_rivers(layers: list[Layer]) -> list[Reach]:
    """The reaches of the heavy river and of 300 brooks of 200 vertices that run into it."""
    drawn = [
        Drawn(f.name_zh, "", True, f.geometry, layer.about.id)
        for layer in layers
        if layer.about.kind is LayerKind.MAIN_STEM
        for f in layer.features
    ]
    for k, lon in enumerate(np.linspace(109.05, 110.45, 300)):
        brook = LineString(np.column_stack([np.full(200, lon), np.linspace(40.8, 40.5, 200)]))
        drawn.append(Drawn(f"{k}号沟", "", False, brook, drawn[0].layer_id))
    network = build(drawn, reach_rules(), 4546, as_multipolygon(box(109.6, 40.6, 109.9, 40.9)))
    where = {"district_code": made_register.DISTRICT, "metric_epsg": 4546, "at": NOW}
    return [
        reach
        for number, river in enumerate(network.rivers, start=1)
        for reach in cut(
            river, spans_by_rule(river, reach_rules()), ReachBasis.RULE, number=number, **where
        )
    ]


def measure_peer(layers: list[Layer], shapes: list[object]) -> float:
    """Return the seconds that geopandas takes for an outline."""
    import geopandas

    sites = geopandas.GeoDataFrame(geometry=shapes, crs=4490).to_crs(4546)
    began = time.perf_counter()
    for layer in layers[:6]:
        about = [feature.geometry for feature in layer.features]
        frame = geopandas.GeoDataFrame(geometry=about, crs=4490).to_crs(4546)
        geopandas.sjoin_nearest(sites[:500], frame, distance_col="metres")
    return (time.perf_counter() - began) / 500


def measure_register(register: Register) -> None:
    book, count = register.book, register.count
    for layer in heavy_layers():
        renamed = [
            ReferenceFeature(uuid4(), layer.about.id, f.name_zh, f.name_en, f.geometry)
            for f in layer.features
        ]
        places.add_layer(book, layer.about, renamed)
    with timed(f"register: {count:,} sites measured anew, stored, graded"):
        found = remeasure(book, made_register.DISTRICT)
    print(f"    {len(found.changed):,} changed, {len(found.moved):,} grades moved", flush=True)
    with timed("register: the same again, nothing new"):
        assert remeasure(book, made_register.DISTRICT).changed == []
    measure_overlaps(book.engine)


def measure_overlaps(engine: sa.Engine) -> None:
    with engine.connect() as connection:
        rows = connection.execute(sa.text("select code from listed order by random() limit 200"))
        took = []
        for code in [row.code for row in rows]:
            began = time.perf_counter()
            overlaps.overlaps_of(connection, code)
            took.append((time.perf_counter() - began) * 1000)
        took.sort()
        print(f"{'overlaps of one site':78} p50 {took[100]:.1f} ms p95 {took[190]:.1f} ms")
        with timed("overlaps: all pairs of the district"):
            print(f"    {len(overlaps.pairs(connection, made_register.DISTRICT)):,} pairs")
        with timed("overlaps: sites partly outside"):
            print(f"    {len(overlaps.beyond(connection, made_register.DISTRICT)):,} sites")


if __name__ == "__main__":
    main()
