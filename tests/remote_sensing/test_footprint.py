"""A change of a footprint is the site's own, not that of the plants it is measured against."""

import numpy as np
import pytest

from gis.rules import follow_up
from remote_sensing.follow_up.footprint import Change, Footprint, change_between, footprint_of
from remote_sensing.follow_up.ground import Ground

RULES = follow_up.current()
SIDE = 30
INSIDE = np.zeros((SIDE, SIDE), bool)
INSIDE[10:20, 10:20] = True
ALL, NONE = np.ones((SIDE, SIDE), bool), np.zeros((SIDE, SIDE), bool)
GREEN, HARVESTED = 0.9, 0.4
"""FVC of the ground around, before a harvest and after it."""


def seen(cover: float, around: float) -> Footprint:
    """A site of even cover, of which nothing is followed beyond its outline."""
    covers = np.where(INSIDE, cover, around)
    ground = Ground(ALL, NONE, NONE, NONE, NONE, ALL, covers, covers[None])
    return footprint_of(ground, covers, INSIDE, ALL, around, None, RULES)


def change(before: Footprint, after: Footprint) -> Change:
    return change_between(before, after, ALL, 0.0, True, RULES)


@pytest.mark.parametrize("own_change", [0.0, 0.05, -0.05])
def test_a_harvest_around_a_half_grown_over_site_is_no_change_of_it(own_change):
    then, now = seen(0.33, GREEN), seen(0.33 + own_change, HARVESTED)
    # By its share alone the site would be gone in the one direction and new in the other.
    assert then.sure[INSIDE].all() and not now.loose[INSIDE].any()
    for one in (change(then, now), change(now, then)):
        assert one.gained == one.lost == 0


@pytest.mark.parametrize(
    ("around", "later", "cover"),
    [(GREEN, GREEN, 0.7), (GREEN, HARVESTED, 0.38), (HARVESTED, HARVESTED, 0.38)],
)
def test_ground_that_itself_grew_over_or_was_bared_counts_whatever_lies_around(
    around, later, cover
):
    bare, grown_over = seen(0.02, around), seen(cover, later)
    assert change(bare, grown_over).lost == pytest.approx(100)
    assert change(grown_over, bare).gained == pytest.approx(100)
