"""Many sites under a rule set at once: which answer each factor got, kept apart from its points.

What a site answers does not change when points do, so a change of weights costs one look-up and
three sums a site. Arrays are (site,) or (site, factor); grades are the places of `LADDER`.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gis.domain.grading.facts import Facts
from gis.domain.grading.grading import ORDER
from gis.domain.grading.rule_set import INDICES, Factor, Question, RuleSet
from gis.domain.terms import Grade, WasteNature

LADDER = tuple(sorted(ORDER, key=ORDER.__getitem__))
TOP = len(LADDER) - 1

Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]
Ranks = NDArray[np.int8]


class FactTable:
    """The facts of many sites, a column each, as questions need them."""

    def __init__(self, rows: Sequence[Facts]) -> None:
        self.size = len(rows)
        names = [field.name for field in fields(Facts)]
        columns = {name: [getattr(row, name) for row in rows] for name in names}
        self._columns = {name: _column(values) for name, values in columns.items()}

    def answer(self, test: Question) -> tuple[Bools, Bools]:
        """Return where a question holds, and where its fact is unknown."""
        values, unknown = self._columns[test.fact]
        with np.errstate(invalid="ignore"):
            if test.at_least is not None:
                holds = values >= test.at_least
            elif test.above is not None:
                holds = values > test.above
            elif test.at_most is not None:
                holds = values <= test.at_most
            else:
                holds = values == test.equals
        return np.asarray(holds, dtype=bool) & ~unknown, unknown

    def settled(self, rules: RuleSet) -> "FactTable":
        """Return the table with the facts that follow from others by a rule set."""
        after = FactTable.__new__(FactTable)
        after.size, after._columns = self.size, dict(self._columns)
        for derived in rules.derived:
            holds, _ = after.answer(derived.test)
            values, unknown = after._columns[derived.fact]
            values = values.copy()
            values[holds] = derived.equals
            after._columns[derived.fact] = (values, unknown & ~holds)
        return after


def _column(values: list[Any]) -> tuple[NDArray[Any], Bools]:
    unknown = np.fromiter((value is None for value in values), dtype=bool, count=len(values))
    if all(isinstance(v, int | float) and not isinstance(v, bool) for v in values if v is not None):
        return np.array([np.nan if v is None else v for v in values], dtype=float), unknown
    column = np.empty(len(values), dtype=object)
    column[:] = values
    return column, unknown


@dataclass(frozen=True, slots=True)
class Answers:
    """What each site answers to each factor, and the least grade that overrides give it.

    ``codes`` is twice the place of the case that holds (the last place is "otherwise"), plus one
    where a case that would give more cannot be answered. ``is_out`` marks the gate's exits.
    """

    codes: NDArray[np.uint8]
    least: Ranks
    is_out: Bools


def answers(table: FactTable, rules: RuleSet) -> Answers:
    """Return what the sites answer to a rule set; independent of its points."""
    table = table.settled(rules)
    codes = np.empty((table.size, len(rules.factors)), dtype=np.uint8, order="F")
    for place, factor in enumerate(rules.factors):
        codes[:, place] = _answers_to(table, factor)
    least = np.zeros(table.size, dtype=np.int8)
    for override in rules.overrides:
        holds, _ = table.answer(override.test)
        least[holds] = np.maximum(least[holds], ORDER[override.grade])
    is_out, _ = table.answer(rules.gate.test)
    radioactive, _ = table.answer(Question("nature", equals=WasteNature.RADIOACTIVE))
    return Answers(codes, least, is_out | radioactive)


def _answers_to(table: FactTable, factor: Factor) -> NDArray[np.uint8]:
    held = np.full(table.size, len(factor.cases), dtype=np.uint8)
    is_open = np.ones(table.size, dtype=bool)
    is_unsure = np.zeros(table.size, dtype=bool)
    for place, case in enumerate(factor.cases):
        holds, unknown = table.answer(case.test)
        held[is_open & holds] = place
        is_unsure |= is_open & unknown
        is_open &= ~holds
    return held * 2 + is_unsure


def price_list(factor: Factor) -> Floats:
    """Return the points of each code of `Answers` under a factor."""
    points = [*(case.points for case in factor.cases), factor.otherwise]
    return np.array([p for known in points for p in (known, max(known, factor.unknown))])


def points(known: Answers, rules: RuleSet) -> Floats:
    """Return the points of each site under each factor."""
    found = np.empty(known.codes.shape, order="F")
    for place, factor in enumerate(rules.factors):
        found[:, place] = price_list(factor)[known.codes[:, place]]
    return found


def sums(found: Floats, rules: RuleSet) -> Floats:
    """Return the points of each site under H, S and R: (site, 3)."""
    return found @ membership(rules)


def membership(rules: RuleSet) -> Floats:
    """Return which factor counts to which index: (factor, 3) of zeros and ones."""
    return np.array([[f.index == i for i in INDICES] for f in rules.factors], dtype=float)


def levels(totals: Floats, rules: RuleSet) -> Ranks:
    """Return the level of each sum, 1 the worst; sums are rounded against binary fractions."""
    exact = np.round(totals, 6)
    low = exact <= rules.level_1_above
    found: Ranks = (1 + low + (low & (exact <= rules.level_2_above))).astype(np.int8)
    return found


def cell_ranks(rules: RuleSet) -> Ranks:
    """Return the 27 cells as ranks, by (level of H - 1) * 9 + (S - 1) * 3 + (R - 1)."""
    return np.array(
        [ORDER[rules.cells[f"{h}{s}{r}"]] for h in "123" for s in "123" for r in "123"],
        dtype=np.int8,
    )


def ranks(known: Answers, totals: Floats, rules: RuleSet) -> Ranks:
    """Return each site's grade, as a place of `LADDER`, from its three sums."""
    level = levels(totals, rules).astype(np.intp) - 1
    by_cell = cell_ranks(rules)[level[:, 0] * 9 + level[:, 1] * 3 + level[:, 2]]
    found: Ranks = np.maximum(by_cell, known.least)
    found[known.is_out] = TOP
    return found


def matrix(before: NDArray[np.integer[Any]], after: Ranks) -> dict[str, dict[str, int]]:
    """Return how many sites went from which grade to which; before -1 is "not graded"."""
    names = {place: grade.value for place, grade in enumerate(LADDER)} | {-1: "NONE"}
    pairs, counts = np.unique(np.stack([before, after]), axis=1, return_counts=True)
    found: dict[str, dict[str, int]] = {}
    for (old, new), count in zip(pairs.T.tolist(), counts.tolist(), strict=True):
        found.setdefault(names[old], {})[names[new]] = count
    return found


def rank_of(grade: Grade | None) -> int:
    """Return a grade's place in `LADDER`, -1 for none."""
    return -1 if grade is None else ORDER[grade]
