"""A smooth surface over a few figures: what a handful of places can teach and a forest cannot.

A forest follows every bend of the ground that it has seen. With ten places of one kind most bends
are chance; a quadratic function held close to flat says only in which direction the places lie, and
that carried further to other places.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

REST = 10
"""How many times the rest weighs what the wanted class does: then scores spread between the
percents that a cut is sought among, though the wanted is a hundredth of the ground."""
FREEDOM = 3.0
"""C of the logistic regression times the samples: held close to flat."""
MOST_STEPS = 300
EDGES = (0.5, 99.5)
"""Percentiles beyond which a figure counts as these: a square grows fast."""


@dataclass(frozen=True, eq=False)
class Quadric:
    """The logistic function of a quadratic one, as scikit-learn's estimators are asked.

    ``low``, ``high``, ``middle`` and ``scale`` are each figure's; ``linear`` float64 (figures,) and
    ``square`` (figures, figures), upper triangle, are of figures so clipped and scaled; ``wanted``
    is the position, of two classes, whose probability it is.
    """

    low: Floats
    high: Floats
    middle: Floats
    scale: Floats
    linear: Floats
    square: Floats
    shift: float
    wanted: int

    def predict_proba(self, x: NDArray[np.generic]) -> Floats:
        """Return float64 (pixels, 2), the same for a pixel whatever others are asked with it.

        So it is added up figure by figure: a product of matrices rounds by their shapes.
        """
        columns = self._scaled(x).T
        total = np.full(len(x), self.shift)
        for place, column in enumerate(columns):
            slope = np.full(len(x), self.linear[place])
            for other in range(place, len(columns)):
                slope += self.square[place, other] * columns[other]
            total += column * slope
        found = np.empty((len(x), 2))
        found[:, self.wanted] = 1 / (1 + np.exp(-total))
        found[:, 1 - self.wanted] = 1 - found[:, self.wanted]
        return found

    def require_sound(self, figures: int, classes: int) -> None:
        """Raise ValueError unless it is of so many figures and classes and of finite numbers."""
        vectors = (self.low, self.high, self.middle, self.scale, self.linear)
        shapes = [np.shape(vector) == (figures,) for vector in vectors]
        if not all(shapes) or np.shape(self.square) != (figures, figures):
            raise ValueError("not a quadric of these figures")
        if classes != 2 or self.wanted not in (0, 1):
            raise ValueError("other classes than the card")
        numbers = np.concatenate([*vectors, self.square.ravel(), [self.shift]])
        if not np.isfinite(numbers.astype(np.float64)).all() or not (self.scale > 0).all():
            raise ValueError("numbers that cannot be reckoned with")

    def _scaled(self, x: NDArray[np.generic]) -> Floats:
        inside = np.clip(x.astype(np.float64), self.low, self.high)
        scaled: Floats = (inside - self.middle) / self.scale
        return scaled


def fit(
    x: NDArray[np.int16], target: NDArray[np.int32], wanted: int, freedom: float = FREEDOM
) -> Quadric:
    """Return the quadric fitted to figures (pixels, figures) and positions of two classes.

    The same samples give the same one.
    """
    from sklearn.linear_model import LogisticRegression
    from threadpoolctl import threadpool_limits

    low, high = np.percentile(x, EDGES, axis=0)
    clipped = np.clip(x.astype(np.float64), low, high)
    middle, scale = clipped.mean(axis=0), _spread(clipped)
    scaled = (clipped - middle) / scale
    rows, cols = np.triu_indices(x.shape[1])
    products = scaled[:, rows] * scaled[:, cols]
    means, spreads = products.mean(axis=0), _spread(products)
    products -= means
    products /= spreads
    is_wanted = target == wanted
    share = is_wanted.mean()
    weight = np.where(is_wanted, 1 / share, REST / (1 - share)) / (1 + REST)
    line: Any = LogisticRegression(C=freedom / len(x), max_iter=MOST_STEPS)
    with threadpool_limits(1):
        line.fit(np.hstack([scaled, products]), is_wanted, sample_weight=weight)
    linear, of_products = np.split(line.coef_[0], [x.shape[1]])
    square = np.zeros((x.shape[1],) * 2)
    square[rows, cols] = of_products / spreads
    shift = float(line.intercept_[0] - (of_products / spreads * means).sum())
    return Quadric(low, high, middle, scale, linear, square, shift, wanted)


def parameters() -> dict[str, Any]:
    """Return what a model's card says of how it was fitted."""
    return {"kind": "quadric", "rest_weighs": REST, "freedom": FREEDOM}


def _spread(columns: Floats) -> Floats:
    found: Floats = np.maximum(columns.std(axis=0), 1e-6)
    return found
