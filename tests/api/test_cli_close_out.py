"""Close-out and look-back at the terminal, each person in their own name."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from gis.domain.terms import FootprintState
from gis.ledger import places
from gis.store.register import day_of
from tests.makers import KUNDULUN, Clock, a_district, open_book
from tests.makers_close_out import FIRST, PROPOSER, SECOND, cleared, hire, observe
from tests.terminal import refused


@pytest.fixture
def book(database_url):
    with open_book(database_url, Clock(datetime.now(UTC) - timedelta(hours=2))) as book:
        places.add_district(book, a_district())
        hire(book)
        yield book


@pytest.fixture
def one(book, tmp_path):
    return cleared(book, tmp_path)


def options(one):
    paper = one.sent.heads["CLEARING"]["papers"][0]
    return (
        *("--began", one.began_on, "--ended", one.ended_on, "--paper", f"CLEARING={paper}"),
        *("--statement", "TRACING=无人认领", "--not-applicable", "PENALTY=无责任主体"),
        *("--statement", "publication=区政府网站公示"),
        *("--before", one.sent.photos_before[0], "--after", one.sent.photos_after[0]),
    )


def test_from_proposal_to_look_back(qingfei, book, one):
    code = one.site.code
    assert "尚无销号记录" in qingfei("close-out", "show", code).stdout
    bare = qingfei("close-out", "propose", code, LOGNAME=PROPOSER)
    assert "“清理”的材料" in refused(bare)
    made = qingfei("close-out", "propose", code, *options(one), "--json", LOGNAME=PROPOSER)
    assert json.loads(made.stdout)["state"] == "PROPOSED", made.stderr
    yes = ("close-out", "approve", code, "--comment", "同意")
    assert "须由另外两人审批" in refused(qingfei(*yes, LOGNAME=PROPOSER))
    assert "待复审" in qingfei(*yes, LOGNAME=FIRST).stdout
    assert "复审须由另一人进行" in refused(qingfei(*yes, LOGNAME=FIRST))
    assert "已销号" in qingfei(*yes, LOGNAME=SECOND).stdout
    assert "没有待审批的销号" in refused(qingfei(*yes, LOGNAME=SECOND))
    tomorrow = day_of(datetime.now(UTC)) + timedelta(days=1)
    book.clock.tick(hours=2)
    observe(book, one.site, tomorrow, 9_000.0, FootprintState.GROWN)
    assert "1 次发现反弹迹象" in qingfei("look-back", "run").stdout
    listed = qingfei("look-back", "list", "--district", KUNDULUN).stdout
    assert code in listed and "疑似反弹" in listed
    shown = qingfei("close-out", "show", code, QINGFEI_LANGUAGE="en").stdout
    assert "Signs of a relapse" in shown and "Approved" in shown


def test_what_is_refused(qingfei, one):
    back = ("close-out", "return", one.site.code, "--comment", "缺材料")
    assert "没有待审批的销号" in refused(qingfei(*back))
    assert "台账中没有" in refused(qingfei("close-out", "show", "150203-W99999-X"))
    wrong = qingfei("close-out", "propose", one.site.code, "--paper", "NOTHING=1")
    assert wrong.returncode == 2
