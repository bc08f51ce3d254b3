"""The phone's own geometry against PROJ: distance, bearing, area, crossings, means, walks."""

import json
import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import numpy as np
import pytest
import shapely
from playwright.sync_api import Browser
from pyproj import Geod

from api.settings import Settings
from gis.ledger import Book
from gis.rules import field_check as form
from gis.store.engine import make_engine
from tests import throwaway
from tests.browser.conftest import serving
from tests.browser.field_phone import Phone, open_field_register, phone

GEOD = Geod(ellps="GRS80")
CASES: list[dict[str, Any]] = json.loads(
    (Path(__file__).parents[1] / "data" / "field_rule_cases.json").read_text("utf-8")
)


@pytest.fixture(scope="module")
def team(
    browser: Browser,
    server_url: str,
    template_database: str,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Phone]:
    """One phone for all: these tests keep nothing."""
    name = f"test_{uuid4().hex[:16]}"
    url = throwaway.create(server_url, name, template_database)
    settings = Settings(database_url=url, data_dir=tmp_path_factory.mktemp("phone"))
    engine = make_engine(url)
    open_field_register(Book(engine, "tester"))
    with serving(settings) as address, phone(browser, address) as found:
        yield found
    engine.dispose()
    throwaway.drop(server_url, name)


def ask(phone: Phone, module: str, code: str, values: Any = None) -> Any:
    """Return what an expression of a module's exports ``m`` and ``v`` gives in the browser."""
    script = (
        f"async (v) => {{ const m = await import('/static/js/field/{module}'); return {code}; }}"
    )
    return phone.page.evaluate(script, values)


def test_the_phone_speaks_the_servers_rules_word_for_word(team: Phone):
    rules = ask(team, "check/rules.js", "m.refreshRules()")
    facts = [case["facts"] for case in CASES]
    found = ask(team, "check/rules.js", "v[1].map((f) => m.broken(v[0].rules, f))", [rules, facts])
    for case, said in zip(CASES, found, strict=True):
        mine = [{k: v for k, v in one.items() if k != "when"} for one in said]
        theirs = [
            one | {"severity": str(one["severity"])} for one in form.current().broken(case["facts"])
        ]
        assert mine == theirs, case["name"]


@pytest.mark.parametrize("latitude", [0.0, 23.5, 40.7, 53.5])
def test_lengths_bearings_and_areas_are_those_of_the_ellipsoid(team: Phone, latitude: float):
    rng = np.random.default_rng(7)
    starts = np.c_[rng.uniform(75, 134, 40), latitude + rng.uniform(-0.5, 0.5, 40)]
    ends = starts + rng.uniform(-1, 1, (40, 2)) * np.geomspace(1e-4, 2, 40)[:, None]
    pairs = [[list(a), list(b)] for a, b in zip(starts.tolist(), ends.tolist(), strict=True)]
    found = ask(
        team, "position.js", "v.map(([a, b]) => [m.distance_m(a, b), m.bearing_deg(a, b)])", pairs
    )
    for (a, b), (metres, bearing) in zip(pairs, found, strict=True):
        forward, _, length = GEOD.inv(*a, *b)
        assert metres == pytest.approx(length, rel=1e-3)
        middle, _, _ = GEOD.inv(*GEOD.npts(*a, *b, 1)[0], *b)
        assert abs((bearing - middle + 180) % 360 - 180) < 0.2, forward
    rings = []
    for size in np.geomspace(1e-4, 0.3, 30):
        angles = np.sort(rng.uniform(0, 2 * math.pi, 12))
        reach = size * rng.uniform(0.5, 1, 12)
        ring = np.c_[109.7 + reach * np.cos(angles), latitude + reach * np.sin(angles)]
        rings.append([*ring.tolist(), ring[0].tolist()])
    areas = ask(
        team,
        "check/shape.js",
        "v.map((r) => m.area_m2({ type: 'Polygon', coordinates: [r] }))",
        rings,
    )
    for ring, area in zip(rings, areas, strict=True):
        true, _ = GEOD.polygon_area_perimeter(*zip(*ring, strict=True))
        assert area == pytest.approx(abs(true), rel=1e-3)


