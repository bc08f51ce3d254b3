"""How much an area weighs, told before a phone fetches it: tiles counted, bytes sampled."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from gis.domain.area import Box, Tile, require_bearable, tiles_over, zooms_of
from gis.domain.imagery import SceneRecord
from remote_sensing import tiles

VIEW = "natural"
SAMPLED = 5
"""Tiles of each zoom that are drawn to know what one weighs."""


class SceneSize(NamedTuple):
    """What one scene weighs over an area."""

    zooms: list[int]
    tiles: int
    size_bytes: float
    is_exact: bool


def extent_of(boxes: Sequence[Box]) -> Box:
    """Return the box around boxes."""
    west, south, east, north = zip(*boxes, strict=True)
    return Box(min(west), min(south), max(east), max(north))


def size_of(scene: SceneRecord, boxes: Sequence[Box], deepest: int) -> SceneSize:
    """Return a scene's tiles over an area and what they weigh; raises AreaTooLarge."""
    _, south, _, north = extent_of(boxes)
    zooms = zooms_of(scene.pixel_m, (south + north) / 2, deepest)
    path = Path(scene.display_path)
    number, size, is_exact = 0, 0.0, True
    for zoom in zooms:
        found = tiles_over(boxes, zoom)
        number += len(found)
        require_bearable(number, size)
        drawn = [len(_drawn(path, tile)) for tile in spread(found, SAMPLED)]
        size += sum(drawn) / len(drawn) * len(found)
        is_exact = is_exact and len(drawn) == len(found)
    return SceneSize(list(zooms), number, size, is_exact)


def spread(found: Sequence[Tile], most: int) -> list[Tile]:
    """Return at most so many of the tiles, evenly spread over them."""
    if len(found) <= most:
        return list(found)
    return [found[int((place + 0.5) * len(found) / most)] for place in range(most)]


def _drawn(path: Path, tile: Tile) -> bytes:
    return tiles.render(path, VIEW, *tile) or b""
