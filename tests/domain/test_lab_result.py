"""Laboratory results: what a value below detection may be, and results that answer twice."""

import math

from gis.domain.sampling.lab_result import twice
from gis.domain.terms import LeachMethod
from tests.makers_lab import a_result


def test_a_measured_value_is_what_it_is():
    assert a_result("cu", 3.0).span == (3.0, 3.0)
    assert a_result("cu", 3.0, detection_limit=0.1).span == (3.0, 3.0)


def test_below_detection_is_anything_up_to_the_limit():
    assert a_result("cu", None, detection_limit=0.05).span == (0.0, 0.05)
    assert a_result("cu", None).span == (0.0, math.inf)


def test_a_number_below_its_own_limit_of_detection_is_not_believed():
    assert a_result("cu", 0.01, detection_limit=0.05).span == (0.0, 0.05)


def test_two_results_for_one_question_are_found():
    first, other = a_result("cu", 1.0), a_result("cu", 2.0)
    apart = [a_result("zn", 1.0), a_result("cu", 1.0, leach=LeachMethod.HJ_557)]
    assert twice([first, *apart, other]) == [(first, other)]
    assert twice([first, *apart]) == []
