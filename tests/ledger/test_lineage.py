"""Merge and split as deeds: codes stay, the rest leaves the list, the tasks go on."""

from dataclasses import replace
from uuid import uuid4

import pytest
from shapely import LineString, MultiPolygon, Polygon

from gis.domain.errors import NotInRegister, OutsideDistrict
from gis.domain.sites.errors import IdReused, LineageRefused, ReasonMissing
from gis.domain.terms import Grade, LineageKind, SiteState, WasteNature
from gis.ledger.lineage import Merge, Split, merge_sites, split_site
from gis.ledger.project_tasks import put_task
from gis.ledger.projects import revise_project
from gis.ledger.sites import correct_site
from gis.ledger.tags import tag_site
from gis.store import due_works, listed, shape, site_papers, sites, tables, works
from tests.ledger.looking import everything
from tests.makers import a_conclusion, a_task, list_site, opened, square


@pytest.fixture
def pair(book):
    west = list_site(book, name="西堆", mass_t=100.0)
    east = list_site(book, name="东堆", mass_t=50.0, outline=square(109.702))
    book.clock.tick()
    return west.code, east.code


def state_of(book, code):
    with book.reading() as connection:
        return sites.site(connection, code).state


def asked(pair, **changes):
    return replace(Merge(uuid4(), pair, pair[0], None, "同一堆体"), **changes)


def test_a_merge_into_a_survivor(book, pair):
    tag_site(book, pair[1], "5", "区生态环境分局", None)
    book.clock.tick()
    assert merge_sites(book, asked(pair)) == pair[0]
    with book.reading() as connection:
        whole = sites.site(connection, pair[0])
        (row,) = site_papers.lineage_of(connection, pair[1])
        tags = [tag.task for tag in site_papers.tags_of(connection, pair[0])]
    assert (whole.mass_t, whole.version, whole.state) == (150.0, 2, SiteState.LISTED)
    assert whole.area_m2 == pytest.approx(2 * 37_551, rel=0.001)
    assert state_of(book, pair[1]) is SiteState.MERGED
    assert (row.kind, row.to_code, row.reason) == (LineageKind.MERGE, pair[0], "同一堆体")
    assert tags == ["5"]


def test_projects_go_on_at_the_whole_and_at_the_largest_part(book, pair):
    project = opened(book, pair[1])
    put_task(book, a_task(project))
    book.clock.tick()
    merge_sites(book, asked(pair))
    assert held_at(book, pair[0]) == [(project.id, pair[0])]
    assert held_at(book, pair[1]) == []
    revise_project(book, project.id, replace(project.plan, issue="两处合并"))  # it can still move
    book.clock.tick()
    large, small = square(109.7, size=0.0015), square(109.702, size=0.001)
    split_site(book, Split(uuid4(), pair[0], (("小", small), ("大", large)), "分开"))
    with book.reading() as connection:
        heirs = {row.to_code for row in site_papers.lineage_of(connection, pair[0])}
        (heir,) = (code for code in heirs if works.projects_of(connection, code))
        assert sites.site(connection, heir).name == "大"
        assert listed.stale(connection) == []
        assert due_works.stale(connection) == set()


def held_at(book, code):
    with book.reading() as connection:
        return [
            (project.id, task.site_code)
            for project in works.projects_of(connection, code)
            for task in works.tasks_of(connection, project.id)
        ]


def test_a_merge_into_a_new_site_ends_both(book, pair):
    code = merge_sites(book, asked(pair, survivor=None, name="东西堆"))
    assert code not in pair
    assert {state_of(book, one) for one in pair} == {SiteState.MERGED}
    with book.reading() as connection:
        assert sites.site(connection, code).name == "东西堆"
        assert len(site_papers.lineage_of(connection, code)) == 2
        assert sites.grading_of(connection, code) is not None


def test_the_same_merge_again_is_the_same_answer(book, pair):
    request = asked(pair)
    code = merge_sites(book, request)
    before = everything(book)
    assert merge_sites(book, request) == code
    with pytest.raises(IdReused):
        merge_sites(book, replace(request, reason="另一理由"))
    assert everything(book) == before


def test_a_merge_id_with_another_name_is_refused(book, pair):
    first = asked(pair, name="大堆")
    assert merge_sites(book, first) == merge_sites(book, first) == pair[0]
    with pytest.raises(IdReused):
        merge_sites(book, replace(first, name="小堆"))


