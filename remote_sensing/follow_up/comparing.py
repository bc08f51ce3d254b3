"""This date's footprint against an earlier one's, on one grid, and the word for what came of it."""

from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from gis.domain.follow_up.rules import FollowUpRules
from remote_sensing.follow_up.footprint import (
    Area,
    Change,
    Footprint,
    area_of,
    change_between,
    footprint_of,
    likeness_of,
)
from remote_sensing.follow_up.ground import NEEDED, Floats, Ground, ground_of
from remote_sensing.follow_up.images import Image
from remote_sensing.follow_up.looks import Look, Reason, State
from remote_sensing.follow_up.shift import Shift, shift_between
from remote_sensing.follow_up.sighting import Sight, around_cover
from remote_sensing.scene import Chip


@dataclass(frozen=True, slots=True)
class Before:
    """An earlier image of the same place that saw it well."""

    image: Image
    on: date


def compare(
    look: Look,
    sight: Sight,
    found: Footprint,
    area: Area,
    before: Before | None,
    rules: FollowUpRules,
) -> Look:
    """Return the look with its state, and where there is an earlier image with the change."""
    limit = rules.detectable_px
    if before is None or before.image.greenness is None or before.image.scene.lacking(NEEDED):
        said = [Reason("first")]
        if area.pixels < limit:
            said.append(_nothing(look))
        return replace(look, state="FIRST", reasons=(*look.reasons, *said))
    ground, shift = _aligned(sight, before, rules)
    cover = before.image.greenness.ends.cover(ground.ndvi)
    around = around_cover(cover, sight.around & ground.seen)
    same = rules.is_same_season(look.on, before.on)
    reasons = [Reason("compared", {"on": before.on.isoformat()})]
    if not same:
        reasons.append(Reason("other_season"))
    if around < rules.contrast_least:
        reasons.append(Reason("contrast_before", {"fvc": round(around, 3)}))
        return replace(look, state="UNSEEN", reasons=(*look.reasons, *reasons))
    like = likeness_of(ground, cover, sight.inside, rules)
    then = footprint_of(ground, cover, sight.inside, sight.near, around, like, rules)
    both = ground.seen & sight.ground.seen
    concerned = then.sure | found.sure | sight.inside
    common = float(both[concerned].mean())
    if common < rules.valid_least:
        reasons.append(Reason("common_view", {"share": round(common, 3)}))
        return replace(look, state="UNSEEN", reasons=(*look.reasons, *reasons))
    residual = rules.shift_unknown_px if shift is None else rules.shift_residual_px
    change = change_between(then, found, both, residual, same, rules)
    state = _state(area_of(then, ground.seen, rules), area, change, rules)
    if shift is None:
        reasons.append(Reason("shift_unknown", {"pixels": rules.shift_unknown_px}))
    elif np.hypot(shift.right, shift.down) >= rules.shift_least_px:
        metres = float(np.hypot(shift.right, shift.down)) * sight.image.scene.pixel_m
        reasons.append(Reason("shift_taken_back", {"metres": round(metres, 1)}))
    if area.pixels < limit:
        reasons.append(_nothing(look))
    return _changed(
        replace(look, state=state, reasons=(*look.reasons, *reasons)), sight, change, shift
    )


def _nothing(look: Look) -> Reason:
    return Reason("not_detectable", {"limit_m2": look.measures["limit_m2"]})


def _changed(look: Look, sight: Sight, change: Change, shift: Shift | None) -> Look:
    pixel_m = sight.image.scene.pixel_m
    unit = pixel_m**2
    moved = None if shift is None else (shift.right * pixel_m, -shift.down * pixel_m)
    return replace(
        look,
        change_m2=round(change.net * unit, 1),
        change_sigma_m2=round(change.sigma * unit, 1),
        shift_m=None if moved is None else (round(moved[0], 2), round(moved[1], 2)),
        measures={
            **look.measures,
            "gained_m2": round(change.gained * unit, 1),
            "lost_m2": round(change.lost * unit, 1),
            "shift_peak": None if shift is None else round(shift.peak, 1),
        },
    )


def _aligned(sight: Sight, before: Before, rules: FollowUpRules) -> tuple[Ground, Shift | None]:
    """Return the earlier ground on this date's pixels, and by how much it lay off."""
    grid = sight.image.read(sight.window)
    chip = before.image.read_on(grid)
    valid = chip.valid & grid.valid
    shift = shift_between(_near(grid), _near(chip), valid, rules) if valid.any() else None
    if shift is not None and np.hypot(shift.right, shift.down) >= rules.shift_least_px:
        chip = before.image.read_on(grid, shift.right, shift.down)
    return ground_of(chip, rules), shift


def _near(chip: Chip) -> Floats:
    near: Floats = chip.reflectance[chip.band_names.index("B08")].astype(np.float64)
    return near


def _state(then: Area, now: Area, change: Change, rules: FollowUpRules) -> State:
    """Return the word for a change; below the limits it is none that could be detected."""
    limit = rules.detectable_px
    if abs(change.net) < max(rules.change_sigmas * change.sigma, limit):
        return "UNCHANGED"
    if change.net > 0:
        return "NEW" if then.pixels < limit else "GROWN"
    return "GONE" if now.pixels < limit else "SHRUNK"
