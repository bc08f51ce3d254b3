"""Whole-number figures told apart by at most 255 cuts, so that a byte says all a tree asks.

A forest is fitted to codes (how many cuts lie below a figure), which costs no accuracy and takes
half the time; then its thresholds are put back into the figures' own units. The result is a plain
scikit-learn forest of the figures themselves, which `forest.pack` finds to need bytes only.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from remote_sensing.heeding import grown

MOST_CUTS = 255
"""As many as a byte can count."""

Cuts = NDArray[np.int32]
"""Ascending; code k means that exactly k cuts are below the figure."""


def cuts_of(x: NDArray[np.int16]) -> list[Cuts]:
    """Return each feature's cuts for samples (pixels, features): quantiles, each once.

    Where there are few different figures every gap between two of them gets its cut.
    """
    shares = np.linspace(0, 1, MOST_CUTS + 2)[1:-1]
    found = []
    for column in x.T:
        distinct = np.unique(column)
        if len(distinct) > MOST_CUTS:
            distinct = np.unique(np.quantile(column, shares, method="lower"))
        found.append(distinct.astype(np.int32))
    return found


def tables(cuts: Sequence[NDArray[np.int32]]) -> NDArray[np.uint8]:
    """Return uint8 (features, 65536): the code of every int16 figure, at figure + 32,768."""
    figures = np.arange(-(2**15), 2**15)
    out = np.empty((len(cuts), 2**16), np.uint8)
    for row, own in zip(out, cuts, strict=True):
        row[:] = np.searchsorted(own, figures)
    return out


def codes(x: NDArray[np.int16], cuts: Sequence[NDArray[np.int32]]) -> NDArray[np.uint8]:
    """Return the codes uint8 (features, pixels) of figures (pixels, features)."""
    out = np.empty((len(cuts), len(x)), np.uint8)
    for row, column, own in zip(out, x.T, cuts, strict=True):
        row[:] = np.searchsorted(own, column)
    return out


def fit(forest: Any, x: NDArray[np.int16], target: NDArray[np.int32], **options: Any) -> Any:
    """Fit a forest of scikit-learn to figures (pixels, features) through their codes.

    It then takes the figures themselves, as if it had been fitted to them.
    """
    cuts = cuts_of(x)
    grown(forest, codes(x, cuts).T.astype(np.float32), target, **options)
    for member in forest.estimators_:
        tree = member.tree_
        inner = tree.children_left >= 0
        for feature, own in enumerate(cuts):
            here = inner & (tree.feature == feature)
            # A code above k is a figure above cut k.
            tree.threshold[here] = own[np.floor(tree.threshold[here]).astype(np.int64)]
    return forest
