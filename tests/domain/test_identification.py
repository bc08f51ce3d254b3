"""Identification: the gate, the list, the characteristics by HJ 298's count, the class."""

import json
from dataclasses import replace

import pytest

from gis.domain.identification import Finding, as_record, identify
from gis.domain.identification.standards import WrongLeachMethod
from gis.domain.sampling.lab_result import LabResult
from gis.domain.terms import (
    HAZARDS,
    IdentificationStep,
    LeachMethod,
    Outcome,
    Quantity,
    StepVerdict,
    WasteClass,
    WasteNature,
)
from gis.rules.standards import current
from tests.makers_lab import (
    a_result,
    clean_results,
    codes,
    evidence,
    for_limit,
    required_limits,
    with_result,
)

STANDARDS = current()
LIMITS = {limit.id: limit for limit in STANDARDS.limits}
TEN = codes(10)
EIGHT = codes(8)
CLEAN = clean_results(WasteClass.SW01, TEN)
HJ_299 = LeachMethod.HJ_T_299
HJ_557 = LeachMethod.HJ_557
STEP = IdentificationStep


def found(results: list[LabResult], increments: tuple[str, ...] = TEN, **said: object) -> Finding:
    return identify(evidence(results, increments, **said), STANDARDS)  # type: ignore[arg-type]


def step_of(finding: Finding, step: IdentificationStep):
    return next(one for one in finding.steps if one.step is step)


def over(row: str, increments: tuple[str, ...], times: float = 1.5) -> list[LabResult]:
    """Results over a limit in these increments."""
    return [for_limit(LIMITS[row], LIMITS[row].value * times, one) for one in increments]


def lacks(finding: Finding) -> list[str]:
    return [one.lack.value for one in finding.missing]


# -- what comes out ------------------------------------------------------------------------------


def test_everything_below_its_limit_is_class_i():
    finding = found(CLEAN)
    assert (finding.outcome, finding.nature) == (Outcome.CLASS_I, WasteNature.CLASS_I)
    assert finding.missing == () and finding.unused == {}
    assert finding.leach_multiple == pytest.approx(0.1)
    assert finding.radioactivity_bq_g == pytest.approx(0.1)
    assert [one.step for one in finding.steps] == [
        *(STEP.RADIOACTIVITY, STEP.SOLID_WASTE, STEP.LISTED, STEP.INCREMENTS, *HAZARDS, STEP.CLASS)
    ]


def test_one_increment_over_gb_8978_is_class_ii():
    finding = found(with_result(CLEAN, *over("GB8978-T4-fluoride", TEN[:1], 3.2)))
    assert (finding.outcome, finding.nature) == (Outcome.CLASS_II, WasteNature.CLASS_II)
    assert finding.leach_multiple == pytest.approx(3.2)
    step = step_of(finding, STEP.CLASS)
    assert "32 mg/L" in step.zh and "3.2 times" in step.en and "GB 18599-2020" in step.zh
    assert {"GB8978-T4-fluoride", "GB18599-3.7", "GB18599-any"} <= set(finding.rests_on)


@pytest.mark.parametrize(
    ("ph", "outcome"), [(9.4, "CLASS_II"), (5.5, "CLASS_II"), (9.0, "CLASS_I")]
)
def test_ph_outside_6_to_9_is_class_ii_and_not_hazardous(ph, outcome):
    alkaline = [
        a_result("ph", ph, TEN[2], leach, Quantity.PH)
        for leach in (HJ_557, LeachMethod.GB_T_15555_12)
    ]
    assert found(with_result(CLEAN, *alkaline)).outcome.value == outcome


@pytest.mark.parametrize(("ph", "count", "is_hazardous"), [(12.5, 3, True), (2.0, 3, True)])
def test_corrosive_by_ph_in_as_many_increments_as_table_3_says(ph, count, is_hazardous):
    results = [
        a_result("ph", ph, one, LeachMethod.GB_T_15555_12, Quantity.PH) for one in TEN[:count]
    ]
    finding = found(with_result(CLEAN, *results))
    assert (finding.outcome is Outcome.HAZARDOUS) is is_hazardous
    assert "GB5085.7-4-3" in finding.rests_on and "HJ298-T3-8" in finding.rests_on


