"""Map tiles of display copies."""

import json
from pathlib import Path

# At the top: imported inside a function by two requests at once, its circular imports fail.
from rio_tiler.errors import TileOutsideBounds
from rio_tiler.io import Reader

from remote_sensing.errors import DisplayCopyGone, ViewMissing
from remote_sensing.scene import opened

MOST_ZOOM = 24
TILE_PX = 256


def views(path: Path) -> dict[str, tuple[int, ...]]:
    """Return the views of a display copy, each with the places of its three bands."""
    with opened(path) as dataset:
        rows = json.loads(dataset.tags().get("VIEWS", "{}"))
    return {view: tuple(places) for view, places in rows.items()}


def render(path: Path, view: str, z: int, x: int, y: int) -> bytes | None:
    """Return the WebP tile z/x/y of web maps, 256 px with alpha; None where there is no image.

    Raises ViewMissing when the scene's bands did not allow ``view``, DisplayCopyGone.
    """
    if not path.is_file():
        raise DisplayCopyGone(file=path.name)
    if not (0 <= z <= MOST_ZOOM and 0 <= x < 2**z and 0 <= y < 2**z):
        return None
    with opened(path) as dataset:
        places = json.loads(dataset.tags().get("VIEWS", "{}"))
        if view not in places:
            raise ViewMissing(view=view, present=", ".join(places) or "-")
        # The dataset is handed over open: the reader would try every driver on a path.
        with Reader(None, dataset=dataset) as reader:
            try:
                image = reader.tile(
                    x, y, z, tilesize=TILE_PX, indexes=places[view], resampling_method="bilinear"
                )
            except TileOutsideBounds:
                return None
        if not image.mask.any():
            return None
        content: bytes = image.render(img_format="WEBP")
        return content
