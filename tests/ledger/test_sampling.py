"""Draws, plans and custody as the ledger keeps them: once, whole, in their order."""

import json
import time
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from uuid import uuid4

import pytest
from shapely import Point

from gis.domain.errors import DateInFuture, DateTooEarly, NotInRegister
from gis.domain.sampling.custody import CustodySent
from gis.domain.sampling.design import PlanAsked
from gis.domain.sampling.errors import (
    CustodyIdReused,
    CustodyIncomplete,
    CustodyOrder,
    CustodyTimeBackwards,
    IncrementUnknown,
    MassUnknown,
    NobodyToSelect,
    PlanEnded,
    PlanIdReused,
    PlanOpen,
    TakenOutside,
)
from gis.domain.sampling.sampling_plan import state_of
from gis.domain.sampling.site_selection import SelectionAsked
from gis.domain.terms import Allocation, CustodyStep, PlanState, SizeBy, Stratifier, WasteClass
from gis.ledger.sampling import end_plan, plan_sampling, record_custody, select_sites
from gis.ledger.sites import correct_site
from gis.store import log, sampling
from tests.ledger.looking import everything, rows, verbs
from tests.makers import KUNDULUN, list_site, square


@pytest.fixture
def site(book):
    listed = list_site(book, mass_t=40.0, height_m=1.0)
    book.clock.tick()
    return listed


@pytest.fixture
def plan(book, site):
    made, _ = plan_sampling(book, PlanAsked(uuid4(), site.code, seed=1))
    book.clock.tick()
    return made


def increments(book, plan):
    with book.reading() as connection:
        return sampling.increments(connection, plan.code)


def state(book, plan) -> PlanState:
    with book.reading() as connection:
        reached = sampling.progress(connection, [plan.code])[plan.code]
        return state_of(sampling.plan(connection, plan.code), reached)


def taken(book, *some, **changes) -> CustodySent:
    sent = CustodySent(
        id=uuid4(),
        step=CustodyStep.TAKEN,
        codes=tuple(one.code for one in some),
        at=book.clock() - timedelta(seconds=30),
        by="李采样",
        lon=some[0].lon if some else 109.701,
        lat=some[0].lat if some else 40.701,
        accuracy_m=5.0,
    )
    return replace(sent, **changes)


def later(sent, step, **changes) -> CustodySent:
    nowhere = {"lon": None, "lat": None, "accuracy_m": None}
    return replace(sent, id=uuid4(), step=step, **nowhere | changes)


def test_a_plan_is_stored_with_its_increments_inside_the_outline(book, site, plan):
    some = increments(book, plan)
    assert (plan.code, plan.n_table, plan.n_planned, plan.cells) == (f"{site.code}-P1", 13, 14, 70)
    assert [one.code for one in some] == [f"{plan.code}-{k:03d}" for k in range(1, 15)]
    assert all(site.outline.contains(Point(one.lon, one.lat)) for one in some)
    assert plan.cell_area_m2 == pytest.approx(square().area / 70 * 84_400 * 111_050, rel=0.01)
    assert (plan.site_version, plan.planned_by, plan.outline) == (1, "王工", site.outline)
    with book.reading() as connection:
        assert sampling.plan(connection, plan.code) == plan
        found = sampling.increments_by_code(connection, [some[0].code, "150203-W00009-X-P1-001"])
        assert found == {some[0].code: some[0]}
        assert [line["verb"] for line in log.history(connection, site.code)][-1] == "plan_sampling"
    assert state(book, plan) is PlanState.PLANNED


def test_the_same_seed_makes_the_same_bytes(book, site):
    def content(plan):
        bare = [(i.number, i.cell, i.layer, i.lon, i.lat) for i in increments(book, plan)]
        return json.dumps([plan.seed, plan.n_planned, plan.cost_yuan, bare])

    plans = [plan_sampling(book, PlanAsked(uuid4(), site.code, seed=s))[0] for s in (3, 3, 4)]
    one, again, other = map(content, plans)
    assert one == again != other


def test_a_hundred_increments_are_planned_in_well_under_a_second(book):
    site = list_site(book, mass_t=50_000.0, outline=square(size=0.0011))
    began = time.process_time()
    plan, _ = plan_sampling(book, PlanAsked(uuid4(), site.code))
    assert time.process_time() - began < 1
    assert (plan.n_planned, rows(book, "increments")) == (100, {"increments": 100})


