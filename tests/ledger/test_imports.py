"""Lists come in whole or not at all, once, and nobody guesses which rows are sites already."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from shapely.geometry import box

from gis.domain.import_list import Decision, Draft, ListSent
from gis.domain.import_problems import DecisionUnfit, ListRefused, MatchesOpen
from gis.domain.sites.errors import FactUnfit, IdReused
from gis.domain.terms import (
    LayerKind,
    MatchReason,
    OutlineBasis,
    Responsibility,
    RowFate,
    SiteKind,
    WasteClass,
    WasteNature,
)
from gis.ledger import places
from gis.ledger.imports import load_list
from gis.ledger.matching import check
from gis.store import imports, log, register, sites
from gis.store import places as stored_places
from tests.makers import KUNDULUN, a_layer, list_site, square


def a_draft(row: int = 2, **changes) -> Draft:
    facts = {"name": f"外来{row}号", "kind": SiteKind.WASTE_PILE} | changes.pop("facts", {})
    draft = Draft(
        row=row,
        key=f"A-{row}",
        code=None,
        facts=facts,
        outline=square(109.62 + row / 100, 40.65),
        outline_basis=OutlineBasis.IMPORTED,
        stated_position="109.63 40.65",
        stated_crs="LON_LAT:4490 WGS84",
        raw={"名称": facts["name"]},
    )
    return replace(draft, **changes)


def a_list(*drafts: Draft, **changes) -> ListSent:
    sent = ListSent(
        id=uuid4(),
        district_code=KUNDULUN,
        name="2021年核查",
        file_name="list.xlsx",
        file_sha256="f" * 64,
        sheet="清单",
        mapping={},
        drafts=drafts,
        decisions={},
    )
    return replace(sent, **changes)


def looked_up(book, *drafts, name="2021年核查"):
    with book.reading() as connection:
        district = stored_places.district(connection, KUNDULUN)
        return check(connection, district, name, drafts)[0]


def codes(book) -> list[str]:
    with book.reading() as connection:
        return sites.codes(connection, KUNDULUN)


def test_a_list_becomes_sites_measured_and_graded(book):
    places.add_layer(book, *a_layer(LayerKind.DWELLING, box(109.64, 40.66, 109.641, 40.661)))
    first = a_draft(2, facts={"town": "昆河镇", "responsibility": Responsibility.OWNERLESS})
    second = a_draft(3, facts={"waste_class": WasteClass.SW70, "kind": SiteKind.CONSTRUCTION_PILE})
    record, is_new = load_list(book, a_list(first, second))
    assert is_new and record.counts == {"LISTED": 2} and record.loaded_by == "王工"
    other, one = codes(book)
    assert one == "150203-W00001-D" and other.startswith("150203-C00002-")
    with book.reading() as connection:
        site = sites.site(connection, one)
        assert site.name == "外来2号" and site.town == "昆河镇" and site.source == "资料导入"
        assert site.nature is WasteNature.UNIDENTIFIED and site.has_dust_control is None
        assert site.outline_basis is OutlineBasis.IMPORTED and site.area_m2 > 30_000
        around = sites.surroundings_of(connection, site.code)
        assert around.dwelling_distance_m is not None and around.main_stem_distance_m is None
        assert sites.grading_of(connection, site.code)["grade"] is not None
        verbs = [row["verb"] for row in log.history(connection, site.code)]
        assert verbs == ["list_site", "measure_site", "grade_site"]
        (row,) = imports.rows_of_site(connection, site.code)
        assert row.raw == {"名称": "外来2号"} and row.stated_crs == "LON_LAT:4490 WGS84"
        listed = register.one(connection, book.clock(), other)
        assert listed["nature"] is WasteNature.CONSTRUCTION


def test_the_same_request_is_the_same_answer_and_another_is_refused(book):
    sent = a_list(a_draft())
    first = load_list(book, sent)
    assert load_list(book, sent) == (first[0], False)
    with pytest.raises(IdReused):
        load_list(book, replace(sent, name="另一份"))
    assert len(codes(book)) == 1


def test_the_same_file_again_does_nothing(book):
    first, _ = load_list(book, a_list(a_draft(2), a_draft(3)))
    book.clock.tick()
    again, is_new = load_list(book, a_list(a_draft(2), a_draft(3)))
    assert again == first and not is_new and len(codes(book)) == 2


def test_a_row_that_came_before_proposes_its_change_and_never_doubles(book):
    first = a_draft(2)
    load_list(book, a_list(first, a_draft(3)))
    book.clock.tick()
    later = a_draft(9, key="A-2", facts={"name": "外来2号", "height_m": 8.0}, outline=first.outline)
    (found,) = looked_up(book, later)
    assert found.settled is None and found.matches[0].reasons[0] is MatchReason.KEY
    assert [d.field for d in found.matches[0].differences] == ["height_m"]
    sent = a_list(later, file_sha256="e" * 64)
    with pytest.raises(MatchesOpen, match="9"):
        load_list(book, sent)
    code = found.matches[0].site_code
    decided = replace(sent, decisions={9: Decision(RowFate.UPDATED, code)})
    record, _ = load_list(book, decided)
    assert record.counts == {"UPDATED": 1} and len(codes(book)) == 2
    with book.reading() as connection:
        site = sites.site(connection, code)
        assert (site.version, site.height_m, site.recorded_at) == (2, 8.0, book.clock())
        assert "update_from_list" in {r["verb"] for r in log.history(connection, code)}


def test_listed_sites_are_proposed_by_overlap_nearness_and_name(book):
    over = list_site(book, name="甲", outline=square(109.70, 40.70))
    near = list_site(book, name="乙", outline=square(109.75, 40.70))
    same = list_site(book, name="外来4号", outline=square(109.80, 40.80))
    drafts = [
        a_draft(2, outline=square(109.7005, 40.70)),
        a_draft(3, outline=square(109.7523, 40.70)),
        a_draft(4),
        a_draft(5),
    ]
    found = looked_up(book, *drafts)
    why = [[(m.site_code, m.reasons) for m in one.matches] for one in found]
    assert why == [
        [(over.code, (MatchReason.OVERLAP,))],
        [(near.code, (MatchReason.NEAR,))],
        [(same.code, (MatchReason.NAME,))],
        [],
    ]
    assert found[0].matches[0].score > found[2].matches[0].score > found[1].matches[0].score
    decisions = {
        2: Decision(RowFate.LINKED, over.code),
        3: Decision(RowFate.LISTED),
        4: Decision(RowFate.PASSED_OVER),
    }
    record, _ = load_list(book, a_list(*drafts, decisions=decisions))
    assert record.counts == {"LINKED": 1, "LISTED": 2, "PASSED_OVER": 1}
    with book.reading() as connection:
        assert sites.site(connection, over.code).version == 1
        assert log.history(connection, over.code)[-1]["verb"] == "link_row"


@pytest.mark.parametrize(
    "decision",
    [
        Decision(RowFate.UPDATED),
        Decision(RowFate.LINKED, "150203-W09999-0"),
        Decision(RowFate.UNCHANGED),
        Decision(RowFate.LISTED, "150203-W00001-D"),
    ],
)
def test_a_decision_must_fit_its_row(book, decision):
    list_site(book, name="外来2号")
    with pytest.raises(DecisionUnfit):
        load_list(book, a_list(a_draft(2), decisions={2: decision}))
    with pytest.raises(DecisionUnfit):
        load_list(book, a_list(a_draft(2), decisions={77: Decision(RowFate.LISTED)}))


def test_a_code_of_ours_must_be_in_the_register(book):
    with pytest.raises(ListRefused) as refused:
        load_list(book, a_list(a_draft(2, code="150203-W00077-X")))
    assert refused.value.problems[0].row == 2 and codes(book) == []


def test_our_own_list_comes_back_unchanged(book):
    site = list_site(book, name="甲")
    back = a_draft(
        2,
        code=site.code,
        key=site.code,
        outline_basis=OutlineBasis.CIRCLE,
        facts={"name": "甲", "town": "昆河镇", "responsibility": Responsibility.OWNERLESS},
    )
    (found,) = looked_up(book, back)
    assert found.settled is RowFate.UNCHANGED
    record, _ = load_list(book, a_list(back))
    assert record.counts == {"UNCHANGED": 1}


def test_an_approximate_circle_never_takes_an_outlines_place(book):
    site = list_site(book, name="甲")
    circle = a_draft(
        2,
        code=site.code,
        outline=square(109.7001, 40.7001, 0.001),
        outline_basis=OutlineBasis.CIRCLE,
        facts={"name": "甲", "height_m": 3.0},
    )
    decisions = {2: Decision(RowFate.UPDATED, site.code)}
    load_list(book, a_list(circle, decisions=decisions))
    with book.reading() as connection:
        after = sites.site(connection, site.code)
    assert after.outline == site.outline and after.height_m == 3.0


def test_one_row_that_fails_brings_nothing_in(book):
    bad = a_draft(3, facts={"found_on": (book.clock() + timedelta(days=9)).date()})
    with pytest.raises(FactUnfit):
        load_list(book, a_list(a_draft(2), bad))
    with book.reading() as connection:
        assert sites.codes(connection, KUNDULUN) == []
        assert imports.lists(connection, KUNDULUN) == []


def test_a_merged_sites_row_is_not_listed_again(book):
    load_list(book, a_list(a_draft(2)))
    book.clock.tick()
    from gis.domain.terms import SiteState
    from gis.ledger.sites import put_version

    (code,) = codes(book)
    with book.entry() as entry:
        before = sites.site(entry.connection, code)
        put_version(entry, before, before.corrected(entry.now, state=SiteState.MERGED))
    (found,) = looked_up(book, a_draft(2, facts={"height_m": 3.0}))
    assert found.settled is RowFate.UNCHANGED and found.matches[0].site_code == code


def test_the_lists_of_a_district_are_told_newest_first(book):
    load_list(book, a_list(a_draft(2)))
    book.clock.tick()
    record, _ = load_list(book, a_list(a_draft(5), name="2024年排查", file_sha256="a" * 64))
    with book.reading() as connection:
        found = imports.lists(connection, KUNDULUN)
        assert [one.name for one in found] == ["2024年排查", "2021年核查"]
        assert imports.one(connection, record.id) == record
        assert imports.one(connection, UUID(int=1)) is None