def test_a_hole_and_a_second_part_count(team: Phone):
    outer = shapely.box(109.70, 40.70, 109.71, 40.71).difference(
        shapely.box(109.703, 40.703, 109.706, 40.706)
    )
    both = shapely.union_all([outer, shapely.box(109.72, 40.70, 109.721, 40.701)])
    found = ask(team, "check/shape.js", "m.area_m2(v)", json.loads(shapely.to_geojson(both)))
    assert found == pytest.approx(abs(GEOD.geometry_area_perimeter(both)[0]), rel=1e-3)
    inside = ask(
        team,
        "check/shape.js",
        "v[1].map((p) => m.contains(v[0], p))",
        [
            json.loads(shapely.to_geojson(both)),
            [[109.701, 40.701], [109.704, 40.704], [109.7205, 40.7005]],
        ],
    )
    assert inside == [True, False, True]


def test_rings_that_cross_or_touch_are_told_from_those_that_do_not(team: Phone):
    rng = np.random.default_rng(11)
    rings = [
        (109.7 + rng.uniform(0, 0.01, (n, 2)) * [1, 1]).tolist() for n in rng.integers(3, 9, 300)
    ]
    rings = [[[x, y - 69] for x, y in ring] for ring in rings]
    rings += [
        [[0, 0], [2, 0], [2, 2], [1, 0], [0, 2]],
        [[0, 0], [1, 1], [2, 0], [2, 2], [1, 1], [0, 2]],
    ]
    found = ask(team, "check/shape.js", "v.map((r) => m.crossingOf(r))", rings)
    for ring, at in zip(rings, found, strict=True):
        shape = shapely.Polygon(ring)
        assert (at is None) == shape.is_valid, ring
        if at is not None:
            assert shapely.distance(shapely.LinearRing(ring), shapely.Point(at)) < 1e-7


def test_the_distance_to_an_outline_is_nought_inside_and_true_outside(team: Phone):
    square = {
        "type": "Polygon",
        "coordinates": [
            [[109.7, 40.7], [109.702, 40.7], [109.702, 40.702], [109.7, 40.702], [109.7, 40.7]]
        ],
    }
    points = [[109.701, 40.701], [109.703, 40.701], [109.701, 40.699], [109.6999, 40.6999]]
    found = ask(
        team, "check/shape.js", "v[1].map((p) => m.offOutline_m(v[0], p))", [square, points]
    )
    edges = [None, (109.702, 40.701), (109.701, 40.7), (109.7, 40.7)]
    true = [
        0 if edge is None else GEOD.inv(*p, *edge)[2] for p, edge in zip(points, edges, strict=True)
    ]
    assert found == pytest.approx(true, rel=1e-3, abs=1e-6)


def fixes(
    metres: np.ndarray, accuracy: Any, at: tuple[float, float] = (109.7, 40.7)
) -> list[dict[str, Any]]:
    """Return fixes that lie ``metres`` east and north of a point, a second apart."""
    east, north = 84_500.0, 111_035.0
    sure = np.broadcast_to(accuracy, len(metres))
    return [
        {
            "lon": at[0] + x / east,
            "lat": at[1] + y / north,
            "accuracy_m": float(a),
            "at": f"2026-07-01T00:{n // 60:02}:{n % 60:02}.000Z",
            "samples": 1,
        }
        for n, ((x, y), a) in enumerate(zip(metres.tolist(), sure, strict=True))
    ]


def test_the_mean_of_many_fixes_is_nearer_and_a_leap_is_left_out(team: Phone):
    rng = np.random.default_rng(3)
    runs = []
    for _ in range(200):
        noise = rng.normal(0, 5, (20, 2))
        noise[:2] += 300
        runs.append(fixes(noise, 8))
    means = ask(
        team,
        "position.js",
        "v.map((f) => ({ ...m.average(f), off: m.distance_m([109.7, 40.7], m.average(f)) }))",
        runs,
    )
    assert np.mean([mean["off"] for mean in means]) < 2.5 < 5 * math.sqrt(math.pi / 2)
    assert all(mean["samples"] <= 18 and mean["accuracy_m"] >= 4 for mean in means)
    assert np.mean([mean["spread_m"] for mean in means]) == pytest.approx(7, abs=1.5)
    rough = ask(
        team,
        "position.js",
        "m.average(v)",
        [*fixes(np.zeros((3, 2)), 5), *fixes(np.full((1, 2), 40.0), 50)],
    )
    assert rough["samples"] == 3 and ask(team, "position.js", "m.average([])") is None


