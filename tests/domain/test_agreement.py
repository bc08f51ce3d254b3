"""Second readers: how far they agree beyond chance, and in what two checks differ."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gis.domain.checks.agreement import Agreement, agreement, differing
from gis.domain.terms import Verdict
from tests.domain.test_field_check import kept

verdicts = st.sampled_from([verdict.value for verdict in Verdict])


def test_the_figures_of_a_worked_example():
    # Cohen's own kind of table: 20 both yes, 5 yes/no, 10 no/yes, 15 both no.
    yes, no = "WASTE", "GONE"
    pairs = [(yes, yes)] * 20 + [(yes, no)] * 5 + [(no, yes)] * 10 + [(no, no)] * 15
    found = agreement(pairs)
    assert (found.places, found.agreed, found.rate) == (50, 35, 0.7)
    assert found.kappa == pytest.approx(0.4)


@given(st.lists(st.tuples(verdicts, verdicts), min_size=1))
def test_kappa_is_never_above_one_and_is_one_for_full_agreement_only(pairs):
    found = agreement(pairs)
    if found.kappa is not None:
        assert -1 <= found.kappa <= 1 + 1e-12
        assert (found.kappa == pytest.approx(1)) is (found.agreed == found.places)


def test_nothing_to_tell_from_chance():
    assert agreement([]) == Agreement(0, 0, None, None)
    assert agreement([("WASTE", "WASTE")]).kappa is None


def test_checks_differ_where_both_say_something_else():
    one, other = kept(height_m=6.0, has_dust=True), kept(height_m=9.0, note="另一句话")
    assert differing([one, other]) == ["height_m"]
    gone = replace(other, verdict=Verdict.GONE)
    assert differing([one, gone]) == ["verdict", "height_m"]
    assert differing([one]) == []
