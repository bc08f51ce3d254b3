"""Runs on file from before thresholds moved: each begins with what it was asked, finds follow."""

import json

import pytest
import sqlalchemy as sa
from shapely.geometry import box

from gis.store import shape, tables
from tests.makers import NOON, a_district, a_scene
from tests.store.moved import OUTLINE, moved

ASKED = {1: {"threshold": 0.6}, 2: {"min_confidence": 0.25}, 3: {}, 4: {"threshold": "high"}}


def id_of(number: int) -> str:
    return f"00000000-0000-0000-0000-00000000000{number}"


def fill(connection):
    shape.insert(connection, tables.districts, [a_district()])
    scene = a_scene(footprint=box(109.6, 40.6, 109.9, 40.9))
    shape.insert(connection, tables.scenes, [scene])
    for number, parameters in ASKED.items():
        values = {"id": id_of(number), "scene": scene.id, "said": json.dumps(parameters)}
        values |= {"at": NOON, "outline": OUTLINE}
        for text in (
            "insert into detection_runs values (:id, :scene, 'm', 's', :said, '{}', 1, :at, 'w')",
            "insert into candidates (id, district_code, class_name, confidence, state, "
            "area_m2, area_geodesic_m2, perimeter_m, sightings, version, outline) "
            "values (:id, '150203', 'slag_pile', 0.5, 'TO_CHECK', 1, 1, 1, 1, 1, :outline)",
            "insert into sightings (id, candidate_id, run_id, scene_id, class_name, "
            "confidence, area_m2, outline) "
            "values (:id, :id, :id, :scene, 'slag_pile', 0.5, 1, :outline)",
        ):
            connection.execute(sa.text(text), values)


@pytest.fixture(scope="module")
def connection(server_url):
    with moved(server_url, "0029", fill) as connection:
        yield connection


def test_a_run_begins_with_its_parameters_and_its_finds_are_judged_by_it(connection):
    thresholds = connection.scalars(
        sa.select(tables.detection_runs.c.threshold).order_by(tables.detection_runs.c.id)
    )
    assert list(thresholds) == [0.6, 0.25, 0.0, 0.0]
    above = connection.scalars(
        sa.select(tables.candidates.c.is_above).order_by(tables.candidates.c.id)
    )
    assert list(above) == [False, True, True, True]
