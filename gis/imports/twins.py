"""Rows of one list that may be the same place twice."""

from collections.abc import Sequence

import numpy as np

from gis.domain.import_list import Draft
from gis.domain.import_problems import RowFault, RowProblem
from gis.spatial.matching import Meeting, meetings


def twins(drafts: Sequence[Draft], metric_epsg: int) -> list[RowProblem]:
    """Return a warning for each row that overlaps an earlier one by 30 % or lies within 50 m.

    A row that has several such neighbours names the one that it shares most with.
    """
    outlines = np.empty(len(drafts), dtype=object)
    outlines[:] = [draft.outline for draft in drafts]
    closest: dict[int, Meeting] = {}
    for met in meetings(outlines, outlines, metric_epsg):
        if met.other < met.one:
            kept = closest.get(met.one)
            if kept is None or (-met.overlap, met.distance_m) < (-kept.overlap, kept.distance_m):
                closest[met.one] = met
    return [_problem(drafts, closest[k]) for k in sorted(closest)]


def _problem(drafts: Sequence[Draft], met: Meeting) -> RowProblem:
    facts = {
        "other": drafts[met.other].row,
        "percent": f"{met.overlap * 100:.0f}",
        "metres": f"{met.distance_m:g}",
    }
    draft = drafts[met.one]
    return RowProblem(draft.row, "", "", draft.name, RowFault.SAME_PLACE, facts)
