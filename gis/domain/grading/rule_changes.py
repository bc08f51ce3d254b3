"""Changes to a rule set's numbers, as the weight laboratory makes them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from gis.domain.grading.rule_errors import RulesUnsound
from gis.domain.grading.rule_set import Factor, RuleSet
from gis.domain.terms import Grade


@dataclass(frozen=True, slots=True)
class FactorPoints:
    """New points of a factor: one for each case in their order, for the rest, and for unknown."""

    cases: Sequence[float]
    otherwise: float
    unknown: float


@dataclass(frozen=True, slots=True)
class RuleChanges:
    """What is changed; what is not named stays."""

    points: Mapping[str, FactorPoints] = field(default_factory=dict)
    level_1_above: float | None = None
    level_2_above: float | None = None
    provisional_below: float | None = None
    cells: Mapping[str, Grade] = field(default_factory=dict)
    version: str | None = None


def changed(rules: RuleSet, changes: RuleChanges) -> RuleSet:
    """Return the rule set with changes, sound or not; raises RulesUnsound for unknown factors.

    Its ``sha256`` is empty: it has no text yet.
    """
    known = {factor.id: factor for factor in rules.factors}
    for name, points in changes.points.items():
        if name not in known or len(points.cases) != len(known[name].cases):
            raise RulesUnsound(
                where=name[:40],
                reason_zh="没有这个因子，或情形个数不符",
                reason_en="there is no such factor, or it has another number of cases",
            )
    said = ("level_1_above", "level_2_above", "provisional_below", "version")
    plain = {name: getattr(changes, name) for name in said if getattr(changes, name) is not None}
    return replace(
        rules,
        sha256="",
        factors=tuple(_with(factor, changes.points.get(factor.id)) for factor in rules.factors),
        cells=rules.cells | {c: g for c, g in changes.cells.items() if c in rules.cells},
        **plain,
    )


def _with(factor: Factor, points: FactorPoints | None) -> Factor:
    if points is None:
        return factor
    cases = tuple(
        replace(case, points=new) for case, new in zip(factor.cases, points.cases, strict=True)
    )
    return replace(factor, cases=cases, otherwise=points.otherwise, unknown=points.unknown)