def test_a_limit_is_passed_only_above_it():
    at = [a_result("cd", 1.0, one) for one in TEN]
    assert found(with_result(CLEAN, *at)).outcome is Outcome.CLASS_I
    above = [a_result("cd", 1.0001, one) for one in TEN]
    assert found(with_result(CLEAN, *above)).outcome is Outcome.HAZARDOUS


@pytest.mark.parametrize(
    ("n", "needed"), [(5, 2), (8, 3), (13, 4), (20, 6), (32, 8), (50, 11), (80, 15), (100, 22)]
)
def test_table_3_counts_per_analyte(n, needed):
    increments = codes(n)
    clean = clean_results(WasteClass.SW72, increments)
    said = {"waste_class": WasteClass.SW72}
    enough = with_result(clean, *over("GB5085.3-03", increments[:needed]))
    assert found(enough, increments, **said).outcome is Outcome.HAZARDOUS
    fewer = with_result(clean, *over("GB5085.3-03", increments[: needed - 1]))
    outcome = found(fewer, increments, **said).outcome
    assert outcome is (Outcome.DOUBTFUL if n == 5 else Outcome.NOT_HAZARDOUS)


def test_a_number_between_goes_by_the_nearest_smaller():
    finding = found(with_result(CLEAN, *over("GB5085.3-04", TEN[:3])))
    check = next(c for c in step_of(finding, STEP.LEACHING_TOXICITY).checks if c.over)
    assert (check.n, check.needed, len(check.over), check.verdict) == (10, 3, 3, StepVerdict.HOLDS)
    assert check.highest == pytest.approx(7.5) and check.multiple == pytest.approx(1.5)
    assert "HJ298-7.2" in finding.rests_on


def test_five_increments_with_one_over_are_in_doubt():
    five = codes(5)
    clean = clean_results(WasteClass.SW01, five)
    finding = found(with_result(clean, *over("GB5085.3-08", five[:1])), five)
    assert (finding.outcome, finding.nature) == (Outcome.DOUBTFUL, WasteNature.UNIDENTIFIED)
    assert lacks(finding) == ["in_doubt"] and "HJ298-T3-5" in finding.rests_on


def test_several_analytes_that_only_together_reach_the_number_are_in_doubt():
    mixed = [*over("GB5085.3-03", TEN[:2]), *over("GB5085.3-04", TEN[2:4])]
    assert found(with_result(CLEAN, *mixed)).outcome is Outcome.DOUBTFUL
    same = [*over("GB5085.3-03", TEN[:2]), *over("GB5085.3-04", TEN[:2])]
    assert found(with_result(CLEAN, *same)).outcome is Outcome.CLASS_I


def test_a_reduced_plan_is_judged_strictly():
    five = codes(5)
    clean = clean_results(WasteClass.SW01, five)
    said = {"n_table": 100, "reduction": "HJ298-4.2.4f"}
    assert found(clean, five, **said).outcome is Outcome.CLASS_I
    finding = found(with_result(clean, *over("GB5085.3-03", five[:1])), five, **said)
    assert finding.outcome is Outcome.HAZARDOUS
    assert {"HJ298-7.3", "HJ298-4.2.4f"} <= set(finding.rests_on)


def test_a_listed_waste_is_hazardous_without_testing():
    for said in ({"is_listed": True}, {"is_listed": None, "hw_code": "HW48"}):
        finding = found([], TEN, waste_class=WasteClass.SW72, **said)
        assert finding.outcome is Outcome.HAZARDOUS and finding.missing == ()
    assert "HW48" in finding.rests_on


def test_what_is_no_waste_is_out():
    finding = found([], TEN, waste_class=WasteClass.SW70, is_solid_waste=False)
    assert (finding.outcome, finding.nature) == (Outcome.NOT_WASTE, WasteNature.NO_WASTE)


def test_rubble_that_is_not_hazardous_has_no_class():
    clean = clean_results(WasteClass.SW73, TEN)
    finding = found(clean, TEN, waste_class=WasteClass.SW73)
    assert (finding.outcome, finding.nature) == (Outcome.NOT_HAZARDOUS, WasteNature.CONSTRUCTION)
    assert finding.leach_multiple is None


