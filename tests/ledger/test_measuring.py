"""After a new layer: all sites anew, only those with other receptors written, grades following."""

import pytest
from shapely import Point
from shapely.geometry import box

from gis.domain.errors import DistrictUnknown
from gis.domain.sites.surroundings import made_up
from gis.domain.terms import Grade, LayerKind
from gis.ledger import places
from gis.ledger.measuring import remeasure
from gis.ledger.sites import measured, new_code, put_site
from gis.store.places import district
from gis.store.sites import grading_of, surroundings_of
from tests.ledger.looking import everything, rows, verbs
from tests.makers import KUNDULUN, a_layer, a_site, list_site, square


def around(book, code):
    with book.reading() as connection:
        return surroundings_of(connection, code)


def test_only_sites_with_other_receptors_are_written(book):
    inside = list_site(book)
    far = list_site(book, outline=square(109.80, 40.80))
    zone = a_layer(LayerKind.RED_LINE, box(109.69, 40.69, 109.71, 40.71))
    book.clock.tick()
    places.add_layer(book, *zone)
    found = remeasure(book, KUNDULUN)
    assert (found.measured, found.changed) == (2, [inside.code, far.code])
    assert around(book, inside.code).red_line_distance_m == 0
    assert around(book, inside.code).layer_ids["protected_land"] == [str(zone[0].id)]
    book.clock.tick()
    before = everything(book)
    assert remeasure(book, KUNDULUN).changed == []
    assert everything(book) == before


def test_the_grade_follows_the_ground(book):
    site = list_site(book, mass_t=10.0)
    with book.reading() as connection:
        assert grading_of(connection, site.code)["grade"].value != "HIGH"
    zone = a_layer(LayerKind.RIVER_ZONE, box(109.69, 40.69, 109.71, 40.71))
    book.clock.tick()
    places.add_layer(book, *zone)
    ((code, old, new),) = remeasure(book, KUNDULUN).moved
    assert (code, new) == (site.code, Grade.HIGH) and old is not Grade.HIGH
    assert {"measure_site", "grade_site"} <= set(verbs(book))
    assert rows(book, "surroundings") == {"surroundings": 2}


def test_a_withdrawn_layer_leaves_the_unknown(book):
    layer = a_layer(LayerKind.DWELLING, Point(109.71, 40.701))
    places.add_layer(book, *layer)
    site = list_site(book)
    assert around(book, site.code).dwelling_distance_m is not None
    book.clock.tick()
    places.withdraw_layer(book, layer[0].id)
    remeasure(book, KUNDULUN)
    assert around(book, site.code).dwelling_distance_m is None


def test_made_up_values_stay_until_a_layer_answers(book):
    with book.entry() as entry:
        site = a_site(recorded_at=entry.now)
        code = new_code(entry, district(entry.connection, KUNDULUN), site.kind)
        assert code == site.code
        invented = {"dwelling_distance_m": 254.0, "protected_land": "NONE"}
        put_site(entry, site, made_up(measured(entry, site), invented))
    book.clock.tick()
    assert remeasure(book, KUNDULUN).changed == []
    places.add_layer(book, *a_layer(LayerKind.DWELLING, Point(109.71, 40.701)))
    assert remeasure(book, KUNDULUN).changed == [site.code]
    now = around(book, site.code)
    assert now.dwelling_distance_m > 500
    assert now.protected_land == "NONE" and now.layers["protected_land"] == "演示数据"


def test_an_unknown_district_is_refused(book):
    with pytest.raises(DistrictUnknown):
        remeasure(book, "999999")
