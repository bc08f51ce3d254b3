"""Districts, layers and scenes: once each, and only where they belong."""

from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest
from shapely.geometry import Point, box

from gis.domain.errors import (
    DistrictUnknown,
    LayerEnded,
    LayerOlder,
    NotInRegister,
    OutsideDistrict,
    SameName,
)
from gis.domain.terms import LayerKind
from gis.ledger import places
from gis.ledger.imagery import add_scene
from gis.store import imagery
from gis.store import places as stored
from gis.store.sites import surroundings_of
from tests.ledger.looking import everything, rows, verbs
from tests.makers import KUNDULUN, NOON, a_district, a_layer, a_scene, list_site, square


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
        assert about == replace(layer[0], adopted_at=book.clock.now)
        assert sorted(features, key=str) == sorted(layer[1], key=str)


def test_a_layer_under_the_same_id_is_added_once(book):
    layer = a_layer(LayerKind.DWELLING, Point(109.7, 40.7))
    places.add_layer(book, *layer)
    places.withdraw_layer(book, layer[0].id)
    before = everything(book)
    assert places.add_layer(book, *layer) is False
    assert everything(book) == before


def dwelling(lon, **changes):
    return a_layer(LayerKind.DWELLING, Point(lon, 40.701), **changes)


def distance_now(book):
    with book.reading() as connection:
        district = stored.district(connection, KUNDULUN)
        around = places.around_of(connection, district).of("甲", square(), NOON)
    return around.dwelling_distance_m


def test_a_new_edition_takes_the_place_of_the_one_before_and_both_are_kept(book):
    old = dwelling(109.75, dated_on=date(2020, 1, 1))
    new = dwelling(109.703, dated_on=date(2025, 1, 1))
    places.add_layer(book, *old)
    assert distance_now(book) > 3_000
    then = book.clock.now
    book.clock.tick(days=30)
    places.add_layer(book, *new)
    assert distance_now(book) < 100
    with book.reading() as connection:
        ((held, _),) = stored.layers(connection, KUNDULUN, at=then)
        ((holds, _),) = stored.layers(connection, KUNDULUN)
        editions = stored.editions(connection, KUNDULUN, with_ended=True)
    assert (held.id, holds.id) == (old[0].id, new[0].id)
    assert [one.id for one in editions] == [new[0].id, old[0].id]
    assert editions[1].ended_at == editions[0].adopted_at == book.clock.now
    assert verbs(book)[-3:] == ["add_layer", "replace_layer", "add_layer"]


def test_an_older_edition_is_refused(book):
    places.add_layer(book, *dwelling(109.703))
    before = everything(book)
    with pytest.raises(LayerOlder, match="2019-01-01"):
        places.add_layer(book, *dwelling(109.75, dated_on=date(2019, 1, 1)))
    assert everything(book) == before


def test_series_of_one_kind_live_side_by_side(book):
    places.add_layer(book, *dwelling(109.75, series="村庄"))
    places.add_layer(book, *dwelling(109.703, series="学校"))
    assert distance_now(book) < 100


def test_a_withdrawn_layer_answers_nothing_any_more(book):
    layer = dwelling(109.703)
    places.add_layer(book, *layer)
    assert distance_now(book) < 100
    book.clock.tick()
    assert places.withdraw_layer(book, layer[0].id).ended_at == book.clock.now
    assert distance_now(book) is None
    with pytest.raises(LayerEnded, match="居民点"):
        places.withdraw_layer(book, layer[0].id)
    with pytest.raises(NotInRegister):
        places.withdraw_layer(book, uuid4())


def test_a_layer_of_no_district_is_refused(book):
    with pytest.raises(DistrictUnknown):
        places.add_layer(book, *dwelling(109.7, district_code="999999"))


def test_a_site_is_measured_from_the_layers_in_force(book):
    places.add_layer(book, *dwelling(109.703))
    site = list_site(book)
    with book.reading() as connection:
        around = surroundings_of(connection, site.code)
    assert around.dwelling_distance_m < 100
    assert around.layers["dwelling_distance_m"] == "居民点、学校、医院（2025-01-01）"


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
