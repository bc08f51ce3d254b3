"""What kind of change a candidate is, from the images of the register to the candidate's panel."""

from datetime import date
from pathlib import Path

import pytest
from shapely import box
from typer.testing import CliRunner

from api.change_kinds import asker
from api.cli import build
from api.filing import registered_scene
from api.follow_up import scene_of
from api.intake import SceneSent, add_scene
from gis.domain.detection.candidate_change import KindTold
from gis.domain.terms import ChangeKind
from gis.ledger.detection import file_candidates
from gis.spatial.crs import as_multipolygon
from remote_sensing.change import kind_training
from remote_sensing.errors import ModelLacksBands
from remote_sensing.scene import open_scene
from tests.api.test_candidate_changes import later
from tests.makers import a_run
from tests.remote_sensing.made_changes import image_with_pits, made_judge
from tests.remote_sensing.made_runs import GRID

OLD, DUG = (10, 10, 30, 30), (60, 90, 90, 120)
FIRST, SECOND = date(2025, 6, 19), date(2026, 6, 20)


def outline_of(scene, pit):
    """Return a pit's outline; CGCS2000 and WGS 84 differ by far less than a pixel."""
    from rasterio.warp import transform_bounds

    top, left, bottom, right = pit
    (west, north), (east, south) = GRID @ (left, top), GRID @ (right, bottom)
    bounds = transform_bounds(scene.crs, "EPSG:4326", west, south, east, north)
    return as_multipolygon(box(*bounds))


def test_the_register_asks_its_own_images_of_both_days(book, settings, client, tmp_path):
    records = []
    for on, pits in ((FIRST, (OLD,)), (SECOND, (OLD, DUG))):
        path = image_with_pits(tmp_path / f"{on}.tif", on.isoformat(), pits)
        scene = open_scene(path, acquired_on=on)
        add_scene(book, settings, SceneSent(scene, "150203", path.stem, "—", ""))
        records.append(registered_scene(book, scene.sha256, path.name, "150203"))
    now = scene_of(records[1])
    kinds = asker(book, records[1], now, made_judge())
    new, old = outline_of(now, DUG), outline_of(now, OLD)
    told = kinds(new, None)
    assert told is not None and told.kind is ChangeKind.MINING and 0.5 < told.share <= 1
    assert kinds(new, FIRST) == told
    assert kinds(new, date(2024, 1, 1)) is None, "no image of that day"
    assert kinds(as_multipolygon(box(109.6, 40.7, 109.61, 40.71)), None) is None, "beyond it"
    before = asker(book, records[0], scene_of(records[0]), made_judge())
    assert before(old, None) is None, "nothing is earlier"

    file_candidates(book, records[0].id, a_run(old))
    file_candidates(book, records[1].id, a_run(old, new, kinds=kinds))
    listed = client.get("/api/candidates?district=150203").json()["items"]
    said = {
        change["state"]: (change["kind"], change["kind_share"])
        for one in listed
        for change in client.get(f"/api/candidates/{one['id']}").json()["changes"]
    }
    assert said["NEW"] == ("MINING", told.share)
    assert said["FIRST"] == said["UNCHANGED"] == (None, None)


def test_what_grew_says_what_kind_of_change_it_was(client, book, candidate_id):
    larger = as_multipolygon(box(109.70, 40.70, 109.704, 40.7025))
    asked = []

    def kinds(outline, since):
        asked.append(since)
        return KindTold(ChangeKind.NATURAL, 0.75)

    later(book, date(2026, 7, 24), larger, kinds=kinds)
    grown, first = client.get(f"/api/candidates/{candidate_id}").json()["changes"]
    assert (grown["state"], grown["kind"], grown["kind_share"]) == ("GROWN", "NATURAL", 0.75)
    assert asked == [date(2026, 6, 19)]
    assert first["kind"] is None


def test_detection_refuses_a_judge_that_it_cannot_ask(tmp_path: Path):
    kind_training.save(made_judge(), tmp_path / "changes.qfc")
    rgb = image_with_pits(tmp_path / "rgb.tif", FIRST.isoformat(), (OLD,), bands=3)
    with pytest.raises(ModelLacksBands, match="B08, B11, B12"):
        made_judge().require_bands(open_scene(rgb))
    words = ["detect", str(rgb), "--model", "m.qfm", "--out", str(tmp_path / "o")]
    done = CliRunner().invoke(build(["detect"]), [*words, "--kinds", str(tmp_path / "changes.qfc")])
    assert done.exit_code == 2 and not (tmp_path / "o").exists()
