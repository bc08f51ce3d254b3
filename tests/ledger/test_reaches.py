"""Reaches in the register: built with their layers, cut by the district's list, borne by sites."""

from dataclasses import replace

import pytest
from shapely import LineString

from gis.domain.errors import DistrictUnknown
from gis.domain.reach import Span
from gis.domain.river_errors import (
    ReachesApart,
    ReachesOverlap,
    ReachNameTwice,
    ReachSpanWrong,
    RiverCrossesItself,
    RiversMissing,
    RiverUnknown,
)
from gis.domain.terms import LayerKind, ReachBasis
from gis.ledger import places
from gis.ledger.measuring import remeasure
from gis.ledger.reaches import adopt_list, build_reaches
from gis.spatial.reach_list import ListedReach
from gis.store import reaches, strip
from gis.store.listing import Scope
from gis.store.sites import surroundings_of
from tests.ledger.looking import everything, rows, verbs
from tests.makers import KUNDULUN, a_layer, list_site, square

RIVER = LineString([(109.60, 40.69), (109.90, 40.69)])
"""It flows east for 25.35 km; the makers' square lies a kilometre north of it."""
BROOK = LineString([(109.80, 40.80), (109.80, 40.69)])


def river(shape=RIVER, kind=LayerKind.MAIN_STEM, name="黄河", **changes):
    layer, features = a_layer(kind, shape, **changes)
    return layer, [replace(one, name_zh=name) for one in features]


def in_force(book):
    with book.reading() as connection:
        return reaches.in_force(connection, KUNDULUN)


def row(number, start, end, name, of="黄河"):
    return ListedReach(number, of, Span(start, end, name, name))


def test_a_river_layer_is_cut_into_reaches_as_it_is_adopted(book):
    layer = river()
    places.add_layer(book, *layer)
    found = in_force(book)
    assert [one.name_zh for one in found][:2] == ["黄河 0–5 km", "黄河 5–10 km"]
    assert [one.code for one in found] == [f"150203-R01-00{k}" for k in range(1, 6)]
    assert {one.layer_id for one in found} == {layer[0].id}
    assert verbs(book)[-1] == "build_reaches"


def test_a_line_that_is_refused_leaves_nothing(book):
    before = everything(book)
    crossing = LineString([(109.6, 40.69), (109.8, 40.69), (109.8, 40.75), (109.7, 40.6)])
    with pytest.raises(RiverCrossesItself):
        places.add_layer(book, *river(crossing))
    assert everything(book) == before


def test_a_tributary_joins_the_network_and_the_stem_keeps_its_code(book):
    places.add_layer(book, *river())
    first = in_force(book)
    book.clock.tick()
    places.add_layer(book, *river(BROOK, LayerKind.TRIBUTARY, "东沟"))
    found = in_force(book)
    assert [one.code for one in found if one.is_main_stem] == [one.code for one in first]
    brook = [one for one in found if one.river == "东沟"]
    assert {(one.joins, one.river_code) for one in brook} == {("黄河", "150203-R02")}
    assert brook[0].joins_at_m == pytest.approx(16_900, abs=20)
    assert {one.stream_order for one in found if one.is_main_stem} == {2}
    book.clock.tick()
    before = everything(book)
    assert build_reaches(book, KUNDULUN).changed == 0
    assert everything(book) == before


def test_withdrawing_the_line_ends_its_reaches_and_what_sites_bore(book):
    site = list_site(book)
    book.clock.tick()
    layer = river()
    places.add_layer(book, *layer)
    remeasure(book, KUNDULUN)
    with book.reading() as connection:
        around = surroundings_of(connection, site.code)
    assert (around.reach, around.river, around.bank) == ("黄河 5–10 km", "黄河", "LEFT")
    assert around.river_distance_m == pytest.approx(1_105, abs=15)
    assert around.layer_ids["reach"] == [str(layer[0].id)]
    then = book.clock.tick()
    book.clock.tick()
    places.withdraw_layer(book, layer[0].id)
    remeasure(book, KUNDULUN)
    with book.reading() as connection:
        assert reaches.in_force(connection, KUNDULUN) == []
        assert len(reaches.in_force(connection, KUNDULUN, then)) == 5
        after = surroundings_of(connection, site.code)
    assert (after.reach, after.river) == (None, None)