# -- radioactivity first -------------------------------------------------------------------------


def test_more_than_1_bq_g_of_one_nuclide_ends_it():
    hot = [a_result("th_232", 1.2, TEN[3], None, Quantity.ACTIVITY)]
    finding = found(with_result(CLEAN, *hot, *over("GB5085.3-03", TEN)))
    assert (finding.outcome, finding.nature) == (Outcome.RADIOACTIVE, WasteNature.RADIOACTIVE)
    assert finding.radioactivity_bq_g == pytest.approx(1.2)
    assert {"MEE26-2-th_232", "GB5085.7-1"} <= set(finding.rests_on)


def test_a_survey_stands_for_the_nuclides():
    dull = [one for one in CLEAN if one.quantity is not Quantity.ACTIVITY]
    assert found(dull).outcome is Outcome.UNDECIDED
    assert found(dull, radioactivity_bq_g=0.3).outcome is Outcome.CLASS_I
    assert found(dull, radioactivity_bq_g=1.0).outcome is Outcome.CLASS_I
    assert found(dull, radioactivity_bq_g=1.4).outcome is Outcome.RADIOACTIVE
    one_for_all = [a_result("uth_nuclide", 0.2, c, None, Quantity.ACTIVITY) for c in TEN[:5]]
    assert found([*dull, *one_for_all]).outcome is Outcome.CLASS_I
    assert found([*dull, *one_for_all[:4]]).outcome is Outcome.UNDECIDED


def test_slag_without_radioactivity_does_not_pass_however_clean_or_foul():
    dull = [one for one in CLEAN if one.quantity is not Quantity.ACTIVITY]
    finding = found(dull)
    assert lacks(finding) == ["tests"] and "钍" in finding.missing[0].zh
    foul = found(with_result(dull, *over("GB5085.3-03", TEN)))
    assert foul.outcome is Outcome.UNDECIDED
    assert step_of(foul, STEP.LEACHING_TOXICITY).verdict is StepVerdict.HOLDS


def test_fly_ash_need_not_be_measured_but_what_was_measured_counts():
    clean = clean_results(WasteClass.SW02, TEN)
    said = {"waste_class": WasteClass.SW02}
    finding = found(clean, TEN, **said)
    assert step_of(finding, STEP.RADIOACTIVITY).verdict is StepVerdict.NOT_CALLED_FOR
    hot = a_result("u_238", 1.5, TEN[0], None, Quantity.ACTIVITY)
    assert found([*clean, hot], TEN, **said).outcome is Outcome.RADIOACTIVE


# -- what is missing -----------------------------------------------------------------------------


def test_nothing_at_all_is_undecided_and_says_what_to_do():
    finding = identify(replace(evidence([], ()), n_table=None, is_listed=None), STANDARDS)
    assert (finding.outcome, finding.nature) == (Outcome.UNDECIDED, WasteNature.UNIDENTIFIED)
    assert {"not_checked", "no_plan"} <= set(lacks(finding))
    assert finding.leach_multiple is None and finding.radioactivity_bq_g is None


def test_fewer_increments_tested_than_planned():
    part = [one for one in CLEAN if one.increment_code != TEN[9]]
    finding = found(part)
    assert finding.outcome is Outcome.UNDECIDED and set(lacks(finding)) == {"tests"}
    leaching = next(m for m in finding.missing if "浸出毒性" in m.zh)
    assert "已测 9 份，应测 10 份" in leaching.zh and "in 9 increments of 10" in leaching.en
    foul = found(with_result(part, *over("GB5085.3-03", TEN[:3])))
    assert foul.outcome is Outcome.HAZARDOUS, "three of ten are enough, whatever the tenth says"
    assert found(with_result(part, *over("GB5085.3-03", TEN[:2]))).outcome is Outcome.UNDECIDED


def test_a_plan_smaller_than_table_1_without_a_reason_decides_nothing():
    finding = found(CLEAN, n_table=100)
    assert finding.outcome is Outcome.UNDECIDED and "too_few_planned" in lacks(finding)
    assert "表1 的 100" in next(m.zh for m in finding.missing if m.lack.value == "too_few_planned")


