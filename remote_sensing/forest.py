"""A fitted forest packed for the compiled walk: the same probabilities, many times sooner."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from threading import Lock
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from remote_sensing import binning
from remote_sensing.boosted import Boosted, Together, as_shares
from remote_sensing.compiled.trees import MOST_HOT, Trees, pack

if TYPE_CHECKING:
    from remote_sensing.compiled.rounds import Rounds

_SLACK = 1e-6
"""Far above what adding up rounds off, far below what any tree can say."""


@dataclass(frozen=True, slots=True)
class Exit:
    """When a pixel's class is taken for settled before the last tree has spoken.

    After each number of trees in ``after`` a pixel is settled whose best class is ahead of the next
    by more than what the rest can change (``z`` None: exact) or by more than ``z`` times the root
    of the trees heard (a guess that must be audited).
    """

    after: tuple[int, ...]
    z: float | None = None

    def lead(self, heard: int, trees: int) -> float:
        """Return by how much the best class must be ahead."""
        certain = trees - heard + _SLACK
        return certain if self.z is None else min(self.z * heard**0.5, certain)


def exact(trees: int) -> Exit:
    """Return the exit that changes no class: from a little over half the trees on, in steps."""
    return Exit(tuple(range(trees * 13 // 25, trees, max(trees // 12, 1))))


def statistical(trees: int, z: float = 2.5) -> Exit:
    """Return the exit that stops most pixels after a few trees; see `Exit`."""
    steps = (8, 16, 24, 32, 40, 48, 64, 80, 96, 128, 160, 192, 256, 320, 384)
    return Exit(tuple(step for step in steps if step < trees), z)


@dataclass(frozen=True, slots=True)
class Forest:
    """Trees that tell ``classes`` apart by codes.

    ``cuts`` are each feature's thresholds, ``tables`` their code of every int16 figure. ``beside``
    are boosted trees that ask by the same codes; `joined` says what all say together.
    """

    classes: int
    cuts: tuple[binning.Cuts, ...]
    tables: NDArray[np.uint8]
    packed: Trees
    beside: tuple["Rounds", ...] = ()

    @property
    def trees(self) -> int:
        """How many trees there are."""
        return len(self.packed.roots)

    @property
    def columns(self) -> int:
        """How many numbers a pixel's sums are: the classes, padded."""
        return int(self.packed.rows.shape[1])

    def codes(self, x: NDArray[np.int16]) -> NDArray[np.uint8]:
        """Return codes uint8 (features, pixels) of figures int16 (pixels, features)."""
        places = x.T.astype(np.int32) + 2**15
        return np.take_along_axis(self.tables, places, axis=1)

    def sums(self, planes: NDArray[np.uint8], index: NDArray[np.int32]) -> NDArray[np.float64]:
        """Return float64 (pixels, columns), every tree's shares added up for those in ``index``.

        ``planes`` are codes (features, pixels); rows of pixels that are not asked for are zero.
        """
        found = np.zeros((planes.shape[1], self.columns))
        self._add(planes, index, found, 0, self.trees)
        return found

    def probabilities(self, x: NDArray[np.int16]) -> NDArray[np.float64]:
        """Return float64 (pixels, classes) of figures (pixels, features), as scikit-learn does."""
        index = np.arange(len(x), dtype=np.int32)
        planes, heard = self.codes(x), np.full(len(x), self.trees, np.int32)
        said = self.said_beside(planes, index)
        sums, voices = self.joined(self.sums(planes, index), heard, said)
        found: NDArray[np.float64] = sums[:, : self.classes] / voices[:, np.newaxis]
        return found

    def said_beside(
        self, planes: NDArray[np.uint8], index: NDArray[np.int32]
    ) -> NDArray[np.float64] | None:
        """Return the shares that boosted trees give, added up; None where there are none.

        They are float64 (pixels, columns), zero for pixels that ``index`` does not ask for.
        """
        if not self.beside:
            return None
        from remote_sensing.compiled.rounds import add_rounds

        said = np.zeros((planes.shape[1], self.columns))
        for one in self.beside:
            sums = np.repeat(one.start[:, np.newaxis], len(index), axis=1)
            add_rounds(one, planes, index, sums)
            said[index, : self.classes] += as_shares(sums.T)
        return said

    def joined(
        self,
        sums: NDArray[np.float64],
        heard: NDArray[np.int32],
        said: NDArray[np.float64] | None,
    ) -> tuple[NDArray[np.float64], NDArray[np.int32]]:
        """Return sums and how many voices they add up, with what boosted trees ``said``.

        The forest is then one voice, each set of boosted trees another.
        """
        if said is None:
            return sums, heard
        voices = np.full(len(heard), 1 + len(self.beside), np.int32)
        return sums / np.maximum(heard, 1)[:, np.newaxis] + said, voices

    def labels(
        self, planes: NDArray[np.uint8], index: NDArray[np.int32], leave: Exit
    ) -> tuple[NDArray[np.intp], float]:
        """Return each asked pixel's class position, and the share of the trees that were walked.

        With boosted trees beside it the whole forest is walked: they may yet turn any lead.
        """
        said = self.said_beside(planes, index)
        sums, heard = self.heard_sums(planes, index, leave if said is None else Exit(()))
        share = float(heard[index].mean()) / self.trees if len(index) else 0.0
        sums, _ = self.joined(sums, heard, said)
        return sums[index, : self.classes].argmax(axis=1), share

    def heard_sums(
        self, planes: NDArray[np.uint8], index: NDArray[np.int32], leave: Exit
    ) -> tuple[NDArray[np.float64], NDArray[np.int32]]:
        """Return the sums until each pixel is settled, and how many trees each row adds up."""
        from remote_sensing.compiled import walk

        sums = np.zeros((planes.shape[1], self.columns))
        heard = np.zeros(planes.shape[1], np.int32)
        open_now, before = index, 0
        for step in (*leave.after, self.trees):
            self._add(planes, open_now, sums, before, step)
            heard[open_now] = step
            if step < self.trees:
                lead = leave.lead(step, self.trees)
                open_now, before = walk.undecided(sums, open_now, self.classes, lead), step
        return sums, heard

    def hear_out(
        self,
        planes: NDArray[np.uint8],
        index: NDArray[np.int32],
        sums: NDArray[np.float64],
        heard: NDArray[np.int32],
    ) -> None:
        """Add the trees that the pixels in ``index`` have not heard, so that their sums are full.

        The additions are those of `sums` in the same order, so they are the same to the last bit.
        """
        for before in np.unique(heard[index]):
            if before < self.trees:
                own = index[heard[index] == before]
                self._add(planes, own, sums, int(before), self.trees)
                heard[own] = self.trees

    def _add(
        self,
        planes: NDArray[np.uint8],
        index: NDArray[np.int32],
        sums: NDArray[np.float64],
        first: int,
        end: int,
    ) -> None:
        from remote_sensing.compiled import walk

        walk.add_trees(self.packed, planes, index, sums, first, end)


