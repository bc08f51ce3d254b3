"""Windows over a scene: inner parts that tile it, outer parts with a halo of neighbours."""

from dataclasses import dataclass
from itertools import product


@dataclass(frozen=True, slots=True)
class Window:
    """A rectangle of pixels; ``col``/``row`` of its upper left corner may be negative."""

    col: int
    row: int
    width: int
    height: int

    @property
    def col_end(self) -> int:
        """First column to the right of the window."""
        return self.col + self.width

    @property
    def row_end(self) -> int:
        """First row below the window."""
        return self.row + self.height

    def grown(self, pixels: int) -> "Window":
        """Return the window with ``pixels`` more on every side.

        >>> Window(0, 0, 4, 2).grown(1)
        Window(col=-1, row=-1, width=6, height=4)
        """
        return Window(
            self.col - pixels, self.row - pixels, self.width + 2 * pixels, self.height + 2 * pixels
        )

    def inside(self, width: int, height: int) -> "Window":
        """Return the part that lies in a scene of ``width`` by ``height``; may be empty."""
        col, row = max(self.col, 0), max(self.row, 0)
        return Window(
            col,
            row,
            max(min(self.col_end, width) - col, 0),
            max(min(self.row_end, height) - row, 0),
        )


@dataclass(frozen=True, slots=True)
class Tile:
    """A unit of work: ``inner`` is written, ``outer`` is read (and may stick out of the scene)."""

    index: int
    inner: Window
    outer: Window


def plan(width: int, height: int, *, size: int = 512, halo: int = 0) -> tuple[Tile, ...]:
    """Cut a scene into tiles, row by row; inner windows are disjoint and complete.

    >>> [tile.inner.width for tile in plan(10, 4, size=6)]
    [6, 4]
    """
    if min(width, height, size) < 1 or halo < 0:
        raise ValueError(f"cannot cut {width} x {height} by {size} with halo {halo}")
    corners = product(range(0, height, size), range(0, width, size))
    inners = (
        Window(col, row, min(size, width - col), min(size, height - row)) for row, col in corners
    )
    return tuple(Tile(index, inner, inner.grown(halo)) for index, inner in enumerate(inners))