def test_a_plan_too_small_is_judged_by_the_number_it_should_have():
    results = with_result(CLEAN, *over("GB5085.3-03", TEN[:9]))
    assert found(results, n_table=100).outcome is Outcome.UNDECIDED
    assert found(results).outcome is Outcome.HAZARDOUS


def test_statements_alone_do_not_pass():
    said = {"waste_class": WasteClass.SW70, "excluded": frozenset(HAZARDS), "n_table": None}
    assert found([], (), **said).outcome is Outcome.UNDECIDED
    finding = found([*over("GB5085.3-03", TEN)], TEN, **said | {"n_table": 10})
    assert finding.outcome is Outcome.HAZARDOUS, "results outweigh what is stated"


def test_a_multiple_above_1_stands_while_tests_are_missing_one_below_does_not():
    part = [one for one in CLEAN if one.increment_code != TEN[9]]
    assert found(part).leach_multiple is None
    finding = found(with_result(part, *over("GB8978-T4-fluoride", TEN[:1], 4.0)))
    assert finding.leach_multiple == pytest.approx(4.0)
    assert finding.outcome is Outcome.UNDECIDED


def test_an_unknown_mass_decides_nothing():
    finding = found(CLEAN, n_table=None)
    assert finding.outcome is Outcome.UNDECIDED and "no_mass" in lacks(finding)


def test_nobody_looked_it_up():
    finding = found(CLEAN, is_listed=None)
    assert finding.outcome is Outcome.UNDECIDED and lacks(finding) == ["not_checked"]


def test_an_unknown_class_decides_nothing():
    finding = found(CLEAN, waste_class=WasteClass.NONE)
    assert finding.outcome is Outcome.UNDECIDED and lacks(finding) == ["no_class"]


def test_an_unknown_mixture_must_be_tested_for_toxic_content_or_have_it_excluded():
    said = {"waste_class": WasteClass.UNIDENTIFIED}
    content = set(STANDARDS.limits_of(STEP.TOXIC_CONTENT))
    limits = [one for one in required_limits(WasteClass.UNIDENTIFIED) if one not in content]
    keys = {(one.analyte, one.quantity, one.leach_method) for one in limits}
    results = [
        one
        for one in clean_results(WasteClass.UNIDENTIFIED, TEN)
        if (one.analyte, one.quantity, one.leach_method) in keys
    ]
    finding = found(results, TEN, **said)
    assert finding.outcome is Outcome.UNDECIDED and lacks(finding) == ["not_excluded"]
    excluded = frozenset({STEP.TOXIC_CONTENT})
    assert found(results, TEN, excluded=excluded, **said).outcome is Outcome.CLASS_I
    whole = clean_results(WasteClass.UNIDENTIFIED, TEN)
    assert found(whole, TEN, **said).outcome is Outcome.CLASS_I


def test_shares_of_toxic_substances_add_up():
    whole = clean_results(WasteClass.UNIDENTIFIED, TEN)
    near = [
        for_limit(LIMITS[row], LIMITS[row].value * 0.6, one)
        for row in ("GB5085.6-A", "GB5085.6-C")
        for one in TEN[:3]
    ]
    finding = found(with_result(whole, *near), TEN, waste_class=WasteClass.UNIDENTIFIED)
    assert finding.outcome is Outcome.HAZARDOUS and "GB5085.6-cumulative" in finding.rests_on


def test_a_test_beyond_the_list_is_open_only_while_it_could_still_matter():
    clean = a_result("benzene", 0.01, TEN[0])
    assert found([*CLEAN, clean]).outcome is Outcome.CLASS_I
    high = [a_result("benzene", 5.0, one) for one in TEN[:2]]
    assert found([*CLEAN, *high]).outcome is Outcome.UNDECIDED
    rest = [a_result("benzene", 0.01, one) for one in TEN[2:]]
    assert found([*CLEAN, *high, *rest]).outcome is Outcome.CLASS_I


# -- below detection -----------------------------------------------------------------------------


