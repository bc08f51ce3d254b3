import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from remote_sensing.windows import Window, plan

SIDE = st.integers(1, 90)


@given(width=SIDE, height=SIDE, size=st.integers(1, 40), halo=st.integers(0, 9))
def test_inner_windows_cover_every_pixel_once(
    width: int, height: int, size: int, halo: int
) -> None:
    seen = np.zeros((height, width), int)
    tiles = plan(width, height, size=size, halo=halo)
    for tile in tiles:
        inner, outer = tile.inner, tile.outer
        seen[inner.row : inner.row_end, inner.col : inner.col_end] += 1
        assert outer == inner.grown(halo)
        assert (outer.width, outer.height) == (inner.width + 2 * halo, inner.height + 2 * halo)
        assert inner.inside(width, height) == inner
    assert (seen == 1).all()
    assert [tile.index for tile in tiles] == list(range(len(tiles)))


def test_inside_cuts_what_sticks_out() -> None:
    assert Window(-3, 8, 10, 10).inside(20, 12) == Window(0, 8, 7, 4)
    assert Window(30, 0, 5, 5).inside(20, 12).width == 0


@pytest.mark.parametrize("bad", [{"width": 0}, {"size": 0}, {"halo": -1}])
def test_a_plan_needs_an_extent(bad: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="cannot cut"):
        plan(bad.get("width", 5), 5, size=bad.get("size", 5), halo=bad.get("halo", 0))
