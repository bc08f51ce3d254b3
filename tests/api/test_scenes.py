"""The catalogue of scenes by both doors: what comes in is masked, found again, composed, told."""

import json
from datetime import date
from pathlib import Path

import numpy as np
import pytest
import rasterio
from pystac import Item, ItemCollection
from typer.testing import CliRunner

from api import scene_files
from api.cli import build, scene, scene_work
from api.scene_sources import SceneWish, take_in
from api.scenes import detection_scene
from gis.domain.errors import OutsideDistrict, SameName
from gis.domain.terms import MaskHow, SceneKind
from gis.errors import DiskFull
from gis.store import imagery
from remote_sensing.errors import KeptSceneChanged, TruncatedRaster
from remote_sensing.intake import analysis_copy
from remote_sensing.masks import masking
from remote_sensing.scene import TERRAIN, open_scene
from remote_sensing.scene_errors import AllHidden, SceneAlreadyThere
from remote_sensing.windows import Window
from tests.makers import list_site
from tests.remote_sensing.make_product import GRANULE, make_product, zipped
from tests.remote_sensing.make_scene import make_scene, write_raster
from tests.remote_sensing.test_masks import CLOUD_AT, cloudy
from tests.remote_sensing.test_slope import a_dem, plane

HERE = "150203"


