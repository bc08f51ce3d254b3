"""Overlaps of the sites on the list, as PostGIS finds them; the measures agree with shapely's."""

import pytest

from gis.domain.errors import NotInRegister
from gis.domain.terms import SiteState
from gis.ledger import places
from gis.ledger.sites import correct_site
from gis.spatial.crs import to_metric
from gis.spatial.measure import extent
from gis.store import overlaps
from tests.makers import KUNDULUN, Clock, a_district, list_site, open_book, square


@pytest.fixture
def book(database_url):
    with open_book(database_url, Clock()) as book:
        places.add_district(book, a_district())
        yield book


def found(book, query, *args):
    with book.reading() as connection:
        return query(connection, *args)


def test_a_site_is_told_whom_it_overlaps_largest_first(book):
    site = list_site(book)
    little = list_site(book, outline=square(109.7018))
    half = list_site(book, outline=square(109.701))
    list_site(book, outline=square(109.702))  # shares an edge
    mine = found(book, overlaps.overlaps_of, site.code)
    assert [code for code, _, _ in mine] == [half.code, little.code]
    shared = to_metric(site.outline, 4546).intersection(to_metric(half.outline, 4546))
    assert mine[0][1] == pytest.approx(shared.area, rel=0.005)
    assert mine[0][2] == pytest.approx(0.5, abs=2e-3)


def test_a_site_wholly_inside_another_overlaps_it(book):
    site = list_site(book)
    little = square(109.7005, 40.7005, 0.0005)
    size = extent(little, 4546).area_geodesic_m2
    inner = list_site(book, outline=little, area_geodesic_m2=size)
    ((_, _, share),) = found(book, overlaps.overlaps_of, site.code)
    assert share == pytest.approx(1 / 16, abs=2e-3)
    assert found(book, overlaps.overlaps_of, inner.code)[0][2] == pytest.approx(1)


def test_only_the_newest_outline_counts(book):
    site, other = list_site(book), list_site(book, outline=square(109.701))
    book.clock.tick()
    correct_site(book, other.code, outline=square(109.8))
    assert found(book, overlaps.overlaps_of, site.code) == []
    assert found(book, overlaps.pairs, KUNDULUN) == []


@pytest.mark.parametrize("state", [SiteState.MERGED, SiteState.SPLIT])
def test_sites_that_left_the_list_are_passed_over(book, state):
    site = list_site(book)
    list_site(book, state=state)
    assert found(book, overlaps.overlaps_of, site.code) == []
    assert found(book, overlaps.pairs, KUNDULUN) == []


def test_all_pairs_of_a_district_each_once(book):
    sites = [list_site(book, outline=square(109.7 + k * 0.0015)) for k in range(3)]
    pairs = found(book, overlaps.pairs, KUNDULUN)
    assert {(pair.one, pair.other) for pair in pairs} == {
        (sites[0].code, sites[1].code),
        (sites[1].code, sites[2].code),
    }
    assert pairs[0].share_of_one == pytest.approx(0.25, abs=2e-3)


def test_sites_over_the_boundary_are_told_with_their_share(book):
    list_site(book)
    across = list_site(book, outline=square(109.599))
    (beyond,) = found(book, overlaps.beyond, KUNDULUN)
    assert (beyond.code, beyond.share) == (across.code, pytest.approx(0.5, abs=2e-3))


def test_an_unknown_site_is_refused(book):
    with pytest.raises(NotInRegister):
        found(book, overlaps.overlaps_of, "150203-W99999-X")