def test_a_site_far_from_every_river_has_none_but_knows_which_is_nearest(book):
    site = list_site(book)
    book.clock.tick()
    places.add_layer(book, *river(LineString([(109.6, 40.5), (109.9, 40.5)])))
    remeasure(book, KUNDULUN)
    with book.reading() as connection:
        around = surroundings_of(connection, site.code)
    assert (around.reach, around.chainage_m, around.bank) == (None, None, None)
    assert around.river == "黄河" and around.river_distance_m > 20_000


def test_the_districts_own_list_cuts_a_river_and_survives_its_next_edition(book):
    places.add_layer(book, *river())
    book.clock.tick()
    listed = [row(2, 5_000, 12_000, "昆河镇段"), row(3, 12_000, 25_000, "下游段")]
    assert adopt_list(book, KUNDULUN, listed).changed > 0
    assert [(one.name_zh, one.basis) for one in in_force(book)] == [
        ("昆河镇段", ReachBasis.LIST),
        ("下游段", ReachBasis.LIST),
    ]
    book.clock.tick()
    shorter = LineString([(109.60, 40.69), (109.85, 40.69)])
    places.add_layer(book, *river(shorter))
    found = in_force(book)
    assert [one.name_zh for one in found] == ["昆河镇段", "下游段"]
    assert found[-1].to_m == pytest.approx(21_130, abs=20)


@pytest.mark.parametrize(
    ("listed", "refusal"),
    [
        ([row(2, 0, 5_000, "甲", of="长江")], RiverUnknown),
        ([row(2, 5_000, 5_000, "甲")], ReachSpanWrong),
        ([row(2, 0, 99_000, "甲")], ReachSpanWrong),
        ([row(2, 0, 6_000, "甲"), row(3, 5_000, 9_000, "乙")], ReachesOverlap),
        ([row(2, 0, 5_000, "甲"), row(3, 6_000, 9_000, "乙")], ReachesApart),
        ([row(2, 0, 5_000, "甲"), row(3, 5_000, 9_000, "甲")], ReachNameTwice),
        ([row(2, 0, 5_000, "")], ReachNameTwice),
    ],
)
def test_a_list_that_does_not_fit_its_river_is_refused_whole(book, listed, refusal):
    places.add_layer(book, *river())
    before = everything(book)
    with pytest.raises(refusal):
        adopt_list(book, KUNDULUN, listed)
    assert everything(book) == before


def test_without_lines_there_is_nothing_to_cut(book):
    with pytest.raises(RiversMissing):
        build_reaches(book, KUNDULUN)
    with pytest.raises(DistrictUnknown):
        build_reaches(book, "990000")
    with pytest.raises(RiversMissing):
        adopt_list(book, KUNDULUN, [row(2, 0, 5_000, "甲")])


def test_a_strip_of_too_many_sites_is_drawn_in_cells(book, monkeypatch):
    places.add_layer(book, *river())
    for k in range(6):
        list_site(book, name=f"堆{k}", outline=square(109.70 + 0.002 * k, 40.70), mass_t=10.0 * k)
    with book.reading() as connection:
        scope = Scope(KUNDULUN, book.clock(), is_now=True)
        names = [one.name_zh for one in in_force(book)]
        whole = strip.strip(connection, scope, names, (0, 25_000), "grade")
        assert (whole.total, len(whole.marks), whole.cells) == (6, 6, [])
        monkeypatch.setattr(strip, "MOST_MARKS", 4)
        cells = strip.strip(connection, scope, names, (0, 25_000), "kind")
        counted = strip.counts(connection, scope)
    assert (cells.total, cells.marks) == (6, [])
    assert sum(cell["n"] for cell in cells.cells) == 6
    assert {cell["bank"] for cell in cells.cells} == {"LEFT"}
    assert {word for cell in cells.cells for word in cell["words"]} == {"WASTE_PILE"}
    assert sum(one["total"] for one in counted.values()) == 6
    assert rows(book, "reaches") == {"reaches": 5}
