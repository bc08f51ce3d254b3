"""The order of identification: gate, waste, list, characteristics, class (GB 5085.7, GB 18599)."""

from gis.domain.identification.evidence import Evidence
from gis.domain.identification.finding import Finding, Lack, Missing, Step
from gis.domain.identification.measured import Measured, gather
from gis.domain.identification.questions import class_i_or_ii, hazard, radioactivity
from gis.domain.identification.standards import Standards
from gis.domain.terms import (
    HAZARDS,
    IdentificationStep,
    Outcome,
    Quantity,
    StepVerdict,
    WasteNature,
)

NATURES = {
    Outcome.RADIOACTIVE: WasteNature.RADIOACTIVE,
    Outcome.HAZARDOUS: WasteNature.HAZARDOUS,
    Outcome.CLASS_II: WasteNature.CLASS_II,
    Outcome.CLASS_I: WasteNature.CLASS_I,
    Outcome.NOT_WASTE: WasteNature.NO_WASTE,
}


def identify(evidence: Evidence, standards: Standards) -> Finding:
    """Return what a waste is, with every step's reason; missing data never passes.

    All steps are answered, also after one that settles the outcome, so that a person sees them.
    """
    measured = gather(evidence, standards)
    if evidence.waste_class not in standards.classes:
        steps: tuple[Step, ...] = (_without_class(),)
    else:
        steps = (
            radioactivity(evidence, measured, standards),
            _solid_waste(evidence, standards),
            _listed(evidence, standards),
            _increments(evidence),
            *(hazard(step, evidence, measured, standards) for step in HAZARDS),
            class_i_or_ii(evidence, measured, standards),
        )
    outcome = _outcome({step.step: step.verdict for step in steps})
    nature = NATURES.get(outcome, WasteNature.UNIDENTIFIED)
    if outcome is Outcome.NOT_HAZARDOUS:
        nature = standards.classes[evidence.waste_class].nature
    return Finding(
        outcome=outcome,
        nature=nature,
        steps=steps,
        leach_multiple=_leach_multiple(steps[-1]),
        radioactivity_bq_g=_highest_activity(evidence, measured, standards),
        unused=measured.unused,
        standards_sha256=standards.sha256,
    )


def _outcome(said: dict[IdentificationStep, StepVerdict]) -> Outcome:
    """Return the outcome; a gate that nobody measured keeps everything behind it open."""
    gate = said[IdentificationStep.RADIOACTIVITY]
    if gate is StepVerdict.HOLDS:
        return Outcome.RADIOACTIVE
    if gate is StepVerdict.OPEN:
        return Outcome.UNDECIDED
    if said[IdentificationStep.SOLID_WASTE] is StepVerdict.EXCLUDED:
        return Outcome.NOT_WASTE
    hazards = [said[step] for step in (IdentificationStep.LISTED, *HAZARDS)]
    if StepVerdict.HOLDS in hazards:
        return Outcome.HAZARDOUS
    if StepVerdict.OPEN in [*hazards, said[IdentificationStep.INCREMENTS]]:
        return Outcome.UNDECIDED
    if StepVerdict.DOUBTFUL in hazards:
        return Outcome.DOUBTFUL
    return {
        StepVerdict.HOLDS: Outcome.CLASS_II,
        StepVerdict.EXCLUDED: Outcome.CLASS_I,
        StepVerdict.NOT_CALLED_FOR: Outcome.NOT_HAZARDOUS,
        StepVerdict.DOUBTFUL: Outcome.DOUBTFUL,
        StepVerdict.OPEN: Outcome.UNDECIDED,
    }[said[IdentificationStep.CLASS]]


def _without_class() -> Step:
    return Step(
        IdentificationStep.RADIOACTIVITY,
        StepVerdict.OPEN,
        "废物种类未知，检测项目无从确定",
        "the waste class is unknown, so are the tests that it needs",
        missing=(Missing(Lack.NO_CLASS),),
    )


