"""From NDVI to plant cover: the dimidiate pixel model with each scene's own ends.

Because the ends are taken from the scene itself, haze, sun and sensor act on both alike and fall
out; a forgotten radiometric offset would too, in part, but is taken off before.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from gis.domain.follow_up.rules import FollowUpRules
from remote_sensing.follow_up.ground import Floats


class Ends(NamedTuple):
    """NDVI of bare soil and of full plant cover."""

    soil: float
    plants: float

    def cover(self, ndvi: Floats) -> Floats:
        """Return FVC 0..1 of NDVI."""
        return np.clip((ndvi - self.soil) / (self.plants - self.soil), 0, 1)


@dataclass(frozen=True, slots=True)
class Greenness:
    """The ends of one scene, and those that a doubt about their percentiles allows.

    ``is_held`` says that the scene's own percentile was outside what soil or plants can be (a
    scene of nothing but forest, say), so that the nearest end that can be was taken.
    """

    ends: Ends
    low: Ends
    high: Ends
    is_held: bool


def greenness_of(ndvi: Floats, rules: FollowUpRules) -> Greenness:
    """Return a scene's ends from NDVI of many of its pixels that show land, 1-d, at least one."""

    def at(doubt: float) -> tuple[Ends, bool]:
        found = np.percentile(
            ndvi,
            [
                np.clip(rules.soil_percentile + doubt, 0, 100),
                np.clip(rules.plants_percentile + doubt, 0, 100),
            ],
        )
        soil = float(np.clip(found[0], rules.soil_ndvi_least, rules.soil_ndvi_most))
        plants = max(float(found[1]), rules.plants_ndvi_least)
        return Ends(soil, plants), (soil, plants) != (found[0], found[1])

    ends, is_held = at(0)
    # Higher ends leave less cover.
    return Greenness(ends, at(rules.percentile_doubt)[0], at(-rules.percentile_doubt)[0], is_held)
