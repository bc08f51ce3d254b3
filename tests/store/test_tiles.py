"""Vector tiles, read back by a small decoder of the Mapbox format and placed on the ground."""

import math
from datetime import timedelta
from types import SimpleNamespace
from uuid import uuid4

import pytest
import shapely
from shapely.geometry import LineString, Polygon, box

from gis.domain.terms import LayerKind, WasteClass
from gis.ledger import places
from gis.ledger.sites import correct_site
from gis.spatial.crs import as_multipolygon
from gis.store import shape, tables, tiles
from gis.store.listing import Scope
from tests.makers import (
    KUNDULUN,
    NOON,
    Clock,
    a_candidate,
    a_district,
    a_layer,
    list_site,
    open_book,
    square,
)

OTHER = "150204"
LATER = NOON + timedelta(days=1)


def varint(data, at):
    value = shift = 0
    while True:
        byte = data[at]
        at += 1
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            return value, at
        shift += 7


def fields(data):
    """Yield number and value of each field of a protobuf message."""
    at = 0
    while at < len(data):
        key, at = varint(data, at)
        kind = key & 7
        if kind == 0:
            value, at = varint(data, at)
        else:
            length, at = varint(data, at) if kind == 2 else ({1: 8, 5: 4}[kind], at)
            value, at = data[at : at + length], at + length
        yield key >> 3, value


def numbers(data):
    at, found = 0, []
    while at < len(data):
        value, at = varint(data, at)
        found.append(value)
    return found


def value_of(data):
    ((number, value),) = fields(data)
    return {
        1: lambda: value.decode(),
        5: lambda: value,
        6: lambda: (value >> 1) ^ -(value & 1),
    }.get(number, lambda: bool(value))()


def rings(commands):
    """The rings, or lines, that a geometry's commands draw, in tile units."""
    x = y = at = 0
    drawn = []
    while at < len(commands):
        what, count = commands[at] & 7, commands[at] >> 3
        at += 1
        if what == 7:
            drawn[-1].append(drawn[-1][0])
            continue
        for _ in range(count):
            dx, dy = ((n >> 1) ^ -(n & 1) for n in commands[at : at + 2])
            x, y, at = x + dx, y + dy, at + 2
            drawn.append([(x, y)]) if what == 1 else drawn[-1].append((x, y))
    return drawn


def decode(tile):
    """The one layer of a tile: its name and its features' properties and shapes."""
    ((_, body),) = fields(tile)
    parts = list(fields(body))
    keys = [v.decode() for n, v in parts if n == 3]
    values = [value_of(v) for n, v in parts if n == 4]
    features = []
    for data in (v for n, v in parts if n == 2):
        feature = dict(fields(data))
        tags = numbers(feature.get(2, b""))
        said = {keys[k]: values[v] for k, v in zip(tags[::2], tags[1::2], strict=True)}
        features.append(SimpleNamespace(said=said, rings=rings(numbers(feature[4]))))
    name = next(v.decode() for n, v in parts if n == 1)
    return SimpleNamespace(name=name, features=features, version=dict(parts)[15])


def tile_of(lon, lat, z):
    """The Web Mercator tile that a place is in."""
    x = (lon + 180) / 360 * 2**z
    y = (1 - math.asinh(math.tan(math.radians(lat))) / math.pi) / 2 * 2**z
    return z, int(x), int(y)


def lon_lat(ring, z, x, y):
    """A ring in tile units as degrees."""
    ground = []
    for column, row in ring:
        east = (x + column / tiles.EXTENT) / 2**z
        south = (y + row / tiles.EXTENT) / 2**z
        lat = math.degrees(math.atan(math.sinh(math.pi * (1 - 2 * south))))
        ground.append((east * 360 - 180, lat))
    return Polygon(ground)


@pytest.fixture
def book(database_url):
    """Two districts on the same ground, each with a candidate, a site and a river."""
    with open_book(database_url, Clock()) as book:
        for code in (KUNDULUN, OTHER):
            places.add_district(book, a_district(code=code))
            river = LineString([(109.65, 40.65), (109.85, 40.65)])
            places.add_layer(book, *a_layer(LayerKind.MAIN_STEM, river, district_code=code))
            list_site(book, district_code=code, name=f"渣堆 {code}", outline=square(109.71, 40.71))
            with book.entry() as entry:
                mine = a_candidate(district_code=code, class_name=f"of_{code}", confidence=0.835)
                shape.insert(entry.connection, tables.candidates, [mine])
        yield book


ASK = {
    "candidates": tiles.candidate_tile,
    "reference": tiles.reference_tile,
    "sites": lambda connection, district, *rest: tiles.site_tile(
        connection, Scope(district, LATER, is_now=True), *rest
    ),
}


def ask(book, layer, z, x, y, district=KUNDULUN):
    with book.reading() as connection:
        return ASK[layer](connection, district, z, x, y)


