"""The rows of the tables of a report on a sample of reference points."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from remote_sensing.quality.accuracy import AreaAdjusted
from remote_sensing.reference.estimate import Estimated
from remote_sensing.reference.places import LonLat
from remote_sensing.report.sample_figures import HECTARE_M2
from remote_sensing.report.tables import MOST_PLACES, Matrix, Table, named, number, told
from remote_sensing.report.words import Words


@dataclass(frozen=True, slots=True)
class Shares:
    """The confusion matrix as shares of the area, with the sums at its edges, all as text.

    ``rows`` are (class, cells of (text, shade in percent, whether letters are white), sum).
    """

    names: Sequence[str]
    rows: Sequence[tuple[str, Sequence[tuple[str, int, bool]], str]]
    sums: Sequence[str]


def proportions(found: Estimated) -> NDArray[np.float64]:
    """Return the matrix as shares of the covered area, float64 ``(n, n)``, 0 to 1, in all 1.

    Olofsson et al. 2014, equation 4; classes with fewer than two points cover nothing.
    """
    counts = found.matrix.astype(float)
    drawn = counts.sum(axis=1, keepdims=True)
    mapped = {one.name: one.mapped_m2 for one in found.adjusted.classes}
    area = np.array([[mapped.get(name, 0.0)] for name in found.names]) * (drawn >= 2)
    weights = area / area.sum() if area.sum() else area
    whole: NDArray[np.float64] = np.zeros_like(counts)
    np.divide(weights * counts, drawn, out=whole, where=drawn >= 2)
    return whole


def shares(found: Estimated, t: Words) -> Shares:
    """Return the matrix in proportions of the area."""
    cells = proportions(found)
    names = [named(name, t) for name in found.names]
    columns = cells.sum(axis=0)
    rows = []
    for name, row in zip(names, cells.tolist(), strict=True):
        shades = [round(100 * n / of) if of else 0 for n, of in zip(row, columns, strict=True)]
        own = [(_percent(n), s, s > 55) for n, s in zip(row, shades, strict=True)]
        rows.append((name, own, _percent(sum(row))))
    return Shares(names, rows, [_percent(one) for one in columns])


def counts(found: Estimated, t: Words) -> Matrix:
    """Return the matrix in points."""
    names = [named(name, t) for name in found.names]
    rows = []
    for name, row in zip(names, found.matrix.tolist(), strict=True):
        most = max(sum(row), 1)
        rows.append((name, [(n, round(100 * n / most), n > 0.55 * most) for n in row]))
    return Matrix(names, rows)


def areas(adjusted: AreaAdjusted, t: Words) -> Table:
    """Return each class's area with its interval."""
    ground = sum(one.area_m2.value for one in adjusted.classes)
    rows = []
    for one in adjusted.classes:
        value, half = one.area_m2.value / HECTARE_M2, one.area_m2.half_width / HECTARE_M2
        low, high = max(value - half, 0.0), value + half
        share = _percent(one.area_m2.value / ground) + " %" if ground else "–"
        mapped = number(one.mapped_m2 / HECTARE_M2, 1)
        rows.append(
            [named(one.name, t), number(value, 1), f"{low:.1f} – {high:.1f}", share, mapped]
        )
    heads = [
        t("class"), t("estimated_area"), t("area_low_high"), t("area_share"), t("mapped_area"),
    ]  # fmt: skip
    return Table(heads, rows)


def accuracy(found: Estimated, t: Words) -> Table:
    """Return each class's user's and producer's accuracy, and how many points say so."""
    points = dict(zip(found.names, found.matrix.sum(axis=1).tolist(), strict=True))
    rows = [
        [named(one.name, t), told(one.users), told(one.producers), f"{points[one.name]}"]
        for one in found.adjusted.classes
    ]
    return Table([t("class"), t("users"), t("producers"), t("n_points")], rows)


def wrong(
    mapped: Mapping[str, str],
    answers: Mapping[str, str | None],
    places: Mapping[str, LonLat],
    t: Words,
) -> tuple[Table, int]:
    """Return the points at which the map is wrong, and how many of them were left out."""
    every = sorted(name for name, seen in answers.items() if seen and seen != mapped[name])
    rows = [
        [
            name,
            "{:.5f}, {:.5f}".format(*places[name]) if name in places else "–",
            named(mapped[name], t),
            named(str(answers[name]), t),
        ]
        for name in every[:MOST_PLACES]
    ]
    heads = [t("point"), t("place_at"), t("mapped_as"), t("seen_as")]
    return Table(heads, rows, texts=(1, 2, 3)), max(len(every) - MOST_PLACES, 0)


def _percent(share: float) -> str:
    return f"{100 * share:.2f}"
