"""How much an area weighs, told before a phone fetches it: tiles counted, bytes sampled."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import shapely

from gis.domain.area import Box, BoxInvalid, Tile, ground_of, require_bearable, tiles_over, zooms_of
from gis.domain.detection.imagery import SceneRecord
from remote_sensing.maps import tiles

VIEW = "natural"
SAMPLED = 8
"""Tiles of each zoom that are drawn to know what one weighs."""


class SceneSize(NamedTuple):
    """What one scene weighs over an area, and the box that its pictures lie in."""

    bounds: Box
    zooms: list[int]
    tiles: int
    size_bytes: float
    is_exact: bool


def box_of(text: str) -> Box:
    """Return the box written as west,south,east,north in degrees; raises BoxInvalid.

    >>> box_of("109.6,40.6,109.9,40.9").north
    40.9
    """
    try:
        west, south, east, north = (float(part) for part in text.split(","))
    except ValueError:
        raise BoxInvalid() from None
    box = Box(west, south, east, north)
    box.require_valid()
    return box


def extent_of(boxes: Sequence[Box]) -> Box:
    """Return the box around boxes."""
    west, south, east, north = zip(*boxes, strict=True)
    return Box(min(west), min(south), max(east), max(north))


def size_of(scene: SceneRecord, boxes: Sequence[Box], deepest: int) -> SceneSize:
    """Return a scene's tiles over an area and what they weigh; raises AreaTooLarge."""
    bounds = Box(*(round(value, 6) for value in scene.footprint.bounds))
    pictured = [cut for box in boxes if (cut := box.cut_to(bounds))]
    zooms = zooms_of(scene.pixel_m, (bounds.south + bounds.north) / 2, deepest)
    number, size, is_exact = 0, 0.0, True
    for zoom in zooms:
        found = tiles_over(pictured, zoom)
        number += len(found)
        require_bearable(number, size)
        shown = _shown_by(scene, found)
        drawn = [len(_drawn(scene, tile)) for tile in spread(shown, SAMPLED)]
        size += sum(drawn) / max(1, len(drawn)) * len(shown)
        is_exact = is_exact and len(drawn) == len(shown)
    return SceneSize(bounds, list(zooms), number, size, is_exact)


def _shown_by(scene: SceneRecord, found: Sequence[Tile]) -> list[Tile]:
    """Return the tiles that touch the scene's footprint, which may lie askew in its bounds."""
    shapely.prepare(scene.footprint)
    return [tile for tile in found if scene.footprint.intersects(shapely.box(*ground_of(tile)))]


def spread(found: Sequence[Tile], most: int) -> list[Tile]:
    """Return at most so many of the tiles, evenly spread over them."""
    if len(found) <= most:
        return list(found)
    return [found[int((place + 0.5) * len(found) / most)] for place in range(most)]


def _drawn(scene: SceneRecord, tile: Tile) -> bytes:
    return tiles.render(Path(scene.display_path), VIEW, *tile) or b""
