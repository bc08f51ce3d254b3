"""Which waste may go into which pit, by which clause, and what has to be found out first."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gis.domain.backfill.pairs import Judge
from gis.domain.terms import (
    BackfillMaterial,
    BackfillPaper,
    PairStanding,
    PitVoid,
    SiteState,
    WasteClass,
    WasteNature,
)
from gis.rules import backfill
from tests.makers_backfill import a_pile, a_pit, an_assessment

RULES = backfill.current().rules
JUDGE = Judge(RULES)


def standing(pile=None, pit=None, assessment=None):
    return JUDGE.judge(pile or a_pile(), pit or a_pit(), assessment)


def clauses(verdict):
    return {backfill.current().rule(reason.rule).clause for reason in verdict.reasons}


def test_class_one_gangue_fills_a_coal_pit_by_clause_8_1():
    verdict = standing()
    assert verdict.standing is PairStanding.LAWFUL
    assert clauses(verdict) == {"8.1"}
    assert ("pit.void", PitVoid.COAL_PIT) in verdict.reasons[0].facts


@pytest.mark.parametrize(
    ("material", "void", "same_area", "wanted"),
    [
        ("FLY_ASH", "COAL_GOAF", True, PairStanding.LAWFUL),
        ("FLY_ASH", "COAL_PIT", True, PairStanding.NEEDS_ASSESSMENT),
        ("GANGUE", "COAL_GOAF", False, PairStanding.LAWFUL),
        ("GANGUE", "ORE_PIT", True, PairStanding.NEEDS_ASSESSMENT),
        ("TAILINGS", "ORE_PIT", True, PairStanding.LAWFUL),
        ("TAILINGS", "ORE_PIT", False, PairStanding.NEEDS_ASSESSMENT),
        ("TAILINGS", "SAND_PIT", True, PairStanding.NEEDS_ASSESSMENT),
        ("WASTE_ROCK", "ORE_PIT", True, PairStanding.LAWFUL),
        ("SLAG", "ORE_PIT", True, PairStanding.NEEDS_ASSESSMENT),
    ],
)
def test_clause_8_1_names_its_pairs_and_no_others(material, void, same_area, wanted):
    pile = a_pile(material=BackfillMaterial.of(material), mining_area="甲矿")
    pit = a_pit(void=PitVoid.of(void), mining_area="甲矿" if same_area else "乙矿")
    assert standing(pile, pit).standing is wanted


def test_class_two_is_never_lawful_without_the_papers_of_8_2():
    pile = a_pile(nature=WasteNature.CLASS_II)
    verdict = standing(pile)
    assert verdict.standing is PairStanding.NEEDS_ASSESSMENT
    assert set(verdict.missing) == {
        *(BackfillPaper.BASELINE, BackfillPaper.RISK, BackfillPaper.MONITORING)
    }
    assert clauses(verdict) == {"8.2"}
    approved = an_assessment()
    assert standing(pile, assessment=approved).standing is PairStanding.ASSESSED
    assert standing(pile, assessment=approved).assessment_id == approved.id
    proposed = replace(approved, approved_at=None, approved_by=None)
    assert standing(pile, assessment=proposed).missing == verdict.missing
    assert standing(pile, assessment=proposed).standing is PairStanding.NEEDS_ASSESSMENT
    some = replace(approved, papers={"BASELINE": str(UUID(int=1))})
    assert standing(pile, assessment=some).standing is PairStanding.NEEDS_ASSESSMENT


@pytest.mark.parametrize(
    "pile",
    [
        a_pile(nature=WasteNature.HAZARDOUS),
        a_pile(waste_class=WasteClass.HW),
        a_pile(nature=WasteNature.RADIOACTIVE),
        a_pile(radioactivity_bq_g=1.2),
        a_pile(radioactivity_bq_g=1.2, material=None),
        a_pile(nature=WasteNature.DOMESTIC),
        a_pile(nature=WasteNature.MIXED),
        a_pile(material=BackfillMaterial.RENOVATION, nature=WasteNature.CONSTRUCTION),
    ],
)
def test_what_must_never_be_tipped_is_refused_also_with_an_assessment(pile):
    verdict = standing(pile, assessment=an_assessment())
    assert verdict.standing is PairStanding.REFUSED
    assert verdict.reasons and all(reason.is_known for reason in verdict.reasons)


@pytest.mark.parametrize(
    "pit",
    [
        a_pit(in_river_zone=True),
        a_pit(protected_land="INSIDE"),
        a_pit(red_line_distance_m=0.0),
        a_pit(farmland_distance_m=0.0),
        a_pit(reserve_distance_m=0.0),
        a_pit(source_zone="LEVEL_1_2"),
        a_pit(source_level="QUASI"),
        a_pit(is_filling_open=False),
        a_pit(state=SiteState.CLOSED),
    ],
)
def test_a_pit_where_nothing_may_be_tipped_is_refused(pit):
    assert standing(pit=pit, assessment=an_assessment()).standing is PairStanding.REFUSED


@pytest.mark.parametrize(
    ("pile", "pit"),
    [
        (a_pile(nature=WasteNature.UNIDENTIFIED), a_pit()),
        (a_pile(radioactivity_bq_g=None), a_pit()),
        (a_pile(material=None), a_pit()),
        (a_pile(), a_pit(void=None)),
        (a_pile(), a_pit(in_river_zone=None)),
        (a_pile(), a_pit(protected_land=None)),
        (a_pile(), a_pit(source_zone=None)),
        (a_pile(material=BackfillMaterial.TAILINGS, mining_area=None), a_pit(void=PitVoid.ORE_PIT)),
    ],
)
def test_what_is_not_known_is_to_be_found_out_and_never_guessed(pile, pit):
    verdict = standing(pile, pit)
    assert verdict.standing is PairStanding.IDENTIFY_FIRST
    for reason in verdict.reasons:
        assert not reason.is_known and backfill.current().rule(reason.rule).find_zh


def test_a_refusal_names_every_rule_and_the_fact_that_decided():
    pile = a_pile(nature=WasteNature.HAZARDOUS)
    verdict = standing(pile, a_pit(in_river_zone=True))
    assert [reason.rule for reason in verdict.reasons] == ["BF-HW", "BF-WATER"]
    assert verdict.reasons[1].facts == (("pit.in_river_zone", True),)


def test_a_pit_cannot_be_filled_with_itself():
    assert standing(a_pile(code=a_pit().code)).standing is PairStanding.REFUSED


def test_soil_fills_a_sand_pit_and_rubble_needs_its_approval():
    soil = a_pile(
        waste_class=WasteClass.SW70,
        material=BackfillMaterial.SOIL,
        nature=WasteNature.CONSTRUCTION,
        radioactivity_bq_g=None,
    )
    sand_pit = a_pit(void=PitVoid.SAND_PIT)
    assert standing(soil, sand_pit).standing is PairStanding.LAWFUL
    rubble = replace(soil, waste_class=WasteClass.SW73, material=BackfillMaterial.RUBBLE)
    verdict = standing(rubble, sand_pit)
    assert verdict.missing == (BackfillPaper.DISPOSAL_APPROVAL,)
    paper = replace(an_assessment(), papers={"DISPOSAL_APPROVAL": str(UUID(int=4))})
    assert standing(rubble, sand_pit, paper).standing is PairStanding.ASSESSED


def test_rows_that_were_not_read_decide_nothing_and_say_so():
    text = backfill.BACKFILL_FILE.read_text(encoding="utf-8")
    assert text.count("DB15/T 2763-2022") >= 3
    assert not any("2763" in rule.standard for rule in RULES)
    unread = [rule for rule in RULES if rule.certainty != "read"]
    assert unread and all(rule.source for rule in unread)


@given(
    nature=st.sampled_from(WasteNature),
    material=st.sampled_from([None, *BackfillMaterial]),
    void=st.sampled_from([None, *PitVoid]),
    activity=st.sampled_from([None, 0.2, 1.0, 1.01, 5.0]),
    in_zone=st.sampled_from([None, True, False]),
    protected=st.sampled_from([None, "INSIDE", "NEAR", "NONE"]),
    area=st.sampled_from([None, "甲矿", "乙矿"]),
    is_assessed=st.booleans(),
)
def test_nothing_that_must_not_be_tipped_is_ever_open(
    nature, material, void, activity, in_zone, protected, area, is_assessed
):
    pile = a_pile(nature=nature, material=material, radioactivity_bq_g=activity, mining_area=area)
    pit = a_pit(void=void, in_river_zone=in_zone, protected_land=protected)
    verdict = standing(pile, pit, an_assessment() if is_assessed else None)
    assert verdict.reasons
    if verdict.standing.is_open:
        assert nature not in {
            *(WasteNature.HAZARDOUS, WasteNature.RADIOACTIVE, WasteNature.DOMESTIC),
            *(WasteNature.MIXED, WasteNature.UNIDENTIFIED, WasteNature.NO_WASTE),
        }
        assert activity is None or activity <= 1
        assert in_zone is False and protected != "INSIDE" and protected is not None
    if verdict.standing is PairStanding.LAWFUL and material is not BackfillMaterial.SOIL:
        assert nature is WasteNature.CLASS_I and activity is not None


def test_a_density_of_nothing_is_refused():
    text = backfill.BACKFILL_FILE.read_text(encoding="utf-8")
    with pytest.raises(backfill.DensityUnfit, match="cannot weigh 0"):
        backfill.parse(text.replace("compacted_t_m3 = 1.2\n", "compacted_t_m3 = 0\n", 1))


def test_swell_and_compaction_follow_from_the_densities():
    ash = backfill.current().densities[BackfillMaterial.FLY_ASH]
    assert ash.swell == pytest.approx(1.1 / 0.75)
    assert ash.compaction == pytest.approx(0.75 / 1.2)
    assert a_pit().surveyed_on == date(2026, 5, 1)
