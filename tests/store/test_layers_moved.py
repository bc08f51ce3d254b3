"""Layers and surroundings kept from before editions: nothing lost, each in force, stricter kind."""

import pytest
import sqlalchemy as sa

from gis.domain.terms import LayerKind
from gis.store import places, surroundings
from tests.store.moved import OUTLINE, add_district, moved

CODE = "150203-W00001-D"
LAYERS = [
    # id, kind, title
    (1, "DISTRICT", "区界"),
    (2, "DISTRICT", "九个旗县区"),
    (3, "PROTECTED_LAND", "红线与基本农田"),
    (4, "DWELLING", "居民点"),
    (5, "DWELLING", "居民点"),
]


def id_of(number):
    return f"00000000-0000-0000-0000-00000000000{number}"


def fill(connection):
    run = connection.execute
    add_district(connection)
    run(sa.text("insert into site_codes values (:c, '150203', 1, now())"), {"c": CODE})
    for number, kind, title in LAYERS:
        run(
            sa.text(
                "insert into reference_layers values "
                "(:id, '150203', :kind, :title, 'T', '来源', '许可', null, null, :sha)"
            ),
            {"id": id_of(number), "kind": kind, "title": title, "sha": str(number) * 64},
        )
    run(
        sa.text("insert into reference_features values (:id, :layer, '甲', 'A', :shape)"),
        {"id": id_of(9), "layer": id_of(3), "shape": OUTLINE},
    )
    run(
        sa.text(
            "insert into surroundings (site_code, measured_at, dwelling_distance_m, layers) "
            'values (:code, now(), 254, \'{"dwelling_distance_m": "演示数据"}\')'
        ),
        {"code": CODE},
    )


@pytest.fixture(scope="module")
def connection(server_url):
    with moved(server_url, "0004", fill) as connection:
        yield connection


def test_every_layer_is_in_force_in_a_series_of_its_own(connection):
    found = places.editions(connection, "150203")
    assert {str(layer.id) for layer in found} == {id_of(n) for n, _, _ in LAYERS}
    assert len({(layer.kind, layer.series) for layer in found}) == len(LAYERS)
    assert all(layer.reading == {} and layer.adopted_at for layer in found)


def test_combined_protected_land_counts_as_red_line(connection):
    (layer,) = [one for one in places.editions(connection, "150203") if str(one.id) == id_of(3)]
    assert layer.kind is LayerKind.RED_LINE
    (feature,) = places.features_of(connection, layer.id)
    assert (feature.name_zh, feature.level, feature.is_important) == ("甲", None, None)


def test_what_was_measured_stays(connection):
    one = surroundings.newest(connection, "150203")[CODE]
    assert one.dwelling_distance_m == 254 and one.layer_ids == {}
    assert one.layers == {"dwelling_distance_m": "演示数据"}
    assert one.red_line_distance_m is None
