"""Area-adjusted accuracy against the worked example of Olofsson et al. 2014, table 8.

The paper prints ±0.23 for the producer's accuracy of forest gain and ±0.01 for that of stable
non-forest; its own equation 7 gives ±0.25 and ±0.02, which is what stands here.
"""

from math import isnan

import numpy as np
import pytest

from remote_sensing.quality.accuracy import area_adjusted

NAMES = ("deforestation", "forest_gain", "stable_forest", "stable_non_forest")
SAMPLE = np.array([[66, 0, 5, 4], [0, 55, 8, 12], [1, 0, 153, 11], [2, 1, 9, 313]])
MAPPED_PIXELS = (200_000, 150_000, 3_200_000, 6_450_000)
PIXEL_M2 = 900.0


def example():
    return area_adjusted(NAMES, SAMPLE, [n * PIXEL_M2 for n in MAPPED_PIXELS])


def rounded(estimate, digits=2):
    return round(estimate.value, digits), round(estimate.half_width, digits)


def test_overall_accuracy_of_the_worked_example():
    assert rounded(example().overall) == (0.95, 0.02)


@pytest.mark.parametrize(
    ("index", "users", "producers"),
    [
        (0, (0.88, 0.07), (0.75, 0.21)),
        (1, (0.73, 0.10), (0.85, 0.25)),
        (2, (0.93, 0.04), (0.93, 0.03)),
        (3, (0.96, 0.02), (0.96, 0.02)),
    ],
)
def test_class_accuracies_of_the_worked_example(index, users, producers):
    row = example().classes[index]
    assert row.name == NAMES[index]
    assert (rounded(row.users), rounded(row.producers)) == (users, producers)


def test_deforested_area_of_the_worked_example():
    area = example().classes[0].area_m2
    assert round(area.value / PIXEL_M2) == 235_086
    assert round(area.half_width / PIXEL_M2) == 68_418
    assert (round(area.value / 1e4), round(area.half_width / 1e4)) == (21_158, 6_158)


def test_areas_add_up_to_the_map():
    assert sum(c.area_m2.value for c in example().classes) == pytest.approx(9e9)


def test_a_class_without_sample_is_named_and_left_out():
    sample = SAMPLE.copy()
    sample[1] = [0, 1, 0, 0]
    found = area_adjusted(NAMES, sample, MAPPED_PIXELS)
    assert found.left_out == ("forest_gain",)
    assert isnan(found.classes[1].users.value)
    assert sum(c.area_m2.value for c in found.classes) == pytest.approx(9_850_000)


def test_no_sample_at_all_gives_no_estimate():
    found = area_adjusted(NAMES, np.zeros((4, 4), int), MAPPED_PIXELS)
    assert isnan(found.overall.value)
    assert found.left_out == NAMES
