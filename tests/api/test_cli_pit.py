"""`qingfei pit`: measured and listed from the terminal, one plain sentence where it cannot be."""

import json
import math
from pathlib import Path

import pytest

from gis.domain.terms import SiteKind
from gis.ledger import places
from tests.api.test_pits import CONE_M3, outline
from tests.makers import Clock, a_district, list_site, open_book
from tests.remote_sensing.made_solids import GROUND, cone, hills, write
from tests.terminal import Terminal


@pytest.fixture
def code(database_url: str) -> str:
    with open_book(database_url, Clock()) as book:
        places.add_district(book, a_district())
        return list_site(book, kind=SiteKind.MINE_PIT, name="一号坑", outline=outline()).code


@pytest.fixture
def pit(database_url: str, tmp_path: Path):
    return Terminal(database_url, tmp_path / "data", "pit")


def test_measure_list_withdraw(pit, code, tmp_path):
    path = write(tmp_path / "pit.tif", cone())
    done = pit("measure", code, "--dem", path, "--rim", "--date", "2026-06-01", "--json")
    assert done.returncode == 0, done.stderr
    survey = json.loads(done.stdout)
    assert survey["free_volume_m3"] == pytest.approx(CONE_M3, rel=2e-3)
    assert "201,0" in pit("list", code).stdout
    assert pit("withdraw", code, survey["id"], "--reason", "重测").returncode == 0
    assert json.loads(pit("list", code, "--json").stdout) == []
    above = pit("measure", code, "--dem", path, "--level", "1060", "--date", "2026-06-01")
    assert above.returncode == 1 and above.stderr.count("\n") == 1 and "坑沿最低处" in above.stderr
    both = pit("measure", code, "--dem", path, "--level", "1040", "--rim")
    assert both.returncode == 2


def test_a_heap_is_measured_and_nothing_recorded(pit, code, tmp_path):
    path = write(tmp_path / "heap.tif", lambda x, y: 2 * GROUND - cone()(x, y))
    done = pit("heap", code, "--dem", path, "--json")
    assert json.loads(done.stdout)["volume_m3"] == pytest.approx(CONE_M3, rel=2e-3)
    assert json.loads(pit("list", code, "--json").stdout) == []


def test_volume_of_a_pair(pit, code, tmp_path):
    before = write(tmp_path / "a.tif", hills, side=420)
    after = write(
        tmp_path / "b.tif", lambda x, y: hills(x, y) - 2.0 * (x**2 + y**2 < 900), side=420
    )
    words = ("--before", before, "--after", after, "--site", code, "--before-date", "2025-06-01")
    done = pit("volume", *words, "--after-date", "2026-06-01", QINGFEI_LANGUAGE="en")
    assert done.returncode == 0, done.stderr
    assert f"Net change -{math.pi * 900 * 2:,.0f}"[:14] in done.stdout
    surface = write(tmp_path / "b_dsm.tif", hills, side=420)
    mixed = pit("volume", "--before", before, "--after", surface, *words[4:])
    assert mixed.returncode == 1 and "同类模型" in mixed.stderr
