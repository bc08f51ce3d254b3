"""What a large detection costs in hours, memory and disk, from rates that were measured."""

from dataclasses import dataclass
from math import ceil
from typing import NamedTuple

LEAST_PX = 1_000_000
"""A run over fewer pixels tells of its own start and end, not of pixels."""


@dataclass(frozen=True, slots=True)
class Rates:
    """What runs took, whole: reading, classifying, joining, outlining.

    ``runs`` of this server they come from, or 0 where ``source`` says what else was measured.
    ``scene_bytes`` and ``output_bytes`` are per pixel of a scene, on the disk.
    """

    pixels_per_second: float
    memory_mb: float
    scene_bytes: float
    output_bytes: float
    runs: int
    source_zh: str
    source_en: str


@dataclass(frozen=True, slots=True)
class Undertaking:
    """What is to be gone over: tiles of so many pixels a side, on so many dates."""

    tiles: int = 200
    dates: int = 6
    side_px: int = 10_980
    workers: int = 1

    @property
    def scenes(self) -> int:
        """How many scenes that is."""
        return self.tiles * self.dates

    @property
    def pixels(self) -> int:
        """Pixels of one scene."""
        return self.side_px**2


class Cost(NamedTuple):
    """What each of ``machines`` needs; ``hours`` is until the last one is through."""

    machines: int
    scenes_each: int
    hours: float
    memory_gb: float
    disk_gb: float


def cost(what: Undertaking, rates: Rates, machines: int) -> Cost:
    """Return the cost on some machines that share the scenes evenly, each with its own disk.

    Workers of one machine share its cores, so that they add memory and no speed that was not
    measured; parts of scenes under way lie on the disk beside what is finished.

    >>> rates = Rates(1e6, 500, 2, 1, 0, "", "")
    >>> cost(Undertaking(tiles=10, dates=1, side_px=1000), rates, machines=10)
    Cost(machines=10, scenes_each=1, hours=0.0002777777777777778, memory_gb=0.5, disk_gb=0.004)
    """
    each = ceil(what.scenes / machines)
    lasting = each * what.pixels * (rates.scene_bytes + rates.output_bytes)
    under_way = min(what.workers, each) * what.pixels * rates.output_bytes
    return Cost(
        machines,
        each,
        each * what.pixels / rates.pixels_per_second / 3600,
        rates.memory_mb * what.workers / 1000,
        (lasting + under_way) / 1e9,
    )
