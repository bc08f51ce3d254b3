"""How far independent checks of the same places agree: rate and Cohen's kappa."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from gis.domain.checks.answers import ANSWERS
from gis.domain.checks.field_check import FieldCheck

NO_DIFFERENCE = {"note", "mass_formula"}
"""Free words always differ, and mean nothing by it."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """Of ``places`` with two independent checks, the share that got the same verdict twice.

    ``kappa`` is what is left of that when chance is taken off: 1 is full agreement, 0 no better
    than chance; None where there is nothing to tell chance from.
    """

    places: int
    agreed: int
    rate: float | None
    kappa: float | None


def agreement(pairs: Sequence[tuple[str, str]]) -> Agreement:
    """Return how far two readers agree over the places that both have read.

    >>> agreement([("WASTE", "WASTE"), ("GONE", "GONE"), ("WASTE", "GONE"), ("GONE", "GONE")])
    Agreement(places=4, agreed=3, rate=0.75, kappa=0.5)
    """
    n = len(pairs)
    agreed = sum(one == other for one, other in pairs)
    if not n:
        return Agreement(0, 0, None, None)
    first, second = Counter(one for one, _ in pairs), Counter(other for _, other in pairs)
    by_chance = sum(first[verdict] * second[verdict] for verdict in first) / n**2
    rate = agreed / n
    kappa = None if by_chance == 1 else (rate - by_chance) / (1 - by_chance)
    return Agreement(n, agreed, rate, kappa)


def differing(checks: Sequence[FieldCheck]) -> list[str]:
    """Return the answers, and the verdict, in which checks of one place do not say the same.

    What one of them left open is no contradiction.
    """
    said = [{"verdict": check.verdict.value, **check.answers} for check in checks]
    found = []
    for name in ("verdict", *ANSWERS):
        values = {one.get(name) for one in said} - {None, ""}
        if name not in NO_DIFFERENCE and len(values) > 1:
            found.append(name)
    return found
