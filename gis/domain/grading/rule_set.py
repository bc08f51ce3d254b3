"""A version of the grading scheme: its questions, points, levels, cells and overrides, as data."""

from dataclasses import dataclass, field
from typing import Any, Literal

from gis.domain.grading.facts import Facts
from gis.domain.terms import Grade

Index = Literal["H", "S", "R"]
INDICES: tuple[Index, ...] = ("H", "S", "R")
INDEX_POINTS = 100
"""What the factors of an index may count to: HJ 740-2015 and STANDARDS 5.3 score out of 100."""


@dataclass(frozen=True, slots=True)
class Question:
    """One question about one fact; exactly one of the four comparisons is set."""

    fact: str
    equals: Any = None
    at_least: float | None = None
    at_most: float | None = None
    above: float | None = None

    def holds(self, facts: Facts) -> bool | None:
        """Return whether it holds, or None where the fact is unknown."""
        return self.answer(getattr(facts, self.fact))

    def answer(self, value: Any) -> bool | None:
        """Return whether it holds for a value of its fact, None for an unknown one."""
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
    """One factor of an index: its cases from most to fewest points, and what unknown costs.

    ``most`` is the most points it can give, ``asked`` the facts it looks at.
    """

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
    most: float = field(init=False)
    asked: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        """Work out once what every site's grading asks for."""
        points = (self.otherwise, *(case.points for case in self.cases))
        object.__setattr__(self, "most", max(points))
        asked = tuple(dict.fromkeys(case.test.fact for case in self.cases))
        object.__setattr__(self, "asked", asked)


@dataclass(frozen=True, slots=True)
class Override:
    """A fact that by itself lifts the grade to at least ``grade``; the gate's is out of scheme."""

    id: str
    name_zh: str
    name_en: str
    test: Question
    grade: Grade
    clause: str
    certainty: str
    source: str


@dataclass(frozen=True, slots=True)
class Derived:
    """A fact that is settled by another: where ``test`` holds, ``fact`` is ``equals``."""

    id: str
    name_zh: str
    name_en: str
    fact: str
    equals: Any
    test: Question
    clause: str
    certainty: str
    source: str


@dataclass(frozen=True, slots=True)
class RuleSet:
    """A version of the scheme as read from data; ``sha256`` is of the text it came from."""

    id: str
    version: str
    certainty: str
    sha256: str
    gate: Override
    factors: tuple[Factor, ...]
    level_1_above: float
    level_2_above: float
    cells: dict[str, Grade]
    overrides: tuple[Override, ...]
    derived: tuple[Derived, ...]
    provisional_below: float
    index_names: dict[Index, dict[str, str]]

    @property
    def name(self) -> str:
        """Scheme and version, as gradings and cover sheets say it."""
        return f"{self.id} v{self.version}"

    def row_id(self, part: str) -> str:
        """Return the id of a part in the catalogue of rows: ``KDL-HSR.H1``."""
        return f"{self.id}.{part}"

    def of(self, index: Index) -> tuple[Factor, ...]:
        """Return the factors of an index."""
        return tuple(factor for factor in self.factors if factor.index == index)
