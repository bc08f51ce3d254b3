"""One look at one place: what is seen, what is bare, how green it is, and what changed."""

from dataclasses import replace
from datetime import date

import numpy as np
import shapely
from affine import Affine
from rasterio.features import shapes
from shapely import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from gis.domain.follow_up.rules import FollowUpRules
from remote_sensing.follow_up.comparing import Before, compare
from remote_sensing.follow_up.footprint import Area, area_of, footprint_of, likeness_of
from remote_sensing.follow_up.greenness import Greenness
from remote_sensing.follow_up.ground import NEEDED, USED, Floats, Mask
from remote_sensing.follow_up.images import Image
from remote_sensing.follow_up.looks import Between, Look, Place, Reason
from remote_sensing.follow_up.referring import refer
from remote_sensing.follow_up.sighting import Sight, sight_of

WIDTH = 1.96
"""An interval of 95 % is so many standard deviations to either side."""


def look_at(
    image: Image,
    day: date,
    place: Place,
    others: BaseGeometry,
    before: Before | None,
    rules: FollowUpRules,
) -> Look | None:
    """Return what an image shows of a place; None where it lies beyond the image's edge.

    ``others`` are the outlines of the other sites near by in the image's pixels, where no
    reference may lie and no surroundings are taken.
    """
    outline = image.placed(place.outline)
    scene = image.scene
    if not shapely.box(0, 0, scene.width, scene.height).intersects(outline):
        return None
    blind = Look(place=place, on=day, state="UNSEEN")
    pixels = float(outline.area)
    if pixels < rules.outline_least_px:
        return _because(blind, Reason("too_small", {"pixels": round(pixels, 1)}))
    if missing := scene.lacking(NEEDED):
        return _because(blind, Reason("no_bands", {"missing": list(missing)}))
    if image.greenness is None:
        return _because(blind, Reason("no_land"))
    sight = sight_of(image, outline, others, rules)
    seen = _shares(blind, sight)
    if problem := _hindrance(seen, sight, day, rules):
        return _because(seen, problem)
    return _measured(seen, sight, others, before, rules)


def _because(look: Look, *reasons: Reason) -> Look:
    return replace(look, reasons=(*look.reasons, *reasons))


def _shares(look: Look, sight: Sight) -> Look:
    ground, inside = sight.ground, sight.inside

    def share(mask: Mask) -> float:
        return round(float(mask[inside].mean()), 4) if inside.any() else 0.0

    return replace(
        look,
        valid_share=share(ground.seen | ground.water),
        snow_share=share(ground.snow),
        cloud_share=share(ground.cloud),
        shadow_share=share(ground.shadow),
        measures={
            "pixel_m": sight.image.scene.pixel_m,
            "pixels": int(inside.sum()),
            "water_share": share(ground.water),
            "nodata_share": share(~ground.valid),
            "soil_ndvi": round(sight.greenness.ends.soil, 4),
            "plants_ndvi": round(sight.greenness.ends.plants, 4),
            "around_fvc": round(sight.around_cover, 4),
        },
    )


def _hindrance(look: Look, sight: Sight, day: date, rules: FollowUpRules) -> Reason | None:
    """Return what keeps the image from telling anything of the place, or None."""
    hidden = {
        "snow": look.snow_share,
        "cloud": look.cloud_share,
        "shadow": look.shadow_share,
        "nodata": look.measures["nodata_share"],
    }
    if look.snow_share > rules.snow_most:
        return Reason("snow", {"share": look.snow_share})
    if look.valid_share < rules.valid_least:
        worst = max(hidden, key=hidden.__getitem__)
        return Reason(worst, {"share": hidden[worst]})
    if "B11" not in sight.image.scene.band_names and day.month in rules.snow_months:
        return Reason("snow_untold", {"month": day.month})
    return None


def _measured(
    look: Look, sight: Sight, others: BaseGeometry, before: Before | None, rules: FollowUpRules
) -> Look:
    ground, inside = sight.ground, sight.inside
    reasons = []
    if sight.greenness.is_held:
        reasons.append(Reason("ends_held"))
    absent = [name for name in USED if name not in sight.image.scene.band_names]
    if "B11" in absent:
        reasons.append(Reason("snow_cloud_untold", {"missing": absent}))
    if look.measures["water_share"] > 1 - rules.valid_least:
        reasons.append(Reason("water", {"share": look.measures["water_share"]}))
    fvc = _cover(ground.ndvi[inside & ground.seen], sight.greenness)
    reference = refer(look.place, sight, others, before, fvc, rules)
    look = replace(
        look,
        fvc=fvc,
        fvc_reference=reference.fvc,
        fvc_ratio=reference.ratio,
        how=reference.how,
        patch=reference.patch,
        reasons=(*look.reasons, *reasons, *reference.reasons),
    )
    if sight.around_cover < rules.contrast_least:
        return _because(look, Reason("contrast", {"fvc": round(sight.around_cover, 3)}))
    like = likeness_of(ground, sight.cover, inside, rules)
    found = footprint_of(ground, sight.cover, inside, sight.near, sight.around_cover, like, rules)
    hidden = inside & ~ground.seen
    unit = sight.image.scene.pixel_m**2
    footprint = area_of(found, ground.seen, rules)
    look = replace(
        look,
        bare_m2=_area(area_of(found, ground.seen, rules, inside), int(hidden.sum()), unit),
        footprint_m2=_area(footprint, int(hidden.sum()), unit),
        footprint=_outline_of(found.sure, sight),
        measures={**look.measures, "limit_m2": round(rules.detectable_px * unit)},
    )
    if found.is_open:
        look = _because(look, Reason("runs_on", {"metres": rules.reach_m}))
    return compare(look, sight, found, footprint, before, rules)


def _cover(ndvi: Floats, greenness: Greenness) -> Between | None:
    """Return the mean cover with what the scene's ends leave in doubt."""
    if not len(ndvi):
        return None
    ends = greenness.ends, greenness.low, greenness.high
    value, *others = (round(float(one.cover(ndvi).mean()), 4) for one in ends)
    return value, min(value, *others), max(value, *others)


def _area(area: Area, hidden_px: int, unit: float) -> Between:
    """Return an area in m2; what is hidden may all be bare."""
    low = max(area.pixels - WIDTH * area.sigma, 0.0)
    high = area.pixels + WIDTH * area.sigma + hidden_px
    value, low, high = (round(n * unit, 1) for n in (area.pixels, low, high))
    return value, low, high


def _outline_of(mask: Mask, sight: Sight) -> MultiPolygon | None:
    if not mask.any():
        return None
    grid = Affine.translation(sight.window.col, sight.window.row)
    found = shapes(mask.view(np.uint8), mask=mask, connectivity=4, transform=grid)
    rings = [geometry["coordinates"] for geometry, _ in found]
    return sight.image.to_lonlat(MultiPolygon([Polygon(one[0], one[1:]) for one in rings]))
