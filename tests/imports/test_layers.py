"""Reference layers as offices send them: read as they are, or refused with the cure."""

import json
import zipfile
from uuid import UUID

import geopandas
import numpy as np
import pyogrio
import pytest
import shapely
from shapely import LineString, MultiPolygon, Point, Polygon
from shapely.geometry import box, mapping

from gis.domain.terms import LayerKind, SourceLevel
from gis.errors import BadInput
from gis.imports import errors, layer_errors, layers
from gis.imports.garbled import meant
from gis.imports.layers import Reading, read_layer
from gis.spatial.crs import transform
from tests.makers import a_district

ID = UUID(int=5)
HERE = box(109.70, 40.70, 109.72, 40.72)
THERE = box(109.80, 40.80, 109.82, 40.82)


def read(path, kind=LayerKind.RED_LINE, **how):
    return read_layer(path, ID, a_district(), kind, Reading(**how))


def write(path, shapes, epsg=4490, driver=None, encoding=None, **columns):
    frame = geopandas.GeoDataFrame(columns, geometry=list(shapes), crs=epsg)
    options = {"encoding": encoding} if encoding else {}
    pyogrio.write_dataframe(frame, path, driver=driver, **options)
    return path


def geojson(path, *shapes, **columns):
    features = [
        {
            "type": "Feature",
            "properties": {name: values[k] for name, values in columns.items()},
            "geometry": None if shape is None else mapping(shape),
        }
        for k, shape in enumerate(shapes)
    ]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), "utf-8")
    return path


# What is read


@pytest.mark.parametrize("suffix", [".gpkg", ".shp", ".geojson"])
def test_each_format_gives_the_same_layer(tmp_path, suffix):
    path = write(tmp_path / f"红线{suffix}", [HERE, THERE], 4326, 名称=["甲区", "乙区"])
    found = read(path)
    assert [feature.name_zh for feature in found.features] == ["甲区", "乙区"]
    assert shapely.equals_exact(found.features[0].geometry.normalize(), HERE.normalize(), 1e-6)
    assert found.record["features"] == 2 and found.record["name_column"] == "名称"
    assert {feature.layer_id for feature in found.features} == {ID}


@pytest.mark.parametrize("encoding", ["GBK", "UTF-8"])
def test_a_shapefile_of_either_encoding_is_read(tmp_path, encoding):
    path = write(tmp_path / "layer.shp", [HERE], encoding=encoding, 名称=["昆都仑河"])
    assert read(path).features[0].name_zh == "昆都仑河"
    path.with_suffix(".cpg").unlink()
    assert read(path).features[0].name_zh == "昆都仑河"


@pytest.mark.parametrize("epsg", [4546, 4525, 32649, 3857, 4326])
def test_shapes_move_to_the_stored_crs(tmp_path, epsg):
    path = write(tmp_path / "layer.gpkg", [transform(HERE, 4490, epsg)], epsg)
    found = read(path)
    assert shapely.equals_exact(found.features[0].geometry.normalize(), HERE.normalize(), 1e-7)
    assert found.record["epsg"] == found.record["epsg_in_file"] == epsg


def test_heights_are_dropped(tmp_path):
    path = geojson(tmp_path / "layer.geojson", shapely.force_3d(HERE, 1_050))
    (feature,) = read(path).features
    assert not feature.geometry.has_z


def test_single_and_multiple_parts_may_stand_together(tmp_path):
    path = geojson(tmp_path / "layer.geojson", HERE, MultiPolygon([HERE, THERE]))
    assert len(read(path).features) == 2


def test_a_layer_named_in_a_geopackage_is_taken(tmp_path):
    path = write(tmp_path / "layers.gpkg", [HERE])
    frame = geopandas.GeoDataFrame({"MC": ["乙"]}, geometry=[THERE], crs=4490)
    pyogrio.write_dataframe(frame, path, layer="second", append=False)
    assert read(path, sheet="second").features[0].name_zh == "乙"
    with pytest.raises(errors.SheetUnknown, match="second"):
        read(path, sheet="third")


def test_the_hash_is_of_all_parts(tmp_path):
    path = write(tmp_path / "layer.shp", [HERE], MC=["甲"])
    first = read(path).sha256
    assert read(path).sha256 == first
    write(path, [HERE], MC=["乙"])
    assert read(path).sha256 != first


# Levels, land, importance


