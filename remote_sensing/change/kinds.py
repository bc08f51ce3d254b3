"""What kind of change a new or grown place is, told by a judge from the images of both dates."""

from collections.abc import Sequence
from dataclasses import replace

import shapely
from shapely.geometry.base import BaseGeometry

from remote_sensing.change.compare import Changed, Changes
from remote_sensing.change.errors import KindsNeedImages
from remote_sensing.change.kind_judge import ChangeKinds
from remote_sensing.change.runs import DatedRun
from remote_sensing.scene import Scene

JUDGED = ("NEW", "GROWN")


def images_of(runs: Sequence[DatedRun], judge: ChangeKinds) -> list[Scene]:
    """Return the runs' images; raises KindsNeedImages, ModelLacksBands where one does not serve."""
    images = []
    for run in runs:
        if run.image is None:
            raise KindsNeedImages(run=run.name, image=run.record["inputs"]["image"]["name"])
        judge.require_bands(run.image)
        images.append(run.image)
    return images


def judged(found: Changes, runs: Sequence[DatedRun], judge: ChangeKinds) -> Changes:
    """Return the changes, new and grown places with how likely each kind is.

    Raises KindsNeedImages, ModelLacksBands, TruncatedRaster.
    """
    images = images_of(runs, judge)
    on = {run.on: n for n, run in enumerate(runs)}
    places = []
    for one in found.places:
        last = one.last
        if last.state in JUDGED and last.compared_with is not None:
            before, after = on[last.compared_with], on[last.on]
            spot = _gained(one, before, after).centroid
            told = judge.of_ground(images[before], images[after], spot.x, spot.y)
            one = replace(one, kinds=told)
        places.append(one)
    return replace(found, places=tuple(places))


def _gained(one: Changed, before: int, after: int) -> BaseGeometry:
    """Return the largest piece of ground that a place gained, for there the change is seen best."""
    gained = one.place.outline(after).difference(one.place.outline(before))
    parts: list[BaseGeometry] = list(shapely.get_parts(gained if gained.area else one.place.zone))
    return max(parts, key=lambda part: float(part.area))
