"""The best allocation: as good as trying everything, within every limit, the same each time."""

from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gis.domain.terms import MatchAim
from gis.spatial.allocation import Problem, greedy, solve


def a_problem(seed, *, whole=True, budget=None, aim=MatchAim.LEAST_HAUL, sizes=(4, 3, 5)):
    """Piles, pits and pairs at random; ``whole`` has one m³ a tonne and whole numbers."""
    chance = np.random.default_rng(seed)
    piles, pits, most = chance.integers(1, sizes[0]), chance.integers(1, sizes[1]), sizes[2]
    pile, pit = np.nonzero(chance.random((piles, pits)) < 0.8)
    km = chance.integers(1, 20, len(pile)).astype(float)
    density = np.ones(piles) if whole else chance.choice([1.0, 1.25, 2.0], piles)
    return Problem(
        pile_t=chance.integers(0, most, piles).astype(float),
        pit_m3=chance.integers(0, most, pits).astype(float),
        pair_pile=pile,
        pair_pit=pit,
        m3_per_t=1 / density[pile],
        km=km,
        yuan=12 + km,
        risk=chance.integers(1, 9, piles).astype(float)[pile],
        budget_yuan=budget,
        aim=aim,
    )


def score(problem, tonnes):
    by_haul = problem.aim is MatchAim.LEAST_HAUL
    worth = tonnes.sum(-1) if by_haul else tonnes @ problem.risk
    return worth, tonnes @ (problem.km if by_haul else problem.yuan)


def fits(problem, tonnes, slack=1e-9):
    """Say of each row of ``tonnes`` (cases, pairs) whether it keeps every limit."""
    good = (tonnes >= -slack).all(-1)
    for pile, mass in enumerate(problem.pile_t):
        good &= tonnes[:, problem.pair_pile == pile].sum(-1) <= mass + slack
    for pit, volume in enumerate(problem.pit_m3):
        mine = problem.pair_pit == pit
        good &= tonnes[:, mine] @ problem.m3_per_t[mine] <= volume + slack
    if problem.budget_yuan is not None:
        good &= tonnes @ problem.yuan <= problem.budget_yuan + slack
    return good


def best_of(problem, tried):
    tried = tried[fits(problem, tried, 1e-7)]
    worth, cost = score(problem, tried)
    most = worth.max()
    return most, cost[worth >= most - 1e-6].min()


@pytest.mark.parametrize("start", range(0, 200, 20))
def test_it_equals_brute_force_over_whole_tonnes_on_200_cases(start):
    for seed in range(start, start + 20):
        aim = MatchAim.RISK_PER_YUAN if seed % 3 == 0 else MatchAim.LEAST_HAUL
        problem = a_problem(seed, aim=aim)
        pairs = len(problem.pair_pile)
        tried = np.stack(np.meshgrid(*[np.arange(5.0)] * pairs, indexing="ij"), -1) if pairs else 0
        found = solve(problem).tonnes
        if not pairs:
            assert found.shape == (0,)
            continue
        wanted = best_of(problem, tried.reshape(-1, pairs))
        assert score(problem, found) == pytest.approx(wanted, abs=1e-5), seed
        assert fits(problem, found[np.newaxis], 1e-6).all()


def vertices(problem):
    """Yield every corner of what is allowed: limits and zeros, as many as pairs, all tight."""
    pairs = len(problem.pair_pile)
    rows = [(np.eye(pairs)[k], 0.0) for k in range(pairs)]
    for pile, mass in enumerate(problem.pile_t):
        rows.append(((problem.pair_pile == pile).astype(float), mass))
    for pit, volume in enumerate(problem.pit_m3):
        rows.append((np.where(problem.pair_pit == pit, problem.m3_per_t, 0.0), volume))
    if problem.budget_yuan is not None:
        rows.append((problem.yuan, problem.budget_yuan))
    for chosen in combinations(rows, pairs):
        matrix = np.array([row for row, _ in chosen])
        if abs(np.linalg.det(matrix)) > 1e-9:
            yield np.linalg.solve(matrix, np.array([limit for _, limit in chosen]))


@pytest.mark.parametrize("seed", range(24))
def test_it_equals_the_best_corner_with_densities_and_a_budget(seed):
    aim = MatchAim.RISK_PER_YUAN if seed % 2 else MatchAim.LEAST_HAUL
    sizes = (3, 3, 9)
    problem = a_problem(seed, whole=False, aim=aim, budget=25.0 + 8 * seed, sizes=sizes)
    if not len(problem.pair_pile):
        return
    answer = solve(problem)
    worth, cost = score(problem, answer.tonnes)
    corners = np.array(list(vertices(problem)))
    corners = corners[fits(problem, corners, 1e-7)]
    worths, _ = score(problem, corners)
    assert worth == pytest.approx(worths.max(), abs=1e-5)
    # The least cost at that worth lies on an edge where the worth is the largest: at a corner.
    assert cost == pytest.approx(best_of(problem, corners)[1], abs=1e-4)


@settings(max_examples=60)
@given(
    seed=st.integers(0, 10_000),
    budget=st.sampled_from([None, 0.0, 40.0, 900.0]),
    aim=st.sampled_from(MatchAim),
)
def test_every_limit_is_kept_and_greedy_is_never_better(seed, budget, aim):
    problem = a_problem(seed, whole=False, budget=budget, aim=aim, sizes=(7, 6, 60))
    found = solve(problem)
    near = greedy(problem)
    assert fits(problem, found.tonnes[np.newaxis], 1e-5).all()
    assert fits(problem, near[np.newaxis], 1e-5).all()
    if len(found.tonnes):
        assert score(problem, found.tonnes)[0] >= score(problem, near)[0] - 1e-4
    assert (found.more >= 0).all() and found.budget_more >= 0


def test_the_bottleneck_is_the_pit_whose_next_cubic_metre_lets_most_in():
    two = Problem(
        pile_t=np.array([100.0]),
        pit_m3=np.array([20.0, 500.0]),
        pair_pile=np.array([0]),
        pair_pit=np.array([0]),
        m3_per_t=np.array([0.5]),
        km=np.array([3.0]),
        yuan=np.array([15.0]),
        risk=np.array([1.0]),
        budget_yuan=None,
        aim=MatchAim.LEAST_HAUL,
    )
    answer = solve(two)
    assert answer.tonnes.tolist() == pytest.approx([40.0])
    assert answer.more.tolist() == [2.0, 0.0]
    assert solve(replace(two, pit_m3=np.array([21.0, 500.0]))).tonnes.tolist() == pytest.approx(
        [42.0]
    )


def test_a_near_pit_that_is_full_is_worth_the_haul_it_would_save():
    near_and_far = Problem(
        pile_t=np.array([100.0]),
        pit_m3=np.array([40.0, 500.0]),
        pair_pile=np.array([0, 0]),
        pair_pit=np.array([0, 1]),
        m3_per_t=np.ones(2),
        km=np.array([2.0, 10.0]),
        yuan=np.array([14.0, 22.0]),
        risk=np.ones(2),
        budget_yuan=None,
        aim=MatchAim.LEAST_HAUL,
    )
    answer = solve(near_and_far)
    assert answer.tonnes.tolist() == pytest.approx([40.0, 60.0])
    assert answer.more.tolist() == [0.0, 0.0]
    assert answer.less_cost.tolist() == pytest.approx([8.0, 0.0])


def test_the_same_problem_gives_the_same_bytes():
    problem = a_problem(3, whole=False, sizes=(9, 9, 99))
    assert solve(problem).tonnes.tobytes() == solve(problem).tonnes.tobytes()
