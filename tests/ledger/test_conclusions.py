"""From draft to force: who may, what follows for the site, and what can go wrong."""

from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest

from gis.domain.errors import DateInFuture, DateTooEarly, NotInRegister
from gis.domain.identification.conclusion import (
    ConclusionIdReused,
    ConclusionIncomplete,
    ConclusionMoved,
    ConclusionSent,
    SamePerson,
)
from gis.domain.sites.errors import LineageRefused
from gis.domain.terms import (
    ConclusionBasis,
    ConclusionState,
    Grade,
    WasteClass,
    WasteNature,
)
from gis.ledger import Book
from gis.ledger.identification import propose, review, sign
from gis.ledger.lineage import Merge, merge_sites
from gis.ledger.sites import correct_site
from gis.store import identification, register, sites
from tests.ledger.looking import everything, rows, verbs
from tests.makers import list_site, square
from tests.makers_results import a_plan


@pytest.fixture
def other(book):
    """The same ledger in the hands of 李工."""
    return Book(book.engine, "李工", book.clock)


@pytest.fixture
def site(book):
    return list_site(book, mass_t=1e5)


def a_report(site, **changes):
    sent = ConclusionSent(
        id=uuid4(),
        site_code=site.code,
        plan_code=None,
        basis=ConclusionBasis.REPORT,
        nature=WasteNature.CLASS_II,
        waste_class=None,
        concluded_on=date(2026, 6, 1),
        leach_multiple=2.6,
        radioactivity_bq_g=0.2,
        laboratory="某检测公司",
        report_no="B-7",
        reason="",
        is_solid_waste=None,
        is_listed=None,
        hw_code=None,
        excluded=[],
    )
    return replace(sent, **changes)


def in_force(book, other, site, **changes):
    conclusion, _ = propose(book, a_report(site, **changes))
    book.clock.tick()
    sign(book, conclusion.id)
    book.clock.tick()
    return review(other, conclusion.id, True, "同意")


def newest(book, code):
    with book.reading() as connection:
        return sites.site(connection, code)


def test_a_report_signed_by_one_and_passed_by_another_drives_the_site(book, other, site):
    before = book.clock()
    book.clock.tick()
    passed = in_force(book, other, site, waste_class=WasteClass.SW03)
    assert passed.state is ConclusionState.IN_FORCE
    assert (passed.signed_by, passed.reviewed_by) == ("王工", "李工")
    now = newest(book, site.code)
    assert (now.nature, now.waste_class) == (WasteNature.CLASS_II, WasteClass.SW03)
    assert now.radioactivity_bq_g == 0.2
    assert verbs(book)[-5:] == [
        *("propose_conclusion", "sign_conclusion", "review_conclusion"),
        *("conclude_site", "grade_site"),
    ]
    with book.reading() as connection:
        assert identification.in_force(connection, site.code) == passed
        reasons = sites.grading_of(connection, site.code)["decision"]["reasons"]
        (then,) = register.rows(connection, before)
    asked = {name: value for reason in reasons for name, value in reason["value"].items()}
    assert (asked["nature"], asked["leach_multiple"]) == ("CLASS_II", 2.6)
    assert then["nature"] is WasteNature.UNIDENTIFIED, "the list of before still says so"


def test_a_draft_and_a_signature_change_nothing_at_the_site(book, site):
    conclusion, _ = propose(book, a_report(site))
    sign(book, conclusion.id)
    assert newest(book, site.code) == site
    assert rows(book, "gradings") == {"gradings": 1}


def test_the_same_proposal_again_is_the_same_and_other_content_is_refused(book, site):
    sent = a_report(site)
    first, is_new = propose(book, sent)
    before = everything(book)
    assert is_new and propose(book, sent) == (first, False)
    with pytest.raises(ConclusionIdReused):
        propose(book, replace(sent, nature=WasteNature.CLASS_I))
    assert everything(book) == before


def test_a_hazardous_conclusion_and_the_code_of_the_list_agree_with_the_class(book, other, site):
    in_force(book, other, site, nature=WasteNature.HAZARDOUS, hw_code="772-002-18")
    now = newest(book, site.code)
    assert (now.waste_class, now.hw_code) == (WasteClass.HW, "772-002-18")
    book.clock.tick()
    assert correct_site(book, site.code, note="可以更正").note == "可以更正"
    book.clock.tick()
    in_force(book, other, site, nature=WasteNature.CLASS_I, waste_class=WasteClass.SW03)
    now = newest(book, site.code)
    assert (now.waste_class, now.hw_code) == (WasteClass.SW03, None)


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"plan_code": "没有的方案"}, NotInRegister),
        ({"hw_code": "HW99"}, ConclusionIncomplete),
        ({"laboratory": "  "}, ConclusionIncomplete),
        ({"concluded_on": date(1, 1, 1)}, DateTooEarly),
    ],
    ids=["plan", "hw-code", "laboratory", "year-1"],
)
def test_a_report_that_cannot_be_is_refused(book, site, changes, error):
    before = everything(book)
    with pytest.raises(error):
        propose(book, a_report(site, **changes))
    assert everything(book) == before