def test_source_zones_say_their_levels(tmp_path):
    path = geojson(
        tmp_path / "layer.geojson", HERE, HERE, THERE, 级别=["一级保护区", "2", "准保护区"]
    )
    kind = LayerKind.SOURCE_ZONE
    found = read(path, kind, level_column="级别")
    assert [feature.level for feature in found.features] == list(SourceLevel)
    whole = read(path, kind, level=SourceLevel.LEVEL_2)
    assert {feature.level for feature in whole.features} == {SourceLevel.LEVEL_2}
    with pytest.raises(layer_errors.LayerLevelAsked, match="--level-column"):
        read(path, kind)


@pytest.mark.parametrize("value", ["三级", None, ""])
def test_a_level_that_is_none_is_refused_with_its_row(tmp_path, value):
    path = geojson(tmp_path / "layer.geojson", HERE, THERE, 级别=["一级", value])
    with pytest.raises(layer_errors.LayerLevelUnread, match="feature 2"):
        read(path, LayerKind.SOURCE_ZONE, level_column="级别")


def test_parcels_say_class_and_owner(tmp_path):
    path = geojson(
        tmp_path / "layer.geojson", HERE, DLBM=["0602"], DLMC=["采矿用地"], QSXZ=["国有"]
    )
    (parcel,) = read(path, LayerKind.LAND_USE).features
    assert (parcel.land_class, parcel.ownership) == ("0602 采矿用地", "国有")


def test_tributaries_say_whether_they_are_important(tmp_path):
    line = LineString([(109.7, 40.7), (109.8, 40.8)])
    path = geojson(tmp_path / "r.geojson", line, line, line, 重要=["是", "否", None])
    found = read(path, LayerKind.TRIBUTARY, important_column="重要")
    assert [river.is_important for river in found.features] == [True, False, None]


def test_a_column_that_is_not_there_is_answered_with_those_that_are(tmp_path):
    path = geojson(tmp_path / "layer.geojson", HERE, 名称=["甲"], 备注=["乙"])
    with pytest.raises(layer_errors.LayerColumnMissing, match="名称、备注"):
        read(path, name_column="MC")


# What is refused


def test_without_a_crs_it_is_asked_for(tmp_path):
    path = write(tmp_path / "layer.shp", [HERE], MC=["甲"])
    path.with_suffix(".prj").unlink()
    with pytest.raises(layer_errors.LayerCrsUnknown, match="--crs"):
        read(path)
    assert read(path, epsg=4490).record["epsg_in_file"] is None


@pytest.mark.parametrize(
    ("true", "said", "hint"),
    [
        (4525, 4546, "--crs 4525"),  # an easting with its zone's number before it
        (4546, 4525, "--crs 4546"),
        (4546, 4547, "--crs 4546"),  # the next zone: 3 degrees away
        (4490, 4546, "--crs 4490"),  # degrees taken for metres
    ],
)
def test_a_wrong_crs_is_refused_with_the_right_one(tmp_path, true, said, hint):
    path = write(tmp_path / "layer.gpkg", [transform(HERE, 4490, true)], said)
    with pytest.raises(layer_errors.LayerElsewhere, match=hint) as caught:
        read(path)
    assert hint in caught.value.sentence("zh-CN")
    assert len(read(path, epsg=true).features) == 1


@pytest.mark.parametrize("epsg", [4490, 4546])
def test_swapped_axes_are_seen(tmp_path, epsg):
    swapped = shapely.transform(transform(HERE, 4490, epsg), lambda xy: xy[:, ::-1])
    path = write(tmp_path / "layer.gpkg", [swapped], epsg)
    with pytest.raises(layer_errors.LayerElsewhere, match="--swap-axes"):
        read(path)
    (feature,) = read(path, is_swapped=True).features
    assert shapely.equals_exact(feature.geometry.normalize(), HERE.normalize(), 1e-7)


def test_a_layer_of_elsewhere_is_refused_and_one_nearby_is_not(tmp_path):
    far = geojson(tmp_path / "far.geojson", box(16.3, 50.9, 16.4, 51.0))
    with pytest.raises(layer_errors.LayerElsewhere, match="50 km"):
        read(far)
    near = geojson(tmp_path / "near.geojson", box(110.2, 40.7, 110.3, 40.8))
    assert len(read(near).features) == 1


bow_tie = Polygon([(109.7, 40.7), (109.8, 40.8), (109.8, 40.7), (109.7, 40.8)])


def test_an_invalid_shape_is_refused_with_its_number_and_reason(tmp_path):
    path = geojson(tmp_path / "layer.geojson", HERE, bow_tie)
    with pytest.raises(layer_errors.LayerShapeInvalid, match=r"feature 2 .*Self-intersection"):
        read(path)


