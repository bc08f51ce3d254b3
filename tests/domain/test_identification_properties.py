"""Whatever the results: worse is never milder, what is missing never passes."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from gis.domain.identification import Evidence, Finding, identify
from gis.domain.identification.standards import Limit
from gis.domain.sampling.lab_result import LabResult
from gis.domain.terms import Comparison, LeachMethod, Outcome, Quantity, WasteClass
from gis.rules.standards import current
from tests.makers_lab import codes, evidence, for_limit, required_limits

STANDARDS = current()
PASSED = {Outcome.CLASS_I, Outcome.NOT_HAZARDOUS}
OPEN = {Outcome.UNDECIDED, Outcome.DOUBTFUL}
SEVERITY = {
    Outcome.CLASS_I: 0,
    Outcome.NOT_HAZARDOUS: 0,
    Outcome.CLASS_II: 1,
    Outcome.HAZARDOUS: 2,
    Outcome.RADIOACTIVE: 3,
}
CLASSES = [WasteClass.SW01, WasteClass.SW02, WasteClass.SW16, WasteClass.SW73]
LEVELS = [0.0, 0.3, 0.999, 1.0, 1.001, 1.7, 12.0]
"""Values as multiples of their limits."""

FEW = settings(max_examples=60)


def is_concentration(result: LabResult) -> bool:
    """Say whether more of it is worse: not of pH, lethal doses and flash points."""
    return result.quantity in {Quantity.LEACHATE, Quantity.CONTENT, Quantity.ACTIVITY}


@st.composite
def cases(draw: st.DrawFn) -> Evidence:
    """A plan of 5 to 20 increments; each test harmless, high, below detection, or missing."""
    waste_class = draw(st.sampled_from(CLASSES))
    increments = codes(draw(st.sampled_from([5, 6, 8, 13, 20])))
    is_reduced = draw(st.booleans())
    results: list[LabResult] = []
    limits = required_limits(waste_class)
    odd = draw(st.sets(st.integers(0, len(limits) - 1), max_size=3))
    for number, limit in enumerate(limits):
        states = st.sampled_from(["low", "high", "fine", "coarse", "none"])
        for increment in increments:
            state = draw(states) if number in odd else "low"
            if state == "none":
                continue
            least = {Comparison.BELOW, Comparison.AT_MOST}
            step = draw(st.sampled_from(LEVELS)) if state == "high" else 0.1
            value = limit.value * step
            if limit.quantity is Quantity.PH:
                value = draw(st.sampled_from([1.5, 5.0, 7.5, 10.0, 13.0])) if step > 0.1 else 7.5
            elif limit.comparison in least:
                value = limit.value * (10 if state == "low" else step)
            is_below = state in {"fine", "coarse"} and limit.quantity is not Quantity.PH
            coarse = limit.value * (2.0 if state == "coarse" else 0.5)
            results.append(
                for_limit(
                    limit,
                    None if is_below else value,
                    increment,
                    detection_limit=coarse if is_below else None,
                )
            )
    return evidence(
        results,
        increments,
        waste_class,
        n_table=100 if is_reduced else len(increments),
        reduction="HJ298-4.2.4f" if is_reduced else None,
        is_listed=draw(st.sampled_from([False, False, False, None])),
    )


def judged(case: Evidence) -> Finding:
    return identify(case, STANDARDS)


def is_no_milder(before: Outcome, after: Outcome) -> bool:
    """Say whether a finding kept its weight: what was open may be decided, but never pass."""
    if before in OPEN:
        return after not in PASSED
    return after in OPEN or SEVERITY[after] >= SEVERITY[before]


@FEW
@given(cases(), st.data())
def test_raising_a_concentration_never_makes_it_milder(case, data):
    places = [i for i, one in enumerate(case.results) if is_concentration(one) and one.value]
    chosen = data.draw(st.sets(st.sampled_from(places), max_size=8))
    times = data.draw(st.floats(1.0, 100.0))
    raised = [
        replace(one, value=(one.value or 0.0) * times) if number in chosen else one
        for number, one in enumerate(case.results)
    ]
    before, after = judged(case), judged(replace(case, results=tuple(raised)))
    assert is_no_milder(before.outcome, after.outcome)


@FEW
@given(cases(), st.data())
def test_removing_results_never_makes_a_pass_of_anything_else(case, data):
    before = judged(case).outcome
    kept = data.draw(
        st.lists(st.booleans(), min_size=len(case.results), max_size=len(case.results))
        if data.draw(st.booleans())
        else st.just([data.draw(st.integers(0, 19)) != n % 20 for n in range(len(case.results))])
    )
    fewer = [one for one, is_kept in zip(case.results, kept, strict=True) if is_kept]
    after = judged(replace(case, results=tuple(fewer))).outcome
    assert after not in PASSED or before in PASSED
    if before in SEVERITY and after in SEVERITY:
        assert SEVERITY[after] <= SEVERITY[before]


@FEW
@given(cases(), st.data())
def test_adding_a_result_below_its_limit_never_makes_it_worse(case, data):
    limit = data.draw(st.sampled_from([one for one in STANDARDS.limits if _is_upward(one)]))
    increment = data.draw(st.sampled_from(case.increments))
    added = for_limit(limit, limit.value * 0.1, increment)
    if added.key in {one.key for one in case.results}:
        return
    before = judged(case).outcome
    after = judged(replace(case, results=(*case.results, added))).outcome
    if before in SEVERITY:
        assert after in SEVERITY and SEVERITY[after] <= SEVERITY[before]


def _is_upward(limit: Limit) -> bool:
    upwards = {Comparison.ABOVE, Comparison.AT_LEAST}
    concentrations = {Quantity.LEACHATE, Quantity.ACTIVITY}
    return limit.comparison in upwards and limit.quantity in concentrations


@FEW
@given(cases(), st.data())
def test_a_coarse_limit_of_detection_never_passes(case, data):
    places = [
        number
        for number, one in enumerate(case.results)
        if one.quantity is Quantity.LEACHATE and not one.is_below_detection
    ]
    chosen = data.draw(st.sampled_from(places))
    one = case.results[chosen]
    highest = max(row.value for row in STANDARDS.limits if row.analyte == one.analyte)
    coarse = replace(one, value=None, is_below_detection=True, detection_limit=highest * 1.01)
    results = (*case.results[:chosen], coarse, *case.results[chosen + 1 :])
    assert judged(replace(case, results=results)).outcome not in PASSED


@FEW
@given(cases(), st.sampled_from([LeachMethod.HJ_T_300, LeachMethod.GB_T_15555_12]))
def test_results_of_a_method_without_limits_decide_nothing(case, method):
    wrong = tuple(
        replace(one, leach_method=method) if one.quantity is Quantity.LEACHATE else one
        for one in case.results
    )
    finding = judged(replace(case, results=wrong))
    assert finding.outcome not in PASSED and finding.leach_multiple is None
    assert sum(finding.unused.values()) == sum(
        one.quantity is Quantity.LEACHATE for one in case.results
    )


@FEW
@given(cases())
def test_an_open_outcome_says_what_is_missing_and_a_decided_one_what_it_rests_on(case):
    finding = judged(case)
    assert bool(finding.missing) == (finding.outcome in OPEN)
    ids = {row.id for row in STANDARDS.rows()} | {"HJ298-4.2.4f"}
    assert finding.rests_on and set(finding.rests_on) <= ids
