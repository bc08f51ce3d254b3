"""A restored mine: units with their tables, no acceptance with an open line, after-care by day."""

from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest

from gis.domain.errors import DateInFuture, NotInRegister
from gis.domain.pits.after_care import CareSent, calendar
from gis.domain.pits.restoration import acceptance
from gis.domain.pits.restoration_errors import (
    AcceptanceOpen,
    CareUnknown,
    MineCodesClash,
    NoMine,
    TargetUnfit,
    UnitAccepted,
    UnitOutside,
    UnitStale,
)
from gis.domain.sites.errors import IdReused
from gis.domain.terms import (
    CareResult,
    Direction,
    Fulfilment,
    Indicator,
    MineClass,
    MineSubclass,
    SiteKind,
)
from gis.ledger.restoration import (
    accept_unit,
    end_unit,
    record_care,
    record_value,
    set_mine,
    set_unit,
)
from gis.rules import restoration as rules
from gis.store import restoration
from tests.makers import list_site, square
from tests.makers_pits import GOOD, a_mine, a_unit, a_value


@pytest.fixture
def pit(book):
    return list_site(book, kind=SiteKind.MINE_PIT, name="一号坑")


def table_of(book, unit):
    with book.reading() as connection:
        values = restoration.values_of(connection, [unit.id])[unit.id]
    newest = restoration.newest_values(values)
    return {
        one.requirement.indicator: one for one in acceptance(unit, rules.requirements(), newest)
    }


def fulfil(book, pit, unit, **other):
    for name, value in (GOOD | other).items():
        record_value(book, pit.code, a_value(unit.id, Indicator.of(name), value))


def test_no_acceptance_while_a_line_is_open_and_unknown_is_never_met(book, pit):
    unit, _ = set_unit(book, a_unit(pit.code))
    assert {line.state for line in table_of(book, unit).values()} == {Fulfilment.NOT_MEASURED}
    with pytest.raises(AcceptanceOpen):
        accept_unit(book, pit.code, unit.id, date(2026, 6, 1))
    fulfil(book, pit, unit, SOIL=12)
    assert table_of(book, unit)[Indicator.SOIL].state is Fulfilment.NOT_MET
    with pytest.raises(AcceptanceOpen) as caught:
        accept_unit(book, pit.code, unit.id, date(2026, 6, 1))
    assert caught.value.facts["open_zh"] == "覆土厚度（未达到）"
    book.clock.tick()
    record_value(book, pit.code, a_value(unit.id, Indicator.SOIL, 30))
    accepted = accept_unit(book, pit.code, unit.id, date(2026, 6, 1))
    assert accept_unit(book, pit.code, unit.id, date(2026, 6, 1)) == accepted
    with pytest.raises(UnitAccepted):
        set_unit(book, replace(a_unit(pit.code), id=unit.id, name="改名"))
    with pytest.raises(UnitAccepted):
        end_unit(book, pit.code, unit.id, "不要了")


def test_a_target_that_nobody_stated_stays_open(book, pit):
    unit, _ = set_unit(book, a_unit(pit.code, direction=Direction.CONVERTED, targets={}))
    assert table_of(book, unit)[Indicator.BACKFILLED].state is Fulfilment.NOT_STATED
    assert Indicator.FVC_RATIO not in table_of(book, unit)
    fulfil(book, pit, unit)
    with pytest.raises(AcceptanceOpen):
        accept_unit(book, pit.code, unit.id, date(2026, 6, 1))


def test_without_waste_no_wells_and_where_nobody_knows_they_count(book, pit):
    dry, _ = set_unit(book, a_unit(pit.code, has_waste=False))
    unknown, _ = set_unit(book, a_unit(pit.code, has_waste=None, name="乙"))
    assert Indicator.WELLS not in table_of(book, dry)
    assert Indicator.WELLS in table_of(book, unknown)


