"""Finished windows of a run that is still under way, kept on the disk.

One file per window: the SHA-256 of what follows, then the scores, compressed. A damaged part is
taken for one that was never made.
"""

import hashlib
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from remote_sensing.safe_files import replace_bytes
from remote_sensing.windows import Tile

_DIGEST = 32

Scores = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Parts:
    """The folder of parts; every part is uint8 (classes, height, width) percent, 255 nodata."""

    folder: Path
    classes: int

    def save(self, tile: Tile, scores: Scores) -> None:
        """Keep one window's scores, whole or not at all."""
        body = zlib.compress(np.ascontiguousarray(scores).tobytes(), 1)
        path = self._path(tile)
        replace_bytes(path, path.with_suffix(".new"), hashlib.sha256(body).digest() + body)

    def load(self, tile: Tile) -> Scores | None:
        """Return one window's scores, or None where there is no sound part."""
        try:
            content = self._path(tile).read_bytes()
            digest, body = content[:_DIGEST], content[_DIGEST:]
            if hashlib.sha256(body).digest() != digest:
                return None
            flat = np.frombuffer(zlib.decompress(body), np.uint8)
            return flat.reshape(self.classes, tile.inner.height, tile.inner.width)
        except (OSError, ValueError, zlib.error):
            return None

    def missing(self, tiles: Sequence[Tile]) -> tuple[Tile, ...]:
        """Return the windows that have no sound part yet."""
        return tuple(tile for tile in tiles if self.load(tile) is None)

    def _path(self, tile: Tile) -> Path:
        return self.folder / f"{tile.index:06d}.part"
