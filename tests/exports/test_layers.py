"""The list as map layers, read back by another reader."""

import json
import zipfile

import pyogrio
import pytest
import shapely

from gis.domain.inventory import COLUMNS
from gis.exports.inventory import write
from gis.exports.layers import LAYER
from tests.exports.rows import PIERCED, a_row, an_inventory, three_sites
from tests.exports.test_workbook import HEADINGS

OUTLINES = [row["outline"] for row in three_sites().rows]


@pytest.fixture
def again(tmp_path):
    """Write an inventory and read it again as a frame."""

    def read(inventory, format, suffix):
        path = tmp_path / f"清单.{suffix}"
        write(inventory, format, path)
        return pyogrio.read_dataframe(path)

    return read


def same(found, wanted, tolerance):
    pairs = zip(found, wanted, strict=True)
    return all(shapely.equals_exact(a.normalize(), b.normalize(), tolerance) for a, b in pairs)


def test_geopackage_keeps_headings_crs_and_holes(again, tmp_path):
    frame = again(three_sites(), "gpkg", "gpkg")
    assert list(frame.columns) == [*HEADINGS, "geometry"]
    assert frame.crs.to_epsg() == 4490
    assert same(frame.geometry, OUTLINES, 0)
    assert len(frame.geometry[2].geoms[0].interiors) == 1
    assert list(frame["点位编号"])[0] == "150203-W00001-D"
    assert list(frame["完成时限"].fillna("")) == ["2026-12-31", "", "持续推进"]
    assert frame["占地面积（m²）"].dtype == "float64"
    assert list(pyogrio.list_layers(tmp_path / "清单.gpkg")[:, 0]) == [LAYER]


def test_geojson_is_rfc_7946(tmp_path):
    write(three_sites(), "geojson", tmp_path / "清单.geojson")
    said = json.loads((tmp_path / "清单.geojson").read_text(encoding="utf-8"))
    assert "crs" not in said
    first, _, third = said["features"]
    assert list(first["properties"]) == HEADINGS
    ring = first["geometry"]["coordinates"][0][0]
    assert shapely.LinearRing(ring).is_ccw
    assert min(ring) == [109.7, 40.7]  # lon before lat, and no datum shift
    assert len(third["geometry"]["coordinates"][0]) == 2


def test_kml_says_the_names_and_lies_in_place(again):
    frame = again(three_sites(), "kml", "kml")
    assert frame.crs.to_epsg() == 4326
    assert same([shapely.force_2d(g) for g in frame.geometry], OUTLINES, 1e-7)
    assert "一号渣堆" in str(frame.iloc[0].to_dict())


@pytest.fixture
def unzipped(tmp_path):
    """Write an inventory as a zipped Shapefile and unpack it."""

    def unpack(inventory):
        write(inventory, "shp", tmp_path / "清单.zip")
        with zipfile.ZipFile(tmp_path / "清单.zip") as archive:
            archive.extractall(tmp_path)
            return tmp_path / "inventory.shp", archive.namelist()

    return unpack


def test_a_shapefile_says_its_code_page_and_brings_its_dictionary(unzipped):
    path, names = unzipped(three_sites())
    assert set(names) == {f"inventory.{s}" for s in ("shp", "shx", "dbf", "prj", "cpg")} | {
        "字段对照表.csv"
    }
    assert path.with_suffix(".cpg").read_text().strip() in ("GBK", "936", "CP936")
    assert "冶炼废渣".encode("gbk") in path.with_suffix(".dbf").read_bytes()
    lines = (path.parent / "字段对照表.csv").read_text(encoding="utf-8-sig").splitlines()
    assert [tuple(line.split(",")) for line in lines] == [(c.short, c.zh) for c in COLUMNS]


def test_a_shapefile_reads_back_with_the_dictionarys_names(unzipped):
    path, _ = unzipped(three_sites())
    frame = pyogrio.read_dataframe(path)
    assert list(frame.columns) == [*(column.short for column in COLUMNS), "geometry"]
    assert all(len(name) <= 10 and name.isascii() for name in frame.columns)
    assert frame.crs.to_epsg() == 4490
    assert list(frame["MC"]) == ["一号渣堆", "二号渣堆", "三号矿坑"]
    found = [
        g if g.geom_type == "MultiPolygon" else shapely.MultiPolygon([g]) for g in frame.geometry
    ]
    assert same(found, OUTLINES, 0)
    assert len(found[2].geoms[0].interiors) == len(PIERCED.geoms[0].interiors) == 1


@pytest.mark.parametrize(
    ("note", "kept"),
    [
        ("备" * 300, "备" * 127),  # 254 bytes, two a character
        ("a" + "备" * 300, "a" + "备" * 126),  # never half a character
        ("路障🚧路障", "路障?路障"),
        ("第㎡号", "第㎡号"),
        ("Ⅱ类·镍—铬", "Ⅱ类·镍—铬"),
    ],
)
def test_what_a_shapefile_cannot_hold_is_cut_at_a_character(unzipped, note, kept):
    path, _ = unzipped(an_inventory(a_row(note=note)))
    assert pyogrio.read_dataframe(path)["BZ"][0] == kept


@pytest.mark.parametrize("format", ["gpkg", "geojson"])
def test_other_layers_hold_the_whole_note(again, format):
    frame = again(an_inventory(a_row(note="路障🚧" + "备" * 2_000)), format, format)
    assert frame["备注"][0] == "路障🚧" + "备" * 2_000


def test_a_column_of_which_nothing_is_known_is_still_there(again):
    frame = again(an_inventory(a_row(height_m=None)), "gpkg", "gpkg")
    assert list(frame["堆高（m）"]) == [None]