def test_made_up_positions_are_hinted_at_and_honest_ones_not(team: Phone):
    rng = np.random.default_rng(5)
    honest = fixes(rng.normal(0, 4, (60, 2)).cumsum(axis=0), 6)
    leap = fixes(np.array([[0, 0], [5000, 0]]), 5)
    rows = [
        honest,
        fixes(np.zeros((8, 2)), 5),
        fixes(np.zeros((7, 2)), 5),
        leap,
        fixes(np.zeros((1, 2)), 0),
    ]
    found = ask(team, "position.js", "v.map((f) => m.hintsOf(f))", rows)
    assert found == [[], ["constant"], [], ["leap"], ["no_accuracy"]]


def a_walk(rng: np.random.Generator, accuracy: float) -> tuple[list[dict[str, Any]], float]:
    """Return the fixes of a walk round an ellipse with errors that drift, and its true area."""
    long, wide = rng.uniform(40, 150, 2)
    turn = np.linspace(0, 2 * math.pi, 300, endpoint=False)
    edge = np.c_[long * np.cos(turn), wide * np.sin(turn)]
    drift, error = math.exp(-1 / 30), np.zeros((300, 2))
    sigma = accuracy / 1.515
    error[0] = rng.normal(0, sigma, 2)
    for n in range(1, 300):
        error[n] = drift * error[n - 1] + math.sqrt(1 - drift**2) * rng.normal(0, sigma, 2)
    return fixes(edge + error, accuracy), math.pi * long * wide


def test_a_walked_outline_is_as_sure_as_it_says(team: Phone):
    rng = np.random.default_rng(13)
    walks = [a_walk(rng, accuracy) for accuracy in [3, 5, 8] * 40]
    code = "v.map((f) => m.closed(f.reduce((w, fix) => m.stepped(w, fix), m.newWalk())))"
    found = ask(team, "check/track.js", code, [walk for walk, _ in walks])
    closed = [(one, true) for one, (_, true) in zip(found, walks, strict=True) if "outline" in one]
    assert len(closed) > 100
    within = [abs(one["area_m2"] - true) <= one["plus_minus_m2"] for one, true in closed]
    assert 0.6 < np.mean(within) < 0.97
    assert all(len(one["outline"]["coordinates"][0]) < 120 for one, _ in closed)
    assert all(shapely.from_geojson(json.dumps(one["outline"])).is_valid for one, _ in closed)


def test_a_walk_leaves_out_rough_fixes_and_standing_still_and_refuses_what_crosses(team: Phone):
    still = fixes(np.random.default_rng(1).normal(0, 0.4, (50, 2)), 5)
    rough = fixes(np.array([[50, 0], [90, 9]]), 45)
    eight = fixes(np.array([[0, 0], [60, 0], [60, 60], [30, 60], [30, -40], [0, -40]]), 4)
    code = (
        "v.map((f) => { const w = f.reduce((w, x) => m.stepped(w, x), m.newWalk());"
        " return [w.points.length, w.dropped, m.closed(w)]; })"
    )
    (few, _, short), (_, dropped, none), (_, _, crossing) = ask(
        team, "check/track.js", code, [still, rough, eight]
    )
    assert few <= 2 and short["problem"] == "short"
    assert dropped == 2 and none["problem"] == "short"
    assert crossing["problem"] == "crosses" and crossing["at"][0] == pytest.approx(
        109.7 + 30 / 84_500, abs=2e-5
    )


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("12.5", 12.5),
        ("12,5", 12.5),
        ("１２．５", 12.5),
        ("12。5", 12.5),
        (" 7 ", 7),
        ("7.", 7),
        (".5", 0.5),
        ("-3", -3),
        ("", None),
    ],
)
def test_numbers_are_read_as_people_type_them(team: Phone, typed: str, meant: float | None):
    assert ask(team, "check/widgets.js", "m.numberIn(v)", typed) == meant


@pytest.mark.parametrize(
    "typed", ["12m", "1.2.3", "1,000,0", "twelve", "0x1f", "1e5", "∞", "<b>1</b>"]
)
def test_what_is_no_number_is_none(team: Phone, typed: str):
    assert math.isnan(ask(team, "check/widgets.js", "m.numberIn(v)", typed))
