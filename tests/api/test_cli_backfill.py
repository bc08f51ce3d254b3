"""`qingfei match` and `qingfei backfill` from the terminal, and their refusals."""

import json
from pathlib import Path

import pytest

from gis.ledger import places
from gis.ledger.book import Book
from gis.store.engine import make_engine
from tests.makers import a_district
from tests.makers_backfill import list_pile, list_pit, survey_pit
from tests.terminal import Terminal


@pytest.fixture
def ground(database_url: str):
    engine = make_engine(database_url)
    book = Book(engine, "tester")
    places.add_district(book, a_district())
    pile, pit = list_pile(book), list_pit(book)
    yield pile.code, pit.code, book
    engine.dispose()


@pytest.fixture
def qingfei(database_url: str, tmp_path: Path):
    return Terminal(database_url, tmp_path / "data")


def test_match_with_a_supposition_and_a_load_to_its_check(qingfei, ground):
    pile, pit, book = ground
    found = json.loads(qingfei("match", "--json").stdout)
    assert found["base"]["result"]["totals"]["tonnes"] == 1000 and found["changed"] is None
    closed = qingfei("match", "--what-if", json.dumps({"closed": [pit]}), "--save", "关坑")
    assert closed.returncode == 0 and "已存为方案" in closed.stdout and "没有" in closed.stdout

    load = (*("--source", pile, "--tonnes", 190, "--ticket", "LD-1", "--unit", "运输队"),)
    more = ("--received-by", "李磅房", "--day", "2026-06-10")
    booked = json.loads(qingfei("backfill", "load", "add", pit, *load, *more, "--json").stdout)
    assert booked["rule"] == "GB18599-8.1-GANGUE" and booked["is_new"]
    twice = qingfei("backfill", "load", "add", pit, *load, *more)
    assert twice.returncode == 1 and "LD-1 已登记" in twice.stderr
    survey_pit(book, pit, 900.0, day=book.clock().date())
    (check,) = json.loads(qingfei("backfill", "load", "check", "--json").stdout)
    assert check["flag"] == "AGREES"
    (line,) = json.loads(qingfei("backfill", "load", "list", "--pit", pit, "--json").stdout)
    back = qingfei("backfill", "load", "reverse", line["id"], "--reason", "录错")
    assert back.returncode == 0 and "-190" in back.stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("match", "--what-if", "{nonsense"), "--what-if 无法读取"),
        (("match", "--what-if", "/nowhere.json"), "--what-if 无法读取"),
        (("match", "--what-if", '{"volumes_m3": {"X": -1}}'), "假设不成立"),
        (("match", "--district", "999999"), "没有代码为 999999 的区域"),
    ],
)
def test_what_cannot_be_read_gets_one_sentence(qingfei, ground, words, said):
    ran = qingfei(*words)
    assert ran.returncode == 1 and said in ran.stderr and len(ran.stderr.splitlines()) == 1
