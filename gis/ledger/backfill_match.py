"""The match itself: from the ground to its lawful pairs, to a problem, to what moves where.

What goes into the solver is a plain record (`inputs`) with a hash, and what comes out follows from
that record alone: a plan that was kept can be solved again at any time.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from gis.domain.backfill.allocation import MatchAsked
from gis.domain.backfill.pairs import Judge, PairVerdict, Ruling, pair_facts
from gis.domain.backfill.parts import PileFacts, PitFacts
from gis.domain.terms import MatchAim, PairStanding, Unplaced
from gis.ledger.backfill_ground import Ground
from gis.rules.backfill import BackfillRules
from gis.spatial.allocation import Problem, greedy, solve

TENTH = 0.05
"""Less than this of a tonne is the solver's rounding, not a load."""
Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Pairs:
    """How every pair stands, by place of the pile and the pit; verdicts are made when asked for."""

    ground: Ground
    judge: Judge
    rulings: Mapping[tuple[int, int], Ruling]

    def verdict(self, pile: int, pit: int) -> PairVerdict:
        """Return the verdict on one pair, with the facts it rests on."""
        one, other = self.ground.piles[pile], self.ground.pits[pit]
        return self.judge.judge(one, other, self.ground.assessment(one, other))

    @property
    def counts(self) -> Counter[PairStanding]:
        """Return how many pairs stand how."""
        return Counter(ruling.standing for ruling in self.rulings.values())


def judged(ground: Ground, rules: BackfillRules) -> Pairs:
    """Judge every pair of a pile and a pit."""
    judge = Judge(rules.rules)
    wastes = [judge.of_waste(pile) for pile in ground.piles]
    pits = [judge.of_pit(pit) for pit in ground.pits]
    rulings = {}
    for i, pile in enumerate(ground.piles):
        for j, pit in enumerate(ground.pits):
            rulings[i, j] = judge.ruling(
                wastes[i], pits[j], pair_facts(pile, pit), ground.assessment(pile, pit)
            )
    return Pairs(ground, judge, rulings)


def inputs_of(pairs: Pairs, asked: MatchAsked, rules: BackfillRules) -> Record:
    """Return all that the answer follows from, as a record that can be kept."""
    ground = pairs.ground
    numbers = rules.numbers
    lawful = [at for at, ruling in pairs.rulings.items() if ruling.standing.is_open]
    return {
        "aim": asked.aim.value,
        "budget_yuan": asked.budget_yuan,
        "yuan_per_t": numbers["yuan_per_t"],
        "yuan_per_t_km": numbers["yuan_per_t_km"],
        "piles": [_pile(pile, rules) for pile in ground.piles],
        "pits": [_pit(pit, rules) for pit in ground.pits],
        "pairs": [
            {
                "pile": i,
                "pit": j,
                "standing": pairs.rulings[i, j].standing.value,
                "rule": pairs.rulings[i, j].rules[0].id,
                "km": round(float(ground.hauls.km[i, j]), 3),
                "haul": ground.hauls.basis(i, j).value,
            }
            for i, j in sorted(lawful)
        ],
    }


def _pile(pile: PileFacts, rules: BackfillRules) -> Record:
    density = None if pile.material is None else rules.densities[pile.material]
    return {
        "code": pile.code,
        "name": pile.name,
        "material": pile.material,
        "mass_t": pile.mass_t,
        "compacted_t_m3": density.compacted_t_m3 if density else None,
        "loose_t_m3": density.loose_t_m3 if density else None,
        "risk_points": pile.risk_points,
        "lon": pile.lon,
        "lat": pile.lat,
    }


