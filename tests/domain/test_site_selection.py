"""Which sites are sampled: only those of task 5, each stratum heard, the same draw again."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gis.domain.sampling.errors import NobodyToSelect, SelectionTooSmall, ShareUnfit
from gis.domain.sampling.site_selection import Selectable, SelectionAsked, select
from gis.domain.terms import (
    Allocation,
    Responsibility,
    SiteKind,
    SizeBy,
    Stratifier,
    WasteClass,
    WasteNature,
    WhySampled,
)
from gis.rules import sampling as rules

RULES = rules.current()


def site(number: int = 1, **changes) -> Selectable:
    known = {
        "code": f"150203-W{number:05d}-X",
        "name": f"{number}号渣堆",
        "kind": SiteKind.WASTE_PILE,
        "waste_class": WasteClass.SW01,
        "nature": WasteNature.UNIDENTIFIED,
        "responsibility": Responsibility.OWNERLESS,
        "mass_t": 2_000.0,
        "reach": None,
    }
    return Selectable(**known | changes)


def asked(**changes) -> SelectionAsked:
    plain = {
        "id": UUID(int=1),
        "district_code": "150203",
        "by": (Stratifier.KIND,),
        "size_by": SizeBy.ALL,
        "size": None,
        "allocation": Allocation.PROPORTIONAL,
        "seed": 42,
    }
    return SelectionAsked(**plain | changes)


def drawn(sites, **changes):
    return select(asked(**changes), sites, RULES)


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({}, ["NOBODY_RESPONSIBLE", "NATURE_UNKNOWN"]),
        ({"responsibility": Responsibility.OWNER}, ["NATURE_UNKNOWN"]),
        (
            {"responsibility": Responsibility.UNCLEAR, "nature": WasteNature.CLASS_I},
            ["NOBODY_RESPONSIBLE"],
        ),
        ({"responsibility": Responsibility.OWNER, "waste_class": WasteClass.UNIDENTIFIED,
          "nature": WasteNature.CLASS_II}, ["CLASS_UNKNOWN"]),
        ({"responsibility": Responsibility.OWNER, "nature": WasteNature.CLASS_II}, []),
        ({"waste_class": WasteClass.NONE}, []),
        ({"nature": WasteNature.NO_WASTE}, []),
    ],
)  # fmt: skip
def test_task_5_sends_the_ownerless_and_the_unknown_to_sampling(changes, why):
    assert site(**changes).why_sampled() == [WhySampled(word) for word in why]


def test_all_of_them_with_reason_number_cost_and_days():
    result = drawn([site(1), site(2, mass_t=None), site(3, mass_t=20.0), site(4, **OWNED)])
    assert [pick["code"][-4:] for pick in result.picks] == ["01-X", "02-X", "03-X"]
    assert [pick["n_table"] for pick in result.picks] == [100, None, 8]
    assert result.picks[0]["why"] == ["NOBODY_RESPONSIBLE", "NATURE_UNKNOWN"]
    assert (result.population, result.unsized) == (3, 1)
    assert result.cost_yuan == sum(pick["cost_yuan"] or 0 for pick in result.picks) > 0
    assert result.days == 5


OWNED = {"responsibility": Responsibility.OWNER, "nature": WasteNature.CLASS_I}
MANY = [
    site(
        number,
        kind=[SiteKind.WASTE_PILE, SiteKind.CONSTRUCTION_PILE, SiteKind.TAILINGS_POND][number % 3],
        mass_t=[None, 20.0, 700.0, 90_000.0][number % 4],
        reach=["昆都仑河", None][number % 2],
    )
    for number in range(1, 61)
]


def test_the_same_seed_draws_the_same_sites_and_another_seed_others():
    some = {"size_by": SizeBy.NUMBER, "size": 12}
    first = drawn(MANY, **some)
    assert drawn(MANY[::-1], **some) == first
    assert drawn(MANY, **some, seed=43).picks != first.picks
    assert len(first.picks) == 12


@given(
    by=st.lists(st.sampled_from(list(Stratifier)), max_size=5, unique=True),
    share=st.floats(0.5, 1),
    allocation=st.sampled_from(list(Allocation)),
    seed=st.integers(0, 10**9),
)
def test_every_stratum_is_heard_and_none_gives_more_than_it_has(by, share, allocation, seed):
    result = drawn(
        MANY, by=tuple(by), size_by=SizeBy.SHARE, size=share, allocation=allocation, seed=seed
    )
    for number, stratum in enumerate(result.strata):
        mine = [pick for pick in result.picks if pick["stratum"] == number]
        assert 1 <= len(mine) == stratum["drawn"] <= stratum["population"]
    assert sum(stratum["population"] for stratum in result.strata) == result.population == 60
    assert len({pick["code"] for pick in result.picks}) == len(result.picks) >= 30


def test_proportional_goes_by_number_and_neyman_by_spread():
    alike = [site(n, mass_t=1_000.0 + n % 2) for n in range(1, 31)]
    mixed = [site(n, kind=SiteKind.SAND_PIT, mass_t=float(n) ** 3) for n in range(31, 61)]
    sizes = {
        allocation: [
            stratum["drawn"]
            for stratum in drawn(
                alike + mixed, size_by=SizeBy.NUMBER, size=20, allocation=allocation
            ).strata
        ]
        for allocation in Allocation
    }
    assert sizes[Allocation.PROPORTIONAL] == [10, 10]
    assert sizes[Allocation.NEYMAN] == [19, 1]


@pytest.mark.parametrize(
    ("size_by", "size"), [(SizeBy.NUMBER, 2), (SizeBy.SHARE, 0.01), (SizeBy.NUMBER, None)]
)
def test_fewer_sites_than_strata_are_refused(size_by, size):
    with pytest.raises(SelectionTooSmall) as caught:
        drawn(MANY, size_by=size_by, size=size)
    assert caught.value.facts["strata"] == 3


def test_a_share_is_no_more_than_all():
    assert len(drawn(MANY, size_by=SizeBy.SHARE, size=1).picks) > 0
    with pytest.raises(ShareUnfit):
        drawn(MANY, size_by=SizeBy.SHARE, size=2)


def test_a_district_without_such_sites_has_nothing_to_draw():
    with pytest.raises(NobodyToSelect):
        drawn([site(**OWNED)])
