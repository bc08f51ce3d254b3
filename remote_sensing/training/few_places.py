"""Whether a smooth surface says more of places held out than a forest does, and its use if so."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from remote_sensing import quadric, relative
from remote_sensing.classes import class_of
from remote_sensing.model import ModelCard
from remote_sensing.quadric import Quadric
from remote_sensing.second_stage import learning
from remote_sensing.second_stage.learning import Learnt
from remote_sensing.training import estimators, heldout

CLEARLY = 1.5
"""How many times the forest's IoU on held-out ground it must reach; less is chance."""


def may_be_tried(
    bands: Sequence[str], classes: Sequence[str], sources: Sequence[learning.Source]
) -> bool:
    """Whether there are three bands, one target, one class of all else, and places to hold out."""
    is_target = [class_of(name).is_target for name in classes]
    whole = {source.place for source in sources if source.is_complete}
    of_two = len(classes) == 2 and sum(is_target) == 1
    return set(relative.RELATIVE) <= set(bands) and of_two and len(whole) >= learning.LEAST_PLACES


@dataclass(frozen=True, slots=True)
class Smooth:
    """A quadric's figures ``x`` int16 (pixels, FEW) of the samples, and what it came to outside."""

    x: NDArray[np.int16]
    targets: NDArray[np.int32]
    wanted: int
    learnt: Learnt

    @classmethod
    def tried(
        cls,
        x: NDArray[np.int16],
        sources: Sequence[learning.Source],
        card: ModelCard,
        targets: NDArray[np.int32],
        fold: NDArray[np.int32],
    ) -> "Smooth":
        """Learn the second stage from a quadric's scores of places that it was not fitted to."""
        wanted = [class_of(name).is_target for name in card.classes].index(True)
        own = replace(card, features=relative.FEW)

        def fit(kept: NDArray[np.bool_]) -> Quadric:
            return quadric.fit(x[kept], targets[kept], wanted)

        learnt = learning.learn(sources, own, targets, fold, fit, card.seed, or_share=True)
        return cls(x, targets, wanted, learnt)

    def beats(self, other: Learnt) -> bool:
        """Whether it outlines held-out places clearly better."""
        return self.learnt.iou > CLEARLY * other.iou

    def fitted(self) -> Quadric:
        """Return the quadric of all samples."""
        return quadric.fit(self.x, self.targets, self.wanted)

    def card_of(self, card: ModelCard, fold: NDArray[np.int32], held_out: str) -> ModelCard:
        """Return the card that says of the quadric what ``card`` says of the forest."""

        def fit(x: NDArray[np.int16], target: NDArray[np.int32]) -> Quadric:
            return quadric.fit(x, target, self.wanted)

        of_forest = estimators.parameters(card.parameters["kind"])
        kept: dict[str, Any] = {k: v for k, v in card.parameters.items() if k not in of_forest}
        judged = heldout.judge(
            self.x, self.targets, fold, held_out, card.classes, card.seed, fit=fit
        )
        return replace(
            card,
            features=relative.FEW,
            parameters={**kept, **quadric.parameters()},
            validated={**card.validated, **judged},
        )
