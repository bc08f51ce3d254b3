"""`qingfei reach` at the terminal: built, checked, imported, listed, shown; and its refusals."""

import json
from dataclasses import replace

import pytest
from shapely import LineString
from typer.testing import CliRunner

from api.cli import build
from api.cli import reaches as commands
from gis.domain.terms import LayerKind
from gis.ledger import places
from tests.makers import KUNDULUN, Clock, a_district, a_layer, list_site, open_book

HERE = ("--district", KUNDULUN)


@pytest.fixture
def run(database_url, monkeypatch):
    with open_book(database_url, Clock()) as book:
        places.add_district(book, a_district())
        layer, features = a_layer(
            LayerKind.MAIN_STEM, LineString([(109.60, 40.69), (109.90, 40.69)])
        )
        places.add_layer(book, layer, [replace(features[0], name_zh="黄河")])
        list_site(book)
        monkeypatch.setattr(commands, "terminal_book", lambda: book)

        def run(*words, refused=None):
            book.clock.tick()
            done = CliRunner().invoke(build(["reach"]), ["reach", *map(str, words)])
            if refused:
                assert type(done.exception).__name__ == refused
            else:
                assert done.exit_code == 0, done.output
            return done.output

        yield run


def test_a_river_is_checked_cut_listed_and_shown(run, tmp_path):
    assert "黄河" in run("check", *HERE)
    assert json.loads(run("check", *HERE, "--json")) == {"findings": []}
    built = json.loads(run("build", *HERE, "--json"))
    assert (built["rivers"], built["reaches"], built["changed"], built["measured"]) == (1, 5, 0, 1)
    table = tmp_path / "名录.csv"
    table.write_text(
        "河流,起点里程,终点里程,河段名称\n黄河,K5+000,12 km,昆河镇段\n黄河,12000,20000,下游段\n",
        encoding="utf-8",
    )
    assert json.loads(run("import", table, *HERE, "--json"))["reaches"] == 2
    listed = json.loads(run("list", *HERE, "--json"))
    assert [(one["name_zh"], one["total"]) for one in listed["reaches"]] == [
        ("昆河镇段", 1),
        ("下游段", 0),
    ]
    assert "昆河镇段" in run("list", *HERE)
    assert "1 个点位" in run("show", listed["reaches"][0]["code"])


def test_what_is_not_there_is_said(run):
    run("show", "150203-R09-001", refused="ReachUnknown")
    run("build", "--district", "990000", refused="DistrictUnknown")
