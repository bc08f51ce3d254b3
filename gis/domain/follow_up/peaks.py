"""The recovery curve: one value a year, at the season when plants stand highest, gaps as gaps."""

from collections.abc import Collection, Sequence
from typing import NamedTuple

from gis.domain.follow_up.observation import Observation


class Peak(NamedTuple):
    """A year's value: its observation, or None for a gap; ``looks`` had any in the peak months."""

    year: int
    observation: Observation | None
    looks: int


def peaks(observations: Sequence[Observation], months: Collection[int]) -> list[Peak]:
    """Return one entry a year from the first to the last observed, without leaving years out.

    Of several in the peak months the one counts whose share against the reference is highest, for
    the others may stand before or after the peak; one without a reference counts last.
    """
    if not observations:
        return []
    years = [one.observed_on.year for one in observations]
    found = []
    for year in range(min(years), max(years) + 1):
        looks = [
            one
            for one in observations
            if one.observed_on.year == year and one.observed_on.month in months
        ]
        fit = [one for one in looks if one.fvc is not None]
        best = max(fit, key=_height, default=None)
        found.append(Peak(year, best, len(looks)))
    return found


def _height(one: Observation) -> tuple[bool, float]:
    return one.fvc_ratio is not None, one.fvc_ratio if one.fvc_ratio is not None else one.fvc or 0.0