def test_the_same_request_five_times_is_one_plan(book, site):
    asked = PlanAsked(uuid4(), site.code)
    first, is_new = plan_sampling(book, asked)
    before = everything(book)
    assert is_new
    for _ in range(4):
        book.clock.tick()
        assert plan_sampling(book, asked) == (first, False)
    with pytest.raises(PlanIdReused):
        plan_sampling(book, replace(asked, mass_t=7.0))
    assert everything(book) == before


def test_a_plan_nobody_began_gives_way_and_one_begun_must_be_ended(book, site, plan):
    second, _ = plan_sampling(book, PlanAsked(uuid4(), site.code))
    assert (second.code[-3:], state(book, plan)) == ("-P2", PlanState.ENDED)
    with book.reading() as connection:
        assert second.code in sampling.plan(connection, plan.code).ended_reason
    record_custody(book, taken(book, increments(book, second)[0]))
    with pytest.raises(PlanOpen):
        plan_sampling(book, PlanAsked(uuid4(), site.code))
    other, _ = plan_sampling(book, PlanAsked(uuid4(), site.code, waste_kind=WasteClass.SW05))
    assert other.number == 3
    ended = end_plan(book, second.code, "天气原因")
    assert (ended.ended_by, ended.ended_reason) == ("王工", "天气原因")
    assert end_plan(book, second.code, "再次") == ended
    with pytest.raises(PlanEnded):
        record_custody(book, taken(book, increments(book, second)[1]))
    record_custody(book, later(taken(book, increments(book, second)[0]), CustodyStep.SEALED))
    assert plan_sampling(book, PlanAsked(uuid4(), site.code))[0].number == 4
    assert {"plan_sampling", "end_plan", "record_custody"} <= set(verbs(book))


def test_a_plan_keeps_the_outline_it_was_made_on(book, site, plan):
    correct_site(book, site.code, outline=square(109.72))
    with book.reading() as connection:
        assert sampling.plan(connection, plan.code).outline == site.outline


def test_without_mass_and_height_there_is_no_plan(book):
    site = list_site(book)
    before = everything(book)
    with pytest.raises(MassUnknown):
        plan_sampling(book, PlanAsked(uuid4(), site.code))
    with pytest.raises(NotInRegister):
        plan_sampling(book, PlanAsked(uuid4(), "150203-W99999-Z"))
    assert everything(book) == before


def test_a_chain_of_custody_from_the_pile_to_the_laboratory(book, plan):
    some = increments(book, plan)
    sent = taken(book, *some)
    events, is_new = record_custody(book, sent)
    assert is_new and [event.increment_code for event in events] == [one.code for one in some]
    assert events[0].off_m == 0.0 and events[-1].off_m > 0
    assert state(book, plan) is PlanState.STARTED
    record_custody(book, later(sent, CustodyStep.SEALED))
    record_custody(book, later(sent, CustodyStep.HANDED_OVER, party="区监测站 赵司机"))
    received = later(sent, CustodyStep.RECEIVED, party="市监测中心", seal_is_whole=False, by="钱")
    record_custody(book, received)
    assert state(book, plan) is PlanState.RECEIVED
    with book.reading() as connection:
        chain = sampling.custody(connection, [some[3].code])[some[3].code]
    assert [event.step for event in chain] == list(CustodyStep)
    assert (chain[-1].party, chain[-1].seal_is_whole, chain[-1].by) == ("市监测中心", False, "钱")
    with pytest.raises(CustodyOrder):
        record_custody(book, later(received, CustodyStep.RECEIVED, seal_is_whole=True))


def test_the_same_record_again_is_harmless_and_another_under_its_id_refused(book, plan):
    sent = taken(book, *increments(book, plan)[:3])
    first, _ = record_custody(book, sent)
    before = everything(book)
    again = replace(sent, codes=sent.codes[::-1])
    assert record_custody(book, again) == (first, False)
    with pytest.raises(CustodyIdReused):
        record_custody(book, replace(sent, by="别人"))
    assert everything(book) == before


