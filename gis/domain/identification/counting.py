"""One limit held against all increments, counted as HJ 298 counts."""

import math

from gis.domain.identification.evidence import Evidence
from gis.domain.identification.finding import Check
from gis.domain.identification.measured import Measured
from gis.domain.identification.standards import CountRule, Limit, RequiredTest
from gis.domain.terms import Comparison, Quantity, StepVerdict

DOWNWARDS = {Comparison.BELOW, Comparison.AT_MOST}


def check(
    limit: Limit,
    evidence: Evidence,
    measured: Measured,
    count: CountRule,
    required: RequiredTest | None,
) -> Check:
    """Return how many increments are over a limit and what that establishes.

    What has to be tested is open while an increment is untested. What was tested beyond that is
    open while the untested ones could still establish it. A limit of detection that decides nothing
    leaves either open, unless enough others are over.
    """
    found = measured.of(limit)
    states = {
        increment: _worst([limit.is_over(low, high) for low, high in spans])
        for increment, spans in found.items()
    }
    over = tuple(sorted(increment for increment, state in states.items() if state))
    unclear = sum(state is None for state in states.values())
    needed = 1 if evidence.is_strict and limit.step.is_hazard else count.value
    untested = math.inf if evidence.n is None else max(0, evidence.n - len(found))
    if len(over) >= needed:
        verdict = StepVerdict.HOLDS
    elif unclear or (required is not None and len(found) < due(required, evidence.n)):
        verdict = StepVerdict.OPEN
    elif required is None and over and len(over) + untested >= needed:
        verdict = StepVerdict.OPEN
    elif count.doubt_from is not None and len(over) >= count.doubt_from:
        verdict = StepVerdict.DOUBTFUL
    else:
        verdict = StepVerdict.EXCLUDED
    highest = _highest(limit, [span for spans in found.values() for span in spans])
    return Check(
        limit=limit,
        is_required=required is not None,
        n=evidence.n,
        tested=len(found),
        unclear=unclear,
        over=over,
        needed=needed,
        highest=highest,
        multiple=_multiple(limit, highest),
        verdict=verdict,
    )


def due(required: RequiredTest, n: int | None) -> float:
    """Return in how many increments a test has to be made; without end where n is unknown."""
    if required.least is None:
        return math.inf if n is None else n
    return required.least if n is None else min(required.least, n)


def _worst(states: list[bool | None]) -> bool | None:
    """Return over if any is, else undecided if any is."""
    return True if True in states else None if None in states else False


def _highest(limit: Limit, spans: list[tuple[float, float]]) -> float | None:
    """Return the measured value farthest towards the limit and beyond."""
    values = [low for low, high in spans if low == high]
    if not values:
        return None
    return min(values) if limit.comparison in DOWNWARDS else max(values)


def _multiple(limit: Limit, highest: float | None) -> float | None:
    if highest is None or limit.quantity is Quantity.PH:
        return None
    if limit.comparison in DOWNWARDS | {Comparison.DETECTED}:
        return None
    return float(f"{highest / limit.value:.12g}")