def _solid_waste(evidence: Evidence, standards: Standards) -> Step:
    """Ask whether it is solid waste at all; what nobody denies is taken for waste."""
    step, rows = IdentificationStep.SOLID_WASTE, (standards.clauses["GB5085.7-4-1"],)
    if evidence.is_solid_waste is False:
        said = ("经说明不属于固体废物", "stated not to be solid waste")
        return Step(step, StepVerdict.EXCLUDED, *said, rows=rows)
    said = (
        ("经说明属于固体废物", "stated to be solid waste")
        if evidence.is_solid_waste
        else ("无人说明，按固体废物对待", "nobody has said; taken for solid waste")
    )
    return Step(step, StepVerdict.HOLDS, *said, rows=rows)


def _listed(evidence: Evidence, standards: Standards) -> Step:
    step = IdentificationStep.LISTED
    rows = tuple(standards.clauses[one] for one in ("GB5085.7-4-2", "HW-list-2025"))
    if evidence.is_listed or evidence.hw_code is not None:
        code = evidence.hw_code or "—"
        said = (f"列入名录（{code}），不需检测", f"on the list ({code}), without testing")
        row = standards.hw_codes.get(f"HW{code[-2:]}")
        return Step(step, StepVerdict.HOLDS, *said, rows=(*rows, *([row] if row else [])))
    if evidence.is_listed is False:
        said = ("经查对未列入名录", "looked up and not on the list")
        return Step(step, StepVerdict.EXCLUDED, *said, rows=rows)
    said = ("尚未查对名录", "nobody has looked it up")
    return Step(step, StepVerdict.OPEN, *said, rows=rows, missing=(Missing(Lack.NOT_CHECKED),))


def _increments(evidence: Evidence) -> Step:
    """Ask whether the plan has the increments that HJ 298 wants for the mass."""
    step, planned, table = IdentificationStep.INCREMENTS, len(evidence.increments), evidence.n_table
    cites = () if evidence.reduction is None else (evidence.reduction,)
    lack: Missing | None = None
    if planned == 0:
        lack = Missing(Lack.NO_PLAN)
    elif table is None:
        lack = Missing(Lack.NO_MASS)
    elif planned < table and not evidence.is_strict:
        lack = Missing(Lack.TOO_FEW_PLANNED, {"planned": planned, "needed": table})
    if lack is not None:
        said = (lack.zh, lack.en)
        return Step(step, StepVerdict.OPEN, *said, missing=(lack,), cites=cites)
    said = (
        f"方案 {planned} 份，HJ 298 表1 要求 {table} 份",
        f"the plan has {planned} increments, HJ 298 table 1 asks {table}",
    )
    if evidence.is_strict:
        said = (f"{said[0]}；按 4.2.4 减少", f"{said[1]}; reduced by clause 4.2.4")
    return Step(step, StepVerdict.HOLDS, *said, cites=cites)


def _leach_multiple(step: Step) -> float | None:
    """Return the highest multiple of a limit of the class; None while a higher one may be hidden.

    A multiple above 1 stands even while tests are missing: it is the least that is known.
    """
    if step.step is not IdentificationStep.CLASS or not step.checks:
        return None
    limits = [one for one in step.checks if one.limit.quantity is Quantity.LEACHATE]
    highest = max((one.multiple for one in limits if one.multiple is not None), default=0.0)
    if highest <= 1 and any(one.verdict is StepVerdict.OPEN for one in step.checks):
        return None
    return highest


def _highest_activity(evidence: Evidence, measured: Measured, standards: Standards) -> float | None:
    limits = standards.limits_of(IdentificationStep.RADIOACTIVITY)
    spans = [s for limit in limits for found in measured.of(limit).values() for s in found]
    values = [low for low, high in spans if low == high]
    if evidence.radioactivity_bq_g is not None:
        values.append(evidence.radioactivity_bq_g)
    return max(values, default=None)
