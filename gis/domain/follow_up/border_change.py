"""When a difference between two outlines of one place is a change, and when it is the outlines'.

A border lies off by up to half a pixel, and between two images all borders may move alike (season,
radiometry) or each by itself (noise). What unchanged places show of both decides, where there are
enough of them: what all did alike is taken back, and a change must exceed what is left in doubt.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import hypot
from statistics import median

ENOUGH_PLACES = 5
"""From so many places on, the pair of images itself tells how far borders move."""
ALIKE_MOST_PX = 1.0
"""Borders that moved alike by more than a pixel may have moved in truth; that stays a change."""
SAME_SEASON_PX, OTHER_SEASON_PX = 0.25, 1.0
"""How far borders move (95 %) between images where too few places tell it."""
POSITION_ERROR_PX = 0.5
"""How far a border may lie off in any one image."""
Z95 = 1.96


@dataclass(frozen=True, slots=True)
class BorderSwing:
    """How far borders moved outwards, alike and apart (standard deviation), in metres.

    ``places`` is how many places tell it, None where a pair of seasons is assumed.
    """

    alike_m: float
    apart_m: float
    places: int | None

    def doubt_m2(self, perimeter_m: float, position_error_m: float) -> float:
        """Return the half-width of the 95 % interval of a change of area."""
        return perimeter_m * hypot(position_error_m, Z95 * self.apart_m)


def swing_of(moved_m: Sequence[float], is_same_season: bool, pixel_m: float) -> BorderSwing:
    """Return what places that both images show tell of their borders.

    ``moved_m`` is each place's change of area over the length of its outline. Most places are taken
    to be unchanged: the middle of them is what all did, their scatter is noise.
    """
    if len(moved_m) < ENOUGH_PLACES:
        apart = (SAME_SEASON_PX if is_same_season else OTHER_SEASON_PX) * pixel_m
        return BorderSwing(0.0, apart / Z95, None)
    middle, most = median(moved_m), ALIKE_MOST_PX * pixel_m
    scatter = 1.4826 * median(abs(one - middle) for one in moved_m)
    return BorderSwing(min(max(middle, -most), most), scatter, len(moved_m))
