"""Deadlines and notices at the terminal."""

import json

import pytest

from gis.ledger import places
from tests.makers import KUNDULUN, Clock, a_district, open_book
from tests.makers_deadlines import EEB, NR, UM, some_lag
from tests.terminal import refused

HERE = ("--district", KUNDULUN)


@pytest.fixture
def codes(database_url):
    with open_book(database_url, Clock()) as book:
        places.add_district(book, a_district())
        yield some_lag(book)


def test_who_lags_and_a_notice_from_draft_to_answer(qingfei, codes, tmp_path):
    told = json.loads(qingfei("deadlines", *HERE, "--json").stdout)
    assert {row["name"]: row["red"] for row in told["unit"]} == {EEB: 1, UM: 3, NR: 0}
    late = json.loads(qingfei("deadlines", *HERE, "--late", "--unit", UM, "--json").stdout)
    assert {row["site_code"] for row in late} == {codes[0]}
    drafted = json.loads(qingfei("notice", "draft", *HERE, "--unit", UM, "--json").stdout)
    assert drafted["works"] == 3  # of the terminal's day, which is later than the register's
    issued = qingfei("notice", "issue", drafted["id"], "--json")
    symbol = json.loads(issued.stdout)["symbol"]
    assert symbol.startswith("昆督〔") and symbol.endswith("〕1号")
    given = qingfei("notice", "answer", symbol, "--unit", UM, "--text", "七月底前清运完毕")
    assert given.returncode == 0 and "待审核" in given.stdout, given.stderr
    out = tmp_path / "notice.docx"
    shown = qingfei("notice", "show", symbol, "--check", "--out", str(out))
    assert "数据一致" in shown.stdout and "七月底前清运完毕" in shown.stdout, shown.stderr
    assert out.read_bytes().startswith(b"PK")
    listed = qingfei("notice", "list", *HERE)
    assert listed.returncode == 0 and UM in listed.stdout
    assert "答复尚未采纳" in refused(qingfei("notice", "close", symbol))
    own = qingfei("notice", "answer", symbol, "--unit", UM, "--accept")
    assert "不能审核自己提交的答复" in refused(own)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("deadlines", *HERE, "--as-of", "2199-01-01"), "尚未到来"),
        (("deadlines", "--district", "000000"), "没有代码为 000000 的区域"),
        (("notice", "draft", *HERE, "--unit", NR), "没有逾期工作"),
        (("notice", "draft", *HERE, "--unit", "某某局"), "没有牵头的工作"),
        (("notice", "issue", "昆督〔1999〕1号", *HERE), "没有编号为 昆督〔1999〕1号"),
        (("notice", "answer", "x", "--unit", UM, *HERE), "没有编号为 x"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(qingfei, codes, words, sentence):
    assert sentence in refused(qingfei(*words))
