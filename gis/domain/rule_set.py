"""A version of the grading scheme: its questions, points, levels, cells and overrides, as data."""

from dataclasses import dataclass
from typing import Any, Literal

from gis.domain.facts import Facts
from gis.domain.terms import Grade

Index = Literal["H", "S", "R"]
INDICES: tuple[Index, ...] = ("H", "S", "R")


@dataclass(frozen=True, slots=True)
class Question:
    """One question about one fact; exactly one of the three comparisons is set."""

    fact: str
    equals: Any = None
    at_least: float | None = None
    at_most: float | None = None
    above: float | None = None

    def holds(self, facts: Facts) -> bool | None:
        """Return whether it holds, or None where the fact is unknown."""
        value = getattr(facts, self.fact)
        if value is None:
            return None
        if self.at_least is not None:
            return bool(value >= self.at_least)
        if self.above is not None:
            return bool(value > self.above)
        if self.at_most is not None:
            return bool(value <= self.at_most)
        return bool(value == self.equals)


@dataclass(frozen=True, slots=True)
class Case:
    """Points that are due when ``test`` holds."""

    test: Question
    points: float


@dataclass(frozen=True, slots=True)
class Factor:
    """One factor of an index: its cases from most to fewest points, and what unknown costs."""

    id: str
    index: Index
    name_zh: str
    name_en: str
    cases: tuple[Case, ...]
    otherwise: float
    unknown: float
    source: str
    clause: str
    certainty: str

    @property
    def most(self) -> float:
        """The most points the factor can give."""
        return max(self.otherwise, *(case.points for case in self.cases))


@dataclass(frozen=True, slots=True)
class Override:
    """A fact that by itself lifts the grade to at least ``grade``."""

    id: str
    name_zh: str
    name_en: str
    test: Question
    grade: Grade
    clause: str
    certainty: str


@dataclass(frozen=True, slots=True)
class RuleSet:
    """A version of the scheme as read from data; ``sha256`` is of the file it came from."""

    id: str
    version: str
    sha256: str
    gate: Question
    gate_clause: str
    factors: tuple[Factor, ...]
    level_1_above: float
    level_2_above: float
    cells: dict[str, Grade]
    overrides: tuple[Override, ...]
    provisional_below: float
    index_names: dict[str, dict[str, str]]