HERE = {"candidates": (109.701, 40.701), "sites": (109.711, 40.711), "reference": (109.7, 40.65)}


@pytest.mark.parametrize(
    ("layer", "zoom"),
    [("reference", zoom) for zoom in (0, 1, 2, 3, 4)]  # where a pile is less than a pixel
    + [(layer, zoom) for layer in ASK for zoom in (9, 12, 15, 16)],
)
def test_a_place_is_in_its_tile_at_every_zoom_it_can_be_seen_at(book, layer, zoom):
    found = decode(ask(book, layer, *tile_of(*HERE[layer], zoom)))
    assert found.name == layer
    assert found.version == 2
    assert len(found.features) == 1


def test_a_candidate_says_what_the_map_needs(book):
    (feature,) = decode(ask(book, "candidates", *tile_of(109.701, 40.701, 14))).features
    assert feature.said.pop("id").count("-") == 4
    assert feature.said == {
        "class_name": f"of_{KUNDULUN}",
        "state": "TO_CHECK",
        "confidence": 84,
        "area_m2": 37_500,
    }


def test_a_site_says_what_the_map_needs(book):
    (feature,) = decode(ask(book, "sites", *tile_of(109.711, 40.711, 14))).features
    assert feature.said == {
        "code": "150203-W00001-D",
        "name": f"渣堆 {KUNDULUN}",
        "kind": "WASTE_PILE",
        "grade": "HIGH",
        "provisional": True,
        "state": "LISTED",
        "is_demo": True,
        "river": "甲",
        "reach": "甲 5–10 km",
        "bank": "LEFT",
    }  # and no deadline, for it has no project


def test_the_river_says_its_kind_and_names(book):
    (feature,) = decode(ask(book, "reference", *tile_of(109.7, 40.65, 12))).features
    assert feature.said == {"kind": "MAIN_STEM", "name_zh": "甲", "name_en": "A"}


@pytest.mark.parametrize("layer", ["candidates", "sites"])
def test_the_shape_lies_where_it_lies_on_the_ground(book, layer):
    where = tile_of(*HERE[layer], 14)
    (feature,) = decode(ask(book, layer, *where)).features
    drawn = lon_lat(feature.rings[0], *where)
    wanted = square() if layer == "candidates" else square(109.71, 40.71)
    assert shapely.hausdorff_distance(drawn, wanted.geoms[0]) < 2e-5  # a pixel of zoom 14


def test_a_hole_stays_a_hole(book):
    pierced = box(109.75, 40.75, 109.76, 40.76).difference(box(109.753, 40.753, 109.757, 40.757))
    with book.entry() as entry:
        ring = a_candidate(outline=as_multipolygon(pierced))
        shape.insert(entry.connection, tables.candidates, [ring])
    (feature,) = decode(ask(book, "candidates", *tile_of(109.755, 40.755, 13))).features
    assert len(feature.rings) == 2


@pytest.mark.parametrize("layer", ASK)
def test_another_districts_rows_never_appear(book, layer):
    for zoom in (9, 12, 14):
        where = tile_of(*HERE[layer], zoom)
        assert len(decode(ask(book, layer, *where)).features) == 1
        mine = ask(book, layer, *where)
        assert OTHER.encode() not in mine
        assert ask(book, layer, *where, district="000000") == b""


@pytest.mark.parametrize("layer", ASK)
@pytest.mark.parametrize(
    "where", [tile_of(109.85, 40.85, 14), tile_of(16.3, 50.9, 9), (2, 0, 3), (1, 0, 0), (22, 0, 0)]
)
def test_a_tile_with_nothing_in_it_is_empty(book, layer, where):
    assert ask(book, layer, *where) == b""


def test_a_shape_over_the_edge_is_in_both_tiles(book):
    z, x, y = tile_of(109.701, 40.701, 14)
    edge_lon = (x + 1) / 2**z * 360 - 180
    across = a_candidate(id=uuid4(), class_name="across", outline=square(edge_lon - 0.001, 40.7005))
    with book.entry() as entry:
        shape.insert(entry.connection, tables.candidates, [across])
    for column in (x, x + 1):
        said = [
            f.said["class_name"] for f in decode(ask(book, "candidates", z, column, y)).features
        ]
        assert "across" in said


def test_a_site_is_not_on_the_map_of_the_day_before_it_was_listed(book):
    with book.reading() as connection:
        before = tiles.site_tile(
            connection,
            Scope(KUNDULUN, NOON - timedelta(seconds=1)),
            *tile_of(109.711, 40.711, 14),
        )
    assert before == b""


def test_a_correction_moves_the_grade_on_the_map(book):
    book.clock.tick()
    correct_site(book, "150203-W00001-D", waste_class=WasteClass.SW70, radioactivity_bq_g=3.0)
    (feature,) = decode(ask(book, "sites", *tile_of(109.711, 40.711, 14))).features
    assert feature.said["grade"] == "OUT_OF_SCHEME"
