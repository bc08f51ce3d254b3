"""How likely a whole object is right, from what it is like; which are kept at the default.

The judge is a forest over the figures of ``describing``; a line through held-out objects makes its
votes a share of right ones. It is stored like the pixels' forest and runs no code on loading.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from remote_sensing.heeding import grown
from remote_sensing.second_stage.describing import Floats, isolated

Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Judge:
    """Says how sure each object is.

    ``names`` are the figures that the forest reads, in order; confidence is the logistic function
    of ``slope`` times the logit of its votes plus ``shift``. An object is kept from ``keep_from``
    on, an isolated one from ``keep_isolated_from``.
    """

    names: tuple[str, ...]
    slope: float
    shift: float
    keep_from: float
    keep_isolated_from: float
    forest: Any = field(repr=False, compare=False)

    def confidence(self, figures: Floats) -> Floats:
        """Return 0 to 1, to four places, for float64 (objects, figures)."""
        if not len(figures):
            return np.zeros(0)
        return calibrated(votes(self.forest, figures), self.slope, self.shift)

    def kept(self, figures: Floats, confidence: Floats) -> Mask:
        """Return which objects become candidates by themselves."""
        alone = isolated(figures, self.names)
        needed = np.where(alone, self.keep_isolated_from, self.keep_from)
        keep: Mask = confidence >= needed
        return keep

    def settings(self) -> dict[str, Any]:
        """Return what stands in the model's card, all but the forest."""
        return {
            "figures": list(self.names),
            "calibration": [self.slope, self.shift],
            "keep_from": self.keep_from,
            "keep_isolated_from": self.keep_isolated_from,
        }

    @classmethod
    def from_settings(cls, said: Mapping[str, Any], forest: Any) -> "Judge":
        """Return the judge of a card; raises KeyError, TypeError or ValueError when it is none."""
        slope, shift = map(float, said["calibration"])
        kept = float(said["keep_from"]), float(said["keep_isolated_from"])
        return cls(tuple(map(str, said["figures"])), slope, shift, *kept, forest)


def votes(forest: Any, figures: Floats) -> Floats:
    """Return the share of the forest that says "right"."""
    said: Floats = forest.predict_proba(figures.astype(np.float32))[:, 1]
    return said


def calibrated(said: Floats, slope: float, shift: float) -> Floats:
    """Return votes as confidence, to four places."""
    return np.round(1 / (1 + np.exp(-(slope * logit(said) + shift))), 4)


def logit(said: Floats) -> Floats:
    """Return the logarithm of the odds, kept finite."""
    inside = np.clip(said, 0.001, 0.999)
    odds: Floats = np.log(inside / (1 - inside))
    return odds


def fit_forest(figures: Floats, purity: Floats, weight: Floats, seed: int, trees: int) -> Any:
    """Return a forest whose votes are the share of an object that lies on targets.

    Every object stands twice, as right and as wrong, by that share, and both sides weigh the same,
    for right ones may be one in fifty. It averages much, for objects are few.
    """
    from sklearn.ensemble import ExtraTreesClassifier

    forest = ExtraTreesClassifier(
        n_estimators=trees,
        min_samples_leaf=6,
        max_features=0.3,
        random_state=seed,
        n_jobs=1,
    )
    twice = np.concatenate([figures, figures]).astype(np.float32)
    classes = np.repeat([1, 0], len(figures))
    on, off = weight * purity, weight * (1 - purity)
    both = np.concatenate([on / on.sum(), off / off.sum()]) * len(on)
    return grown(forest, twice, classes, sample_weight=both)


def fit_line(said: Floats, right: NDArray[np.bool_]) -> tuple[float, float]:
    """Return slope and shift that make held-out votes a share of right ones (Platt)."""
    from sklearn.linear_model import LogisticRegression

    line = LogisticRegression(C=1.0).fit(logit(said)[:, None], right)
    return round(float(line.coef_[0, 0]), 6), round(float(line.intercept_[0]), 6)
