"""Real pits of the two shipped images, a year apart: which grew, which shrank, which are as before.

What is true was read off the images by eye, and four later images of the same ground (which are not
shipped) hold each change: the heap's western end turned from grass to rock, grass closed over the
rim of the small pit. The earlier image has no radiometric offset, the later one has.
"""

import json
from datetime import date

import pytest
from shapely import MultiPolygon, Polygon
from shapely.geometry import shape

from api.settings import ROOT
from gis.rules import follow_up
from remote_sensing.follow_up.followup import observe
from remote_sensing.follow_up.looks import Place
from remote_sensing.scene import open_scene

DATA = ROOT / "data/demo/strzegom"
HEAP = MultiPolygon([Polygon([
    (16.25307, 50.99508), (16.25371, 50.99507), (16.25399, 50.99484), (16.25562, 50.99465),
    (16.25561, 50.99429), (16.25504, 50.99438), (16.25469, 50.99452), (16.25312, 50.99458),
])])  # fmt: skip
"""A heap at the edge of the wood, as it lay in 2021."""
SMALL = "small pit in the wood"
UNCHANGED = (
    "west quarry, western lobe",
    "south quarry, east pit",
    "middle quarry, south-west lobe",
    "north-east quarry",
    "west quarry, shaded south wall",
)


@pytest.fixture(scope="module")
def looks():
    said = json.loads((DATA / "training_20210619.geojson").read_text("utf-8"))["features"]
    drawn = {one["properties"]["note"]: shape(one["geometry"]) for one in said}
    outlines = {name: MultiPolygon([drawn[name]]) for name in (SMALL, *UNCHANGED)}
    outlines["heap"] = HEAP
    before, after = (open_scene(DATA / f"strzegom_{day}0619_s2.tif") for day in (2021, 2022))
    found = observe(
        after,
        date(2022, 6, 19),
        [Place(name, outline, earlier="before") for name, outline in outlines.items()],
        follow_up.current(),
        all_outlines=list(outlines.values()),
        earlier={"before": (before, date(2021, 6, 19))},
    )
    return {look.place.key: look for look in found}


def test_a_heap_that_grew_is_named_so_and_by_how_much(looks):
    heap = looks["heap"]
    assert heap.state == "GROWN"
    # Three columns of five or six pixels turned, the outermost in part.
    assert heap.change_m2 == pytest.approx(1_500, abs=2 * heap.change_sigma_m2)


def test_a_pit_that_grass_closed_over_shrank(looks):
    assert looks[SMALL].state == "SHRUNK"


@pytest.mark.parametrize("name", UNCHANGED)
def test_quarries_whose_outline_stayed_are_unchanged(looks, name):
    assert looks[name].state == "UNCHANGED"