@pytest.fixture(scope="module")
def product(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("product")
    scl = np.full((40, 48), 4, np.uint8)
    scl[10:20, 10:22] = 9
    return make_product(folder, make_scene(folder / "ten.tif", frame=2).path, scl=scl)


@pytest.fixture
def add(app, book, settings):
    def add(source: Path, name: str | None = None, **said):
        return take_in(book, settings, SceneWish(source, HERE, name, **said))

    return add


def left(settings) -> list[str]:
    """What lies in the imagery folder."""
    return sorted(path.name for path in settings.imagery_dir.glob("*"))


def test_a_product_comes_in_once_with_its_mask(add, book, settings, product, client):
    record = add(product)
    assert record.sensor == "Sentinel-2B MSI L2A" and record.acquired_on == date(2023, 6, 19)
    assert record.mask_how is MaskHow.GIVEN and record.cloud_share > 0.05
    assert record.processing["baseline"] == "05.09"
    assert record.radiometry["source"] == "tags" and record.radiometry["offset"] == -0.1
    assert "Copernicus" in record.notice
    assert left(settings) == [str(record.id)]
    assert add(zipped(product)) == record, "the zip is the same scene"
    assert analysis_copy.is_analysis_copy(Path(record.path))
    chip = detection_scene(book, record).read(Window(0, 0, 96, 80))
    assert not chip.valid[20:40, 20:44].any() and chip.valid[50:70, 50:70].all()
    assert detection_scene(book, record, masked=False).read(Window(0, 0, 96, 80)).valid[30, 30]

    told = client.get(f"/api/scenes/{record.id}").json()
    item = Item.from_dict(told)
    assert item.bbox is not None and item.geometry["type"] == "Polygon"
    assert {"type", "stac_version", "id", "geometry", "bbox", "properties", "links", "assets"} <= (
        told.keys()
    )
    assert told["properties"]["eo:cloud_cover"] == round(100 * record.cloud_share, 2)
    assert str(settings.data_dir) not in json.dumps(told)
    tile = client.get(told["assets"]["tiles"]["href"].format(z=3, x=0, y=0))
    assert tile.status_code == 204
    runs = client.get(f"/api/scenes/{record.id}/runs").json()
    assert runs == {"runs": [], "elevation": None}
    Path(record.mask_path).write_bytes(b"other")
    with pytest.raises(KeptSceneChanged):
        detection_scene(book, record)


def test_scenes_are_found_by_place_day_sensor_and_cloud(add, book, client, tmp_path):
    cloudy(tmp_path / "june.tif")
    june = add(tmp_path / "june.tif", scale=1e-4, offset=0.0, acquired_on=date(2023, 6, 19))
    rgb = make_scene(tmp_path / "gf.tif", bands=("B02", "B03", "B04", "B08"), named=False)
    gaofen = tmp_path / "GF2_PMS1_E109.8_N40.6_20230801_L1A.tif"
    rgb.path.rename(gaofen)
    gaofen.with_suffix(".xml").write_text(
        "<ProductMetaData><SatelliteID>GF2</SatelliteID><SensorID>PMS1</SensorID>"
        "<CenterTime>2023-08-02 11:20:30</CenterTime></ProductMetaData>",
        encoding="utf-8",
    )
    august = add(gaofen, "gf2")
    assert august.sensor == "GF2 PMS1" and august.acquired_on == date(2023, 8, 2)
    assert august.bands == ["B02", "B03", "B04", "B08"]
    assert june.mask_how is MaskHow.SPECTRAL and august.mask_how is MaskHow.VISIBLE_NIR
    site = list_site(book)

    def found(**asked) -> list[str]:
        got = client.get("/api/scenes", params={"district": HERE, **asked})
        assert got.status_code == 200, got.text
        assert len(ItemCollection.from_dict(got.json())) == got.json()["numberMatched"]
        return [one["properties"]["title"] for one in got.json()["features"]]

    assert found() == ["gf2", "june"]
    assert found(first="2023-07-01") == ["gf2"] and found(last="2023-07-01") == ["june"]
    assert found(sensor="GF2 PMS1") == ["gf2"]
    assert found(cloud_most=1) == ["gf2"]
    assert found(bbox="109.79,40.64,109.80,40.66") == ["gf2", "june"]
    assert found(bbox="100,30,101,31") == [] and found(site=site.code) == []
    for asked, status in [
        ({"bbox": "1,2,3"}, 422), ({"bbox": "nan,1,2,3"}, 422), ({"site": "x"}, 404),
        ({"town": "某镇"}, 404), ({"reach": "x"}, 404), ({"cloud_most": "nan"}, 422),
        ({"sensor": "a\x00"}, 422), ({"path": "/etc/passwd"}, 422),
    ]:  # fmt: skip
        got = client.get("/api/scenes", params={"district": HERE, **asked})
        assert got.status_code == status, (asked, got.text)
    assert client.get("/api/scenes", params={"district": "999"}).status_code == 404


def test_what_is_refused_leaves_nothing(add, settings, tmp_path, product, monkeypatch):
    path = cloudy(tmp_path / "a_20230619.tif").path
    with pytest.raises(OutsideDistrict):
        far = make_scene(tmp_path / "far.tif", crs="EPSG:32633")
        add(far.path)
    cover = tmp_path / "cover.tif"
    with rasterio.open(path) as dataset:
        names, values = dataset.descriptions, dataset.read()
    values[:] = np.array((5200, 5100, 5000, 5050, 5100, 5150, 5200, 5200, 4200, 3300))[
        :, None, None
    ]
    write_raster(cover, values, nodata=0, names=names)
    with pytest.raises(AllHidden):
        add(cover, scale=1e-4, offset=0.0)
    spoiled = tmp_path / product.name
    spoiled.mkdir()
    for file in product.rglob("*"):
        if file.is_file():
            to = spoiled / file.relative_to(product)
            to.parent.mkdir(parents=True, exist_ok=True)
            to.write_bytes(file.read_bytes())
    band = spoiled / f"{GRANULE}/IMG_DATA/R20m/T49TCF_20230619T030529_B12_20m.jp2"
    band.write_bytes(band.read_bytes()[:900])
    with pytest.raises(TruncatedRaster):
        add(spoiled)
    with monkeypatch.context() as broken:

        def full(*given: object) -> None:
            raise DiskFull(path="display.tif")

        broken.setattr("api.intake.write_display_copy", full)
        with pytest.raises(DiskFull):
            add(path)
    assert left(settings) == []
    stale = settings.imagery_dir / f"{scene_files.PREFIX}of-a-killed-process"
    stale.mkdir(parents=True)
    record = add(path)
    assert left(settings) == [str(record.id)]
    with pytest.raises(SceneAlreadyThere):
        add(path, "another name")
    with pytest.raises(SameName):
        add(make_scene(tmp_path / "b.tif", seed=9).path, record.name)
    assert left(settings) == [str(record.id)]


def test_the_terminal_adds_lists_composes_and_shows(
    app, book, settings, tmp_path, monkeypatch, client
):
    for module in (scene, scene_work):
        monkeypatch.setattr(module, "terminal_book", lambda: book)
        monkeypatch.setattr(module, "Settings", lambda: settings)
    door = build(["scene"])

    def run(*words: object) -> str:
        done = CliRunner().invoke(door, ["scene", *map(str, words)])
        assert done.exit_code == 0, done.output
        return done.stdout

    first = cloudy(tmp_path / "a_20230619.tif").path
    second = cloudy(tmp_path / "b_20230704.tif", clear=True).path
    for path in (first, second):
        said = run("add", path, "--district", HERE, "--scale", 1e-4, "--offset", 0, "--json")
        assert json.loads(said)["mask"] == "SPECTRAL"
    made = json.loads(run("composite", first.stem, second.stem, "--how", "best", "--json"))
    again = json.loads(run("composite", first.stem, second.stem, "--how", "best", "--json"))
    assert made == again
    with book.reading() as connection:
        record = imagery.scene(connection, made["id"])
    assert record.kind is SceneKind.COMPOSITE and record.mask_how is MaskHow.MADE
    assert (record.first_on, record.acquired_on) == (date(2023, 6, 19), date(2023, 7, 4))
    assert [one["name"] for one in record.processing["sources"]] == [second.stem, first.stem]
    with rasterio.open(Path(record.path).with_name("dates.tif")) as dataset:
        assert (dataset.read(1)[CLOUD_AT] == 0).all()
    run("dem", a_dem(tmp_path / "srtm.tif", plane(30, 0.1), 30), "--json")
    joined = detection_scene(book, record)
    assert joined.band_names[-2:] == TERRAIN and joined.read(Window(5, 5, 9, 9)).valid.any()
    told = json.loads(run("show", record.name, "--json"))
    assert told["properties"]["start_datetime"] < told["properties"]["end_datetime"]
    assert "srtm" in run("show", record.name)
    kinds = [one["kind"] for one in json.loads(run("list", "--json"))]
    assert sorted(kinds) == ["COMPOSITE", "IMAGE", "IMAGE"]
    assert json.loads(run("list", "--to", "2023-06-20", "--cloud-most", 0, "--json"))[0]["name"]
    assert first.stem in run("list")
    out = tmp_path / "mask.tif"
    shares = json.loads(run("mask", second, "--out", out, "--json"))
    assert out.is_file() and shares["how"] == "SPECTRAL"
    run("convert", second, "--out", tmp_path / "copy.tif")
    assert analysis_copy.is_analysis_copy(tmp_path / "copy.tif")
    shown = client.get("/api/districts").json()["districts"][0]["scenes"]
    assert {one["id"] for one in shown}.isdisjoint({made["id"]}) and len(shown) == 2
    elevation = client.get(f"/api/scenes/{record.id}/runs").json()["elevation"]
    assert elevation == {"name": "srtm", "pixel_m": 30.0}


def test_a_drone_image_is_taken_with_its_alpha_and_without_a_mask(add, tmp_path, settings):
    values = np.random.default_rng(2).integers(40, 200, (4, 400, 400), dtype=np.uint8)
    values[3] = 255
    values[3, :, :100] = 0
    path = write_raster(
        tmp_path / "uav_20230901.tif", values, photometric="RGB", alpha="YES",
        transform=rasterio.Affine(0.08, 0, 398_000, 0, -0.08, 4_501_000),
    )  # fmt: skip
    record = add(path)
    assert record.sensor == "UAV" and record.bands == ["B02", "B03", "B04"]
    assert record.mask_how is None and record.valid_share == 0.75
    kept = open_scene(Path(record.path))
    assert not kept.read(Window(0, 0, 50, 50)).valid.any()
    assert masking.write_mask(kept, tmp_path / "mask.tif") is None
