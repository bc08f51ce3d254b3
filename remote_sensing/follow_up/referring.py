"""A site's plants against its reference patch: which patch, and how the two compare."""

from dataclasses import dataclass

import shapely
from shapely import MultiPolygon
from shapely.geometry.base import BaseGeometry

from gis.domain.follow_up.rules import FollowUpRules
from remote_sensing.follow_up.comparing import Before
from remote_sensing.follow_up.ground import Ground, ground_of
from remote_sensing.follow_up.images import Image, mask_of
from remote_sensing.follow_up.looks import Between, How, Place, Reason
from remote_sensing.follow_up.patch import choose, cover_of
from remote_sensing.follow_up.sighting import Sight
from remote_sensing.windows import Window


@dataclass(frozen=True, slots=True)
class Reference:
    """The patch that was used, its FVC, and the site's share of that."""

    fvc: float | None = None
    ratio: Between | None = None
    how: How | None = None
    patch: MultiPolygon | None = None
    reasons: tuple[Reason, ...] = ()


def refer(
    place: Place,
    sight: Sight,
    others: BaseGeometry,
    before: Before | None,
    fvc: Between | None,
    rules: FollowUpRules,
) -> Reference:
    """Return how a site's plants compare with its patch, which is chosen where none is known.

    A patch that was chosen once is kept, so that a series has one measure; one that lost its plants
    or lies off the image is replaced, which is said. One that a person gave is never replaced.
    """
    image = sight.image
    reasons: list[Reason] = []
    if place.patch is not None:
        kept = _compared(image, image.placed(place.patch), fvc, rules)
        if kept is not None or place.how == "GIVEN":
            how: How = "GIVEN" if place.how == "GIVEN" else "KEPT"
            if kept is None:
                return Reference(None, None, how, place.patch, (Reason("patch_unseen"),))
            return Reference(*kept, how, place.patch)
        reasons.append(Reason("patch_lost"))
    found = _chosen(sight, others, before, rules)
    compared = None if found is None else _compared(image, found, fvc, rules)
    if found is None or compared is None:
        return Reference(reasons=(*reasons, Reason("patch_none")))
    patch = MultiPolygon([image.to_lonlat(found)])
    return Reference(*compared, "CHOSEN", patch, (*reasons, Reason("patch_chosen")))


def _compared(
    image: Image, patch_px: BaseGeometry, fvc: Between | None, rules: FollowUpRules
) -> tuple[float, Between | None] | None:
    """Return a patch's FVC and the site's share of it; None where the patch is unfit."""
    window = _box(patch_px, 2)
    chip = image.read(window)
    ground = ground_of(chip, rules)
    greenness = image.greenness
    assert greenness is not None
    mask = mask_of(patch_px, window)
    covers = [
        cover_of(mask, ground, ends.cover(ground.ndvi))
        for ends in (greenness.ends, greenness.low, greenness.high)
    ]
    own = covers[0]
    if own is None or own.valid_share < rules.patch_valid_least:
        return None
    if own.mean < rules.patch_fvc_least:
        return None
    if fvc is None:
        return round(own.mean, 4), None
    low, high = (one.mean if one else own.mean for one in covers[1:])
    # The ends move both, so that the share moves less; the patch's own error is added.
    ratios = fvc[0] / own.mean, fvc[1] / max(low, 0.01), fvc[2] / max(high, 0.01)
    doubt = 1.96 * own.error / own.mean * ratios[0]
    return round(own.mean, 4), (
        round(ratios[0], 4),
        round(max(min(ratios) - doubt, 0.0), 4),
        round(max(ratios) + doubt, 4),
    )


def _chosen(
    sight: Sight, others: BaseGeometry, before: Before | None, rules: FollowUpRules
) -> shapely.Polygon | None:
    image = sight.image
    pixel_m = image.scene.pixel_m
    window = _box(sight.outline_px, int(rules.ring_outer_m / pixel_m) + 1)
    chip = image.read(window)
    now = ground_of(chip, rules)
    assert image.greenness is not None
    grounds: list[Ground] = [now]
    covers = [image.greenness.ends.cover(now.ndvi)]
    if before is not None and before.image.greenness is not None:
        then = ground_of(before.image.read_on(chip), rules)
        grounds.append(then)
        covers.append(before.image.greenness.ends.cover(then.ndvi))
    return choose(window, sight.outline_px, others, pixel_m, grounds, covers, rules)


def _box(geometry: BaseGeometry, margin: int) -> Window:
    left, top, right, bottom = geometry.bounds
    col, row = int(left // 1), int(top // 1)
    return Window(col, row, int(right // 1) + 1 - col, int(bottom // 1) + 1 - row).grown(margin)
