"""A hundred increments' results in a file, to a signed class II and a grade that says why."""

import time
from uuid import uuid4

import pytest

from api.lab_files import read_batch
from gis.domain.identification.conclusion import (
    ConclusionIncomplete,
    ConclusionSent,
    EvidenceMoved,
    NotInDoubt,
    OutcomeOpen,
)
from gis.domain.sampling.result_problems import ResultFault, ResultsRefused
from gis.domain.terms import (
    ConclusionBasis,
    ConclusionState,
    LeachMethod,
    WasteClass,
    WasteNature,
)
from gis.exports.result_sheet import asked_tests
from gis.ledger import Book, places
from gis.ledger.identification import propose, review, sign
from gis.ledger.results import check_results, file_results, withdraw_results
from gis.rules import standards
from gis.store import identification, sites
from tests.ledger.looking import rows
from tests.makers import Clock, a_district, list_site, open_book
from tests.makers_results import a_plan, write_results


@pytest.fixture
def book(database_url):
    with open_book(database_url, Clock()) as book:
        places.add_district(book, a_district())
        yield book


@pytest.fixture
def other(book):
    return Book(book.engine, "李工", book.clock)


@pytest.fixture
def site(book):
    return list_site(book, mass_t=1.2e5, height_m=6.0, waste_class=WasteClass.SW01)


def the_file(tmp_path, planned, **said):
    path = tmp_path / "results.xlsx"
    write_results(path, *planned, **said)
    return read_batch(path, "检测报告.xlsx", uuid4(), planned[0].code)


def asked(site, plan, **changes):
    said = {
        "id": uuid4(),
        "site_code": site.code,
        "plan_code": plan.code,
        "basis": ConclusionBasis.IDENTIFICATION,
        "nature": WasteNature.UNIDENTIFIED,
        "waste_class": None,
        "concluded_on": None,
        "leach_multiple": None,
        "radioactivity_bq_g": None,
        "laboratory": None,
        "report_no": None,
        "reason": "",
        "is_solid_waste": True,
        "is_listed": False,
        "hw_code": None,
        "excluded": [],
    }
    return ConclusionSent(**(said | changes))


def test_a_file_of_a_hundred_increments_becomes_class_ii(book, other, site, tmp_path):
    planned = a_plan(book, site.code)
    sent = the_file(tmp_path, planned, over=30)
    assert (len(planned[1]), sent.problems) == (100, ())
    batch, _ = file_results(book, sent)
    assert batch.results == len(sent.lines) > 3000

    draft, _ = propose(book, asked(site, planned[0]))
    assert (draft.nature, draft.state) == (WasteNature.CLASS_II, ConclusionState.DRAFT)
    assert draft.leach_multiple == pytest.approx(1.83)
    assert draft.radioactivity_bq_g == pytest.approx(0.2)
    (over,) = {
        check["name_zh"]
        for step in draft.finding["steps"]
        for check in step["checks"]
        if check["n_over"]
    }
    assert "氟" in over
    book.clock.tick()
    signed = sign(book, draft.id)
    assert "REQ-class-fluoride" in signed.unchecked, "a proposal nobody has compared with a text"
    assert not any(row.startswith("GB18599-3") for row in signed.unchecked), "read in the text"
    book.clock.tick()
    review(other, draft.id, True, "同意")
    with book.reading() as connection:
        held = sites.site(connection, site.code)
        graded = sites.grading_of(connection, site.code)
    assert held.nature is WasteNature.CLASS_II
    values = {k: v for r in graded["decision"]["reasons"] for k, v in r["value"].items()}
    assert values["nature"] == "CLASS_II"
    assert values["leach_multiple"] == pytest.approx(1.83)


def test_everything_under_its_limit_is_class_i(book, site, tmp_path):
    planned = a_plan(book, site.code)
    file_results(book, the_file(tmp_path, planned, over=0))
    draft, _ = propose(book, asked(site, planned[0]))
    assert draft.nature is WasteNature.CLASS_I
    assert draft.leach_multiple < 1


