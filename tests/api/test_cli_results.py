"""`qingfei results` and `qingfei identify` from the terminal."""

import json
from pathlib import Path

import openpyxl
import pytest

from gis.domain.terms import WasteClass
from gis.ledger import places
from gis.ledger.book import Book
from gis.store.engine import make_engine
from tests.makers import a_district, list_site
from tests.makers_results import a_plan, write_results
from tests.terminal import Terminal


@pytest.fixture
def planned(database_url: str):
    engine = make_engine(database_url)
    book = Book(engine, "tester")
    places.add_district(book, a_district())
    site = list_site(book, mass_t=30.0, height_m=0.4, waste_class=WasteClass.SW03)
    yield a_plan(book, site.code)
    engine.dispose()


@pytest.fixture
def qingfei(database_url: str, tmp_path: Path):
    return Terminal(database_url, tmp_path / "data")


def test_from_a_file_to_a_signed_conclusion(qingfei, planned, tmp_path):
    plan, increments = planned
    assert len(increments) == 13
    file = tmp_path / "results.xlsx"
    count = write_results(file, plan, increments, over=4)
    tried = qingfei("results", "import", file, "--site", plan.site_code, "--dry-run")
    assert tried.returncode == 0 and "未录入" in tried.stdout
    filed = json.loads(qingfei("results", "import", file, "--plan", plan.code, "--json").stdout)
    assert (filed["results"], filed["batch"]["results"]) == (count, count)
    again = json.loads(qingfei("results", "import", file, "--plan", plan.code, "--json").stdout)
    assert again["batch"] == filed["batch"], "the same file is the same batch"

    open_ = qingfei("identify", "--site", plan.site_code, "--sign")
    assert open_.returncode == 1 and "名录" in open_.stderr
    shown = qingfei("identify", "--site", plan.site_code, "--not-listed")
    assert shown.returncode == 0 and "鉴别结果：第Ⅱ类" in shown.stdout
    signed = qingfei("identify", "--site", plan.site_code, "--not-listed", "--sign", "--json")
    conclusion = json.loads(signed.stdout)
    assert (conclusion["state"], conclusion["nature"]) == ("SIGNED", "CLASS_II")
    assert conclusion["finding"]["steps"]


def test_a_bad_file_is_told_line_by_line_and_ends_with_1(qingfei, planned, tmp_path):
    plan, increments = planned
    file = tmp_path / "bad.xlsx"
    write_results(file, plan, increments, changes={7: {"单位": "吨"}})
    refused = qingfei("results", "import", file, "--plan", plan.code)
    assert refused.returncode == 1
    assert "F7" in refused.stdout and "吨" in refused.stdout
    assert "1 处问题" in refused.stderr
    report = json.loads(qingfei("results", "import", file, "--plan", plan.code, "--json").stdout)
    assert [one["cell"] for one in report["problems"]] == ["F7"]


def test_which_plan_is_asked_where_it_is_not_plain(qingfei, planned, tmp_path):
    refused = qingfei("identify", "--site", "150203-W99999-X")
    assert refused.returncode == 1 and "150203-W99999-X" in refused.stderr
    missing = qingfei("results", "import", tmp_path / "none.xlsx", "--plan", planned[0].code)
    assert missing.returncode == 1 and missing.stderr.count("\n") == 1


def test_the_template_of_a_plan(qingfei, planned, tmp_path):
    out = tmp_path / "template.xlsx"
    assert qingfei("results", "template", "--plan", planned[0].code, "--out", out).returncode == 0
    sheet = openpyxl.load_workbook(out).active
    assert sheet.cell(1, 1).value == "样品编号" and sheet.max_row > 13
