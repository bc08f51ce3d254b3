"""A list of reaches from a table: chainages as offices write them, and what is refused."""

import pytest

from gis.domain.reach import Span
from gis.domain.river_errors import ReachListColumn, ReachListNumber
from gis.imports.errors import SheetEmpty
from gis.imports.reach_lists import read_reaches

HEAD = "河流,起点里程,终点里程,河段名称"


def a_list(tmp_path, *lines, head=HEAD):
    path = tmp_path / "河段名录.csv"
    path.write_text("\n".join([head, *lines]) + "\n", encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("start", "end"),
    [("12500", "14000"), ("12.5 km", "14公里"), ("K12+500", "14+000"), ("12500 m", "14000米")],
)
def test_chainages_are_read_as_offices_write_them(tmp_path, start, end):
    (row,) = read_reaches(a_list(tmp_path, f"昆都仑河,{start},{end},上游段"))
    assert (row.row, row.river) == (2, "昆都仑河")
    assert row.span == Span(12_500, 14_000, "上游段", "上游段")


def test_english_names_and_headings_are_taken(tmp_path):
    path = a_list(tmp_path, "甲河,0,900,上段,Upper", head="river,from_m,to_m,name_zh,name_en")
    (row,) = read_reaches(path)
    assert row.span == Span(0, 900, "上段", "Upper")


@pytest.mark.parametrize("value", ["十二公里", "-5", "nan", "1e400", "12.5 mi", ""])
def test_what_is_no_chainage_is_refused_with_its_row(tmp_path, value):
    with pytest.raises(ReachListNumber) as refused:
        read_reaches(a_list(tmp_path, "甲河,0,900,上段", f"甲河,{value},1800,下段"))
    assert refused.value.facts["row"] == 3
    assert refused.value.facts["column"] == "起点里程"


def test_a_missing_column_is_named(tmp_path):
    with pytest.raises(ReachListColumn, match="终点里程"):
        read_reaches(a_list(tmp_path, "甲河,0,上段", head="河流,起点里程,河段名称"))


def test_a_list_without_rows_is_refused(tmp_path):
    with pytest.raises(SheetEmpty):
        read_reaches(a_list(tmp_path))
