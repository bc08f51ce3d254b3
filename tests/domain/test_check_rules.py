"""A rule speaks of what is known only; a mass follows from its parts, or is refused."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gis.domain.checks.rules import OPS, Condition, condition_of, mass_of, shown, volume_of
from gis.domain.terms import HeapShape, WasteClass
from gis.rules import field_check as form

sizes = st.floats(1e-3, 1e7, allow_nan=False)
unfit = st.one_of(st.floats(max_value=0), st.sampled_from([math.nan, math.inf, -math.inf]))
shapes, classes = st.sampled_from(HeapShape), st.sampled_from(WasteClass)


@given(sizes, sizes, st.floats(0.01, 1))
def test_a_volume_is_factor_times_area_times_height(area, height, factor):
    assert volume_of(area, height, factor) == pytest.approx(factor * area * height)
    assert volume_of(area, height, factor) <= area * height * (1 + 1e-9)


@given(sizes, sizes, sizes, shapes, classes)
def test_a_higher_heap_weighs_more_and_twice_the_ground_twice_as_much(a, low, more, shape, waste):
    rules = form.current()
    one = rules.mass_t(a, low, shape, waste)
    if one is None:
        assert waste is WasteClass.NONE
        return
    assert rules.mass_t(a, low + more, shape, waste) >= one
    assert rules.mass_t(2 * a, low, shape, waste) == pytest.approx(2 * one)


@given(unfit, sizes)
def test_what_is_no_size_is_refused(bad, good):
    for values in ((bad, good, 0.5), (good, bad, 0.5), (good, good, bad)):
        with pytest.raises(ValueError):
            volume_of(*values)
    with pytest.raises(ValueError):
        mass_of(bad, good)


def test_the_units_are_square_metres_metres_and_tonnes():
    ash = form.current().mass_t(30_000, 10, HeapShape.CONE, WasteClass.SW02)
    assert ash == pytest.approx(30_000 * 10 / 3 * 0.9, rel=1e-3)


def test_every_class_of_waste_and_every_shape_has_its_number_with_a_source():
    rules = form.current()
    assert {one.waste_class for one in rules.densities} == {*WasteClass} - {WasteClass.NONE}
    assert {one.id for one in rules.shapes} == {*HeapShape}
    assert all(0.1 <= one.t_m3 <= 3 and one.source for one in rules.densities)
    assert all(0 < one.factor <= 1 and one.source for one in rules.shapes)


@pytest.mark.parametrize("op", sorted(OPS - {"missing"}))
@pytest.mark.parametrize("facts", [{}, {"fact": None}, {"fact": ""}])
def test_a_comparison_with_what_is_not_known_does_not_hold(op, facts):
    value = [1] if op in {"in", "not_in"} else 1
    assert not Condition("fact", op, value).holds(facts)
    assert Condition("fact", "missing").holds(facts)


@pytest.mark.parametrize(
    "said", [["a", "lt"], ["a", "missing", 1], ["a", "about", 1], ["a", "is", 1, 2]]
)
def test_a_condition_that_is_none_is_refused(said):
    with pytest.raises(ValueError):
        condition_of(said)


def test_yes_is_not_one():
    assert not Condition("a", "is", True).holds({"a": 1})
    assert not Condition("a", "gt", 0).holds({"a": True})
    assert not Condition("a", "in", [True]).holds({"a": 1})


@pytest.mark.parametrize(
    ("value", "text"), [(0.05, "0.1"), (0.25, "0.3"), (2.0, "2"), (1234.56, "1234.6"), (None, "")]
)
def test_numbers_are_shown_as_the_phone_shows_them(value, text):
    assert shown(value) == text
