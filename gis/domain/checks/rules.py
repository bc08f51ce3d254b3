"""The rules of the field form: when one speaks, what it says, how a mass is worked out."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from gis.domain.terms import HeapShape, Severity, WasteClass

Facts = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Condition:
    """One comparison of a fact; with a fact that is not known it does not hold."""

    fact: str
    op: str
    value: Any = None

    def holds(self, facts: Facts) -> bool:
        """Say whether the comparison holds of these facts."""
        known = facts.get(self.fact)
        is_missing = known is None or known == ""
        if self.op in {"missing", "present"}:
            return is_missing is (self.op == "missing")
        return not is_missing and COMPARE[self.op](known, self.value)


def _same(a: Any, b: Any) -> bool:
    return bool(a == b) and isinstance(a, bool) is isinstance(b, bool)


def _number(a: Any) -> bool:
    return isinstance(a, int | float) and not isinstance(a, bool)


COMPARE: Mapping[str, Any] = {
    "is": _same,
    "is_not": lambda a, b: not _same(a, b),
    "in": lambda a, b: any(_same(a, one) for one in b),
    "not_in": lambda a, b: not any(_same(a, one) for one in b),
    "lt": lambda a, b: _number(a) and a < b,
    "le": lambda a, b: _number(a) and a <= b,
    "gt": lambda a, b: _number(a) and a > b,
    "ge": lambda a, b: _number(a) and a >= b,
}
OPS = {"missing", "present", *COMPARE}


@dataclass(frozen=True, slots=True)
class CheckRule:
    """One rule of the form: it speaks when all its conditions hold."""

    id: str
    severity: Severity
    when: tuple[Condition, ...]
    zh: str
    en: str

    def speaks(self, facts: Facts) -> bool:
        """Say whether the rule has something to say of these facts."""
        return all(condition.holds(facts) for condition in self.when)

    def sentences(self, facts: Facts) -> dict[str, str]:
        """Return what the rule says, with the facts filled in."""
        said = {name: shown(value) for name, value in facts.items()}
        return {"zh": self.zh.format(**said), "en": self.en.format(**said)}


def shown(value: Any) -> str:
    """Return a fact as a sentence shows it: one decimal, a half rounded up, no bare ``.0``.

    >>> shown(12.25), shown(3.0), shown("SW01")
    ('12.3', '3', 'SW01')
    """
    if not _number(value):
        return "" if value is None else str(value)
    rounded = math.floor(value * 10 + 0.5) / 10
    return f"{rounded:.0f}" if rounded == int(rounded) else f"{rounded:.1f}"


@dataclass(frozen=True, slots=True)
class Factor:
    """How much of outline times height a heap of some shape fills."""

    id: HeapShape
    factor: float
    zh: str
    en: str
    certainty: str
    source: str


@dataclass(frozen=True, slots=True)
class Density:
    """What a cubic metre of a waste class weighs in a heap."""

    waste_class: WasteClass
    t_m3: float
    certainty: str
    source: str


@dataclass(frozen=True, slots=True)
class FormField:
    """An answer of the form, and the verdicts that it fits."""

    name: str
    verdicts: tuple[str, ...]
    zh: str
    en: str
    unit: str


@dataclass(frozen=True, slots=True)
class FormRules:
    """All that the form goes by; ``sha256`` names the file's very text."""

    limits: Mapping[str, float]
    rules: tuple[CheckRule, ...]
    fields: tuple[FormField, ...]
    shapes: tuple[Factor, ...]
    densities: tuple[Density, ...]
    sha256: str

    def broken(
        self, facts: Facts, overrides: Iterable[Mapping[str, str]] = ()
    ) -> list[dict[str, Any]]:
        """Return the rules that speak, hard ones first, each with the reason given against it."""
        reasons = {one["rule"]: one["reason"] for one in overrides}
        found = [rule for rule in self.rules if rule.speaks(facts)]
        found.sort(key=lambda rule: rule.severity is not Severity.HARD)
        return [
            {
                "rule": rule.id,
                "severity": rule.severity.value,
                **rule.sentences(facts),
                "reason": reasons.get(rule.id, ""),
            }
            for rule in found
        ]

    def mass_t(
        self, area_m2: float, height_m: float, shape: HeapShape, waste_class: WasteClass
    ) -> float | None:
        """Return the mass of a heap, or None where the class has no density."""
        factor = next(one.factor for one in self.shapes if one.id is shape)
        dense = [one.t_m3 for one in self.densities if one.waste_class is waste_class]
        return mass_of(volume_of(area_m2, height_m, factor), dense[0]) if dense else None


def volume_of(area_m2: float, height_m: float, factor: float) -> float:
    """Return the volume of a heap in m3: factor times area times height."""
    _require_positive(area_m2, height_m, factor)
    return factor * area_m2 * height_m


def mass_of(volume_m3: float, t_m3: float) -> float:
    """Return the mass in tonnes of a volume at a bulk density."""
    _require_positive(volume_m3, t_m3)
    return volume_m3 * t_m3


def _require_positive(*values: float) -> None:
    if not all(math.isfinite(value) and value > 0 for value in values):
        raise ValueError(f"sizes of a heap are more than 0: {values}")


def condition_of(said: Sequence[Any]) -> Condition:
    """Return a condition as the file writes it: fact, op, and the value where the op takes one."""
    fact, op, *value = said
    if op not in OPS or len(value) != (0 if op in {"missing", "present"} else 1):
        raise ValueError(f"no condition of the form: {said}")
    return Condition(fact, op, *value)
