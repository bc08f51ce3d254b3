"""分级: from facts to a grade that carries its reasons; all numbers come in with the rule set.

The scheme is STANDARDS section 5.3 (KDL-HSR): three indices of 100 points each, H hazard,
S sensitivity, R unreliability of control; a level each; 27 cells from levels to grade; a gate
before it and overrides after it.
"""

from dataclasses import dataclass
from typing import Any

from gis.domain.facts import Facts
from gis.domain.rule_set import INDICES, Factor, Index, Override, RuleSet
from gis.domain.terms import Grade, WasteNature

ORDER = {Grade.LOW: 0, Grade.MEDIUM: 1, Grade.HIGH: 2, Grade.OUT_OF_SCHEME: 3}


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a factor gave its points; ``value`` holds the raw facts it looked at."""

    factor: str
    index: Index
    name_zh: str
    name_en: str
    value: dict[str, Any]
    points: float
    most: float
    is_known: bool
    source: str
    clause: str
    certainty: str


@dataclass(frozen=True, slots=True)
class IndexScore:
    """An index's points of 100, its level 1 to 3, and the share of it that rests on known facts."""

    index: Index
    name_zh: str
    name_en: str
    points: float
    level: int
    confidence: float


@dataclass(frozen=True, slots=True)
class Decision:
    """A grade with everything it rests on.

    ``confidence`` is the weakest index's share of points that rest on known facts; below the rule
    set's bound the grade is provisional (暂定). This reading of STANDARDS 5.3 is the one under
    which its worked case comes out as written.
    """

    grade: Grade
    is_provisional: bool
    confidence: float
    cell: str
    indices: tuple[IndexScore, ...]
    reasons: tuple[Reason, ...]
    overrides: tuple[Override, ...]
    rule_set: str
    rule_sha256: str


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
    asked = dict.fromkeys(case.test.fact for case in factor.cases)
    return Reason(
        factor=factor.id,
        index=factor.index,
        name_zh=factor.name_zh,
        name_en=factor.name_en,
        value={fact: getattr(facts, fact) for fact in asked},
        points=points,
        most=factor.most,
        is_known=is_known,
        source=factor.source,
        clause=factor.clause,
        certainty=factor.certainty,
    )


def _score(index: Index, reasons: tuple[Reason, ...], rules: RuleSet) -> IndexScore:
    mine = [reason for reason in reasons if reason.index == index]
    points = sum(reason.points for reason in mine)
    most = sum(reason.most for reason in mine)
    level = 1 if points > rules.level_1_above else 2 if points > rules.level_2_above else 3
    return IndexScore(
        index=index,
        name_zh=rules.index_names[index]["zh"],
        name_en=rules.index_names[index]["en"],
        points=points,
        level=level,
        confidence=round(sum(r.most for r in mine if r.is_known) / most, 4),
    )


def grade(facts: Facts, rules: RuleSet) -> Decision:
    """Return the grade of ``facts`` under ``rules``, with every reason."""
    reasons = tuple(weigh(factor, facts) for factor in rules.factors)
    scores = tuple(_score(index, reasons, rules) for index in INDICES)
    cell = "".join(str(score.level) for score in scores)
    confidence = min(score.confidence for score in scores)
    result = rules.cells[cell]
    applied = tuple(o for o in rules.overrides if o.test.holds(facts))
    for override in applied:
        result = max(result, override.grade, key=ORDER.__getitem__)
    if rules.gate.holds(facts) or facts.nature is WasteNature.RADIOACTIVE:
        result = Grade.OUT_OF_SCHEME
    return Decision(
        grade=result,
        is_provisional=confidence < rules.provisional_below and result is not Grade.OUT_OF_SCHEME,
        confidence=confidence,
        cell=cell,
        indices=scores,
        reasons=reasons,
        overrides=applied,
        rule_set=f"{rules.id} v{rules.version}",
        rule_sha256=rules.sha256,
    )
