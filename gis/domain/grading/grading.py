"""分级: from facts to a grade that carries its reasons; all numbers come in with the rule set.

The scheme is STANDARDS section 5.3 (KDL-HSR): three indices of 100 points each, H hazard,
S sensitivity, R unreliability of control; a level each; 27 cells from levels to grade; a gate
before it and overrides after it.
"""

import json
from dataclasses import dataclass, replace
from operator import attrgetter
from typing import Any

from gis.domain.grading.facts import Facts
from gis.domain.grading.rule_set import INDICES, Factor, Index, RuleSet
from gis.domain.terms import Grade, WasteNature

MOST_KEPT = 20_000
"""Reasons that a scale keeps for each factor: some hundred bytes each."""

ORDER = {Grade.LOW: 0, Grade.MEDIUM: 1, Grade.HIGH: 2, Grade.OUT_OF_SCHEME: 3}


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a factor gave its points; ``value`` holds the raw facts it looked at.

    ``kept`` is its stored form, JSON: worked out once for all sites that answer alike.
    """

    factor: str
    points: float
    is_known: bool
    value: dict[str, Any]
    kept: str


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

    def kept(self) -> str:
        """Return what is stored of it beside its columns: all but the rule set's words, as JSON.

        A grading row takes 1.5 kB like this, against 8 kB with names and clauses repeated.
        """
        indices = _json(
            [
                {"index": s.index, "points": s.points, "level": s.level, "confidence": s.confidence}
                for s in self.indices
            ]
        )
        reasons = ",".join([reason.kept for reason in self.reasons])
        return (
            f'{{"cell":"{self.cell}","indices":{indices},"reasons":[{reasons}],'
            f'"overrides":{_json(self.overrides)}}}'
        )


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


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
    value = {fact: getattr(facts, fact) for fact in factor.asked}
    said = {"factor": factor.id, "points": points, "is_known": is_known, "value": value}
    return Reason(factor.id, points, is_known, value, _json(said))


class Scale:
    """A rule set that weighs many sites: a factor's reason is worked out once for like answers."""

    def __init__(self, rules: RuleSet) -> None:
        self.rules = rules
        self._factors: list[tuple[Factor, attrgetter[Any], dict[Any, Reason]]] = [
            (factor, attrgetter(*factor.asked), {}) for factor in rules.factors
        ]

    def reasons(self, facts: Facts) -> tuple[Reason, ...]:
        """Return every factor's reason."""
        found = []
        for factor, asked, known in self._factors:
            value = asked(facts)
            reason = known.get(value)
            if reason is None:
                if len(known) >= MOST_KEPT:
                    known.clear()
                reason = known[value] = weigh(factor, facts)
            found.append(reason)
        return tuple(found)


def _scores(reasons: tuple[Reason, ...], rules: RuleSet) -> tuple[IndexScore, ...]:
    points = dict.fromkeys(INDICES, 0.0)
    unknown = dict.fromkeys(INDICES, 0.0)
    most = dict.fromkeys(INDICES, 0.0)
    for factor, reason in zip(rules.factors, reasons, strict=True):
        points[factor.index] += reason.points
        most[factor.index] += factor.most
        if not reason.is_known:
            unknown[factor.index] += factor.most
    return tuple(
        _score(i, points[i], 1 - unknown[i] / most[i] if most[i] else 1.0, rules) for i in INDICES
    )


def _score(index: Index, points: float, confidence: float, rules: RuleSet) -> IndexScore:
    exact = round(points, 6)
    level = 1 if exact > rules.level_1_above else 2 if exact > rules.level_2_above else 3
    return IndexScore(index, exact, level, round(confidence, 4))


def grade(facts: Facts, rules: RuleSet, scale: Scale | None = None) -> Decision:
    """Return the grade of ``facts`` under ``rules``, with every reason.

    Who grades many sites hands the same ``scale`` of these rules in each time.
    """
    facts = settle(facts, rules)
    reasons = (scale or Scale(rules)).reasons(facts)
    scores = _scores(reasons, rules)
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
