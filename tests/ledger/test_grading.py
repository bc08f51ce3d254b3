"""Rules that change: previewed without a trace, adopted whole, old grades kept; rows ticked."""

from uuid import uuid4

import pytest
import sqlalchemy as sa

from gis.domain.grading.rule_changes import FactorPoints, RuleChanges, changed
from gis.domain.grading.rule_errors import (
    AdoptionIdReused,
    CheckRepeated,
    EditionMissing,
    ReasonMissing,
    RowMoved,
    RowUnknown,
    RulesUnsound,
    RulesVersionTaken,
)
from gis.domain.terms import Grade
from gis.ledger.grading import regrade, rules_in_force
from gis.ledger.rules import CheckSent, adopt, check_row, ticked_ids, unchecked
from gis.ledger.weights import compare
from gis.rules import grading
from gis.rules.grading_file import write
from gis.store import facts, rule_sets, sites, tables
from tests.ledger.looking import everything, verbs
from tests.makers import list_site, square

RULES = grading.current()
LENIENT = write(changed(RULES, RuleChanges(level_1_above=68, version="2")))


def of_rows(book, rows):
    with book.reading() as connection:
        return {row.id: row for row in rows(connection)}


def test_a_preview_says_who_would_move_and_why_and_writes_nothing(book):
    site = list_site(book, mass_t=120_000.0, is_bare=True)
    before = everything(book)
    assert compare(book, RULES) == []
    looser = {"H1": FactorPoints([50, 50, 30, 25, 25, 10, 8, 3, 0], 5, 5)}
    new = grading.parse(write(changed(RULES, RuleChanges(points=looser, version="2"))))
    (mover,) = compare(book, new, "150203")
    assert (mover.code, mover.name, mover.old, mover.new) == (
        *(site.code, site.name),
        *(Grade.HIGH, Grade.MEDIUM),
    )
    assert [tuple(one) for one in mover.why] == [("H1", 35.0, 5.0)]
    assert everything(book) == before


def test_adoption_grades_all_by_the_new_rules_and_keeps_the_old_grades(book):
    codes = [list_site(book, outline=square(109.7 + n / 100), name=str(n)).code for n in range(3)]
    book.clock.tick()
    expected = compare(book, grading.parse(LENIENT))
    adopted, is_new = adopt(book, uuid4(), LENIENT, " 年度调整 ")
    assert is_new and adopted.moved == len(expected) == 3
    assert (adopted.reason, adopted.adopted_by, adopted.version) == ("年度调整", "王工", "2")
    with book.reading() as connection:
        assert rules_in_force(connection).sha256 == adopted.sha256
        said = sa.select(sa.func.count()).select_from(tables.gradings)
        assert connection.scalar(said) == 6
        newest = sites.grading_of(connection, codes[0])
    assert newest["rule_sha256"] == adopted.sha256
    assert newest["rule_set"] == "KDL-HSR v2"
    assert verbs(book)[-1] == "adopt_rules"
    book.clock.tick()
    assert regrade(book) == []
    after = list_site(book, outline=square(109.8), name="新")
    with book.reading() as connection:
        assert sites.grading_of(connection, after.code)["rule_set"] == "KDL-HSR v2"


def test_the_same_adoption_twice_is_one(book):
    list_site(book)
    id_ = uuid4()
    first, _ = adopt(book, id_, LENIENT, "调整")
    before = everything(book)
    assert adopt(book, id_, LENIENT, "调整") == (first, False)
    with pytest.raises(AdoptionIdReused):
        adopt(book, id_, LENIENT, "另一理由")
    assert everything(book) == before


def test_bad_rules_and_missing_reasons_leave_nothing(book):
    list_site(book)
    before = everything(book)
    with pytest.raises(ReasonMissing):
        adopt(book, uuid4(), LENIENT, "  ")
    with pytest.raises(RulesUnsound):
        adopt(book, uuid4(), write(changed(RULES, RuleChanges(level_1_above=10))), "x")
    same_name = write(changed(RULES, RuleChanges(level_1_above=50)))
    with pytest.raises(RulesVersionTaken):
        adopt(book, uuid4(), same_name, "x")
    assert everything(book) == before


def test_one_can_go_back_to_earlier_rules(book):
    list_site(book)
    adopt(book, uuid4(), LENIENT, "调整")
    book.clock.tick()
    adopt(book, uuid4(), grading.shipped(), "恢复第一版")
    with book.reading() as connection:
        assert rules_in_force(connection).sha256 == RULES.sha256
        assert [one.version for one in rule_sets.all_adopted(connection)] == ["1", "2"]


def test_facts_stream_as_one_site_at_a_time(book):
    for n in range(4):
        list_site(book, outline=square(109.7 + n / 100), name=str(n), mass_t=n * 1e4)
    with book.reading() as connection:
        every = list(facts.stream(connection, "150203"))
        alone = [next(facts.stream(connection, codes=[one.code])) for one in every]
    assert every == alone and len(every) == 4
    assert all(one.grade is not None and one.decision_sha256 for one in every)


def tick(row, **changes):
    sent = {"id": uuid4(), "row_id": row.id, "row_sha256": row.sha256, "is_checked": True}
    return CheckSent(**sent | {"edition": "GB 18599-2020 单行本", "note": ""} | changes)


@pytest.fixture
def row(book):
    from gis.ledger.rules import all_rows

    return of_rows(book, all_rows)["KDL-HSR.H3"]


def test_a_tick_holds_for_the_rows_value_only(book, row):
    with book.reading() as connection:
        assert unchecked(connection, [row.id, "KDL-HSR.G0", "no such row"]) == [
            row.id,
            "no such row",
        ]
    check, is_new = check_row(book, tick(row))
    assert is_new and check.checked_by == "王工"
    with book.reading() as connection:
        assert row.id in ticked_ids(connection)
        assert unchecked(connection, [row.id]) == []
    points = {"H3": FactorPoints([18, 14, 8], 4, 14)}
    book.clock.tick()
    adopt(book, uuid4(), write(changed(RULES, RuleChanges(points=points, version="3"))), "调整")
    with book.reading() as connection:
        assert unchecked(connection, [row.id, "KDL-HSR.H2"]) == ["KDL-HSR.H2", row.id]
    with pytest.raises(RowMoved):
        check_row(book, tick(row))


def test_a_tick_is_taken_back_with_a_reason_and_both_are_kept(book, row):
    sent = tick(row)
    check_row(book, sent)
    assert check_row(book, sent)[1] is False
    book.clock.tick()
    with pytest.raises(ReasonMissing):
        check_row(book, tick(row, is_checked=False))
    check_row(book, tick(row, is_checked=False, note="版本有误"))
    with book.reading() as connection:
        assert row.id not in ticked_ids(connection)
        assert connection.scalar(sa.select(sa.func.count()).select_from(tables.rule_checks)) == 2
    assert verbs(book)[-2:] == ["check_rule", "uncheck_rule"]


def test_ticks_that_cannot_be_kept(book, row):
    sent = tick(row)
    check_row(book, sent)
    before = everything(book)
    for error, wrong in (
        (CheckRepeated, tick(row, id=sent.id, note="x")),
        (EditionMissing, tick(row, edition=" ")),
        (RowUnknown, tick(row, row_id="KDL-HSR.X9")),
        (RowMoved, tick(row, row_sha256="0" * 64)),
    ):
        with pytest.raises(error):
            check_row(book, wrong)
    assert everything(book) == before
