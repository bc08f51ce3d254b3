"""How many, how much, how deep, at what cost: HJ 298-2019, and what is refused."""

from collections import Counter
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gis.domain.sampling.design import PlanAsked, design, lay_out
from gis.domain.sampling.errors import (
    FewerThanTable,
    LayersTooFew,
    MassUnknown,
    NothingToSample,
    ReductionReasonMissing,
    ReductionTooLow,
    ReductionUnknown,
)
from gis.domain.sampling.rules import RuleKind
from gis.domain.sampling.sampling_plan import SamplingPlan
from gis.domain.terms import WasteClass, WasteNature
from gis.rules import sampling as rules
from tests.makers import a_site

RULES = rules.current()
ID = UUID(int=7)


def made(site=None, **asked):
    return design(PlanAsked(ID, "150203-W00001-D", **asked), site or a_site(mass_t=50_000.0), RULES)


@pytest.mark.parametrize(
    ("mass_t", "n"),
    [
        *((0.1, 5), (3, 5), (5, 5), (5.01, 8), (20, 8), (25, 8), (40, 13), (50, 13), (80, 20)),
        *((90, 20), (120, 32), (150, 32), (400, 50), (500, 50), (900, 80), (1000, 80)),
        *((1000.1, 100), (1500, 100), (3_000_000, 100)),
    ],
)
def test_table_1_decides_by_the_stacked_mass(mass_t, n):
    one = made(mass_t=mass_t, height_m=0.4)
    assert (one.n_table, one.n_planned, one.cells) == (n, n, 5 * n)
    assert "HJ298-4.2.2" in one.rests_on and "HJ298-5N" in one.rests_on


def test_the_mass_is_as_given_or_as_listed_or_from_the_height_and_never_guessed():
    listed = a_site(mass_t=800.0, mass_basis="航测", area_m2=1_000.0)
    assert (made(listed).mass_t, made(listed).mass_basis) == (800.0, "航测")
    assert made(listed, mass_t=30.0, mass_basis="地磅").mass_basis == "地磅"
    unknown = a_site(mass_t=None, height_m=None, area_m2=100.0)
    with pytest.raises(MassUnknown) as caught:
        made(unknown)
    assert "堆存量（t）或堆高（m）" in caught.value.sentence("zh-CN")
    assert "mass (t) or the height (m)" in caught.value.sentence("en")
    guessed = made(unknown, height_m=2.0)
    assert (guessed.mass_t, guessed.n_table) == (400.0, 50)
    assert "QF-DENSITY" in guessed.rests_on and "2" in guessed.mass_basis


def test_a_place_without_waste_is_not_sampled():
    for site in (a_site(waste_class=WasteClass.NONE), a_site(nature=WasteNature.NO_WASTE)):
        with pytest.raises(NothingToSample):
            made(site, mass_t=10.0)


@pytest.mark.parametrize(
    ("height_m", "layers"),
    [(None, 2), (0.3, 1), (0.5, 1), (0.51, 2), (6, 2), (6.1, 3), (9.5, 4), (80, 5)],
)
def test_stacks_above_half_a_metre_are_layered(height_m, layers):
    assert made(height_m=height_m, mass_t=5_000.0).layers == layers


def test_layers_have_equally_many_even_if_that_is_more_than_the_table_asks():
    one = made(mass_t=40.0, height_m=4.0)
    assert (one.n_table, one.layers, one.n_planned, one.cells) == (13, 2, 14, 70)
    assert made(mass_t=40.0, height_m=4.0, layers=3).n_planned == 15
    with pytest.raises(LayersTooFew):
        made(mass_t=40.0, height_m=4.0, layers=1)


@pytest.mark.parametrize(
    ("grain_cm", "grams"), [(0.2, 500), (0.5, 500), (0.6, 1000), (1, 1000), (5, 2000), (None, 2000)]
)
def test_table_2_decides_the_mass_of_one_by_its_grain(grain_cm, grams):
    assert made(grain_cm=grain_cm).increment_mass_g == grams


