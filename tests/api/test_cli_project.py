"""`qingfei project`: a plan's life from the terminal, and one plain sentence where it cannot be."""

import json
from pathlib import Path

import pytest
import sqlalchemy as sa

from gis.ledger import places
from gis.store.tables import ledger_log
from tests.makers import Clock, a_district, list_site, open_book
from tests.terminal import Terminal


@pytest.fixture
def code(database_url: str):
    with open_book(database_url, Clock()) as book:
        places.add_district(book, a_district())
        return list_site(book).code


@pytest.fixture
def project(database_url: str, tmp_path: Path):
    """Run `qingfei project` on a register of its own."""

    return Terminal(database_url, tmp_path / "data", "project")


def said(done):
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_a_plan_from_the_terminal(project, code, database_url, tmp_path):
    given = ("--set", "due_on=2026-12-31", "--set", "leader_role=分管副区长")
    opened = said(project("open", code, "--title", "渣堆整治", *given, "--json"))
    assert opened["lead_unit"] == "区生态环境分局"
    refused = project("advance", opened["id"])
    assert refused.returncode == 1 and "缺少：问题描述" in refused.stderr
    assert len(refused.stderr.strip().splitlines()) == 1
    said(project("revise", opened["id"], "--set", "issue=扬尘", "--json"))
    assert said(project("advance", opened["id"], "--json"))["stage"] == "SURVEY"
    task = ("--title", "勘查", "--unit", "区工信局", "--due", "2026-12-31", "--json")
    added = said(project("task", "add", opened["id"], *task))
    done = project("task", "done", opened["id"], added["id"], "--on", "2026-06-18", "--json")
    assert said(done)["done_on"] == "2026-06-18"
    shown = project("show", opened["id"])
    assert "● 勘查/方案" in shown.stdout and "下一步还缺" in shown.stdout
    back = project("reverse", opened["id"], "--to", "RESERVE", "--reason", "方案重编", "--json")
    assert said(back)["stage"] == "RESERVE"
    assert said(project("list", "--stage", "RESERVE", "--json"))["total"] == 1
    out = tmp_path / "reserve.xlsx"
    assert said(project("export", "reserve", "--out", out, "--json"))["rows"] == 1
    assert out.read_bytes()[:2] == b"PK"
    with open_book(database_url, Clock()) as book, book.reading() as connection:
        newest = sa.select(ledger_log.c.verb).order_by(ledger_log.c.seq.desc()).limit(1)
        assert connection.scalar(newest) == "export_project_list"


def test_what_cannot_be_is_one_sentence(project, code):
    for words, sentence in (
        (("--set", "due_on=明天"), "完成时限"),
        (("--set", "budget_yuan=-1"), "资金金额"),
        (("--set", "colour=red"), "colour"),
        (("--variant", "GREEN_MINE"), "绿色矿山回头看"),
    ):
        refused = project("open", code, "--title", "x", *words)
        assert refused.returncode == 1 and sentence in refused.stderr, refused.stderr
    assert project("export", "all", "--out", "x.xlsx").returncode == 2
