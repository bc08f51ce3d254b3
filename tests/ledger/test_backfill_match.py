"""A match of what the register holds: lawful pairs only, why the rest stays, what-if, plans."""

from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest
from shapely import LineString

from gis.domain.backfill.allocation import MatchAsked, Reclassified, WhatIf
from gis.domain.backfill.errors import PlanMoved, WhatIfUnfit
from gis.domain.people.accounts import Sight
from gis.domain.people.sight_errors import WholeDistrictOnly
from gis.domain.sites.errors import IdReused
from gis.domain.terms import (
    HaulBasis,
    LayerKind,
    MatchAim,
    PairStanding,
    Unplaced,
    WasteNature,
)
from gis.ledger import Book, places
from gis.ledger.backfill_book import book_load
from gis.ledger.backfill_plans import compare, proved, save_plan
from gis.store import backfill, log, sight
from tests.makers import a_layer, square
from tests.makers_backfill import a_load, list_pile, list_pit

ASKED = MatchAsked("150203")


def compared(book, what=None, asked=ASKED):
    with book.reading() as connection:
        return compare(connection, asked, what or WhatIf(), book.clock())


@pytest.fixture
def ground(book):
    """Two piles of gangue, a pile nobody identified, a near pit and a far one."""
    piles = [
        list_pile(book, name="近堆", outline=square(109.700, 40.70)),
        list_pile(book, name="远堆", outline=square(109.690, 40.70)),
        list_pile(book, name="未鉴别", nature=WasteNature.UNIDENTIFIED),
    ]
    pits = [
        list_pit(book, name="近坑", volume_m3=600.0, outline=square(109.705, 40.70)),
        list_pit(book, name="远坑", volume_m3=5000.0, outline=square(109.780, 40.70)),
        list_pit(book, name="未测坑", volume_m3=None),
        list_pit(book, name="河坑", around={"in_river_zone": True}),
    ]
    book.clock.tick()
    return [site.code for site in piles], [site.code for site in pits]


def moved(match):
    return {(f["pile"], f["pit"]): f["tonnes"] for f in match.result["flows"]}


def test_everything_lawful_moves_by_the_least_haul_and_the_rest_says_why_it_stays(book, ground):
    (near, far, unknown), (close, away, unsurveyed, wet) = ground
    match = compared(book).base
    flows = moved(match)
    assert sum(flows.values()) == pytest.approx(2000, abs=0.5)
    usable_t = 600 * 0.9 * 1.9
    assert flows[near, close] + flows.get((far, close), 0) == pytest.approx(usable_t, abs=1)
    pits = {one["code"]: one for one in match.result["pits"]}
    assert pits[close]["is_full"] and not pits[away]["is_full"]
    assert pits[close]["saves_per_m3"] > 0 and pits[away]["saves_per_m3"] == 0
    piles = {one["code"]: one for one in match.result["piles"]}
    assert piles[unknown]["why"] is Unplaced.NO_LAWFUL_PIT and piles[unknown]["moved_t"] == 0
    assert match.pairs.counts[PairStanding.REFUSED] == 3
    assert match.pairs.counts[PairStanding.LAWFUL] == 6
    assert {flow["haul"] for flow in match.result["flows"]} == {HaulBasis.NO_ROADS}
    nearest = match.result["nearest_first"]
    assert nearest["tonnes"] <= match.result["totals"]["tonnes"] + 0.1
    assert {pits[unsurveyed]["tonnes"], pits[wet]["tonnes"]} == {0}


def test_roads_are_followed_where_a_layer_is_in_force(book, ground):
    road = LineString([(109.68, 40.701), (109.80, 40.701)])
    places.add_layer(book, *a_layer(LayerKind.ROAD, road))
    book.clock.tick()
    match = compared(book).base
    assert {flow["haul"] for flow in match.result["flows"]} == {HaulBasis.ROAD}
    assert match.pairs.ground.road_layers