def test_fewer_than_the_table_needs_a_clause_its_reason_and_its_minimum():
    with pytest.raises(FewerThanTable) as caught:
        made(number=99)
    assert caught.value.facts == {"asked": 99, "least": 100}
    with pytest.raises(ReductionReasonMissing):
        made(number=20, reduction="HJ298-4.2.4f")
    with pytest.raises(ReductionReasonMissing):
        made(number=20, reduction="HJ298-4.2.4f", reduction_reason="  ")
    with pytest.raises(ReductionTooLow) as low:
        made(number=4, reduction="HJ298-4.2.4f", reduction_reason="夜间倾倒", height_m=0.4)
    assert "4.2.4 f)" in low.value.sentence("zh-CN")
    with pytest.raises(ReductionUnknown):
        made(number=20, reduction="HJ298-9", reduction_reason="x")
    fewer = made(number=20, reduction="HJ298-4.2.4f", reduction_reason="夜间倾倒", height_m=0.4)
    assert (fewer.n_table, fewer.n_planned) == (100, 20)
    assert "HJ298-4.2.4f" in fewer.rests_on
    least = made(reduction="HJ298-4.2.4f", reduction_reason="夜间倾倒", height_m=0.4)
    assert least.n_planned == 5


def test_a_plan_below_the_table_carries_the_stricter_verdict():
    def plan(n_planned: int) -> SamplingPlan:
        fields = dict.fromkeys(SamplingPlan.__dataclass_fields__)
        return SamplingPlan(**fields | {"n_table": 100, "n_planned": n_planned})

    assert plan(20).is_strict and not plan(100).is_strict and not plan(104).is_strict


def test_cost_and_days_follow_the_rates():
    one = made(height_m=0.4)
    value = {row.kind: row.value for row in RULES.rows}
    each = value[RuleKind.COST_TAKING] + value[RuleKind.COST_LABORATORY]
    assert one.cost_yuan == value[RuleKind.COST_SITE] + 100 * each
    assert one.days == 100 / value[RuleKind.PER_DAY]


def laid(one, seed=11):
    points = [(109.7 + k / 1e5, 40.7) for k in range(one.cells)]
    return lay_out("S-P1", "S", one, seed, points)


def test_increments_are_drawn_from_the_cells_and_dealt_to_the_layers():
    increments = laid(made(height_m=6.0))
    assert [one.code for one in increments[:2]] == ["S-P1-001", "S-P1-002"]
    assert len({one.cell for one in increments}) == 100
    assert [one.cell for one in increments] == sorted(one.cell for one in increments)
    assert Counter(one.layer for one in increments) == {1: 50, 2: 50}
    assert {(one.layer, one.depth_from_m, one.depth_to_m) for one in increments} == {
        (1, 0.0, 3.0),
        (2, 3.0, 6.0),
    }
    assert {one.depth_to_m for one in laid(made(a_site(mass_t=9e4, height_m=None)))} == {None}


def test_the_same_seed_is_the_same_plan_and_another_seed_another():
    one = made()
    assert laid(one, 5) == laid(one, 5) != laid(one, 6)
    assert [i.cell for i in laid(one, 5)][:5] == [2, 14, 18, 22, 23]  # as long as the program lives


@given(st.floats(0.01, 1e6), st.floats(0.01, 1e6))
def test_more_mass_never_needs_fewer(one, other):
    less, more = sorted((one, other))
    assert made(mass_t=less).n_planned <= made(mass_t=more).n_planned


@given(
    st.floats(0.01, 1e5),
    st.one_of(st.none(), st.floats(0.01, 60)),
    st.one_of(st.none(), st.integers(100, 400)),
)
def test_each_layer_has_equally_many_and_never_fewer_than_the_table(mass_t, height_m, number):
    one = made(mass_t=mass_t, height_m=height_m, number=number)
    counts = Counter(increment.layer for increment in laid(one))
    assert len(set(counts.values())) == 1 and len(counts) == one.layers
    assert one.n_planned >= max(one.n_table, number or 0)
