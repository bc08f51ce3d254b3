"""Codes tell what cuts tell, and a forest of codes becomes the same forest of figures."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from sklearn.ensemble import RandomForestClassifier

from remote_sensing import binning

FIGURES = st.integers(-(2**15), 2**15 - 1)


@given(arrays(np.int16, st.tuples(st.integers(1, 700), st.integers(1, 3)), elements=FIGURES))
def test_a_code_counts_the_cuts_below(x: np.ndarray) -> None:
    cuts = binning.cuts_of(x)
    codes, tables = binning.codes(x, cuts), binning.tables(cuts)
    for feature, own in enumerate(cuts):
        assert 0 < len(own) <= binning.MOST_CUTS
        assert (np.diff(own) > 0).all()
        expected = (own < x[:, feature, np.newaxis]).sum(axis=1)
        assert (codes[feature] == expected).all()
        assert (tables[feature][x[:, feature].astype(int) + 2**15] == expected).all()


def test_few_figures_keep_all_their_differences() -> None:
    x = np.array([[5], [9], [9], [-3]], np.int16)
    codes = binning.codes(x, binning.cuts_of(x))
    assert codes.tolist() == [[1, 2, 2, 0]]


def test_the_forest_takes_figures_as_it_took_codes() -> None:
    draw = np.random.default_rng(0)
    x = draw.normal(0, 3_000, (2_000, 4)).astype(np.int16)
    target = (x[:, 0] > x[:, 1]).astype(np.int32)
    cuts = binning.cuts_of(x)
    of_codes = RandomForestClassifier(10, random_state=0)
    of_codes.fit(binning.codes(x, cuts).T.astype(np.float32), target)
    of_figures = binning.fit(RandomForestClassifier(10, random_state=0), x, target)
    other = draw.normal(0, 4_000, (5_000, 4)).astype(np.int16)
    said = of_codes.predict_proba(binning.codes(other, cuts).T.astype(np.float32))
    assert (of_figures.predict_proba(other.astype(np.float32)) == said).all()
