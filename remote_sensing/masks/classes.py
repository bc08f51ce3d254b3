"""What a mask says of a pixel, and what Sentinel-2's scene classification says in these words."""

from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from remote_sensing.scene import MASK_NODATA


class Hides(IntEnum):
    """The codes of a mask raster: uint8, 255 where the scene has no pixel."""

    NOTHING = 0
    CLOUD = 1
    SHADOW = 2
    SNOW = 3


NAMES = {
    Hides.NOTHING: ("clear", "晴空", "Clear"),
    Hides.CLOUD: ("cloud", "云", "Cloud"),
    Hides.SHADOW: ("shadow", "云影", "Cloud shadow"),
    Hides.SNOW: ("snow", "雪", "Snow"),
}
"""Each code's word in files, and what people read."""

_SCL = {3: Hides.SHADOW, 8: Hides.CLOUD, 9: Hides.CLOUD, 10: Hides.CLOUD, 11: Hides.SNOW}
"""Sen2Cor's classes (Sentinel-2 L2A product definition, table of SCL values): 3 cloud shadow, 8 and
9 cloud of medium and high probability, 10 thin cirrus, 11 snow or ice. 2 (dark features) is ground
in a hill's shadow, 7 is unclassified: both stay."""
_SCL_NONE = (0, 1)
"""No data, and saturated or defective."""


def of_scl(scl: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Return mask codes for Sentinel-2 SCL values of any shape."""
    table = np.zeros(256, np.uint8)
    for value, hides in _SCL.items():
        table[value] = hides
    table[list(_SCL_NONE)] = MASK_NODATA
    return table[scl]
