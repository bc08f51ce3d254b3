"""500 piles and 200 pits: how long the best allocation takes, and what nearest-first wastes.

Run: python tools/bench_backfill.py [PILES PITS]
"""

import os
import sys
from time import perf_counter

import numpy as np

from gis.domain.terms import MatchAim
from gis.spatial.allocation import Problem, greedy, solve


def made_up(piles: int, pits: int, seed: int, aim: MatchAim, budget: float | None) -> Problem:
    """Return piles and pits strewn over 40 km, six in ten pairs lawful; masses of long tails."""
    chance = np.random.default_rng(seed)
    at_pile, at_pit = chance.uniform(0, 40, (piles, 2)), chance.uniform(0, 40, (pits, 2))
    lawful = chance.random((piles, pits)) < 0.6
    pile, pit = np.nonzero(lawful)
    km = 1.35 * np.hypot(*(at_pile[pile] - at_pit[pit]).T)
    density = chance.choice([1.2, 1.75, 1.9, 2.0], piles)[pile]
    points = chance.uniform(20, 240, piles)
    mass = np.round(chance.lognormal(10, 1.2, piles))
    volume = np.round(chance.lognormal(10.3, 1.0, pits))
    return Problem(
        pile_t=mass,
        pit_m3=volume,
        pair_pile=pile,
        pair_pit=pit,
        m3_per_t=1 / density,
        km=km,
        yuan=12 + 0.8 * km,
        risk=points[pile] / mass[pile],
        budget_yuan=budget,
        aim=aim,
    )


def main() -> None:
    """Print one line a case."""
    piles, pits = (int(one) for one in sys.argv[1:3]) if len(sys.argv) > 2 else (500, 200)
    print("load", [round(one, 1) for one in os.getloadavg()])
    cases = ((MatchAim.LEAST_HAUL, None), (MatchAim.LEAST_HAUL, 2e8), (MatchAim.RISK_PER_YUAN, 2e8))
    for aim, budget in cases:
        problem = made_up(piles, pits, 7, aim, budget)
        began = perf_counter()
        answer = solve(problem)
        solved = perf_counter() - began
        began = perf_counter()
        plain = greedy(problem)
        walked = perf_counter() - began
        best, near = answer.tonnes, plain
        print(
            f"{aim} budget={budget}: {piles} piles x {pits} pits, {len(problem.km)} pairs: "
            f"{solved:.2f} s in {answer.rounds} rounds; nearest-first {walked:.2f} s"
        )
        if aim is MatchAim.LEAST_HAUL:
            same = solve(problem, float(near.sum())).tonnes
            wasted = near @ problem.km - same @ problem.km
            print(
                f"  for the same {near.sum():,.0f} t nearest-first hauls {wasted:,.0f} t·km more "
                f"({100 * wasted / (same @ problem.km):.1f} %), and leaves "
                f"{best.sum() - near.sum():,.0f} t behind that had room"
            )
        for name, tonnes in (("best", best), ("nearest-first", near)):
            print(
                f"  {name:13} {tonnes.sum():14,.0f} t  {tonnes @ problem.km:14,.0f} t·km  "
                f"{tonnes @ problem.km / tonnes.sum():6.3f} km/t  "
                f"risk {tonnes @ problem.risk:10,.1f}"
            )


if __name__ == "__main__":
    main()