def test_outlines_apart_are_merged_only_when_it_is_meant(book, pair):
    far = list_site(book, outline=square(109.75)).code
    before = everything(book)
    with pytest.raises(LineageRefused, match="does not touch"):
        merge_sites(book, asked((*pair, far)))
    assert everything(book) == before
    merge_sites(book, asked((*pair, far), is_apart_meant=True))


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"reason": "  "}, ReasonMissing),
        ({"codes": ("150203-W00001-D", "150203-W00001-D")}, LineageRefused),
        ({"codes": ("150203-W00001-D", "150203-W00077-X")}, NotInRegister),
        ({"survivor": "150203-W00009-X"}, LineageRefused),
    ],
)
def test_a_merge_that_cannot_be_leaves_nothing(book, pair, change, error):
    before = everything(book)
    with pytest.raises(error):
        merge_sites(book, asked(pair, **change))
    assert everything(book) == before


def test_what_has_left_the_list_is_neither_merged_nor_corrected(book, pair):
    merge_sites(book, asked(pair))
    book.clock.tick()
    with pytest.raises(LineageRefused):
        merge_sites(book, asked(pair))
    with pytest.raises(LineageRefused):
        correct_site(book, pair[1], name="新名")


def test_a_conclusion_never_comes_to_speak_for_waste_it_did_not_look_at(book):
    clean = list_site(book, nature=WasteNature.CLASS_I).code
    foul = list_site(book, nature=WasteNature.HAZARDOUS, outline=square(109.702)).code
    with book.entry() as entry:
        shape.insert(entry.connection, tables.conclusions, [a_conclusion(clean)])
    before = everything(book)
    with pytest.raises(LineageRefused, match="new site"):
        merge_sites(book, asked((clean, foul)))
    assert everything(book) == before
    whole = merge_sites(book, asked((clean, foul), survivor=None))
    with book.reading() as connection:
        assert sites.site(connection, whole).nature is WasteNature.HAZARDOUS
        assert sites.grading_of(connection, whole)["grade"] is Grade.HIGH


def parts():
    return (("西块", square(size=0.001)), ("东块", square(109.701, size=0.001)))


def test_a_split(book):
    origin = list_site(book, mass_t=100.0)
    tag_site(book, origin.code, "5", "区生态环境分局", None)
    book.clock.tick()
    request = Split(uuid4(), origin.code, parts(), "中间已清运")
    codes = split_site(book, request)
    assert len(set(codes)) == 2
    assert state_of(book, origin.code) is SiteState.SPLIT
    with book.reading() as connection:
        west = sites.site(connection, codes[0])
        assert (west.name, west.mass_t, west.version) == ("西块", None, 1)
        assert west.area_m2 == pytest.approx(37_551 / 4, rel=0.001)
        assert [t.task for t in site_papers.tags_of(connection, codes[1])] == ["5"]
        assert {row.to_code for row in site_papers.lineage_of(connection, origin.code)} == set(
            codes
        )
    before = everything(book)
    assert split_site(book, request) == codes
    assert everything(book) == before


@pytest.mark.parametrize("way", ["parts", "line"])
def test_a_split_id_with_other_parts_is_refused(book, way):
    origin = list_site(book)
    book.clock.tick()
    middle, other = (LineString([(x, 40.69), (x, 40.71)]) for x in (109.701, 109.7005))
    first = Split(uuid4(), origin.code, parts(), "理由")
    again = replace(first, parts=(("西块", square(size=0.0005)), parts()[1]))
    if way == "line":
        first, again = (replace(first, parts=(), line=line) for line in (middle, other))
    codes = split_site(book, first)
    assert split_site(book, first) == codes
    with pytest.raises(IdReused):
        split_site(book, again)


def test_a_part_that_crosses_itself_is_refused_before_it_is_compared(book):
    origin = list_site(book)
    bow = MultiPolygon(
        [Polygon([(109.7, 40.7), (109.702, 40.702), (109.702, 40.7), (109.7, 40.702)])]
    )
    with pytest.raises(LineageRefused) as caught:
        split_site(book, Split(uuid4(), origin.code, (("一", bow), ("二", bow)), "理由"))
    assert "crosses itself" in str(caught.value.facts["why_en"])


def test_a_split_with_a_part_outside_leaves_nothing(book):
    origin = list_site(book)
    before = everything(book)
    outside = (("西块", square()), ("远", square(110.5)))
    with pytest.raises((LineageRefused, OutsideDistrict)):
        split_site(book, Split(uuid4(), origin.code, outside, "理由"))
    assert everything(book) == before
