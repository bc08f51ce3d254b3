"""From which confidence on objects are kept: the pixels' fit and the places found decide."""

import numpy as np

from remote_sensing.second_stage.judged import Object
from remote_sensing.second_stage.thresholds import choose


def one(on, of=100, place=1, scene="a", places=None, large=True):
    hits = {place: on} if on else {}
    known = places if places is not None else {1: 100, 2: 100}
    return Object(np.zeros(2), 0, scene, large, of, on, hits, known)


def test_what_is_wrong_and_unsure_is_refused():
    found = [one(90), one(80, place=2), one(0), one(0), one(10, large=False)]
    confidence = np.array([0.9, 0.7, 0.3, 0.25, 0.1])
    chosen, table = choose(found, confidence, np.zeros(5, bool), truth_px=200)
    assert 0.3 < chosen.keep_from <= 0.7
    assert (chosen.kept, chosen.right, chosen.found, chosen.places) == (2, 2, 2, 2)
    assert chosen.iou == 170 / 230 * 230 / (200 + 200 - 170)
    first = table[0]
    assert first.keep_from == 0
    assert (first.kept, first.right, first.found) == (4, 2, 2)
    assert [row.keep_from for row in table] == sorted(row.keep_from for row in table)


def test_isolated_ones_must_be_surer_where_that_costs_nothing():
    found = [one(90), one(80, place=2), one(0)]
    alone = np.array([False, False, True])
    chosen, _ = choose(found, np.array([0.5, 0.5, 0.52]), alone, truth_px=200)
    assert chosen.keep_isolated_from > 0.52 > chosen.keep_from
    assert chosen.kept == 2


def test_isolated_ones_are_not_held_back_where_they_are_right():
    found = [one(90), one(80, place=2), one(0)]
    chosen, _ = choose(found, np.array([0.6, 0.52, 0.3]), np.array([0, 1, 0], bool), truth_px=200)
    assert chosen.found == 2


def test_places_of_scenes_without_any_right_object_count_as_missed():
    found = [one(90), one(0, scene="b", places={1: 50})]
    chosen, _ = choose(found, np.array([0.8, 0.2]), np.zeros(2, bool), truth_px=250)
    assert (chosen.found, chosen.places) == (1, 3)


def test_where_all_are_unsure_the_first_may_still_be_kept():
    found = [one(90), one(0), one(0), one(0)]
    confidence = np.array([0.0213, 0.0154, 0.0101, 0.0099])
    chosen, _ = choose(found, confidence, np.zeros(4, bool), truth_px=200)
    assert (chosen.kept, chosen.right) == (1, 1)