def test_what_is_missing_is_named_and_keeps_a_signature_away(book, site, tmp_path):
    planned = a_plan(book, site.code)
    nothing, _ = propose(book, asked(site, planned[0]))
    with pytest.raises(OutcomeOpen) as refused:
        sign(book, nothing.id)
    assert "应测 100 份" in refused.value.sentence("zh-CN")
    with pytest.raises(NotInDoubt):
        expert = asked(
            site,
            planned[0],
            basis=ConclusionBasis.EXPERT,
            nature=WasteNature.CLASS_I,
            reason="凭经验",
        )
        propose(book, expert)
    file_results(book, the_file(tmp_path, planned))
    unasked, _ = propose(book, asked(site, planned[0], is_listed=None))
    with pytest.raises(OutcomeOpen, match="national list"):
        sign(book, unasked.id)


def test_results_that_moved_after_the_draft_keep_a_signature_away(book, other, site, tmp_path):
    planned = a_plan(book, site.code)
    batch, _ = file_results(book, the_file(tmp_path, planned))
    draft, _ = propose(book, asked(site, planned[0]))
    sign(book, draft.id)
    withdraw_results(book, batch.id, "单位填错")
    with pytest.raises(EvidenceMoved):
        review(other, draft.id, True, "")
    returned = review(other, draft.id, False, "结果已撤回")
    assert returned.state is ConclusionState.RETURNED


def test_three_bad_rows_among_thousands_are_three_lines_and_nothing_is_loaded(book, site, tmp_path):
    planned = a_plan(book, site.code)
    bad = {
        500: {"样品编号": f"{planned[0].code}-777"},
        1500: {"检测值": -3},
        2500: {"单位": "Bq/g"},
    }
    began = time.monotonic()
    sent = the_file(tmp_path, planned, changes=bad)
    problems = check_results(book, sent)
    assert time.monotonic() - began < 20
    assert [(one.row, one.fault) for one in problems] == [
        (500, ResultFault.UNKNOWN_SAMPLE),
        (1500, ResultFault.NEGATIVE),
        (2500, ResultFault.UNIT_UNFIT),
    ]
    with pytest.raises(ResultsRefused):
        file_results(book, sent)
    assert rows(book, "lab_batches", "lab_results") == {"lab_batches": 0, "lab_results": 0}
    with book.reading() as connection:
        assert identification.results_of(connection, planned[0].code) == []


def test_what_the_text_leaves_in_doubt_an_expert_decides_with_a_reason(book, other, tmp_path):
    """HJ 298-2019 table 3, n = 5: one increment over the limit is in doubt (2007: 1, 2019: 2)."""
    site = list_site(book, mass_t=4.0, height_m=0.4, waste_class=WasteClass.SW02)
    planned = a_plan(book, site.code)
    assert planned[0].n_planned == 5
    row = next(
        row
        for row, test in enumerate(asked_tests(*planned, standards.current()), start=2)
        if (test.analyte, test.leach_method) == ("cu", LeachMethod.HJ_T_299)
    )
    file_results(book, the_file(tmp_path, planned, over=0, changes={row: {"检测值": 120.0}}))
    doubtful, _ = propose(book, asked(site, planned[0]))
    assert doubtful.finding["outcome"] == "DOUBTFUL"
    with pytest.raises(OutcomeOpen):
        sign(book, doubtful.id)
    expert = {"basis": ConclusionBasis.EXPERT, "nature": WasteNature.HAZARDOUS}
    book.clock.tick()
    with pytest.raises(ConclusionIncomplete):
        propose(book, asked(site, planned[0], **expert))
    drawn, _ = propose(book, asked(site, planned[0], **expert, reason="按从严原则认定"))
    sign(book, drawn.id)
    book.clock.tick()
    assert review(other, drawn.id, True, "").nature is WasteNature.HAZARDOUS
