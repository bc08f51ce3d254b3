"""资金安排次序: three tests, how many hold, then H × S, mass and cost; explained for each site."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from gis.domain.grading.rule_set import Question
from gis.domain.terms import Grade, SiteState


@dataclass(frozen=True, slots=True)
class PriorityTest:
    """One of the plan's tests: it holds where any of its questions does."""

    id: str
    name_zh: str
    name_en: str
    any: tuple[Question, ...]
    clause: str
    certainty: str
    source: str

    def holds(self, said: Mapping[str, Any]) -> bool | None:
        """Return whether it holds; None where no question does and one cannot be answered."""
        answers = [question.answer(said[question.fact]) for question in self.any]
        if True in answers:
            return True
        return None if None in answers else False


@dataclass(frozen=True, slots=True)
class PriorityRules:
    """The order as read from data: whose turn it can be, the tests, and what unknown mass means."""

    id: str
    version: str
    states: tuple[SiteState, ...]
    grades: tuple[Grade, ...]
    tests: tuple[PriorityTest, ...]
    mass_unknown_t: float
    is_cheaper_first: bool
    sha256: str


@dataclass(frozen=True, slots=True)
class Standing:
    """How a site stands in the order: each test's answer, how many hold, how many are unknown."""

    answers: tuple[bool | None, ...]
    count: int
    unknown: int
    hs: float | None
    mass_t: float
    is_mass_known: bool
    cost_yuan: float | None


def standing(said: Mapping[str, Any], rules: PriorityRules) -> Standing:
    """Return how a site stands; ``said`` holds its points, levels, mass, cost and surroundings.

    An unknown answer is no "no": it does not count, and it is shown.
    """
    answers = tuple(test.holds(said) for test in rules.tests)
    points = (said["points_h"], said["points_s"])
    mass = said["mass_t"]
    return Standing(
        answers=answers,
        count=sum(answer is True for answer in answers),
        unknown=sum(answer is None for answer in answers),
        hs=None if None in points else points[0] * points[1],
        mass_t=rules.mass_unknown_t if mass is None else mass,
        is_mass_known=mass is not None,
        cost_yuan=said["cost_yuan"],
    )


def sort_key(one: Standing, rules: PriorityRules) -> tuple[float, ...]:
    """Return what sites are ordered by, first in line first; equal ones go by code."""
    is_costly = one.cost_yuan is None
    cost = 0.0 if one.cost_yuan is None else one.cost_yuan
    hs = float("-inf") if one.hs is None else one.hs
    return (-one.count, -hs, -one.mass_t, is_costly, cost if rules.is_cheaper_first else -cost)
