"""Whether a forest outlines places held out better with a smooth surface beside it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from remote_sensing import quadric, relative
from remote_sensing.classes import class_of
from remote_sensing.mixed import Mixed
from remote_sensing.model import ModelCard
from remote_sensing.second_stage import learning
from remote_sensing.second_stage.learning import Learnt
from remote_sensing.training import heldout

FREEDOM = 30.0
"""Ten times what a surface by itself is given: the forest beside it holds it back."""

Grow = Callable[[NDArray[np.int16], NDArray[np.int32], int | None], Any]
"""Grows a forest of so many trees, or of as many as are usual, on figures and class positions."""


def names_for(names: Sequence[str]) -> tuple[str, ...]:
    """Return a forest's figures and after them those that only the surface is told."""
    return (*names, *(name for name in relative.WIDE if name not in names))


@dataclass(frozen=True, slots=True)
class Mixture:
    """What both are fitted to: figures ``x`` int16 (pixels, `names_for`) and class positions.

    The first ``seen`` figures are the forest's, which ``grow`` grows; ``columns`` the surface's.
    """

    x: NDArray[np.int16]
    targets: NDArray[np.int32]
    seen: int
    columns: NDArray[np.int64]
    wanted: int
    grow: Grow

    @classmethod
    def of(
        cls,
        x: NDArray[np.int16],
        wide: NDArray[np.int16],
        card: ModelCard,
        targets: NDArray[np.int32],
        grow: Grow,
    ) -> "Mixture":
        """Bring together the card's figures and those of ``relative.WIDE``, of the same pixels."""
        own = names_for(card.features)
        more = [place for place, name in enumerate(relative.WIDE) if name not in card.features]
        columns = np.array([own.index(name) for name in relative.WIDE], np.int64)
        wanted = [class_of(name).is_target for name in card.classes].index(True)
        return cls(np.hstack([x, wide[:, more]]), targets, x.shape[1], columns, wanted, grow)

    def outside(
        self, sources: Sequence[learning.Source], card: ModelCard, fold: NDArray[np.int32]
    ) -> Learnt:
        """Learn the second stage from scores of places that neither of the two was fitted to."""

        def fit(kept: NDArray[np.bool_]) -> Mixed:
            return self.fit(self.x[kept], self.targets[kept], heldout.TREES)

        own = replace(card, features=names_for(card.features))
        return learning.learn(sources, own, self.targets, fold, fit, card.seed)

    def fit(
        self, x: NDArray[np.int16], target: NDArray[np.int32], trees: int | None = None
    ) -> Mixed:
        """Return both fitted to figures (pixels, `names_for`) and class positions."""
        surface = quadric.fit(x[:, self.columns], target, self.wanted, FREEDOM)
        return Mixed(self.grow(x[:, : self.seen], target, trees), surface, self.columns)

    def fitted(self) -> Mixed:
        """Return both fitted to all samples."""
        return self.fit(self.x, self.targets)

    def card_of(self, card: ModelCard, fold: NDArray[np.int32], held_out: str) -> ModelCard:
        """Return the card that says of both what ``card`` says of the forest."""
        judged = heldout.judge(
            self.x,
            self.targets,
            fold,
            held_out,
            card.classes,
            card.seed,
            fit=lambda x, target: self.fit(x, target, heldout.TREES),
        )
        told = {**quadric.parameters(), "freedom": FREEDOM}
        of_surface = {"forest": card.parameters["kind"], "surface": told}
        return replace(
            card,
            features=names_for(card.features),
            parameters={**card.parameters, **of_surface, "kind": "mixed"},
            validated={**card.validated, **judged},
        )
