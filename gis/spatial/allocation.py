"""The best shares of piles among pits: a linear programme, solved exactly (HiGHS).

Columns are lawful pairs, rows are piles (tonnes), pits (m³) and the budget (yuan). First the
largest amount is found, then the cheapest way to reach it. Pairs come in as they pay: the solver
starts from each pile's nearest pits, and pairs left out are priced by the duals until none would
better the answer, which is then the answer for all pairs (column generation).
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.optimize import linprog

from gis.domain.terms import MatchAim

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]

NEAREST = 8
"""Pairs of each pile that the solver starts from."""
SLACK = 1e-9
"""Share by which the first answer may be missed in the second: that of floating point."""
PAYS = 1e-9
"""A pair left out is taken in when it would better the answer by more, relative to the dearest."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Piles, pits and the pairs between them; arrays of float64, in the order of their codes.

    ``pile_t`` (piles) and ``pit_m3`` (pits) are what there is; ``pair_pile`` and ``pair_pit``
    (pairs) index them; ``m3_per_t``, ``t_km`` (km a tonne), ``yuan`` and ``risk`` (pairs) are of
    one tonne. ``budget_yuan`` None is no limit.
    """

    pile_t: Floats
    pit_m3: Floats
    pair_pile: Ints
    pair_pit: Ints
    m3_per_t: Floats
    km: Floats
    yuan: Floats
    risk: Floats
    budget_yuan: float | None
    aim: MatchAim


@dataclass(frozen=True, slots=True)
class Answer:
    """``tonnes`` (pairs), and what one more of each limit would bring.

    ``more_t`` (pits) are tonnes (or risk points, by the aim) that one more m³ would let in, and
    ``less_cost`` (pits) the t·km (or yuan) it would save with the amount unchanged;
    ``budget_more`` is what one more yuan would bring.
    """

    tonnes: Floats
    more: Floats
    less_cost: Floats
    budget_more: float
    rounds: int


def solve(problem: Problem, amount: float | None = None) -> Answer:
    """Return the best allocation; the same problem gives the same answer to the last bit.

    ``amount`` (tonnes or risk, by the aim) takes the place of the largest that can be reached.
    """
    count = len(problem.pair_pile)
    if not count:
        none = np.zeros(len(problem.pit_m3))
        return Answer(np.zeros(0), none, none.copy(), 0.0, 0)
    by_haul = problem.aim is MatchAim.LEAST_HAUL
    worth = np.ones(count) if by_haul else problem.risk
    cost = problem.km if by_haul else problem.yuan
    matrix, limits = _limits(problem)
    columns = _start(problem, cost)
    most, columns, first_rounds = _generate(-worth, matrix, limits, columns)
    reached = float(worth[columns] @ most.x) if amount is None else amount
    floor = sparse.vstack([matrix, sparse.csr_array(-worth[np.newaxis, :])]).tocsc()
    bound = np.append(limits, -reached * (1 - SLACK))
    best, columns, rounds = _generate(cost, floor, bound, columns)
    tonnes = np.zeros(count)
    tonnes[columns] = np.where(best.x > 1e-7, best.x, 0.0)
    piles, pits = len(problem.pile_t), len(problem.pit_m3)
    span = slice(piles, piles + pits)
    has_budget = problem.budget_yuan is not None
    return Answer(
        tonnes=tonnes,
        more=_clean(-most.ineqlin.marginals[span]),
        less_cost=_clean(-best.ineqlin.marginals[span]),
        budget_more=float(-most.ineqlin.marginals[piles + pits]) if has_budget else 0.0,
        rounds=first_rounds + rounds,
    )


def _clean(duals: Floats) -> Floats:
    return np.where(np.abs(duals) < 1e-9, 0.0, duals)


def _limits(problem: Problem) -> tuple[sparse.csc_array, Floats]:
    """Return the rows that bind: piles, pits, budget; (rows, pairs) and (rows,)."""
    count = len(problem.pair_pile)
    piles, pits = len(problem.pile_t), len(problem.pit_m3)
    every = np.arange(count)
    rows = [problem.pair_pile, piles + problem.pair_pit]
    values = [np.ones(count), problem.m3_per_t]
    limits = [problem.pile_t, problem.pit_m3]
    if problem.budget_yuan is not None:
        rows.append(np.full(count, piles + pits))
        values.append(problem.yuan)
        limits.append(np.array([problem.budget_yuan]))
    shape = (sum(map(len, limits)), count)
    where = (np.concatenate(rows), np.tile(every, len(rows)))
    return sparse.csc_array((np.concatenate(values), where), shape=shape), np.concatenate(limits)


def _start(problem: Problem, cost: Floats) -> Ints:
    """Return each pile's cheapest pairs and each pit's cheapest: a first guess, no more."""
    wanted = np.zeros(len(cost), dtype=bool)
    for owner in (problem.pair_pile, problem.pair_pit):
        order = np.lexsort((cost, owner))
        owners = owner[order]
        starts = np.flatnonzero(np.r_[True, owners[1:] != owners[:-1]])
        rank = np.arange(len(owners)) - np.repeat(starts, np.diff(np.r_[starts, len(owners)]))
        wanted[order[rank < NEAREST]] = True
    return np.flatnonzero(wanted)


def _generate(
    cost: Floats, matrix: sparse.csc_array, limits: Floats, columns: Ints
) -> tuple[Any, Ints, int]:
    """Solve over some columns, take in those that would pay, until none does."""
    scale = max(float(np.abs(cost).max()), 1e-12)
    for turn in range(1, len(cost) + 2):
        found = linprog(
            cost[columns], A_ub=matrix[:, columns], b_ub=limits, bounds=(0, None), method="highs-ds"
        )
        assert found.status == 0, (
            found.message
        )  # nothing moved is always allowed, and it is bounded
        reduced = cost - matrix.T @ found.ineqlin.marginals
        reduced[columns] = 0.0
        pays = np.flatnonzero(reduced < -PAYS * scale)
        if not len(pays):
            return found, columns, turn
        columns = np.union1d(columns, pays[np.argsort(reduced[pays], kind="stable")[:20_000]])
    raise AssertionError("every column is in")


def greedy(problem: Problem) -> Floats:
    """Return what nearest-first gives, pair by pair: the way without a solver, to compare with."""
    tonnes = np.zeros(len(problem.pair_pile))
    pile_t, pit_m3 = problem.pile_t.copy(), problem.pit_m3.copy()
    left = np.inf if problem.budget_yuan is None else problem.budget_yuan
    for pair in np.lexsort((problem.pair_pit, problem.pair_pile, problem.km)):
        pile, pit = problem.pair_pile[pair], problem.pair_pit[pair]
        amount = min(pile_t[pile], pit_m3[pit] / problem.m3_per_t[pair], left / problem.yuan[pair])
        tonnes[pair] = amount
        pile_t[pile] -= amount
        pit_m3[pit] -= amount * problem.m3_per_t[pair]
        left -= amount * problem.yuan[pair]
    return tonnes
