"""Districts, layers and scenes: once each, and only where they belong."""

from datetime import date

import pytest
from shapely.geometry import Point, box

from gis.domain.errors import DistrictUnknown, OutsideDistrict, SameName
from gis.domain.terms import LayerKind
from gis.ledger import places
from gis.ledger.imagery import add_scene
from gis.store import imagery
from gis.store import places as stored
from gis.store.sites import surroundings_of
from tests.ledger.looking import everything, rows, verbs
from tests.makers import KUNDULUN, a_district, a_layer, a_scene, list_site


def test_a_district_is_opened_once(book):
    assert verbs(book) == ["add_district"]
    before = everything(book)
    assert places.add_district(book, a_district(name_zh="另名")) is False
    assert everything(book) == before
    assert places.add_district(book, a_district(code="150204")) is True


def test_an_unknown_district_is_answered_with_those_known(book):
    with book.reading() as connection, pytest.raises(DistrictUnknown, match=KUNDULUN):
        stored.district(connection, "999999")


def test_real_districts_come_before_demo_ones(book):
    places.add_district(book, a_district(code="990000", is_demo=False))
    with book.reading() as connection:
        assert [d.code for d in stored.all_districts(connection)] == ["990000", KUNDULUN]


def test_a_layer_of_the_same_bytes_is_added_once(book):
    layer = a_layer(LayerKind.DWELLING, Point(109.7, 40.7), Point(109.8, 40.8))
    assert places.add_layer(book, *layer) is True
    before = everything(book)
    again = a_layer(LayerKind.DWELLING, Point(109.7, 40.7), sha256=layer[0].sha256)
    assert places.add_layer(book, *again) is False
    assert everything(book) == before
    with book.reading() as connection:
        ((about, features),) = stored.layers(connection, KUNDULUN)
        assert about == layer[0]
        assert sorted(features, key=str) == sorted(layer[1], key=str)


@pytest.mark.parametrize("is_newest_first", [True, False])
def test_the_newest_edition_of_a_layer_is_measured(book, is_newest_first):
    editions = [
        a_layer(LayerKind.DWELLING, Point(109.75, 40.701), dated_on=None),
        a_layer(LayerKind.DWELLING, Point(109.74, 40.701), dated_on=date(2020, 1, 1)),
        a_layer(LayerKind.DWELLING, Point(109.703, 40.701), dated_on=date(2025, 1, 1)),
    ]
    for edition in editions[::-1] if is_newest_first else editions:
        places.add_layer(book, *edition)
    site = list_site(book)
    with book.reading() as connection:
        around = surroundings_of(connection, site.code)
    assert around.dwelling_distance_m < 100
    assert around.layers["dwelling_distance_m"] == "居民点（2025-01-01）"


def test_a_scene_is_registered_once(book):
    first = add_scene(book, a_scene())
    before = everything(book)
    assert add_scene(book, a_scene()) == first
    assert everything(book) == before
    with book.reading() as connection:
        assert imagery.scene(connection, first.id) == first
        assert imagery.scene_of_file(connection, first.sha256) == [first]


def test_another_file_of_the_same_name_is_refused(book):
    add_scene(book, a_scene())
    before = everything(book)
    with pytest.raises(SameName, match="s2_20260619"):
        add_scene(book, a_scene(sha256="2" * 64))
    assert everything(book) == before


def test_a_scene_of_elsewhere_or_of_no_district_is_refused(book):
    with pytest.raises(OutsideDistrict):
        add_scene(book, a_scene(footprint=box(16.3, 50.9, 16.4, 51.0)))
    with pytest.raises(DistrictUnknown):
        add_scene(book, a_scene(district_code="000000"))
    assert rows(book, "scenes") == {"scenes": 0}
