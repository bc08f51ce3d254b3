"""A forest and a smooth surface that speak together of one target.

A forest follows single bends of the ground that it has seen, a surface only the broad way; where
they err elsewhere they seldom err alike. Their odds are averaged, so that neither's doubt is lost
in the other's certainty.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from remote_sensing import forest
from remote_sensing.quadric import REST, Quadric

SUREST = 0.99
"""No vote counts for more: beyond it a forest says only how few samples its leaves hold."""

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Mixed:
    """Two estimators of the same two classes, as scikit-learn's estimators are asked.

    ``forest`` is told the first figures, ``surface`` those in ``columns``, int64 (figures,).
    """

    forest: Any
    surface: Quadric
    columns: NDArray[np.int64]

    @property
    def seen(self) -> int:
        """How many figures the forest is told."""
        return int(self.forest.n_features_in_)

    def predict_proba(self, x: NDArray[np.generic]) -> Floats:
        """Return float64 (pixels, 2), the same for a pixel whatever others are asked with it."""
        wanted = self.surface.wanted
        trees = self._votes(x[:, : self.seen])[:, wanted]
        plane = self.surface.predict_proba(x[:, self.columns])[:, wanted]
        # The surface was fitted to a rarer target; its odds are brought beside the forest's.
        odds = (_logit(trees) + _logit(plane) + np.log(REST)) / 2
        found = np.empty((len(x), 2))
        found[:, wanted] = 1 / (1 + np.exp(-odds))
        found[:, 1 - wanted] = 1 - found[:, wanted]
        return found

    def require_sound(self, figures: int, classes: int) -> None:
        """Raise ValueError unless both together are told so many figures, each, of two classes.

        That the forest can be walked is seen to by `packing.require_sound`.
        """
        columns = np.asarray(self.columns)
        if not isinstance(self.surface, Quadric) or self.seen < 1:
            raise ValueError("not a forest and a surface of these figures")
        if columns.ndim != 1 or columns.dtype != np.int64 or not len(columns):
            raise ValueError("not the places of figures")
        if not np.array_equal(np.union1d(np.arange(self.seen), columns), np.arange(figures)):
            raise ValueError("other figures than the card names")
        self.surface.require_sound(len(columns), classes)

    def _votes(self, x: NDArray[np.generic]) -> Floats:
        packed = forest.packed(self.forest)
        if packed is not None:
            return packed.probabilities(x.astype(np.int16))
        found: Floats = self.forest.predict_proba(x.astype(np.float32))
        return found


def _logit(share: Floats) -> Floats:
    inside = np.clip(share, 1 - SUREST, SUREST)
    odds: Floats = np.log(inside / (1 - inside))
    return odds