@pytest.mark.parametrize(
    ("kind", "shape", "fits"),
    [
        (LayerKind.RED_LINE, LineString([(109.7, 40.7), (109.8, 40.8)]), False),
        (LayerKind.RED_LINE, Point(109.7, 40.7), False),
        (LayerKind.RIVER_ZONE, LineString([(109.7, 40.7), (109.8, 40.8)]), False),
        (LayerKind.MAIN_STEM, LineString([(109.7, 40.7), (109.8, 40.8)]), True),
        (LayerKind.MAIN_STEM, Point(109.7, 40.7), False),
        (LayerKind.DWELLING, Point(109.7, 40.7), True),
        (LayerKind.DWELLING, HERE, True),
        (LayerKind.TOWN, shapely.GeometryCollection([HERE]), False),
    ],
)
def test_shapes_must_suit_what_the_layer_is_asked(tmp_path, kind, shape, fits):
    path = geojson(tmp_path / "layer.geojson", shape)
    if fits:
        assert len(read(path, kind).features) == 1
    else:
        with pytest.raises(layer_errors.LayerShapeKind, match="Feature 1"):
            read(path, kind)


@pytest.mark.parametrize("nothing", [None, Polygon()])
def test_a_feature_without_a_shape_is_refused_with_its_number(tmp_path, nothing):
    path = geojson(tmp_path / "layer.geojson", HERE, nothing)
    with pytest.raises(layer_errors.LayerShapeMissing, match="Feature 2"):
        read(path)


def test_too_many_vertices_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(layers, "MOST_VERTICES", 8)
    path = geojson(tmp_path / "layer.geojson", HERE, THERE)
    with pytest.raises(layer_errors.LayerTooDetailed, match="8"):
        read(path)


def test_text_of_a_wrong_encoding_is_asked_about(tmp_path):
    path = write(tmp_path / "layer.shp", [HERE], encoding="GBK", MC=["昆都仑河"])
    path.with_suffix(".cpg").write_text("ISO-8859-1")
    with pytest.raises(layer_errors.LayerTextGarbled, match="昆都仑河.*--encoding"):
        read(path)
    assert read(path, encoding="GBK").features[0].name_zh == "昆都仑河"


@pytest.mark.parametrize("name", ["layer.tif", "layer.kml", "layer.vrt", "layer.xlsx"])
def test_other_formats_are_refused(tmp_path, name):
    (tmp_path / name).write_text("x")
    with pytest.raises(errors.FormatUnread, match="gpkg"):
        read(tmp_path / name)


@pytest.mark.parametrize("suffix", [".shp", ".gpkg", ".geojson", ".zip"])
@pytest.mark.parametrize(
    "content", [b"", b"<OGRVRTDataSource></OGRVRTDataSource>", b"SQLite format 3\0" + b"\0" * 99]
)
def test_what_is_not_what_its_name_says_is_refused(tmp_path, suffix, content):
    path = tmp_path / f"layer{suffix}"
    path.write_bytes(content)
    with pytest.raises(BadInput):
        read(path)


def test_a_zipped_shapefile_is_read(tmp_path):
    write(tmp_path / "layer.shp", [HERE], MC=["甲"])
    with zipfile.ZipFile(tmp_path / "layer.zip", "w") as archive:
        for part in tmp_path.glob("layer.[sdpc]*"):
            archive.write(part, part.name)
    assert read(tmp_path / "layer.zip").features[0].name_zh == "甲"


# Garbled text


@pytest.mark.parametrize("text", ["昆都仑河", "卜尔汉图镇", "黄河西路街道", "A1 区", "m²", "Łódź"])
def test_good_text_is_left_alone(text):
    assert meant(text) is None


@pytest.mark.parametrize(
    ("written", "taken"), [("gbk", "latin-1"), ("utf-8", "latin-1"), ("utf-8", "gb18030")]
)
@pytest.mark.parametrize("text", ["昆都仑河", "生态保护红线", "昆河镇东村"])
def test_garbled_text_is_seen_and_read(text, written, taken):
    try:
        garbled = text.encode(written).decode(taken)
    except UnicodeDecodeError:
        garbled = text.encode(written).decode(taken, "replace")
    assert meant(garbled) in (text, "？")


def test_coordinates_that_are_no_numbers_are_refused(tmp_path):
    path = tmp_path / "layer.geojson"
    geojson(path, HERE)
    path.write_text(path.read_text("utf-8").replace("109.72", "NaN", 1), "utf-8")
    with np.errstate(invalid="ignore"), pytest.raises(BadInput):
        read(path)
