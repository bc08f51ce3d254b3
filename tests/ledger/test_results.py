"""Results files: whole or not at all, once, and withdrawn whole."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest

from gis.domain.errors import NotInRegister
from gis.domain.sampling.custody import CustodySent
from gis.domain.sampling.design import PlanAsked
from gis.domain.sampling.errors import PlanOpen
from gis.domain.sampling.lab_batch import BatchIdReused, BatchWithdrawn, WithdrawalUnexplained
from gis.domain.sampling.result_problems import Problem, ResultFault, ResultsRefused
from gis.domain.terms import CustodyStep
from gis.ledger.results import check_results, file_results, withdraw_results
from gis.ledger.sampling import plan_sampling, record_custody
from gis.store import identification
from tests.ledger.looking import everything, rows, verbs
from tests.makers import list_site
from tests.makers_results import a_batch, a_line, a_plan


@pytest.fixture
def site(book):
    return list_site(book, mass_t=1e5, height_m=6.0)


@pytest.fixture
def planned(book, site):
    return a_plan(book, site.code)


@pytest.fixture
def plan(planned):
    return planned[0]


@pytest.fixture
def codes(planned):
    return [one.code for one in planned[1]]


def stored(book, plan):
    with book.reading() as connection:
        return identification.results_of(connection, plan.code)


def test_a_file_is_filed_whole_with_its_batch(book, site, plan, codes):
    assert len(codes) == 100
    sent = a_batch(plan.code, *(a_line(code) for code in codes))
    assert check_results(book, sent) == []
    batch, is_new = file_results(book, sent)
    assert is_new
    assert (batch.site_code, batch.results, batch.recorded_by) == (site.code, 100, "王工")
    found = stored(book, plan)
    assert {one.increment_code for one in found} == set(codes)
    assert {one.batch_id for one in found} == {batch.id}
    assert (found[0].value, found[0].raw_value, found[0].laboratory) == (3.0, "3", "演示实验室")
    assert verbs(book)[-1] == "file_results"


def test_one_bad_line_keeps_all_out(book, plan, codes):
    lines = [a_line(code) for code in codes]
    lines[50] = a_line(f"{plan.code}-999", row=52)
    before = everything(book)
    with pytest.raises(ResultsRefused) as refused:
        file_results(book, a_batch(plan.code, *lines))
    (problem,) = refused.value.problems
    assert (problem.row, problem.fault) == (52, ResultFault.UNKNOWN_SAMPLE)
    assert everything(book) == before


def test_what_the_reading_found_keeps_all_out_as_well(book, plan, codes):
    read = Problem(9, "C9", "检测值", "多", ResultFault.NOT_A_NUMBER)
    sent = a_batch(plan.code, a_line(codes[0]), problems=(read,))
    assert check_results(book, sent) == [read]
    with pytest.raises(ResultsRefused):
        file_results(book, sent)
    assert stored(book, plan) == []


def test_the_same_file_is_the_same_batch_under_any_id(book, plan, codes):
    sent = a_batch(plan.code, a_line(codes[0]))
    first, _ = file_results(book, sent)
    before = everything(book)
    assert file_results(book, sent) == (first, False)
    assert file_results(book, replace(sent, id=uuid4(), file_name="改名.xlsx")) == (first, False)
    with pytest.raises(BatchIdReused):
        file_results(book, replace(sent, file_sha256="0" * 64))
    assert everything(book) == before


def test_the_same_file_sent_by_four_at_once_is_one_batch(book, plan, codes):
    lines = [a_line(code) for code in codes[:20]]
    sent = a_batch(plan.code, *lines)
    with ThreadPoolExecutor(4) as pool:
        filed = list(pool.map(lambda _: file_results(book, replace(sent, id=uuid4())), range(4)))
    assert len({batch.id for batch, _ in filed}) == 1
    assert sorted(is_new for _, is_new in filed) == [False, False, False, True]
    assert rows(book, "lab_batches", "lab_results") == {"lab_batches": 1, "lab_results": 20}


def test_a_second_result_for_one_analyte_is_refused_by_the_file_that_has_it(book, plan, codes):
    file_results(book, a_batch(plan.code, a_line(codes[0]), file_name="六月.xlsx"))
    (problem,) = check_results(book, a_batch(plan.code, a_line(codes[0], value=4.0)))
    assert problem.fault is ResultFault.STORED and "六月.xlsx" in problem.zh


def test_a_withdrawn_batch_speaks_no_more_and_its_file_may_come_again(book, plan, codes):
    sent = a_batch(plan.code, a_line(codes[0]))
    batch, _ = file_results(book, sent)
    with pytest.raises(WithdrawalUnexplained):
        withdraw_results(book, batch.id, " ")
    taken_back = withdraw_results(book, batch.id, "单位填错")
    assert (taken_back.withdrawn_by, taken_back.withdrawn_reason) == ("王工", "单位填错")
    assert stored(book, plan) == []
    assert rows(book, "lab_results") == {"lab_results": 1}, "kept, though silent"
    with pytest.raises(BatchWithdrawn):
        withdraw_results(book, batch.id, "再次")
    again, is_new = file_results(book, replace(sent, id=uuid4()))
    assert is_new and again.id != batch.id
    assert len(stored(book, plan)) == 1


def test_a_result_from_before_the_sample_was_taken_is_refused(book, plan, codes):
    taken_at = book.clock() - timedelta(days=1)
    step = CustodySent(
        id=uuid4(),
        step=CustodyStep.TAKEN,
        codes=(codes[0],),
        at=taken_at,
        by="采样员",
        reason="定位设备故障",
    )
    record_custody(book, step)
    early = a_batch(plan.code, a_line(codes[0], tested_on=date(2026, 6, 1)))
    (problem,) = check_results(book, early)
    assert problem.fault is ResultFault.BEFORE_TAKEN and "2026-06-18" in problem.en
    assert check_results(book, a_batch(plan.code, a_line(codes[0]))) == []


def test_a_plan_or_batch_that_is_not_there(book):
    with pytest.raises(NotInRegister):
        file_results(book, a_batch("150203-W00001-D-P9"))
    with pytest.raises(NotInRegister):
        withdraw_results(book, uuid4(), "不存在")


def test_a_plan_with_results_is_begun_until_they_are_taken_back(book, site, plan, codes):
    batch, _ = file_results(book, a_batch(plan.code, a_line(codes[0])))
    again = PlanAsked(uuid4(), site.code)
    with pytest.raises(PlanOpen):
        plan_sampling(book, again)
    withdraw_results(book, batch.id, "样品弄混")
    assert plan_sampling(book, again)[0].number == 2


def test_another_sheet_of_the_same_file_is_filed_too(book, plan, codes):
    first = a_batch(plan.code, a_line(codes[0]))
    second = replace(first, id=uuid4(), lines=(a_line(codes[1]),))
    one, _ = file_results(book, first)
    other, is_new = file_results(book, second)
    assert is_new and other.id != one.id
    assert {line.increment_code for line in stored(book, plan)} == set(codes[:2])
    again = replace(second, id=uuid4())
    assert file_results(book, again) == (other, False), "the same sheet is the same batch"
    with pytest.raises(BatchIdReused):
        file_results(book, replace(first, lines=(a_line(codes[2]),)))