def test_what_if_is_set_beside_what_is_and_stores_nothing(book, ground):
    (near, far, unknown), (close, away, *_) = ground
    with book.reading() as connection:
        before = log.head(connection).seq
    closed = compared(book, WhatIf(closed=(close,)))
    assert all(pit == away for _, pit in moved(closed.changed))
    assert {(row["pile"], row["pit"]) for row in closed.moves} >= {(near, close), (near, away)}
    assert sum(row["after_t"] - row["before_t"] for row in closed.moves) == pytest.approx(0, abs=1)
    better = Reclassified(nature=WasteNature.CLASS_I)
    known = compared(book, WhatIf(reclassified={unknown: better}))
    assert sum(moved(known.changed).values()) == pytest.approx(3000, abs=1)
    worse = compared(book, WhatIf(reclassified={near: Reclassified(WasteNature.HAZARDOUS)}))
    assert not any(pile == near for pile, _ in moved(worse.changed))
    small = compared(book, WhatIf(volumes_m3={close: 0.0, away: 100.0}))
    assert sum(moved(small.changed).values()) == pytest.approx(171, abs=0.5)
    left = {one["code"]: one["why"] for one in small.changed.result["piles"]}
    assert left[near] is Unplaced.PITS_FULL
    poor = compared(book, WhatIf(budget_yuan=5000.0))
    assert poor.changed.result["totals"]["yuan"] == pytest.approx(5000, abs=5)
    assert Unplaced.BUDGET in {one["why"] for one in poor.changed.result["piles"]}
    assert poor.changed.result["budget_more"] > 0
    with book.reading() as connection:
        assert log.head(connection).seq == before
        assert backfill.plans(connection, "150203") == []


@pytest.mark.parametrize(
    "what",
    [
        WhatIf(closed=("150203-M99999-X",)),
        WhatIf(volumes_m3={"150203-M99999-X": 1.0}),
        WhatIf(budget_yuan=-1.0),
        WhatIf(budget_yuan=float("nan")),
    ],
)
def test_a_what_if_of_nothing_here_is_refused(book, ground, what):
    with pytest.raises(WhatIfUnfit):
        compared(book, what)


def test_a_negative_volume_or_mass_is_refused(book, ground):
    (near, *_), (close, *_) = ground
    for what in (WhatIf(volumes_m3={close: -1.0}), WhatIf(masses_t={near: -1.0})):
        with pytest.raises(WhatIfUnfit):
            compared(book, what)


def test_what_was_tipped_is_gone_from_the_pile_and_the_room(book, ground):
    (near, *_), (close, *_) = ground
    pairs = compared(book).base.pairs.ground
    pit = next(one for one in pairs.pits if one.code == close)
    sent = replace(a_load(pit, None), source_code=near, tonnes=190.0, tipped_on=date(2026, 6, 10))
    book_load(book, sent)
    book.clock.tick()
    after = compared(book).base.pairs.ground
    assert next(one for one in after.pits if one.code == close).free_volume_m3 == 500.0
    assert next(one for one in after.piles if one.code == near).mass_t == 810.0


def test_risk_goes_by_the_points_of_the_grade_and_the_budget(book, ground):
    asked = MatchAsked("150203", MatchAim.RISK_PER_YUAN, 6000.0)
    totals = compared(book, asked=asked).base.result["totals"]
    assert totals["yuan"] <= 6001 and totals["risk"] > 0 and totals["risk_per_wan_yuan"] > 0


def test_a_plan_is_kept_once_and_solves_again_to_the_same(book, ground):
    (_, _, _), (close, *_) = ground
    asked = (uuid4(), "关近坑", ASKED, WhatIf(closed=(close,)))
    plan, is_new = save_plan(book, *asked, book.clock())
    assert is_new and plan.is_demo
    again, is_again_new = save_plan(book, *asked, book.clock())
    assert not is_again_new and again.inputs_sha256 == plan.inputs_sha256
    with pytest.raises(IdReused):
        save_plan(book, plan.id, "别名", ASKED, WhatIf(), book.clock())
    with book.reading() as connection:
        kept = backfill.kept_plan(connection, plan.id)
    assert proved(kept)["flows"] == kept.result["flows"]
    touched = replace(kept, inputs=kept.inputs | {"yuan_per_t": 0.0})
    with pytest.raises(PlanMoved):
        proved(touched)
    elsewhere = Book(sight.bound(book.engine, Sight(towns=("昆北街道",))), "他镇", book.clock)
    with pytest.raises(WholeDistrictOnly):
        save_plan(elsewhere, uuid4(), "x", ASKED, WhatIf(), book.clock())


def test_the_same_facts_of_the_same_moment_give_the_same_bytes(book, ground):
    one, two = compared(book).base, compared(book).base
    assert one.inputs_sha256 == two.inputs_sha256 and one.result == two.result


def test_a_limited_account_matches_its_own_sites_only(book, ground):
    elsewhere = Book(sight.bound(book.engine, Sight(towns=("昆北街道",))), "他镇", book.clock)
    assert compared(elsewhere).base.pairs.ground.piles == ()
    own = Book(sight.bound(book.engine, Sight(towns=("昆河镇",))), "本镇", book.clock)
    assert len(compared(own).base.pairs.ground.piles) == 3


def test_an_empty_district_matches_to_nothing(book):
    result = compared(book).base.result
    assert result["flows"] == [] and result["totals"]["km_per_t"] is None
