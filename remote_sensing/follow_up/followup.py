"""Many places in one image: windows round them only, so that time follows the places."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from datetime import date

import shapely
from shapely import MultiPolygon, STRtree
from shapely.geometry.base import BaseGeometry

from gis.domain.follow_up.rules import FollowUpRules
from remote_sensing.follow_up.comparing import Before
from remote_sensing.follow_up.images import Image, open_image
from remote_sensing.follow_up.looking import look_at
from remote_sensing.follow_up.looks import Look, Place
from remote_sensing.scene import Scene

ROWS_TOGETHER = 256
"""Places are taken by rows of this height, so that the file's blocks are read once and kept."""


def observe(
    scene: Scene,
    day: date,
    places: Sequence[Place],
    rules: FollowUpRules,
    *,
    all_outlines: Sequence[MultiPolygon] = (),
    earlier: Mapping[str, tuple[Scene, date]] | None = None,
    tell: Callable[[int, int], None] | None = None,
) -> Iterator[Look]:
    """Yield a look at each place that the scene reaches, in the order of its rows.

    ``all_outlines`` are those of every known site (EPSG:4326), none of which may serve as
    undisturbed ground; ``earlier`` maps the keys that places name to an earlier scene and its day.
    ``tell`` hears how many are done. Raises TruncatedRaster.
    """
    with ExitStack() as stack:
        image = stack.enter_context(open_image(scene, rules))
        befores = {
            key: Before(stack.enter_context(open_image(one, rules)), on)
            for key, (one, on) in (earlier or {}).items()
        }
        sites = [image.placed(one) for one in all_outlines]
        tree = STRtree(sites)
        ordered = sorted(places, key=lambda place: _order(image, place))
        for number, place in enumerate(ordered, 1):
            before = befores.get(place.earlier) if place.earlier else None
            others = _others(image, place, sites, tree, rules)
            look = look_at(image, day, place, others, before, rules)
            if look is not None:
                yield look
            if tell is not None:
                tell(number, len(ordered))


def _order(image: Image, place: Place) -> tuple[int, float, str]:
    left, top, _, _ = image.placed(place.outline).bounds
    return int(top // ROWS_TOGETHER), left, place.key


def _others(
    image: Image,
    place: Place,
    sites: list[MultiPolygon],
    tree: STRtree,
    rules: FollowUpRules,
) -> BaseGeometry:
    """Return the outlines of the sites near a place, its own among them."""
    reach = (rules.ring_outer_m + rules.patch_site_gap_m) / image.scene.pixel_m
    own = image.placed(place.outline)
    around = shapely.box(*own.buffer(reach).bounds)
    return shapely.union_all([sites[at] for at in tree.query(around)])