def packed(estimator: Any) -> Forest | None:
    """Return the packed form of a sound forest, made once; None for what cannot be packed.

    That is anything but a forest, more than 255 thresholds of one feature (a forest that was not
    fitted by `binning.fit`), more than 256 features, or boosted trees beside it too large to sweep.
    scikit-learn itself must then predict.
    """
    with _lock:
        return _packed(estimator)


_lock = Lock()


@lru_cache(maxsize=8)
def _packed(estimator: Any) -> Forest | None:
    boosted: tuple[Boosted, ...] = ()
    grown = estimator
    if isinstance(estimator, Together):
        grown, boosted = estimator.forest, estimator.boosted
    trees = [member.tree_ for member in getattr(grown, "estimators_", ())]
    features = getattr(grown, "n_features_in_", 0)
    if not trees or not 0 < features <= 256:
        return None
    rounds = [tree for one in boosted for tree in one.trees]
    cuts = _cuts([*trees, *rounds], features)
    most_nodes = max((tree.node_count for tree in rounds), default=0)
    if max(map(len, cuts)) > binning.MOST_CUTS or most_nodes > MOST_HOT:
        return None
    found = pack(trees, [_codes_of(tree, cuts) for tree in trees])
    beside = tuple(_rounds(one, cuts) for one in boosted)
    return Forest(trees[0].value.shape[2], cuts, binning.tables(cuts), found, beside)


def _cuts(trees: Sequence[Any], features: int) -> tuple[binning.Cuts, ...]:
    """Return each feature's thresholds, ascending."""
    asked: list[set[float]] = [set() for _ in range(features)]
    for tree in trees:
        inner = tree.children_left >= 0
        limits = _whole(tree.threshold)
        for feature in np.unique(tree.feature[inner]):
            asked[feature].update(limits[inner & (tree.feature == feature)].tolist())
    return tuple(np.array(sorted(own), np.int32) for own in asked)


def _rounds(boosted: Boosted, cuts: tuple[binning.Cuts, ...]) -> "Rounds":
    from remote_sensing.compiled import rounds

    trees = boosted.trees
    codes = [_codes_of(tree, cuts) for tree in trees]
    return rounds.pack(trees, codes, boosted.classes, boosted.start)


def _codes_of(tree: Any, cuts: tuple[binning.Cuts, ...]) -> NDArray[np.int64]:
    """Return each node's threshold as a code, 0 at leaves."""
    inner, whole = tree.children_left >= 0, _whole(tree.threshold)
    codes = np.zeros(tree.node_count, np.int64)
    for feature in np.unique(tree.feature[inner]):
        here = inner & (tree.feature == feature)
        codes[here] = np.searchsorted(cuts[feature], whole[here])
    return codes


def _whole(thresholds: NDArray[np.float64]) -> NDArray[np.int32]:
    """Return the greatest whole number that a threshold lets pass, within what int16 can ask."""
    return np.clip(np.floor(thresholds), -(2**15) - 1, 2**15 - 1).astype(np.int32)
