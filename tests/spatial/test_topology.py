"""Ground of an outline outside its district."""

import pytest

from gis.spatial.crs import to_metric
from gis.spatial.topology import outside
from tests.makers import a_district, square


@pytest.mark.parametrize(("lon", "share"), [(109.7, 0.0), (109.599, 0.5), (109.5, 1.0)])
def test_the_part_outside_the_district_is_said(lon, share):
    found = outside(square(lon), a_district())
    whole = to_metric(square(lon), 4546).area
    assert found.share == pytest.approx(share, abs=5e-3)
    assert found.area_m2 == pytest.approx(share * whole, abs=whole * 5e-3)
