"""Which checks teach most, and which ground is kept for judging."""

from gis.domain.detection.kept_back import Cell, cell_of, is_kept_back
from gis.domain.detection.model_comparison import verdict_of
from gis.domain.detection.teaching import Described, figures_of, pick
from gis.domain.terms import Comparative, TeachReason

SOME = [
    *(Described(f"sure{n}", 0.9 + n / 100, (1.0 + n / 10, 2.0)) for n in range(5)),
    Described("torn", 0.51, (1.0, 2.0)),
    Described("strange", 0.97, (9.0, -7.0)),
]


def test_doubt_and_difference_take_turns_and_say_why():
    found = pick(SOME, [Described("old", 0.9, (1.0, 2.0))], 2)
    assert [(one.key, one.reason) for one in found] == [
        ("torn", TeachReason.DOUBT),
        ("strange", TeachReason.DIFFERENCE),
    ]
    assert found[0].measure < 0.011 and found[1].measure > 1


def test_the_same_candidates_give_the_same_list_in_any_order():
    assert pick(SOME, [], 5) == pick(SOME[::-1], [], 5)
    assert len({one.key for one in pick(SOME, [], 99)}) == len(SOME)
    assert pick([], SOME, 3) == [] and pick(SOME, [], 0) == []


def test_alike_places_are_not_all_picked_for_being_different():
    twins = [Described(f"far{n}", 0.9, (9.0 + n / 1000, 0.0)) for n in range(3)]
    near = [Described(f"near{n}", 0.9, (float(n), 0.0)) for n in range(3)]
    found = pick(twins + near, [Described("old", 0.9, (0.0, 0.0))], 4)
    different = [one.key for one in found if one.reason is TeachReason.DIFFERENCE]
    assert len([key for key in different if key.startswith("far")]) <= 1


def test_figures_tell_a_disc_from_a_ribbon():
    classes = {"open_pit": 0, "slag_pile": 1}
    disc = figures_of(0.5, 31_416.0, 628.3, "open_pit", classes)
    ribbon = figures_of(0.5, 31_416.0, 6_283.0, "slag_pile", classes)
    assert disc[2] > 0.99 > 0.02 > ribbon[2]
    assert (disc[3:], ribbon[3:]) == ((1.0, 0.0), (0.0, 1.0))
    assert figures_of(0.5, 0.0, 0.0, "open_pit", classes)[2] == 0.0


def test_kept_back_ground_never_moves():
    kept = [n for n in range(40) if is_kept_back(Cell(10_960 + n, 4_070))]
    assert kept == [n for n in range(40) if is_kept_back(cell_of(109.6 + n / 100 + 0.003, 40.705))]
    assert kept == KEPT


KEPT = [3, 6, 16, 21, 25, 29, 37, 39]


def test_too_few_places_say_nothing():
    assert verdict_of(0.1, 0.2, 4) is Comparative.TOO_FEW
    assert verdict_of(None, None, 40) is Comparative.TOO_FEW
    assert verdict_of(-0.2, -0.1, 5) is Comparative.WORSE
