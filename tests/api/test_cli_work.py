"""Teams and work at the terminal."""

import json

import pytest

from gis.domain.terms import Role
from gis.ledger import people, places
from gis.store import shape, tables
from tests.api.known import PASSWORD
from tests.makers import KUNDULUN, Clock, a_candidate, a_district, list_site, open_book, square
from tests.terminal import refused

HERE = ("--district", KUNDULUN)


@pytest.fixture
def site(database_url):
    with open_book(database_url, Clock()) as book:
        places.add_district(book, a_district())
        for name in ("zhou", "wu"):
            people.add_user(book, name, name, Role.FIELD, PASSWORD)
        with book.entry() as entry:
            far = a_candidate(outline=square(lon=109.75))
            shape.insert(entry.connection, tables.candidates, [a_candidate(), far])
        yield list_site(book, town="甲镇")


def test_a_team_is_made_given_a_town_and_listed(qingfei, site):
    made = qingfei("team", "add", "一组", *HERE, "--member", "zhou", "--member", "wu", "--json")
    assert json.loads(made.stdout)["members"] == ["zhou", "wu"], made.stderr
    given = qingfei(
        "assign", *HERE, "--team", "一组", "--place", f"site:{site.code}", "--due", "2020-01-01"
    )
    assert given.returncode == 0 and "已派发 1 处给 一组" in given.stdout
    more = qingfei("assign", *HERE, "--person", "wu", "--confidence", "50", "--json")
    assert json.loads(more.stdout)["places"] == 2
    (team,) = json.loads(qingfei("team", "list", *HERE, "--json").stdout)
    assert (team["work"]["places"], team["work"]["overdue"]) == (1, 1)
    changed = qingfei("team", "add", "一组", *HERE, "--member", "wu", "--json")
    assert json.loads(changed.stdout)["id"] == json.loads(made.stdout)["id"]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("team", "add", "一组", *HERE, "--member", "nobody"), "账号“nobody”不存在"),
        (("team", "end", "一组", *HERE), "没有名为“一组”的班组"),
        (("team", "list", "--district", "000000"), "没有代码为 000000 的区域"),
        (("assign", *HERE, "--team", "一组", "--town", "甲镇"), "没有名为“一组”的班组"),
        (("assign", *HERE, "--town", "甲镇"), "请选择一个班组或一名人员"),
        (("assign", *HERE, "--person", "zhou", "--place", "x"), "“x”不在本区域"),
        (("assign", *HERE, "--person", "zhou", "--town", "乙镇"), "没有可以派发的"),
    ],
)
def test_what_cannot_be_given_gets_one_sentence(qingfei, site, words, sentence):
    assert sentence in refused(qingfei(*words))
