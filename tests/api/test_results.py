"""Results files by HTTP: checked, filed once, shown by analyte and step, withdrawn."""

from pathlib import Path
from uuid import uuid4

import openpyxl
import pytest

from gis.domain.terms import WasteClass
from tests.makers import list_site
from tests.makers_results import a_plan, write_results


@pytest.fixture
def site(book, app):
    return list_site(book, mass_t=1.2e5, height_m=6.0, waste_class=WasteClass.SW01)


@pytest.fixture
def planned(book, site):
    return a_plan(book, site.code, number=8, reduction="HJ298-4.2.4f", reduction_reason="倾倒案件")


@pytest.fixture
def file(planned, tmp_path) -> Path:
    path = tmp_path / "报告.xlsx"
    write_results(path, *planned, over=3)
    return path


def sent(path: Path, planned, **fields):
    said = {"plan": planned[0].code, **fields}
    return {"data": said, "files": {"file": (path.name, path.read_bytes())}}


def test_checked_filed_shown_and_withdrawn(client, site, planned, file):
    report = client.post("/api/results/check", **sent(file, planned)).json()
    assert (report["problem_count"], report["samples"], report["known_batch"]) == (0, 8, None)
    assert report["results"] == report["rows"] > 200
    where = f"/api/results/batches/{uuid4()}"
    first = client.put(where, **sent(file, planned))
    assert first.status_code == 201 and first.json()["file_name"] == "报告.xlsx"
    again = client.put(where, **sent(file, planned))
    assert (again.status_code, again.json()) == (200, first.json())
    known = client.post("/api/results/check", **sent(file, planned)).json()["known_batch"]
    assert known == first.json()

    shown = client.get("/api/results", params={"site": site.code}).json()
    assert (shown["plan"]["code"], shown["samples"]) == (planned[0].code, 8)
    (fluoride,) = [
        one
        for one in shown["analytes"]
        if (one["analyte"], one["leach_method"]) == ("fluoride", "HJ_557")
    ]
    (limit,) = fluoride["limits"]
    assert (limit["text_zh"], limit["unit"], limit["n_over"]) == ("> 10", "mg/L", 3)
    assert limit["row"]["id"] == "GB8978-T4-fluoride" and limit["row"]["is_checked"]
    assert shown["finding"]["outcome"] == "UNDECIDED"
    assert any("名录" in one["text_zh"] for one in shown["finding"]["missing"])
    open_ = [row for row in shown["finding"]["rows"] if not row["is_checked"]]
    assert "REQ-class-fluoride" in {row["id"] for row in open_}

    body = {"site_code": site.code, "plan_code": planned[0].code, "basis": "IDENTIFICATION"}
    stated = {"is_solid_waste": True, "is_listed": False}
    drawn = client.put(f"/api/conclusions/{uuid4()}", json=body | stated).json()
    assert (drawn["nature"], drawn["finding"]["outcome"]) == ("CLASS_II", "CLASS_II")
    shown = client.get("/api/results", params={"site": site.code}).json()
    assert shown["finding"]["outcome"] == "CLASS_II", "as it was last stated"
    assert shown["conclusions"][0]["id"] == drawn["id"]

    refused = client.post(f"{where}/withdraw", json={"reason": " "})
    assert (refused.status_code, refused.json()["code"]) == (422, "withdrawal_unexplained")
    assert client.post(f"{where}/withdraw", json={"reason": "单位填错"}).is_success
    assert client.get("/api/results", params={"site": site.code}).json()["samples"] == 0


def test_faults_are_told_by_cell_and_nothing_is_filed(client, planned, tmp_path):
    path = tmp_path / "bad.xlsx"
    write_results(path, *planned, changes={4: {"检测值": "偏高"}, 9: {"样品编号": "X-1"}})
    report = client.post("/api/results/check", **sent(path, planned)).json()
    assert [(one["cell"], one["rule"]) for one in report["problems"]] == [
        ("E4", "not_a_number"),
        ("A9", "unknown_sample"),
    ]
    assert all(one["text_zh"] and one["text_en"] for one in report["problems"])
    refused = client.put(f"/api/results/batches/{uuid4()}", **sent(path, planned))
    assert (refused.status_code, refused.json()["code"]) == (422, "results_refused")
    shown = client.get("/api/results", params={"site": planned[0].site_code}).json()
    assert (shown["batches"], shown["samples"]) == ([], 0)


def test_a_declared_method_that_the_file_denies(client, planned, file):
    wanted = sent(file, planned, leach_method="HJ_557")
    report = client.post("/api/results/check", **wanted).json()
    assert {one["rule"] for one in report["problems"]} == {"other_leach"}


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("empty.xlsx", b"", "table_damaged"),
        ("not.xlsx", b"PK\x03\x04 no workbook", "table_damaged"),
        ("old.xls", b"\xd0\xcf\x11\xe0", "old_workbook"),
        ("report.pdf", b"%PDF-1.7", "format_unread"),
        ("people.csv", "姓名,电话\n王,1".encode(), "result_columns_missing"),
        ("only.csv", "样品编号,检测项目,检测值".encode(), "sheet_empty"),
        ("../../etc/passwd", b"root", "format_unread"),
    ],
)
def test_what_is_no_results_sheet_is_refused_in_words(client, planned, name, content, code):
    data = {"plan": planned[0].code}
    answer = client.post("/api/results/check", data=data, files={"file": (name, content)})
    assert (answer.status_code, answer.json()["code"]) == (422, code)
    assert answer.json()["zh"].endswith("。")


def test_formulas_and_merged_cells_are_refused_by_their_address(client, planned, tmp_path):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["样品编号", "检测项目", "检测值", "单位", "浸出方法"])
    sheet.append([planned[1][0].code, "铜", "=1/2", "mg/L", "HJ 557"])
    path = tmp_path / "formula.xlsx"
    book.save(path)
    answer = client.post("/api/results/check", **sent(path, planned)).json()
    assert answer["code"] == "formula_cells" and "C2" in answer["zh"]
    sheet["C2"] = 0.5
    sheet.append([planned[1][1].code, "铜", 0.5, "mg/L", "HJ 557"])
    sheet.merge_cells("E2:E3")
    book.save(path)
    answer = client.post("/api/results/check", **sent(path, planned)).json()
    assert answer["code"] == "merged_cells" and "E2" in answer["zh"]


def test_the_template_asks_for_every_test_and_can_be_sent_back(client, planned, tmp_path):
    answer = client.get("/api/results/template", params={"plan": planned[0].code})
    path = tmp_path / "template.xlsx"
    path.write_bytes(answer.content)
    sheet = openpyxl.load_workbook(path).active
    rows = list(sheet.iter_rows(min_row=2, values_only=True))
    assert {row[0] for row in rows} == {one.code for one in planned[1]}
    report = client.post("/api/results/check", **sent(path, planned)).json()
    assert {one["rule"] for one in report["problems"]} == {"no_value"}
    assert report["problem_count"] == len(rows)


def test_a_plan_that_is_not_there(client, file):
    fields = {"data": {"plan": "150203-W00001-D-P9"}, "files": {"file": ("a.xlsx", b"")}}
    assert client.get("/api/results/template", params={"plan": "nope"}).status_code == 404
    fields["files"] = {"file": (file.name, file.read_bytes())}
    assert client.post("/api/results/check", **fields).status_code == 404
    assert client.get("/api/results", params={"site": "150203-W99999-X"}).status_code == 404