def _pit(pit: PitFacts, rules: BackfillRules) -> Record:
    free, sigma = pit.free_volume_m3, pit.free_volume_sigma_m3 or 0.0
    sure = None if free is None else max(0.0, free - rules.numbers["survey_sigmas"] * sigma)
    return {
        "code": pit.code,
        "name": pit.name,
        "free_volume_m3": free,
        "usable_m3": None if sure is None else sure * rules.numbers["usable_share"],
        "surveyed_on": None if pit.surveyed_on is None else pit.surveyed_on.isoformat(),
        "lon": pit.lon,
        "lat": pit.lat,
    }


def inputs_hash(inputs: Record) -> str:
    """Return the SHA-256 of the inputs in a form no serialiser can change."""
    text = json.dumps(inputs, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def solved(inputs: Record) -> Record:
    """Return the best allocation of the inputs: flows, piles, pits, totals, the plain way beside.

    The same inputs give the same answer.
    """
    piles, pits = inputs["piles"], inputs["pits"]
    lawful = inputs["pairs"]
    usable = [
        pair
        for pair in lawful
        if piles[pair["pile"]]["mass_t"] is not None and pits[pair["pit"]]["usable_m3"] is not None
    ]
    problem = _problem(inputs, usable)
    answer = solve(problem)
    flows = [
        _flow(pair, piles, pits, problem, k, float(answer.tonnes[k]))
        for k, pair in enumerate(usable)
        if answer.tonnes[k] >= TENTH
    ]
    nearest = greedy(problem)
    totals = _totals(flows)
    budget = inputs["budget_yuan"]
    is_spent = budget is not None and totals["yuan"] >= budget - 1
    return {
        "aim": inputs["aim"],
        "budget_yuan": budget,
        "flows": flows,
        "totals": totals,
        "nearest_first": {
            "tonnes": round(float(nearest.sum()), 1),
            "t_km": round(float(nearest @ problem.km), 1),
            "risk": round(float(nearest @ problem.risk), 2),
        },
        "budget_more": round(answer.budget_more, 6),
        "piles": [_left(i, inputs, lawful, usable, flows, is_spent) for i in range(len(piles))],
        "pits": [
            _filled(j, pits[j], flows, float(answer.more[j]), float(answer.less_cost[j]))
            for j in range(len(pits))
        ],
        "lawful_pairs": len(lawful),
    }


def _problem(inputs: Record, pairs: list[Record]) -> Problem:
    piles, pits = inputs["piles"], inputs["pits"]
    pile = np.array([pair["pile"] for pair in pairs], dtype=np.intp)
    pit = np.array([pair["pit"] for pair in pairs], dtype=np.intp)
    km = np.array([pair["km"] for pair in pairs], dtype=np.float64)
    mass = np.array([one["mass_t"] or 0.0 for one in piles], dtype=np.float64)
    points = np.array([one["risk_points"] or 0.0 for one in piles], dtype=np.float64)
    density = np.array([one["compacted_t_m3"] or 1.0 for one in piles], dtype=np.float64)
    share = np.divide(points, mass, out=np.zeros_like(points), where=mass > 0)
    return Problem(
        pile_t=mass,
        pit_m3=np.array([one["usable_m3"] or 0.0 for one in pits], dtype=np.float64),
        pair_pile=pile,
        pair_pit=pit,
        m3_per_t=1 / density[pile],
        km=km,
        yuan=inputs["yuan_per_t"] + inputs["yuan_per_t_km"] * km,
        risk=share[pile],
        budget_yuan=inputs["budget_yuan"],
        aim=MatchAim.of(inputs["aim"]),
    )


def _flow(
    pair: Record, piles: list[Record], pits: list[Record], problem: Problem, k: int, tonnes: float
) -> Record:
    pile, pit = piles[pair["pile"]], pits[pair["pit"]]
    return {
        "pile": pile["code"],
        "pile_name": pile["name"],
        "pit": pit["code"],
        "pit_name": pit["name"],
        "material": pile["material"],
        "standing": pair["standing"],
        "rule": pair["rule"],
        "tonnes": round(tonnes, 1),
        "volume_m3": round(tonnes * float(problem.m3_per_t[k]), 1),
        "loose_m3": round(tonnes / pile["loose_t_m3"], 1),
        "km": pair["km"],
        "haul": pair["haul"],
        "t_km": round(tonnes * pair["km"], 1),
        "yuan": round(tonnes * float(problem.yuan[k]), 1),
        "risk": round(tonnes * float(problem.risk[k]), 3),
        "from": [pile["lon"], pile["lat"]],
        "to": [pit["lon"], pit["lat"]],
    }


def _totals(flows: list[Record]) -> Record:
    names = ("tonnes", "volume_m3", "loose_m3", "t_km", "yuan", "risk")
    totals = {name: round(sum(flow[name] for flow in flows), 1) for name in names}
    tonnes, yuan = totals["tonnes"], totals["yuan"]
    return totals | {
        "km_per_t": round(totals["t_km"] / tonnes, 3) if tonnes else None,
        "risk_per_wan_yuan": round(1e4 * totals["risk"] / yuan, 4) if yuan else None,
        "piles": len({flow["pile"] for flow in flows}),
        "pits": len({flow["pit"] for flow in flows}),
    }


def _left(
    place: int,
    inputs: Record,
    lawful: list[Record],
    usable: list[Record],
    flows: list[Record],
    is_spent: bool,
) -> Record:
    """Return what of a pile stays and why."""
    pile = inputs["piles"][place]
    moved = sum(flow["tonnes"] for flow in flows if flow["pile"] == pile["code"])
    mass = pile["mass_t"]
    left = None if mass is None else max(0.0, round(mass - moved, 1))
    why: Unplaced | None = None
    if mass is None:
        why = Unplaced.NO_MASS
    elif left is not None and left > 1:
        if not any(pair["pile"] == place for pair in lawful):
            why = Unplaced.NO_LAWFUL_PIT
        elif not any(pair["pile"] == place for pair in usable):
            why = Unplaced.NO_SURVEYED_PIT
        else:
            why = Unplaced.BUDGET if is_spent else Unplaced.PITS_FULL
    return {
        **{name: pile[name] for name in ("code", "name", "material", "mass_t", "lon", "lat")},
        "moved_t": round(moved, 1),
        "left_t": left,
        "why": why,
    }


def _filled(place: int, pit: Record, flows: list[Record], more: float, saves: float) -> Record:
    """Return how full a pit gets, and what its next cubic metre would be worth."""
    into = [flow for flow in flows if flow["pit"] == pit["code"]]
    filled = sum(flow["volume_m3"] for flow in into)
    usable = pit["usable_m3"]
    return {
        **{name: pit[name] for name in ("code", "name", "usable_m3", "surveyed_on", "lon", "lat")},
        "filled_m3": round(filled, 1),
        "tonnes": round(sum(flow["tonnes"] for flow in into), 1),
        "is_full": usable is not None and filled >= usable - 1 and filled > 0,
        "more_per_m3": round(more, 6),
        "saves_per_m3": round(saves, 6),
    }


def moves(base: Record, changed: Record) -> list[Record]:
    """Return what moves otherwise than in the base, the largest change first."""
    before = {(flow["pile"], flow["pit"]): flow for flow in base["flows"]}
    after = {(flow["pile"], flow["pit"]): flow for flow in changed["flows"]}
    found = []
    for key in before.keys() | after.keys():
        one = after.get(key) or before[key]
        was = before[key]["tonnes"] if key in before else 0.0
        now = after[key]["tonnes"] if key in after else 0.0
        if abs(now - was) > 1:
            names = ("pile", "pile_name", "pit", "pit_name", "from", "to")
            about = {name: one[name] for name in names}
            found.append(about | {"before_t": was, "after_t": now})
    return sorted(
        found,
        key=lambda row: (-abs(row["after_t"] - row["before_t"]), row["pile"], row["pit"]),
    )
