"""Merging and splitting: what holds of the whole, and what parts may be."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gis.domain.sites.errors import LineageRefused
from gis.domain.sites.lineage import are_apart, merged, part_of, require_on_list, require_parts
from gis.domain.terms import Responsibility, SiteState, WasteNature
from tests.makers import NOON, a_site, square

EAST = square(109.702)
FAR = square(109.75)


def test_the_whole_holds_the_ground_and_mass_of_all():
    whole = merged(a_site(mass_t=100.0), [a_site(mass_t=50.0, outline=EAST)], NOON)
    assert whole.mass_t == 150.0
    assert whole.outline.area == pytest.approx(2 * square().area)
    assert whole.version == 2


def test_what_the_parts_do_not_share_is_unknown_of_the_whole():
    one = a_site(mass_t=100.0, is_bare=True, has_dust_control=True)
    other = a_site(mass_t=None, is_bare=True, has_dust_control=None, outline=EAST)
    whole = merged(one, [other], NOON)
    assert (whole.mass_t, whole.mass_basis) == (None, None)
    assert (whole.is_bare, whole.has_dust_control) == (True, None)


def test_parties_that_differ_leave_it_unclear():
    owner = a_site(responsibility=Responsibility.OWNER, responsible_party="甲厂")
    whole = merged(owner, [a_site(outline=EAST)], NOON)
    assert (whole.responsibility, whole.responsible_party) == (Responsibility.UNCLEAR, None)


@given(st.lists(st.sampled_from(list(WasteNature)), min_size=2, max_size=4))
def test_a_merge_never_loses_a_hazard_nor_spares_an_identification(natures):
    first, *rest = (a_site(nature=nature) for nature in natures)
    nature = merged(first, rest, NOON).nature
    for worst in (WasteNature.RADIOACTIVE, WasteNature.HAZARDOUS):
        if worst in natures:
            assert nature is worst
            return
    assert nature is (natures[0] if len(set(natures)) == 1 else WasteNature.UNIDENTIFIED)


def test_outlines_apart():
    assert not are_apart([square(), EAST, square(109.704)])
    assert not are_apart([square(), square(109.704), EAST])
    assert are_apart([square(), EAST, FAR])


def test_a_part_knows_nothing_that_was_measured_of_the_whole():
    origin = a_site(mass_t=900.0, height_m=9.0, state=SiteState.IN_REMEDIATION, is_bare=True)
    part = part_of(origin, "150203-W00002-B", "东块", EAST, NOON)
    assert (part.mass_t, part.height_m, part.version) == (None, None, 1)
    assert (part.state, part.is_bare, part.name) == (SiteState.LISTED, True, "东块")


@pytest.mark.parametrize(
    "parts",
    [[square()], [square(), square()], [square(size=0.001), FAR]],
    ids=["one", "overlapping", "elsewhere"],
)
def test_parts_that_do_not_do(parts):
    with pytest.raises(LineageRefused):
        require_parts(a_site(), parts)


def test_parts_that_share_an_edge_do():
    require_parts(a_site(), [square(size=0.001), square(109.701, size=0.001)])


@pytest.mark.parametrize("state", [SiteState.MERGED, SiteState.SPLIT])
def test_a_site_that_left_the_list_stays_as_it_is(state):
    with pytest.raises(LineageRefused, match=state.en):
        require_on_list(a_site(state=state))