@pytest.mark.parametrize("step", [s for s in CustodyStep if s is not CustodyStep.TAKEN])
def test_no_step_before_its_turn(book, plan, step):
    sent = later(taken(book, increments(book, plan)[0]), step, party="甲", seal_is_whole=True)
    with pytest.raises(CustodyOrder) as caught:
        record_custody(book, sent)
    assert "尚未采样" in caught.value.sentence("zh-CN")


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"codes": ()}, CustodyIncomplete),
        ({"by": " "}, CustodyIncomplete),
        ({"accuracy_m": None}, CustodyIncomplete),
        ({"codes": ("150203-W00009-X-P1-001",)}, IncrementUnknown),
        ({"lon": 109.71}, TakenOutside),
        ({"at": "tomorrow"}, DateInFuture),
    ],
)
def test_what_cannot_stand_leaves_nothing(book, plan, change, error):
    if "at" in change:
        change = {"at": book.clock() + timedelta(minutes=11)}
    before = everything(book)
    with pytest.raises(error):
        record_custody(book, taken(book, *increments(book, plan)[:2], **change))
    assert everything(book) == before


def test_one_wrong_code_in_a_batch_stops_the_whole_batch(book, plan):
    one, two, *_ = increments(book, plan)
    record_custody(book, taken(book, one))
    before = everything(book)
    with pytest.raises(CustodyOrder):
        record_custody(book, taken(book, two, one))
    assert everything(book) == before


def test_outside_counts_beyond_the_accuracy_and_a_reason_lets_it_stand(book, plan):
    one, two, three, *_ = increments(book, plan)
    edge = plan.outline.bounds[2] + 0.0001  # some 8.4 m to the east of it
    record_custody(book, taken(book, one, lon=edge, lat=40.701, accuracy_m=10.0))
    off = taken(book, two, lon=edge, lat=40.701, accuracy_m=5.0)
    with pytest.raises(TakenOutside) as caught:
        record_custody(book, off)
    assert caught.value.facts["off_m"] == 8
    events, _ = record_custody(book, replace(off, reason="堆体东扩"))
    assert events[0].reason == "堆体东扩"
    record_custody(book, taken(book, three, lon=None, lat=None, reason="峡谷无信号"))


def test_a_step_cannot_lie_before_the_one_it_follows(book, plan):
    sent = taken(book, increments(book, plan)[0])
    record_custody(book, sent)
    with pytest.raises(CustodyTimeBackwards):
        early = sent.at - timedelta(seconds=1)
        record_custody(book, later(sent, CustodyStep.SEALED, at=early))


def selection(**changes) -> SelectionAsked:
    by = (Stratifier.KIND, Stratifier.MASS_BAND)
    asked = SelectionAsked(uuid4(), KUNDULUN, by, SizeBy.ALL, None, Allocation.PROPORTIONAL, seed=9)
    return replace(asked, **changes)


def test_a_draw_is_kept_with_what_makes_it_again(book):
    with pytest.raises(NobodyToSelect):
        select_sites(book, selection())
    for number in range(6):
        list_site(book, mass_t=[None, 20.0, 5_000.0][number % 3])
    asked = selection()
    first, is_new = select_sites(book, asked)
    assert is_new and (first.population, len(first.picks), first.unsized) == (6, 6, 2)
    assert [stratum["drawn"] for stratum in first.strata] == [2, 2, 2]
    assert select_sites(book, asked) == (first, False)
    with pytest.raises(PlanIdReused):
        select_sites(book, replace(asked, seed=10))
    drawn = [select_sites(book, selection(size_by=SizeBy.NUMBER, size=4))[0] for _ in range(2)]
    assert drawn[0].picks == drawn[1].picks and len(drawn[0].picks) == 4
    with book.reading() as connection:
        kept = sampling.selections(connection, KUNDULUN)
        assert sampling.selection(connection, first.id) == first
    assert len(kept) == 3 and "select_sites" in verbs(book)


def test_a_moment_no_clock_can_say_is_refused_and_the_plan_stays_readable(book, plan):
    first = increments(book, plan)[0]
    east = timezone(timedelta(hours=8))
    for moment in (datetime(1, 1, 1, tzinfo=east), datetime(1969, 12, 31, tzinfo=east)):
        with pytest.raises(DateTooEarly):
            record_custody(book, taken(book, first, at=moment))
    with book.reading() as connection:
        assert sampling.custody(connection, [first.code]) == {}


def test_blanks_are_no_reason_to_take_a_sample_off_the_pile(book, plan):
    first = increments(book, plan)[0]
    far = taken(book, first, lon=109.62, lat=40.61, reason="  ")
    with pytest.raises(TakenOutside):
        record_custody(book, far)
    with pytest.raises(CustodyIncomplete):
        record_custody(book, replace(far, lon=None, lat=None, accuracy_m=None))
