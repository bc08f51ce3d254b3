"""`qingfei sampling` from the terminal: the whole thread, and its refusals."""

import json
from pathlib import Path

import openpyxl
import pytest

from gis.ledger import places
from gis.ledger.book import Book
from gis.store.engine import make_engine
from tests.makers import a_district, list_site
from tests.terminal import Terminal


@pytest.fixture
def site(database_url: str):
    engine = make_engine(database_url)
    book = Book(engine, "tester")
    places.add_district(book, a_district())
    yield list_site(book, mass_t=40.0)
    engine.dispose()


@pytest.fixture
def qingfei(database_url: str, tmp_path: Path):
    return Terminal(database_url, tmp_path / "data", "sampling")


def test_from_the_draw_to_the_laboratory(qingfei, site, tmp_path):
    drawn = json.loads(qingfei("select", "--by", "kind", "--seed", 3, "--json").stdout)
    assert [pick["code"] for pick in drawn["picks"]] == [site.code]
    plan = json.loads(qingfei("plan", site.code, "--height", "0.4", "--seed", 7, "--json").stdout)
    assert (plan["n_planned"], plan["layers"], plan["seed"]) == (13, 1, 7)

    assert qingfei("labels", plan["code"], "--out", tmp_path / "labels.html").returncode == 0
    assert (tmp_path / "labels.html").read_text("utf-8").count("<svg") == 13
    assert qingfei("sheet", plan["code"], "--out", tmp_path / "sheet.xlsx").returncode == 0
    assert openpyxl.load_workbook(tmp_path / "sheet.xlsx").sheetnames == ["采样记录", "依据"]

    one = plan["increments"][0]
    spot = ("--lon", one["lon"], "--lat", one["lat"], "--accuracy", 4)
    for words in (
        ("TAKEN", one["code"], "--by", "李采样", *spot),
        ("SEALED", one["code"].lower(), "--by", "李采样"),
        ("HANDED_OVER", one["code"], "--by", "李采样", "--to", "赵司机"),
        ("RECEIVED", one["code"], "--by", "钱", "--to", "市监测中心", "--seal-whole"),
    ):
        done = qingfei("custody", *words)
        assert done.returncode == 0, done.stderr
    (item,) = json.loads(qingfei("plans", site.code, "--json").stdout)
    assert item["reached"] == {"TAKEN": 1, "SEALED": 1, "HANDED_OVER": 1, "RECEIVED": 1}
    assert qingfei("end", plan["code"], "--reason", "改期").returncode == 0


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("plan", "{site}", "--number", 3), "表1要求的 13"),
        (("plan", "150203-W99999-Z"), "150203-W99999-Z"),
        (("labels", "{site}-P9", "--out", "x.html"), "{site}-P9"),
        (("custody", "SEALED", "{site}-P1-001", "--by", "李"), "{site}-P1-001"),
        (("select", "--number", 2, "--share", 0.5), "--number 与 --share"),
    ],
)
def test_refusals_are_one_plain_sentence(qingfei, site, words, told):
    done = qingfei(*(str(word).format(site=site.code) for word in words))
    assert done.returncode == 1 and done.stdout == ""
    assert told.format(site=site.code) in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
