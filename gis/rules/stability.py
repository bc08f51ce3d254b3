"""How firm grades are: do they hold when weights move by a fifth, one by one and all at once?"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gis.domain.grading.rule_set import INDICES, RuleSet
from gis.rules.weighing import Answers, Floats, Ranks, membership, ranks

SHAKE = 0.2
DRAWS = 200
SEED = 20260619
"""The same question has the same answer: draws are seeded."""


@dataclass(frozen=True, slots=True)
class Stability:
    """Shares of sites, and for each site, whose grade holds under ±20 % of the weights.

    ``by_factor`` holds for each factor the share under minus and plus; ``of_site`` the share of
    the joint draws in which a site keeps its grade, ``is_firm`` whether it does under each single
    factor's change.
    """

    one_by_one: float
    jointly: float
    by_factor: dict[str, tuple[float, float]]
    of_site: NDArray[np.float64]
    is_firm: NDArray[np.bool_]


def stability(
    known: Answers, found: Floats, now: Ranks, rules: RuleSet, draws: int = DRAWS
) -> Stability:
    """Return how firm the grades ``now`` of sites with points ``found`` are."""
    member = membership(rules)
    totals = found @ member
    is_firm = np.ones(len(now), dtype=bool)
    by_factor: dict[str, tuple[float, float]] = {}
    for place, factor in enumerate(rules.factors):
        shares = []
        for change in (-SHAKE, SHAKE):
            moved = totals.copy()
            moved[:, INDICES.index(factor.index)] += change * found[:, place]
            holds = ranks(known, moved, rules) == now
            is_firm &= holds
            shares.append(_share(holds))
        by_factor[factor.id] = (shares[0], shares[1])
    of_site = _jointly(known, found, now, rules, draws)
    return Stability(_share(is_firm), _share(of_site), by_factor, of_site, is_firm)


def _jointly(
    known: Answers, found: Floats, now: Ranks, rules: RuleSet, draws: int
) -> NDArray[np.float64]:
    """Return the share of draws in which each site keeps its grade.

    Sites with the same answers have the same fate, so each is worked out once.
    """
    alike, first, back = np.unique(_keys(known), return_index=True, return_inverse=True)
    few = Answers(known.codes[first], known.least[first], known.is_out[first])
    points, held = found[first], np.zeros(len(alike))
    member = membership(rules)
    chance = np.random.default_rng(SEED)
    for _ in range(draws):
        weights = chance.uniform(1 - SHAKE, 1 + SHAKE, len(rules.factors))
        held += ranks(few, points @ (member * weights[:, None]), rules) == now[first]
    return np.asarray(held[back] / draws if draws else np.ones(len(now)))


def _keys(known: Answers) -> NDArray[np.void]:
    """Return one opaque key a site: its answers, overrides and gate."""
    whole = np.column_stack([known.codes, known.least.view(np.uint8), known.is_out])
    packed = np.ascontiguousarray(whole.astype(np.uint8))
    return packed.view(np.dtype((np.void, packed.shape[1]))).ravel()


def _share(values: NDArray[np.bool_] | NDArray[np.float64]) -> float:
    return round(float(values.mean()), 4) if len(values) else 1.0
