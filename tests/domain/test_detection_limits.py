"""What a batch asks for: the default says nothing more than ever, and what is asked is compared."""

from uuid import UUID

import pytest

from gis.domain.detection.batch import key_of
from gis.domain.detection.limits import are_alike, limits, with_zones, zones_of

PLAIN = limits(2000, 0)
RAN = PLAIN | {"scale": 0.0001, "offset": 0.0, "threshold": 0.5}
ONE, OTHER = UUID(int=1), UUID(int=2)


def test_what_asks_for_nothing_special_is_named_as_ever():
    assert limits(2000, 0, quick=False, masked=True) == PLAIN
    assert with_zones(PLAIN, []) == PLAIN and zones_of(PLAIN) == []


def test_zones_are_in_order_whoever_names_them():
    both = with_zones(PLAIN, [OTHER, ONE])
    assert zones_of(both) == [ONE, OTHER]
    assert key_of(ONE, "a", both) == key_of(ONE, "a", with_zones(PLAIN, [ONE, OTHER]))
    assert key_of(ONE, "a", both) != key_of(ONE, "a", PLAIN)


@pytest.mark.parametrize(
    ("asked", "ran"),
    [
        (PLAIN, RAN),
        (limits(2000, 0, quick=True), RAN | {"quick": {"z": 2.5, "mention": 0.05}}),
        (limits(2000, 0, masked=False), RAN | {"masked": False}),
        (with_zones(PLAIN, [ONE]), RAN | {"zones": [str(ONE)], "ignored": "MULTIPOLYGON (…)"}),
    ],
)
def test_a_run_that_did_what_is_asked_for_need_not_run_again(asked, ran):
    assert are_alike(asked, ran)


@pytest.mark.parametrize(
    ("asked", "ran"),
    [
        (limits(1000, 0), RAN),
        (PLAIN, RAN | {"quick": {"z": 2.5}}),  # a quick run is no exact one
        (limits(2000, 0, quick=True), RAN),
        (PLAIN, RAN | {"masked": False}),
        (limits(2000, 0, masked=False), RAN),
        (PLAIN, RAN | {"zones": [str(ONE)], "ignored": "…"}),
        (PLAIN, RAN | {"ignored": "…"}),  # somebody's own file
        (with_zones(PLAIN, [ONE]), RAN | {"ignored": "…"}),
        (with_zones(PLAIN, [ONE]), RAN | {"zones": [str(ONE), str(OTHER)]}),
        (PLAIN, {}),
    ],
)
def test_a_run_that_did_something_else_does_not_stand_for_it(asked, ran):
    assert not are_alike(asked, ran)
