"""分级: from facts to a grade that carries its reasons; all numbers come in with the rule set.

The scheme is STANDARDS section 5.3 (KDL-HSR): three indices of 100 points each, H hazard,
S sensitivity, R unreliability of control; a level each; 27 cells from levels to grade; a gate
before it and overrides after it.
"""

from dataclasses import dataclass, replace
from typing import Any

from gis.domain.facts import Facts
from gis.domain.rule_set import INDICES, Factor, Index, RuleSet
from gis.domain.terms import Grade, WasteNature

ORDER = {Grade.LOW: 0, Grade.MEDIUM: 1, Grade.HIGH: 2, Grade.OUT_OF_SCHEME: 3}


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a factor gave its points; ``value`` holds the raw facts it looked at."""

    factor: str
    points: float
    is_known: bool
    value: dict[str, Any]


@dataclass(frozen=True, slots=True)
class IndexScore:
    """An index's points of 100, its level 1 to 3, and the share of it that rests on known facts."""

    index: Index
    points: float
    level: int
    confidence: float


@dataclass(frozen=True, slots=True)
class Decision:
    """A grade with everything it rests on; names and clauses stand in the rule set it names.

    ``confidence`` is the weakest index's share of points that rest on known facts; below the rule
    set's bound the grade is provisional (暂定). This reading of STANDARDS 5.3 is the one under
    which its worked case comes out as written. ``overrides`` are ids, the gate's among them.
    """

    grade: Grade
    is_provisional: bool
    confidence: float
    cell: str
    indices: tuple[IndexScore, ...]
    reasons: tuple[Reason, ...]
    overrides: tuple[str, ...]
    rule_set: str
    rule_sha256: str

    def kept(self) -> dict[str, Any]:
        """Return what is stored of it beside its columns: everything but the rule set's words.

        A grading row takes 1.5 kB like this, against 8 kB with names and clauses repeated.
        """
        return {
            "cell": self.cell,
            "indices": [
                {"index": s.index, "points": s.points, "level": s.level, "confidence": s.confidence}
                for s in self.indices
            ],
            "reasons": [
                {"factor": r.factor, "points": r.points, "is_known": r.is_known, "value": r.value}
                for r in self.reasons
            ],
            "overrides": list(self.overrides),
        }


def settle(facts: Facts, rules: RuleSet) -> Facts:
    """Return the facts with those that follow from others by the rule set."""
    for derived in rules.derived:
        if derived.test.holds(facts):
            facts = replace(facts, **{derived.fact: derived.equals})
    return facts


def weigh(factor: Factor, facts: Facts) -> Reason:
    """Return a factor's points with their reason.

    Cases stand from most to fewest points. Where a case that would give more cannot be answered,
    the factor's stated cautious value is the least it gives, and the reason says "unknown".
    """
    points = factor.otherwise
    is_known = True
    for case in factor.cases:
        holds = case.test.holds(facts)
        if holds is None:
            is_known = False
        elif holds:
            points = case.points
            break
    if not is_known:
        points = max(points, factor.unknown)
    return Reason(
        factor.id, points, is_known, {fact: getattr(facts, fact) for fact in factor.asked}
    )


def _score(index: Index, reasons: tuple[Reason, ...], rules: RuleSet) -> IndexScore:
    points = most = known = 0.0
    for factor, reason in zip(rules.factors, reasons, strict=True):
        if factor.index == index:
            points += reason.points
            most += factor.most
            known += factor.most * reason.is_known
    level = 1 if points > rules.level_1_above else 2 if points > rules.level_2_above else 3
    return IndexScore(index, points, level, round(known / most, 4) if most else 1.0)


def grade(facts: Facts, rules: RuleSet) -> Decision:
    """Return the grade of ``facts`` under ``rules``, with every reason."""
    facts = settle(facts, rules)
    reasons = tuple(weigh(factor, facts) for factor in rules.factors)
    scores = tuple(_score(index, reasons, rules) for index in INDICES)
    cell = "".join(str(score.level) for score in scores)
    confidence = min(score.confidence for score in scores)
    result = rules.cells[cell]
    applied = [override for override in rules.overrides if override.test.holds(facts)]
    for override in applied:
        result = max(result, override.grade, key=ORDER.__getitem__)
    if rules.gate.test.holds(facts) or facts.nature is WasteNature.RADIOACTIVE:
        applied.insert(0, rules.gate)
        result = rules.gate.grade
    return Decision(
        grade=result,
        is_provisional=confidence < rules.provisional_below and result is not Grade.OUT_OF_SCHEME,
        confidence=confidence,
        cell=cell,
        indices=scores,
        reasons=reasons,
        overrides=tuple(override.id for override in applied),
        rule_set=rules.name,
        rule_sha256=rules.sha256,
    )
