"""`qingfei import`: checked, reported on, loaded, and refused in one sentence."""

import json
from pathlib import Path

import openpyxl
import pytest

from gis.ledger import places
from tests.imports.files import workbook
from tests.makers import Clock, a_district, open_book
from tests.terminal import refused

HEADINGS = ["编号", "名称", "经度", "纬度", "占地面积（亩）", "类型"]
ROW = ["A-1", "一号渣堆", 109.75, 40.70, 15, "渣堆"]


@pytest.fixture(autouse=True)
def district(database_url: str):
    with open_book(database_url, Clock()) as book:
        places.add_district(book, a_district())


def test_a_list_is_checked_loaded_and_loaded_once(qingfei, tmp_path: Path):
    path = workbook(tmp_path / "核查.xlsx", HEADINGS, ROW)
    asked = ("import", path, "--district", "150203")
    report, mapping = tmp_path / "report.xlsx", tmp_path / "mapping.toml"

    done = qingfei(*asked, "--dry-run", "--report", report, "--save-mapping", mapping)
    assert done.returncode == 1 and "坐标系" in done.stdout and "第" not in done.stderr[:3]
    assert openpyxl.load_workbook(report).active["F3"].value == "DATUM_ASKED"

    found = json.loads(qingfei(*asked, "--datum", "CGCS2000", "--dry-run", "--json").stdout)
    assert (found["new"], found["faults"]) == (1, 0)
    loaded = qingfei(*asked, "--mapping", mapping, "--datum", "CGCS2000", "--json")
    assert json.loads(loaded.stdout)["counts"] == {"LISTED": 1}, loaded.stderr
    again = qingfei(*asked, "--datum", "CGCS2000", "--json")
    assert json.loads(again.stdout)["is_new"] is False


def test_what_cannot_come_in_is_refused_in_a_sentence(qingfei, tmp_path: Path):
    path = workbook(tmp_path / "核查.xlsx", HEADINGS, ROW)
    assert "999999" in refused(qingfei("import", path, "--district", "999999"))
    assert "MARS" in refused(qingfei("import", path, "--district", "150203", "--datum", "MARS"))
    other = qingfei("import", path, "--district", "150203", "--matches", "maybe")
    assert "maybe" in refused(other)
    assert refused(qingfei("import", tmp_path / "none.xlsx", "--district", "150203"))