def test_a_report_names_a_plan_of_its_own_site(book, site):
    elsewhere = list_site(book, name="另一处", mass_t=40.0, outline=square(109.75))
    plan, _ = a_plan(book, elsewhere.code)
    with pytest.raises(NotInRegister):
        propose(book, a_report(site, plan_code=plan.code))


def test_whoever_signed_may_not_pass_it(book, other, site):
    conclusion, _ = propose(other, a_report(site))  # drawing it is no signature
    sign(book, conclusion.id)
    before = everything(book)
    with pytest.raises(SamePerson):
        review(book, conclusion.id, True, "")
    assert everything(book) == before
    assert review(other, conclusion.id, True, "").state is ConclusionState.IN_FORCE


def test_a_returned_one_is_not_in_force_and_another_can_be_drawn(book, other, site):
    conclusion, _ = propose(book, a_report(site))
    sign(book, conclusion.id)
    with pytest.raises(ConclusionIncomplete):
        review(other, conclusion.id, False, "")
    returned = review(other, conclusion.id, False, "报告编号有误")
    assert returned.state is ConclusionState.RETURNED
    assert newest(book, site.code) == site
    for step in (lambda: sign(book, returned.id), lambda: review(other, returned.id, True, "")):
        with pytest.raises(ConclusionMoved):
            step()
    book.clock.tick()
    assert in_force(book, other, site, report_no="B-8").report_no == "B-8"


def test_a_newer_one_supersedes_and_both_are_kept(book, other, site):
    old = in_force(book, other, site)
    book.clock.tick()
    new = in_force(book, other, site, nature=WasteNature.HAZARDOUS, leach_multiple=None)
    with book.reading() as connection:
        kept = identification.conclusions_of(connection, site.code)
        grading = sites.grading_of(connection, site.code)
        assert identification.in_force(connection, site.code) == new
    assert [c.state for c in kept] == [ConclusionState.IN_FORCE, ConclusionState.SUPERSEDED]
    assert (kept[1].id, kept[1].superseded_by) == (old.id, new.id)
    assert grading["grade"] is Grade.HIGH
    assert rows(book, "conclusions") == {"conclusions": 7}


def test_a_new_draft_takes_the_place_of_the_old_draft(book, site):
    old, _ = propose(book, a_report(site))
    book.clock.tick()
    new, _ = propose(book, a_report(site, report_no="B-8"))
    with book.reading() as connection:
        states = {c.id: c.state for c in identification.conclusions_of(connection, site.code)}
    assert states == {old.id: ConclusionState.SUPERSEDED, new.id: ConclusionState.DRAFT}


def test_radioactive_waste_leaves_the_scheme(book, other, site):
    in_force(book, other, site, nature=WasteNature.RADIOACTIVE, radioactivity_bq_g=2.4)
    with book.reading() as connection:
        assert sites.grading_of(connection, site.code)["grade"] is Grade.OUT_OF_SCHEME


def test_what_is_not_there_or_of_tomorrow_is_refused_and_leaves_nothing(book, site):
    before = everything(book)
    with pytest.raises(NotInRegister):
        sign(book, uuid4())
    with pytest.raises(NotInRegister):
        propose(book, a_report(replace(site, code="150203-W99999-X")))
    with pytest.raises(DateInFuture):
        propose(book, a_report(site, concluded_on=date(2026, 6, 20)))
    assert everything(book) == before


def test_a_site_that_became_another_gets_no_conclusion(book, other, site):
    waiting, _ = propose(book, a_report(site))
    sign(book, waiting.id)
    survivor = list_site(book, outline=square(109.7015, 40.70))
    book.clock.tick()
    merge_sites(book, Merge(uuid4(), (survivor.code, site.code), survivor.code, None, "同一堆体"))
    with pytest.raises(LineageRefused):
        propose(book, a_report(site))
    with pytest.raises(LineageRefused):
        review(other, waiting.id, True, "同意")


def test_conclusions_of_a_past_day_stand_as_they_stood(book, other, site):
    first = in_force(book, other, site)
    then = book.clock()
    book.clock.tick(days=1)
    second = in_force(book, other, site, nature=WasteNature.CLASS_I, leach_multiple=0.5)
    with book.reading() as connection:
        (held,) = identification.conclusions_of(connection, site.code, then)
        now = identification.conclusions_of(connection, site.code)
    assert (held.id, held.state) == (first.id, ConclusionState.IN_FORCE)
    assert [(one.id, one.state) for one in now] == [
        (second.id, ConclusionState.IN_FORCE),
        (first.id, ConclusionState.SUPERSEDED),
    ]
