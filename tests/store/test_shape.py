"""Nouns to rows and back: only geometry changes its form."""

from dataclasses import dataclass
from datetime import date

from geoalchemy2 import WKBElement
from shapely import MultiPolygon
from shapely.geometry import box

from gis.spatial.crs import as_multipolygon
from gis.store import shape


@dataclass(frozen=True, slots=True)
class Plot:
    name: str
    seen_on: date | None
    outline: MultiPolygon


PIERCED = as_multipolygon(box(0, 0, 3, 3).difference(box(1, 1, 2, 2)))
PLOT = Plot("甲", None, PIERCED)


def test_a_row_has_the_nouns_fields_and_the_stored_crs():
    row = shape.row_of(PLOT)
    assert (row["name"], row["seen_on"]) == ("甲", None)
    assert isinstance(row["outline"], WKBElement) and row["outline"].srid == 4490


def test_a_noun_comes_back_with_its_hole_and_passes_over_further_columns():
    row = shape.row_of(PLOT) | {"key_0": 7}
    again = shape.noun_of(Plot, row)
    assert again == PLOT
    assert len(again.outline.geoms[0].interiors) == 1


def test_a_row_that_is_no_noun_keeps_every_column():
    loaded = shape.loaded({"n": 3, "outline": shape.stored(PIERCED)})
    assert loaded == {"n": 3, "outline": PIERCED}
