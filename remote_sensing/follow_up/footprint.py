"""Disturbed ground in and connected to an outline, its area, and how it changed between two dates.

A pixel is disturbed where it is bare against the plants round the site; outside the outline it must
also look like the site's own bare ground, or every harvested field next to a pit would belong to
it. All arrays are (height, width).
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from scipy import ndimage

from gis.domain.follow_up.rules import FollowUpRules
from remote_sensing.follow_up.ground import FULL, Floats, Ground, Mask


@dataclass(frozen=True, slots=True)
class Likeness:
    """What a site's own bare ground looks like: the middle and spread of each of its looks."""

    middle: Floats
    spread: Floats

    def distance(self, looks: Floats) -> Floats:
        """Return how unlike pixels are, in spreads."""
        apart = (looks - self.middle[:, None, None]) / self.spread[:, None, None]
        distance: Floats = np.sqrt((apart**2).mean(axis=0))
        return distance


@dataclass(frozen=True, slots=True)
class Footprint:
    """Disturbed ground on one date.

    ``cover`` is the FVC of each pixel, ``around_cover`` that of the undisturbed ground round the
    site, ``share`` the bare share against it, 0..1; ``sure`` is the footprint, ``loose`` whatever
    might be such ground, connected or not. ``is_open`` says that the footprint runs on beyond where
    it is followed.
    """

    cover: Floats
    around_cover: float
    share: Floats
    sure: Mask
    loose: Mask
    is_open: bool


class Area(NamedTuple):
    """An area in pixels and its standard deviation."""

    pixels: float
    sigma: float


class Change(NamedTuple):
    """Ground gained and lost in pixels, the standard deviation of their difference."""

    gained: float
    lost: float
    sigma: float

    @property
    def net(self) -> float:
        """Gained less lost."""
        return self.gained - self.lost


def likeness_of(
    ground: Ground, cover: Floats, inside: Mask, rules: FollowUpRules
) -> Likeness | None:
    """Return what the bare ground inside an outline looks like; None where there is too little."""
    core = inside & ground.seen & (cover <= rules.bare_fvc_most)
    if core.sum() < rules.core_least_px:
        return None
    own = ground.looks[:, core]
    middle = np.median(own, axis=1)
    spread = 1.4826 * np.median(np.abs(own - middle[:, None]), axis=1)
    floors = np.full(len(middle), rules.like_floor_log)
    floors[0] = rules.like_floor_ndvi
    return Likeness(middle, np.maximum(spread, floors))


def footprint_of(
    ground: Ground,
    cover: Floats,
    inside: Mask,
    near: Mask,
    around_cover: float,
    like: Likeness | None,
    rules: FollowUpRules,
) -> Footprint:
    """Return the disturbed ground in and connected to ``inside``, followed over ``near``.

    ``around_cover`` is the FVC of the undisturbed ground round the site. Without a likeness
    nothing is followed beyond the outline.
    """
    share = np.clip(1 - cover / around_cover, 0, 1)
    may = ground.seen & near
    sure = loose = may & inside
    if like is not None:
        unlike = like.distance(ground.looks)
        sure, loose = (
            may & (inside | (unlike <= most))
            for most in (rules.like_sigmas, rules.like_loose_sigmas)
        )
    else:
        loose = may
    sure &= share >= rules.bare_share_sure
    loose &= share >= rules.bare_share_loose
    neck = int(rules.neck_px)
    wide = ndimage.binary_opening(sure, np.ones((neck, neck)))
    labels, _ = ndimage.label(sure & (wide | ndimage.binary_dilation(inside, np.ones(FULL))))
    mine = np.unique(labels[inside])
    sure = np.isin(labels, mine[mine > 0])
    rim = near & ~ndimage.binary_erosion(near, np.ones(FULL))
    is_open = bool((sure & rim & ~inside).any())
    return Footprint(cover, around_cover, share, sure, loose | sure, is_open)


def area_of(found: Footprint, seen: Mask, rules: FollowUpRules, within: Mask | None = None) -> Area:
    """Return the footprint's area in pixels, edge pixels by their bare share.

    ``within`` keeps to a part. The deviation counts edge pixels, which err in clusters and
    together.
    """
    solid = ndimage.binary_erosion(found.sure, np.ones(FULL))
    edge = ndimage.binary_dilation(found.sure, np.ones(FULL)) & ~solid & seen
    beyond = seen & ~ndimage.binary_dilation(found.sure, np.ones(FULL))
    back = _mean_near(found.share, beyond)
    mixed = np.clip((found.share - back) / np.maximum(1 - back, 1e-6), 0, 1)
    # Where bare ground of another kind lies against the footprint, shares tell nothing.
    mixed = np.where(back > rules.bare_share_sure, found.sure, mixed)
    weight = np.where(solid, 1.0, np.where(edge, mixed, 0.0))
    if within is not None:
        weight, edge = weight * within, edge & within
    border = int(edge.sum()) / 2
    errs = rules.area_edge_sigma**2 * border * rules.edge_cluster
    together = rules.edge_bias_other_season * border
    return Area(float(weight.sum()), float(np.sqrt(errs + together**2 + 1)))


def change_between(
    before: Footprint,
    after: Footprint,
    both: Mask,
    shift_px: float,
    is_same_season: bool,
    rules: FollowUpRules,
) -> Change:
    """Return how the footprint changed over pixels seen on ``both`` dates.

    Only pixels that surely belong to it on one date and surely not on the other begin a change, so
    that an edge pixel whose share wavers counts as neither; the mixed pixels beside them then
    count by how much their share changed. Shares are taken against the plants around, which are
    harvested between the dates or grow: a pixel whose own cover stayed is no change, however far
    they moved its share.
    """
    step = rules.bare_share_sure - rules.bare_share_loose
    step *= max(before.around_cover, after.around_cover)
    bared = before.cover - after.cover
    gained = _amount(
        after.sure & ~before.loose & both & (bared >= step),
        before.share, after.share, after.sure & both,
    )  # fmt: skip
    lost = _amount(
        before.sure & ~after.loose & both & (bared <= -step),
        after.share, before.share, before.sure & both,
    )  # fmt: skip
    either = (before.sure | after.sure) & both
    edge = int((either & ~ndimage.binary_erosion(either, np.ones(FULL))).sum())
    flips = rules.edge_flip * (1 - rules.edge_flip) * edge * rules.edge_cluster
    bias = rules.edge_bias_same_season if is_same_season else rules.edge_bias_other_season
    together = np.hypot(bias, rules.shift_weight * shift_px) * edge
    # One pixel at least: noise of its size is no change however small a place is.
    return Change(gained, lost, float(np.sqrt(flips + together**2 + 1)))


def _amount(changed: Mask, less: Floats, more: Floats, within: Mask) -> float:
    beside = ndimage.binary_dilation(changed, np.ones(FULL)) & within & ~changed
    return float(changed.sum() + np.clip(more - less, 0, 1)[beside].sum())


def _mean_near(values: Floats, where: Mask) -> Floats:
    """Return the mean of values ``where``, within two pixels; 0 where there is none."""
    count = ndimage.uniform_filter(where.astype(np.float64), 5, mode="constant")
    total = ndimage.uniform_filter(np.where(where, values, 0.0), 5, mode="constant")
    return np.where(count > 1e-6, total / np.maximum(count, 1e-6), 0.0)