def test_below_a_fine_limit_of_detection_passes():
    below = [a_result("cd", None, one, detection_limit=0.05) for one in TEN]
    finding = found(with_result(CLEAN, *below))
    assert finding.outcome is Outcome.CLASS_I


@pytest.mark.parametrize("limit", [1.5, None])
def test_below_a_coarse_limit_of_detection_decides_nothing(limit):
    coarse = a_result("cd", None, TEN[0], detection_limit=limit)
    finding = found(with_result(CLEAN, coarse))
    assert finding.outcome is Outcome.UNDECIDED and lacks(finding) == ["too_coarse"]
    assert "镉" in finding.missing[0].zh and "Cadmium" in finding.missing[0].en


def test_what_must_not_be_detected():
    fine = [a_result("alkyl_hg", None, one, detection_limit=1e-5) for one in TEN]
    assert found([*CLEAN, *fine]).outcome is Outcome.CLASS_I
    coarse = [a_result("alkyl_hg", None, one, detection_limit=1e-3) for one in TEN]
    assert found([*CLEAN, *coarse]).outcome is Outcome.UNDECIDED
    there = [a_result("alkyl_hg", 2e-5, one) for one in TEN]
    assert found([*CLEAN, *there]).outcome is Outcome.HAZARDOUS


# -- leaching methods ----------------------------------------------------------------------------


@pytest.mark.parametrize("leach", [HJ_557, LeachMethod.HJ_T_300, LeachMethod.GB_T_15555_12])
def test_the_wrong_leachate_never_stands_for_hj_299(leach):
    wrong = [
        replace(one, leach_method=leach)
        if one.leach_method is HJ_299 and one.analyte == "ba"
        else one
        for one in CLEAN
    ]
    finding = found(wrong)
    assert finding.outcome is Outcome.UNDECIDED
    assert finding.unused == {("ba", Quantity.LEACHATE, leach): 10}
    with pytest.raises(WrongLeachMethod) as refused:
        STANDARDS.require_fit(wrong[0], LIMITS["GB8978-T4-fluoride"])
    assert "HJ 557" in refused.value.sentence("zh-CN")


def test_the_right_leachate_fits():
    STANDARDS.require_fit(a_result("cd", 1.0), LIMITS["GB5085.3-03"])


def test_foreign_increments_do_not_count():
    foreign = [replace(one, increment_code="150203-W00009-D-P1-001") for one in CLEAN]
    assert found(foreign).outcome is Outcome.UNDECIDED
    foul = over("GB5085.3-03", tuple(f"150203-W00009-D-P1-{n:03d}" for n in range(1, 9)))
    finding = found([*CLEAN, *foul])
    assert finding.outcome is Outcome.CLASS_I and sum(finding.unused.values()) == 8


# -- the record ----------------------------------------------------------------------------------


def test_the_record_says_it_all_in_both_languages():
    finding = found(with_result(CLEAN, *over("GB8978-T4-fluoride", TEN[:1])))
    record = json.loads(json.dumps(as_record(finding, STANDARDS), allow_nan=False))
    assert record["outcome"] == "CLASS_II" and record["missing"] == []
    assert record["outcome_words"]["name_zh"] == "第Ⅱ类一般工业固体废物"
    ids = {row["id"] for row in record["rows"]} | set(record["cites"])
    assert ids == set(record["rests_on"])
    last = record["steps"][-1]
    assert last["text_zh"].startswith("第Ⅰ、Ⅱ类划分：第Ⅱ类")
    assert "GB8978-T4-fluoride" in {row["id"] for row in last["rows"]}
    check = next(one for one in last["checks"] if one["n_over"])
    assert (check["limit"], check["unit"], check["over"]) == (10, "mg/L", [TEN[0]])
    for step in record["steps"]:
        assert step["text_zh"].endswith("。") and step["text_en"].endswith(".")


def test_a_hundred_increments_are_judged_at_once():
    increments = codes(100)
    results = clean_results(WasteClass.SW01, increments)
    assert len(results) > 3000
    finding = found(with_result(results, *over("GB8978-T4-mn", increments[:4])), increments)
    assert finding.outcome is Outcome.CLASS_II
