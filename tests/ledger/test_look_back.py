"""Look-back: each new image is heard once; a finding reopens, and a person settles it."""

from datetime import timedelta
from uuid import uuid4

import pytest

from gis.domain.closing.errors import (
    CommentMissing,
    NoFinding,
    NotClosed,
    VisitTooEarly,
)
from gis.domain.errors import DateInFuture
from gis.domain.sites.errors import IdReused, LineageRefused
from gis.domain.terms import (
    CloseOutState,
    FindingState,
    FootprintState,
    LookBackBy,
    LookBackResult,
    ProjectStage,
    SiteState,
)
from gis.ledger.close_outs import propose
from gis.ledger.detection import file_candidates
from gis.ledger.imagery import add_scene
from gis.ledger.lineage import Merge, merge_sites
from gis.ledger.look_back import VisitSent, hear_all, record_visit, settle
from gis.ledger.works import put_project
from gis.store import close_outs, look_backs, register, sites, works
from tests.ledger.looking import everything, verbs
from tests.makers import a_run, a_scene, list_site, square
from tests.makers_close_out import (
    FIRST,
    PROPOSER,
    a_quick_fix,
    cleared,
    close,
    hire,
    named,
    observe,
)


@pytest.fixture
def one(book, tmp_path):
    """A site closed out on 19 June 2026, its clock moved to August."""
    hire(book)
    found = cleared(book, tmp_path)
    with book.entry() as entry:
        put_project(entry, a_quick_fix(found.site.code))
    book.clock.tick()
    close(book, found)
    book.clock.tick(days=50)
    return found


def site_of(book, one):
    with book.reading() as connection:
        return sites.site(connection, one.site.code)


def looks(book, one):
    with book.reading() as connection:
        return look_backs.of_site(connection, one.site.code)


def see(book, one, m2, state, days=1, **changes):
    day = register.day_of(book.clock()) - timedelta(days=days)
    found = observe(book, one.site, day, m2, state, **changes)
    book.clock.tick()
    return found


def project_of(book, one):
    with book.reading() as connection:
        (found,) = works.projects_of(connection, one.site.code)
        return found, works.steps_of(connection, found.id)


def test_a_clear_image_is_a_look_back_that_found_nothing(book, one):
    see(book, one, 800.0, FootprintState.UNCHANGED)
    (look,) = looks(book, one)
    assert (look.result, look.finding, look.by) == (
        (LookBackResult.NOTHING, None, LookBackBy.SCENE)
    )
    assert site_of(book, one).state is SiteState.CLOSED
    assert project_of(book, one)[0].stage is ProjectStage.LOOK_BACK


def test_a_cloudy_image_tells_nothing_and_moves_nothing(book, one):
    see(book, one, 0.0, FootprintState.UNSEEN, valid_share=0.2, cloud_share=0.8)
    (look,) = looks(book, one)
    assert look.result is LookBackResult.UNCLEAR and "云" in look.reasons[0]["zh"]
    assert project_of(book, one)[0].stage is ProjectStage.CLOSED


def test_an_image_of_before_the_close_out_is_no_look_back(book, one):
    see(book, one, 9_000.0, FootprintState.GROWN, days=60)
    assert looks(book, one) == []


def test_a_finding_reopens_as_suspected_and_a_person_confirms_it(book, one):
    code, closed_on = one.site.code, site_of(book, one).closed_on
    see(book, one, 6_000.0, FootprintState.GROWN)
    site = site_of(book, one)
    assert (site.code, site.state, site.closed_on) == (code, SiteState.SUSPECTED, None)
    (look,) = looks(book, one)
    assert look.finding is FindingState.TO_VERIFY and "6,000" in look.reasons[0]["zh"]
    with book.reading() as connection:
        assert [w.look_back.id for w in look_backs.to_verify(connection, "150203")] == [look.id]
        assert look_backs.closed_on(connection, code) == closed_on
    with pytest.raises(CommentMissing):
        settle(book, look.id, is_relapse=True, reason=" ")
    decided = settle(named(book, FIRST), look.id, is_relapse=True, reason="现场见新倾倒渣土")
    assert settle(named(book, FIRST), look.id, is_relapse=True, reason="再发一次") == decided
    site = site_of(book, one)
    assert (site.code, site.state) == (code, SiteState.IN_REMEDIATION)
    project, steps = project_of(book, one)
    assert project.stage is ProjectStage.WORKS
    assert [step.to_stage for step in steps] == ["CLOSED", "LOOK_BACK", "WORKS"]
    assert steps[-1].reason == "现场见新倾倒渣土"
    with book.reading() as connection:
        (held,) = close_outs.of_site(connection, code)
        then = register.one(connection, register.end_of(closed_on), code)
        last = close_outs.steps_of(connection, [held.id])[held.id][-1]
    assert (held.state, held.closed_on) == (CloseOutState.REOPENED, closed_on), "kept"
    assert (last.act, last.comment) == ("REOPEN", "现场见新倾倒渣土")
    assert (then["state"], then["closed_on"]) == (SiteState.CLOSED, closed_on), "as it was then"
    with pytest.raises(NoFinding):
        settle(book, look.id, is_relapse=False, reason="看错了")


