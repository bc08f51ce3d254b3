"""The field sheet: the office's headings, one row an increment, nothing that runs, same bytes."""

import json
from uuid import UUID

import openpyxl
import pyogrio
import pytest

from gis.domain.sampling.custody import CustodySent, event
from gis.domain.sampling.design import PlanAsked, design, lay_out
from gis.domain.sampling.sampling_plan import SamplingPlan
from gis.domain.terms import CustodyStep
from gis.exports import field_sheet
from gis.exports.inventory import ExportNotWritten, FormatUnknown
from gis.rules import sampling as rules
from gis.spatial.cells import cut
from tests.makers import NOON, a_site

HEADINGS = {
    *(
        "受检单位",
        "采样地点",
        "采样时间",
        "采样人员",
        "采样方法",
        "废物名称",
        "废物来源",
        "贮存方式",
    ),
    *("堆放数量(t)", "性状", "采样位置确定方法", "份样数", "份样量(g)"),
}


def a_sheet(**changes) -> field_sheet.FieldSheet:
    site = a_site(name="=HYPERLINK(1)", mass_t=40.0, height_m=1.0)
    asked = PlanAsked(UUID(int=1), site.code, **changes)
    made = design(asked, site, rules.current())
    code = f"{site.code}-P1"
    fields = {name: getattr(made, name) for name in made.__dataclass_fields__}
    plan = SamplingPlan(
        **dict.fromkeys(SamplingPlan.__dataclass_fields__)
        | fields
        | {"code": code, "site_code": site.code, "planned_at": NOON, "seed": 5}
        | {"waste_kind": site.waste_class, "cell_area_m2": 9.5, "outline": site.outline}
        | {"reduction": asked.reduction, "reduction_reason": asked.reduction_reason}
    )
    points = [(c.point.x, c.point.y) for c in cut(site.outline, made.cells, 4546)]
    increments = lay_out(code, site.code, made, 5, points)
    sent = CustodySent(
        UUID(int=2), CustodyStep.TAKEN, (increments[0].code,), NOON, "+李采样",
        109.7, 40.7, 4.0, reason="堆体东扩",
    )  # fmt: skip
    taken = event(sent, increments[0].code, 3.5, NOON, "王工")
    custody = {increments[0].code: [taken]}
    return field_sheet.FieldSheet(plan, site, increments, custody, rules.current())


def test_the_workbook_has_the_offices_headings_and_a_row_an_increment(tmp_path):
    path = tmp_path / "sheet.xlsx"
    sheet = a_sheet()
    field_sheet.write(sheet, "xlsx", path)
    book = openpyxl.load_workbook(path)
    rows = [[cell.value for cell in row] for row in book["采样记录"].iter_rows()]
    head = {row[0]: row[2] for row in rows[1:15]}
    assert HEADINGS <= set(head)
    assert head["份样数"] == "14（表1最小 13）" and "种子 5" in head["采样位置确定方法"]
    top = next(number for number, row in enumerate(rows) if row[0] == "序号")
    lines = rows[top + 1 :]
    assert [line[1] for line in lines] == [one.code for one in sheet.increments]
    assert lines[0][8] == "2026-06-19 12:00" and lines[0][13] == "+李采样"
    assert lines[0][15] == "堆体东扩" and lines[1][8] is None
    kinds = {cell.data_type for page in book for row in page.iter_rows() for cell in row}
    assert "f" not in kinds
    checks = {row[0].value: row[5].value for row in book["依据"].iter_rows(min_row=2)}
    assert (checks["HJ298-T1-3"], checks["HJ298-5N"]) == ("已见原文", "待核对原文")


def test_a_reduction_is_named_with_its_reason_and_the_stricter_verdict():
    said = dict(
        field_sheet.about(a_sheet(number=6, reduction="HJ298-4.2.4f", reduction_reason="夜间倾倒"))
    )["减少份样依据"]
    assert "4.2.4 f)" in said and "夜间倾倒" in said and "7.3" in said


@pytest.mark.parametrize("format", ["gpkg", "geojson", "kml"])
def test_the_points_open_in_a_gis(tmp_path, format):
    path = tmp_path / f"points.{format}"
    sheet = a_sheet()
    field_sheet.write(sheet, format, path)
    found = pyogrio.read_dataframe(path)
    assert len(found) == 14 and found.geometry.iloc[0].x == pytest.approx(sheet.increments[0].lon)
    if format == "geojson":
        first = json.loads(path.read_text("utf-8"))["features"][0]["properties"]
        assert first["份样编号"] == sheet.increments[0].code


@pytest.mark.parametrize("format", list(field_sheet.WRITERS))
def test_the_same_plan_makes_the_same_bytes(tmp_path, format):
    made = [tmp_path / f"{name}.{format}" for name in ("a", "b")]
    for path in made:
        field_sheet.write(a_sheet(), format, path)
    assert made[0].read_bytes() == made[1].read_bytes()


def test_what_cannot_be_written_leaves_nothing(tmp_path):
    with pytest.raises(FormatUnknown):
        field_sheet.write(a_sheet(), "pdf", tmp_path / "sheet.pdf")
    with pytest.raises(ExportNotWritten):
        field_sheet.write(a_sheet(), "xlsx", tmp_path / "nowhere" / "sheet.xlsx")
    assert list(tmp_path.iterdir()) == []
