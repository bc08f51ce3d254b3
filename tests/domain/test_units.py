"""Units as laboratories write them, and what does not fit."""

import pytest

from gis.domain.sampling.units import FACTORS, UnitUnfit, measure, units_of
from gis.domain.terms import Quantity
from gis.rules.standards import current

ANALYTES = current().analytes


@pytest.mark.parametrize(
    ("analyte", "unit", "value", "quantity", "stored"),
    [
        ("cu", "mg/L", 0.5, Quantity.LEACHATE, 0.5),
        ("cu", "μg/L", 1500, Quantity.LEACHATE, 1.5),
        ("cu", "ug/l", 1500, Quantity.LEACHATE, 1.5),
        ("cu", "ug·L-1", 3, Quantity.LEACHATE, 0.003),
        ("cu", "mg L⁻¹", 3, Quantity.LEACHATE, 3.0),
        ("cu", "毫克/升", 3, Quantity.LEACHATE, 3.0),
        ("methyl_hg", "ng/L", 10, Quantity.LEACHATE, 0.00001),
        ("cu", "g/L", 0.1, Quantity.LEACHATE, 100.0),
        ("cu", "mg/kg", 120, Quantity.CONTENT, 120.0),
        ("cu", "µg/kg", 1200, Quantity.CONTENT, 1.2),
        ("cu", "g/kg", 1.2, Quantity.CONTENT, 1200.0),
        ("toxic_a", "%", 0.1, Quantity.CONTENT, 1000.0),
        ("pcdd_f", "µg TEQ/kg", 15, Quantity.CONTENT, 0.015),
        ("th_232", "Bq/kg", 1200, Quantity.ACTIVITY, 1.2),
        ("th_232", "Bq/g", 1.2, Quantity.ACTIVITY, 1.2),
        ("total_alpha", "Bq/L", 0.7, Quantity.LEACHATE_ACTIVITY, 0.7),
        ("ph", "无量纲", 7.1, Quantity.PH, 7.1),
        ("ph", "", 7.1, Quantity.PH, 7.1),
        ("flash_point", "℃", 55, Quantity.FLASH_POINT, 55.0),
        ("steel_corrosion", "mm/a", 6.35, Quantity.CORROSION, 6.35),
        ("colour", "倍", 40, Quantity.COLOUR, 40.0),
    ],
)
def test_a_unit_says_what_was_measured_and_converts(analyte, unit, value, quantity, stored):
    found = measure(ANALYTES[analyte], unit)
    assert (found.quantity, found.stored(value)) == (quantity, stored)


@pytest.mark.parametrize(
    ("analyte", "unit"),
    [
        *(("ph", "mg/L"), ("cu", ""), ("cu", "Bq/g"), ("th_232", "mg/L"), ("th_232", "Bq/L")),
        *(("cod", "mg/kg"), ("cu", "ppm"), ("cu", "mol/L"), ("total_alpha", "MBq/L")),
        ("toxic_cumulative", "%"),
    ],
)
def test_a_unit_that_does_not_fit_is_refused_in_words(analyte, unit):
    with pytest.raises(UnitUnfit) as refused:
        measure(ANALYTES[analyte], unit)
    assert ANALYTES[analyte].zh in refused.value.sentence("zh-CN")
    assert ANALYTES[analyte].en in refused.value.sentence("en")


def test_no_unit_means_two_things_for_one_analyte():
    for analyte in ANALYTES.values():
        units = [unit for quantity in analyte.quantities for unit in FACTORS[quantity]]
        assert len(units) == len(set(units)), analyte.id


def test_units_are_offered_as_people_write_them():
    assert units_of(ANALYTES["cu"])[:2] == ("mg/L", "mg/kg")
    assert "Bq/kg" in units_of(ANALYTES["th_232"])
    for analyte in ANALYTES.values():
        for unit in units_of(analyte):
            assert measure(analyte, unit).quantity in analyte.quantities