def test_a_dismissed_finding_closes_the_site_again_as_of_its_day(book, one):
    closed_on = site_of(book, one).closed_on
    see(book, one, 6_000.0, FootprintState.GROWN, days=3)
    see(book, one, 6_100.0, FootprintState.NEW, days=1)
    second, first = looks(book, one)
    settle(book, first.id, is_relapse=False, reason="晾晒的粮食")
    assert site_of(book, one).state is SiteState.SUSPECTED, "another finding still waits"
    settle(book, second.id, is_relapse=False, reason="同上")
    site = site_of(book, one)
    assert (site.state, site.closed_on) == (SiteState.CLOSED, closed_on)


def test_hearing_again_adds_nothing(book, one):
    see(book, one, 800.0, FootprintState.UNCHANGED, days=2)
    see(book, one, 6_000.0, FootprintState.GROWN)
    before = everything(book)
    assert len(hear_all(book)) == 2
    assert everything(book) == before


def test_what_the_call_out_missed_is_heard_later(book, one, monkeypatch):
    monkeypatch.setattr("gis.ledger.follow_up.AFTER_FILING", ())
    seen = see(book, one, 6_000.0, FootprintState.GROWN)
    assert looks(book, one) == []
    assert [look.scene_id for look in hear_all(book, seen.scene_id)] == [seen.scene_id]
    assert site_of(book, one).state is SiteState.SUSPECTED


def test_a_candidate_on_a_closed_site_is_a_finding_too(book, one):
    scene = add_scene(book, a_scene(acquired_on=register.day_of(book.clock()), sha256="8" * 64))
    file_candidates(book, scene.id, a_run(square(), scene_sha256="8" * 64))
    (look,) = looks(book, one)
    assert (look.by, look.finding) == (LookBackBy.CANDIDATE, FindingState.TO_VERIFY)
    assert site_of(book, one).state is SiteState.SUSPECTED
    file_candidates(book, scene.id, a_run(square(), scene_sha256="8" * 64))
    assert len(looks(book, one)) == 1


def a_visit(book, one, **changes):
    values = {
        "id": uuid4(),
        "site_code": one.site.code,
        "visited_on": register.day_of(book.clock()),
        "result": LookBackResult.NOTHING,
        "note": "现场已复绿，无新倾倒",
    }
    return VisitSent(**values | changes)


def test_a_visit_is_a_look_back_and_its_finding_is_settled_like_any(book, one):
    sent = a_visit(book, one)
    first = record_visit(book, sent)
    assert record_visit(book, sent) == first and len(looks(book, one)) == 1
    with pytest.raises(IdReused):
        record_visit(book, a_visit(book, one, id=sent.id, note="别的"))
    book.clock.tick()
    found = record_visit(book, a_visit(book, one, result=LookBackResult.FOUND))
    assert site_of(book, one).state is SiteState.SUSPECTED
    book.clock.tick()
    settle(book, found.id, is_relapse=True, reason="已立案")
    assert site_of(book, one).state is SiteState.IN_REMEDIATION


def test_visits_that_cannot_be(book, one):
    today = register.day_of(book.clock())
    for error, changes in (
        (VisitTooEarly, {"visited_on": today - timedelta(days=300)}),
        (DateInFuture, {"visited_on": today + timedelta(days=1)}),
        (CommentMissing, {"note": " "}),
    ):
        with pytest.raises(error):
            record_visit(book, a_visit(book, one, **changes))
    east = list_site(book, outline=square(109.71), name="二号")
    west = list_site(book, outline=square(109.708), name="三号")
    with pytest.raises(NotClosed):
        record_visit(book, a_visit(book, one, site_code=east.code))
    book.clock.tick()
    merge_sites(book, Merge(uuid4(), (east.code, west.code), east.code, None, "同一处"))
    with pytest.raises(LineageRefused):
        record_visit(book, a_visit(book, one, site_code=west.code))
    assert "look_back" not in verbs(book)


def test_a_reopened_site_is_closed_again_by_a_new_close_out_only(book, one):
    see(book, one, 6_000.0, FootprintState.GROWN)
    (look,) = looks(book, one)
    settle(book, look.id, is_relapse=True, reason="现场属实")
    with pytest.raises(NotClosed):
        record_visit(book, a_visit(book, one))
    with pytest.raises(Exception, match="立查立改"):
        propose(named(book, PROPOSER), one.proposal())


def test_who_is_due_for_a_look(book, one):
    with book.reading() as connection:
        (row,) = look_backs.closed(connection, "150203")
    assert (row.code, row.looks) == (one.site.code, [])
    record_visit(book, a_visit(book, one))
    with book.reading() as connection:
        (row,) = look_backs.closed(connection, "150203")
    assert row.looks == [register.day_of(book.clock())]


def test_a_site_that_came_closed_without_its_day_is_visited_and_settled(book, one):
    came = list_site(book, outline=square(109.71), name="旧一号", state=SiteState.CLOSED)
    look = record_visit(book, a_visit(book, one, site_code=came.code, result=LookBackResult.FOUND))
    with book.reading() as connection:
        assert sites.site(connection, came.code).state is SiteState.SUSPECTED
    settle(book, look.id, is_relapse=False, reason="是邻近工地的料堆")
    with book.reading() as connection:
        site = sites.site(connection, came.code)
    assert (site.state, site.closed_on) == (SiteState.CLOSED, None)