def test_after_care_runs_from_the_day_of_acceptance_and_is_recorded_by_duty(book, pit):
    unit, _ = set_unit(book, a_unit(pit.code))
    fulfil(book, pit, unit)
    unit = accept_unit(book, pit.code, unit.id, date(2025, 11, 30))
    duties = calendar(unit, unit.accepted_on, rules.duties(), {}, date(2026, 6, 19))
    by_rule = {one.rule.id: one for one in reversed(duties)}
    assert by_rule["CARE-WELLS"].due_on == date(2026, 5, 30)
    assert by_rule["CARE-WELLS"].state.value == "RED"
    assert by_rule["CARE-SOIL"].due_on == date(2028, 11, 30)
    assert [one.due_on for one in duties][0] == date(2026, 2, 28)
    sent = CareSent(
        id=uuid4(),
        unit_id=unit.id,
        rule_id="CARE-WELLS",
        due_on=date(2026, 5, 30),
        done_on=date(2026, 6, 10),
        result=CareResult.SOUND,
        finding="三眼井均达标",
    )
    first, is_new = record_care(book, pit.code, sent)
    assert is_new and record_care(book, pit.code, sent) == (first, False)
    with pytest.raises(IdReused):
        record_care(book, pit.code, replace(sent, finding="别的"))
    for wrong, error in (
        ({"due_on": date(2026, 5, 31)}, CareUnknown),
        ({"rule_id": "CARE-X"}, CareUnknown),
        ({"done_on": date(2027, 1, 1)}, DateInFuture),
    ):
        with pytest.raises(error):
            record_care(book, pit.code, replace(sent, id=uuid4(), **wrong))
    with book.reading() as connection:
        records = restoration.care_of(connection, [unit.id])[unit.id]
        assert restoration.accepted_units(connection, "150203") == [unit]
    again = calendar(unit, unit.accepted_on, rules.duties(), records, date(2026, 6, 19))
    states = {(one.rule.id, one.due_on): one.state.value for one in again}
    assert states["CARE-WELLS", date(2026, 5, 30)] == "DONE"
    assert states["CARE-WELLS", date(2026, 11, 30)] == "ON_TIME"
    assert states["CARE-VISIT", date(2026, 5, 30)] == "RED"


@pytest.mark.parametrize(
    ("indicator", "value"),
    [(Indicator.SURVIVAL, 101), (Indicator.SLOPE, 91), (Indicator.SOIL, -1), (Indicator.AREA, -3)],
)
def test_figures_that_cannot_be_are_refused(book, pit, indicator, value):
    unit, _ = set_unit(book, a_unit(pit.code))
    with pytest.raises(TargetUnfit):
        record_value(book, pit.code, a_value(unit.id, indicator, value))
    with pytest.raises(TargetUnfit):
        set_unit(book, a_unit(pit.code, targets={indicator.value: value}))


def test_a_part_lies_in_its_site_and_a_unit_in_a_mine(book, pit):
    inside, _ = set_unit(book, a_unit(pit.code, outline=square(109.7005, 40.7005, 0.001)))
    assert inside.version == 1
    with pytest.raises(UnitOutside):
        set_unit(book, a_unit(pit.code, outline=square(109.701, 40.7, 0.002)))
    heap = list_site(book, name="渣堆")
    with pytest.raises(NoMine):
        set_unit(book, a_unit(heap.code))
    with pytest.raises(NotInRegister):
        record_value(book, heap.code, a_value(inside.id, Indicator.SOIL, 30))


def test_a_unit_is_changed_by_version_and_taken_off_with_a_reason(book, pit):
    sent = a_unit(pit.code)
    first, _ = set_unit(book, sent)
    assert set_unit(book, sent) == (first, False)
    book.clock.tick()
    second, _ = set_unit(book, replace(sent, name="东坡"), seen_version=1)
    assert second.version == 2
    with pytest.raises(UnitStale):
        set_unit(book, replace(sent, name="西坡"), seen_version=1)
    book.clock.tick()
    end_unit(book, pit.code, sent.id, "并入其他单元")
    with book.reading() as connection:
        assert restoration.units_of(connection, pit.code) == []
        assert restoration.units_of(connection, pit.code, second.recorded_at) == [second]


def test_the_surveys_row_is_kept_by_its_codes(book, pit):
    sent = a_mine(pit.code)
    first, is_new = set_mine(book, sent)
    assert is_new and set_mine(book, sent) == (first, False)
    assert first.mine_class is MineClass.LEGACY and first.mine_class.zh == "历史遗留矿山"
    book.clock.tick()
    set_mine(book, replace(sent, obligor="某公司"))
    with book.reading() as connection:
        assert restoration.mine_of(connection, pit.code).version == 2
        assert restoration.mine_of(connection, pit.code, first.recorded_at) == first
    with pytest.raises(MineCodesClash):
        set_mine(book, replace(sent, subclass=MineSubclass.WORKING))
