"""Files as they come: read with the address of each value, or refused in words."""

import sqlite3
from datetime import date, datetime

import pytest
from shapely.geometry import Point, box

from gis.imports import errors, limits
from gis.imports.sheets import read_table
from tests.imports.files import HEADINGS, ROW, archive, layer, workbook, zipped

SQUARE = box(109.70, 40.70, 109.702, 40.702)


def test_a_workbook_is_read_below_its_title_with_the_address_of_each_value(tmp_path):
    path = workbook(
        tmp_path / "a.xlsx",
        ["昆都仑区历史遗留固体废物堆场清单"],
        ["填报单位：某局", None, "2024年5月"],
        [*HEADINGS, "发现日期"],
        [1, 2, 3, 4, 5],
        [" 一号渣堆\u3000", 109.75, 40.7, 12000, datetime(2024, 5, 1)],
        [None, None, None, None, None],
        ["二号", "109°45′", "40°42′", "1.2 ha", "2024.5.1"],
        merges=["A1:E1"],
    )
    table = read_table(path, "a.xlsx")
    assert table.sheet == "清单" and table.headings == (*HEADINGS, "发现日期")
    first, second = table.rows
    assert first.number == 5 and first.ref("纬度") == "C5" and first.refs["名称"] == "A5"
    assert dict(first.cells) == {
        **dict(zip(HEADINGS, ["一号渣堆", 109.75, 40.7, 12000], strict=True)),
        "发现日期": date(2024, 5, 1),
    }
    assert second.number == 7 and second.cells["经度"] == "109°45′"


def test_a_heading_of_two_storeys_is_joined(tmp_path):
    path = workbook(
        tmp_path / "a.xlsx",
        ["名称", "经度", None, None, "备注"],
        [None, "度", "分", "秒", None],
        ["甲", 109, 45, 0, "好"],
        merges=["A1:A2", "B1:D1", "E1:E2"],
    )
    table = read_table(path, "a.xlsx")
    assert table.headings == ("名称", "经度/度", "经度/分", "经度/秒", "备注")
    assert table.rows[0].number == 3 and table.rows[0].cells["经度/分"] == 45


def test_a_sheet_is_chosen_by_name_and_hidden_ones_are_not_read(tmp_path):
    path = workbook(tmp_path / "a.xlsx", HEADINGS, ROW, 说明="visible", 旧表="hidden")
    assert read_table(path, "a.xlsx").sheets == ("清单", "说明")
    with pytest.raises(errors.SheetHidden):
        read_table(path, "a.xlsx", "旧表")
    with pytest.raises(errors.SheetUnknown, match="清单、说明"):
        read_table(path, "a.xlsx", "没有")
    with pytest.raises(errors.SheetEmpty):
        read_table(path, "a.xlsx", "说明")


@pytest.mark.parametrize(
    ("rows", "merges", "refusal", "said"),
    [
        ([HEADINGS], (), errors.SheetEmpty, "清单"),
        ([], (), errors.SheetEmpty, "清单"),
        ([HEADINGS, ["甲", 109, 40, "=B2*10"]], (), errors.FormulaCells, "D2"),
        ([HEADINGS, ["甲", "#REF!", 40, 1]], (), errors.BrokenCells, "B2"),
        ([HEADINGS, ROW, ROW], ("A2:A3",), errors.MergedCells, "A2:A3"),
        ([["名称", "名称"], ["甲", "乙"]], (), errors.HeadingTwice, "A1、B1"),
        ([HEADINGS, ["字" * 9000, 1, 1, 1]], (), errors.CellTooLong, "A2"),
        ([["名"] * 301, [1] * 301], (), errors.TooManyColumns, "KO1"),
    ],
    ids=["no-rows", "empty", "formula", "error", "merged", "twice", "long", "wide"],
)
def test_a_workbook_is_refused_with_the_cell_that_is_to_blame(
    tmp_path, rows, merges, refusal, said
):
    path = workbook(tmp_path / "a.xlsx", *rows, merges=merges)
    with pytest.raises(refusal) as refused:
        read_table(path, "a.xlsx")
    assert said in refused.value.sentence("zh-CN") and said in refused.value.sentence("en")


def test_a_reader_of_some_columns_is_told_of_formulas_and_merged_cells_in_the_others(tmp_path):
    rows = [["序号", *HEADINGS], ["=ROW()", *ROW], ["=ROW()", *ROW]]
    path = workbook(tmp_path / "a.xlsx", *rows, merges=("A2:A3",))
    table = read_table(path, "a.xlsx", is_whole=False)
    assert [one.cell for one in table.blemishes] == ["A2:A3", "A2"]
    table.require_whole(HEADINGS)
    with pytest.raises(errors.MergedCells, match="A2:A3"):
        table.require_whole(["序号"])


def test_too_many_rows_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("gis.imports.table.MOST_ROWS", 2)
    path = workbook(tmp_path / "a.xlsx", HEADINGS, ROW, ROW, ROW)
    with pytest.raises(errors.TooManyRows):
        read_table(path, "a.xlsx")


def test_a_bomb_is_refused_before_it_is_opened(tmp_path):
    path = archive(tmp_path / "bomb.xlsx", {"xl/worksheets/sheet1.xml": b"\0" * 60_000_000})
    with pytest.raises(errors.ArchiveUnsafe):
        read_table(path, "bomb.xlsx")


@pytest.mark.parametrize(
    ("name", "content", "refusal"),
    [
        ("a.xlsx", b"", errors.FileDamaged),
        ("a.xlsx", b"PK\x03\x04 cut short", errors.FileDamaged),
        ("a.xlsx", b"\xd0\xcf\x11\xe0" + b"\0" * 600, errors.OldWorkbook),
        ("a.xls", b"\xd0\xcf\x11\xe0" + b"\0" * 600, errors.OldWorkbook),
        ("a.pdf", b"%PDF-1.7", errors.FormatUnread),
        ("a.csv", b"\xff\xff\x81\x00", errors.EncodingUnread),
        ("a.csv", "名称,经度\0\n甲,1".encode(), errors.EncodingUnread),
        ("a.zip", b"PK", errors.FileDamaged),
        ("a.gpkg", b"<OGRVRTDataSource>", errors.FileDamaged),
        ("a.gpkg", b"SQLite format 3\0" + b"\0" * 600, errors.FileDamaged),
        ("a.geojson", b"[" * 100_000, errors.FileDamaged),
        ("a.geojson", b'{"type":"FeatureCollection","features":[]}', errors.SheetEmpty),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_what_is_not_what_its_name_says_is_refused(tmp_path, name, content, refusal):
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(refusal):
        read_table(path, name)


def test_too_many_bytes_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(limits, "MOST_BYTES", 10)
    with pytest.raises(errors.FileTooLarge):
        read_table(workbook(tmp_path / "a.xlsx", HEADINGS, ROW), "a.xlsx")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("separator", [",", "\t", ";", "，"])
def test_text_is_read_in_every_encoding_and_by_every_separator(tmp_path, encoding, separator):
    path = tmp_path / "a.csv"
    lines = [["名称", "经度", "备注"], ["一号", "109.75", "甲镕"], ["二号", "", "乙"]]
    path.write_bytes("\r\n".join(separator.join(line) for line in lines).encode(encoding))
    table = read_table(path, "a.csv")
    assert table.headings == ("名称", "经度", "备注")
    assert [line.cells.get("备注") for line in table.rows] == ["甲镕", "乙"]
    assert table.rows[1].cells["经度"] is None and table.rows[1].ref("备注") == "C3"


@pytest.mark.parametrize("encoding", ["GBK", "UTF-8"])
@pytest.mark.parametrize("has_cpg", [True, False])
def test_a_shapefile_is_read_from_a_zip_whatever_its_text(tmp_path, encoding, has_cpg):
    folder = tmp_path / "parts"
    folder.mkdir()
    rows = [{"名称": "一号渣堆", "面积": 1.5}, {"名称": "二号", "面积": None}]
    layer(folder / "图斑.shp", "ESRI Shapefile", rows, [SQUARE, SQUARE], encoding=encoding)
    if not has_cpg:
        (folder / "图斑.cpg").unlink()
    path = zipped(folder, tmp_path / "a.zip", inside="../../tmp/")
    table = read_table(path, "a.zip")
    assert table.sheet == "图斑" and table.epsg == 4490 and table.has_shapes
    assert table.rows[0].cells["名称"] == "一号渣堆" and table.rows[1].cells["面积"] is None
    assert table.rows[0].geometry.equals(SQUARE) and table.rows[0].number == 1
    assert not (tmp_path.parent / "tmp").exists()


def test_a_shapefile_lies_beside_its_parts_or_lacks_them(tmp_path):
    path = layer(tmp_path / "a.shp", "ESRI Shapefile", [{"名称": "甲"}], [SQUARE], encoding="GBK")
    assert read_table(path, "a.shp").rows[0].cells["名称"] == "甲"
    (tmp_path / "a.dbf").unlink()
    with pytest.raises(errors.PartMissing, match="dbf"):
        read_table(path, "a.shp")


def test_a_driver_is_not_chosen_by_what_a_file_holds(tmp_path):
    folder = tmp_path / "parts"
    folder.mkdir()
    vrt = b"<OGRVRTDataSource><OGRVRTLayer name='x'><SrcDataSource>/etc/passwd"
    for suffix in ("shp", "shx", "dbf"):
        (folder / f"a.{suffix}").write_bytes(vrt)
    with pytest.raises(errors.FileDamaged):
        read_table(zipped(folder, tmp_path / "a.zip"), "a.zip")


def test_a_geopackage_is_read_by_layer(tmp_path):
    path = tmp_path / "a.gpkg"
    layer(path, "GPKG", [{"名称": "一号", "日期": "2024-05-01"}], [SQUARE], layer="矿山", crs=4546)
    layer(path, "GPKG", [{"名称": "二号"}], [Point(109.7, 40.7)], layer="堆场")
    table = read_table(path, "a.gpkg", "矿山")
    assert table.sheets == ("堆场", "矿山") and table.epsg == 4546
    assert dict(table.rows[0].cells) == {"名称": "一号", "日期": "2024-05-01"}
    assert table.rows[0].geometry.equals(SQUARE)
    with pytest.raises(errors.SheetUnknown, match="堆场、矿山"):
        read_table(path, "a.gpkg", "没有")


def test_a_geopackage_runs_nothing(tmp_path):
    path = layer(tmp_path / "a.gpkg", "GPKG", [{"名称": "一号"}], [SQUARE], layer="真")
    with sqlite3.connect(path) as connection:
        connection.execute("pragma writable_schema = on")
        connection.execute(
            "update sqlite_master set type = 'view', "
            "sql = 'create view 真 as select load_extension(''x'') geom' "
            "where name = '真'"
        )
    with pytest.raises((errors.SheetEmpty, errors.FileDamaged)):
        read_table(path, "a.gpkg")


def test_geojson_is_read_with_the_crs_it_names(tmp_path):
    path = layer(tmp_path / "a.geojson", "GeoJSON", [{"名称": "一号"}], [SQUARE], crs=4546)
    table = read_table(path, "a.geojson")
    assert table.epsg == 4546 and table.rows[0].cells == {"名称": "一号"}
    assert table.rows[0].geometry.equals(SQUARE)


def test_a_shape_that_cannot_be_read_is_named(tmp_path):
    path = tmp_path / "a.geojson"
    feature = '{"type":"Feature","properties":{},"geometry":{"type":"Polygon","coordinates":[1]}}'
    path.write_text('{"type":"FeatureCollection","features":[' + feature + "]}")
    with pytest.raises(errors.GeometryUnread, match="record 1"):
        read_table(path, "a.geojson")
