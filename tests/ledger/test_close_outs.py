"""Close-out: proposed with its evidence, approved by two others, all at once or not at all."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
import sqlalchemy as sa

from gis.domain.closing.errors import (
    ApproverUnfit,
    CloseOutMoved,
    CloseOutWaiting,
    CommentMissing,
    EvidenceMissing,
    NotToClose,
    OwnCloseOut,
    SameApprover,
    WorksDatesUnfit,
)
from gis.domain.sites.errors import IdReused, LineageRefused
from gis.domain.terms import (
    CloseOutState,
    FootprintState,
    Head,
    ProjectStage,
    Role,
    SiteState,
)
from gis.domain.works import errors
from gis.ledger import people
from gis.ledger.attachments import withdraw_attachment
from gis.ledger.checks import record_field_check
from gis.ledger.close_outs import decide, propose
from gis.ledger.lineage import Merge, merge_sites
from gis.ledger.stages import StepAsked, advance_project
from gis.ledger.works import put_project
from gis.store import close_outs, register, sites, tables, works
from tests.ledger.looking import everything, verbs
from tests.makers import a_check, a_project, list_site, square
from tests.makers_close_out import (
    FAR,
    FIRST,
    PROPOSER,
    SECOND,
    a_quick_fix,
    a_step,
    cleared,
    close,
    hire,
    named,
    observe,
    put_photo,
)


@pytest.fixture
def one(book, tmp_path):
    hire(book)
    return cleared(book, tmp_path)


@pytest.fixture
def proposed(book, one):
    return propose(named(book, PROPOSER), one.sent)


def site_of(book, one):
    with book.reading() as connection:
        return sites.site(connection, one.site.code)


def refused(book, one, error=EvidenceMissing, **changes):
    before = everything(book)
    with pytest.raises(error) as raised:
        propose(named(book, PROPOSER), one.proposal(**changes))
    assert everything(book) == before, "nothing half-written"
    return raised.value


def test_two_approvals_close_the_site_its_project_and_the_log_at_once(book, one, proposed):
    with book.entry() as entry:
        put_project(entry, a_quick_fix(one.site.code))
    first = decide(named(book, FIRST), a_step(proposed.id))
    assert (first.state, site_of(book, one).state) == (
        (CloseOutState.PASSED_ONCE, SiteState.ACCEPTED)
    )
    book.clock.tick()
    second = decide(named(book, SECOND), a_step(proposed.id))
    site = site_of(book, one)
    assert (second.state, site.state) == (CloseOutState.IN_FORCE, SiteState.CLOSED)
    today = register.day_of(book.clock())
    assert (site.closed_on, second.closed_on) == (today, today)
    assert site.acceptance_no == "昆环验〔2026〕1号"
    with book.reading() as connection:
        (kept,) = works.projects_of(connection, site.code)
        taken = works.steps_of(connection, kept.id)
        steps = close_outs.steps_of(connection, [proposed.id])[proposed.id]
    assert kept.stage is ProjectStage.CLOSED
    assert [str(proposed.id)] in taken[-1].evidence.values()
    assert [(s.act, s.by, s.role) for s in steps] == [
        ("PROPOSE", PROPOSER, Role.ANALYST),
        ("APPROVE", FIRST, Role.REVIEWER),
        ("APPROVE", SECOND, Role.MANAGER),
    ]
    assert {"approve_close_out", "close_out_site"} <= {*verbs(book)}
    found = second.evidence["satellite"]
    assert (found["result"], found["after"][0]) == ("REDUCED", 800.0)


@pytest.mark.parametrize("head", Head)
def test_a_head_without_its_papers_is_refused_by_name(book, one, head):
    heads = {key: said for key, said in one.sent.heads.items() if key != head.value}
    assert head.zh in refused(book, one, heads=heads).sentence()


def test_photographs_of_the_wrong_day_or_place_are_refused_with_why(book, one):
    swapped = {
        "photos_before": one.sent.photos_after,
        "photos_after": one.sent.photos_before,
    }
    said = refused(book, one, **swapped).sentence()
    assert "早于施工结束" in said and "晚于施工开始" in said
    far = put_photo(book, one.folder, one.site, one.ended_on, where=FAR, seed=7)
    said = refused(book, one, photos_after=[f"paper:{far}"]).sentence()
    assert "照片7.jpg" in said and "超过 200 m" in said
    assert "整治前" in refused(book, one, photos_before=[]).sentence()
    assert "撤下" in refused(book, one, photos_after=["paper:nonsense"]).sentence()


def test_growth_after_the_works_refuses_and_a_later_image_counts_at_each_step(book, one, proposed):
    decide(named(book, FIRST), a_step(proposed.id))
    today = register.day_of(book.clock())
    observe(book, one.site, today - timedelta(days=1), 5_000.0, FootprintState.GROWN)
    with pytest.raises(EvidenceMissing) as raised:
        decide(named(book, SECOND), a_step(proposed.id))
    assert "新增或扩大" in raised.value.sentence()
    assert site_of(book, one).state is SiteState.ACCEPTED


@pytest.mark.parametrize("veil", [None, {"valid_share": 0.3, "cloud_share": 0.7}])
def test_a_missing_image_is_passed_by_a_reviewer_with_a_reason_and_a_later_visit(
    book, tmp_path, veil
):
    hire(book)
    one = cleared(book, tmp_path, is_observed=False)
    if veil:
        day = one.ended_on + timedelta(days=5)
        observe(book, one.site, day, 0.0, FootprintState.UNSEEN, **veil)
    proposed = propose(named(book, PROPOSER), one.sent)
    assert proposed.evidence["satellite"]["result"] == "NOT_CHECKED"
    reviewer = named(book, FIRST)
    with pytest.raises(EvidenceMissing) as raised:
        decide(reviewer, a_step(proposed.id))
    assert "卫星复核" in raised.value.sentence()
    with pytest.raises(EvidenceMissing) as raised:
        decide(reviewer, a_step(proposed.id, waiver_reason="连阴雨"))
    assert "到达现场" in raised.value.sentence()
    visits = {}
    for name, days in (("early", 31), ("late", 3)):
        when = book.clock() - timedelta(days=days)
        sent = a_check(site_of(book, one), checked_at=when)
        visits[name], _ = record_field_check(book, sent, at_once=True)
        book.clock.tick()
    waiver = {"waiver_reason": "连阴雨，无可用影像"}
    with pytest.raises(EvidenceMissing):
        decide(reviewer, a_step(proposed.id, waiver_check=visits["early"].id, **waiver))
    passed = decide(reviewer, a_step(proposed.id, waiver_check=visits["late"].id, **waiver))
    assert (passed.waiver["by"], passed.state) == (FIRST, CloseOutState.PASSED_ONCE)
    assert decide(named(book, SECOND), a_step(proposed.id)).state is CloseOutState.IN_FORCE


def test_who_may_not_approve(book, one, proposed):
    people.add_user(book, "chen", "陈工", Role.REVIEWER, "Correct-horse-7")
    for who, error in (
        (PROPOSER, OwnCloseOut),
        (f"cli:{PROPOSER}", OwnCloseOut),
        (SECOND, ApproverUnfit),
        ("nobody", ApproverUnfit),
        ("cli:root", ApproverUnfit),
    ):
        with pytest.raises(error) as raised:
            decide(named(book, who), a_step(proposed.id))
        assert who in raised.value.sentence()
    decide(named(book, FIRST), a_step(proposed.id))
    for who in (FIRST, f"cli:{FIRST}"):
        with pytest.raises(SameApprover):
            decide(named(book, who), a_step(proposed.id))
    assert decide(named(book, "chen"), a_step(proposed.id)).state is CloseOutState.IN_FORCE


def test_sent_back_with_a_comment_and_proposed_anew(book, one, proposed):
    for silent in ({"comment": " "}, {"is_approval": False, "comment": ""}):
        with pytest.raises(CommentMissing):
            decide(named(book, FIRST), a_step(proposed.id, **silent))
    with pytest.raises(CloseOutWaiting):
        propose(named(book, PROPOSER), one.proposal())
    back = a_step(proposed.id, is_approval=False, comment="补公示截图")
    returned = decide(named(book, FIRST), back)
    assert returned.state is CloseOutState.RETURNED
    assert decide(named(book, FIRST), back) == returned, "the same step again"
    with pytest.raises(CloseOutMoved):
        decide(named(book, SECOND), a_step(proposed.id))
    assert propose(named(book, PROPOSER), one.proposal()).state is CloseOutState.PROPOSED


def test_the_same_proposal_again_is_the_same_and_another_under_its_id_is_refused(book, one):
    first = propose(named(book, PROPOSER), one.sent)
    count = len(verbs(book))
    assert propose(named(book, PROPOSER), one.sent) == first and len(verbs(book)) == count
    with pytest.raises(IdReused):
        propose(named(book, PROPOSER), replace(one.sent, note="别的"))


def test_what_cannot_be_closed(book, one, tmp_path):
    with pytest.raises(WorksDatesUnfit):
        propose(book, one.proposal(works_began_on=one.ended_on, works_ended_on=one.began_on))
    close(book, one)
    assert "已销号" in refused(book, one, NotToClose).sentence()
    book.clock.tick()
    east = list_site(book, outline=square(109.71), name="二号")
    west = list_site(book, outline=square(109.708), name="三号")
    book.clock.tick()
    merge_sites(book, Merge(uuid4(), (east.code, west.code), east.code, None, "同一处"))
    refused(book, one, LineageRefused, site_code=west.code)


def test_a_project_that_lacks_papers_holds_the_close_out_up_too(book, one):
    with book.entry() as entry:
        project = a_project(one.site.code, title="复垦工程", stage=ProjectStage.AFTER_CARE)
        put_project(entry, project)
    said = refused(book, one).sentence()
    assert "复垦工程" in said and "管护期届满" in said and "销号申请" not in said


def test_the_gate_of_the_stage_says_what_the_close_out_lacks(book, one):
    with book.entry() as entry:
        project = put_project(entry, a_quick_fix(one.site.code))
    asked = StepAsked(
        id=uuid4(),
        project_id=project.id,
        from_stage=ProjectStage.ACCEPTANCE,
        to_stage=ProjectStage.CLOSED,
    )
    with pytest.raises(errors.EvidenceMissing) as raised:
        advance_project(book, asked)
    assert all(word in raised.value.sentence() for word in ("尚未提出销号", "清理", "整治后"))
    proposed = propose(named(book, PROPOSER), one.sent)
    with pytest.raises(errors.EvidenceMissing) as raised:
        advance_project(book, asked)
    assert "待初审" in raised.value.sentence() and proposed.state is CloseOutState.PROPOSED


def test_an_unfinished_project_holds_the_close_out_up(book, one):
    with book.entry() as entry:
        put_project(entry, a_project(one.site.code, title="清运工程", stage=ProjectStage.WORKS))
    said = refused(book, one).sentence()
    assert "清运工程" in said and "施工" in said


def test_evidence_withdrawn_between_the_approvals_is_missed(book, one, proposed):
    decide(named(book, FIRST), a_step(proposed.id))
    paper = one.sent.heads["CLEARING"]["papers"][0]
    withdraw_attachment(book, one.site.code, paper, "传错了")
    with pytest.raises(EvidenceMissing):
        decide(named(book, SECOND), a_step(proposed.id))


def test_a_second_approval_that_dies_in_the_middle_leaves_nothing(book, one, proposed, monkeypatch):
    decide(named(book, FIRST), a_step(proposed.id))
    before = everything(book)

    def dies(*_args, **_more):
        raise ConnectionError("killed")

    monkeypatch.setattr("gis.ledger.close_outs.put_version", dies)
    with pytest.raises(ConnectionError):
        decide(named(book, SECOND), a_step(proposed.id))
    assert everything(book) == before


def test_the_database_itself_refuses_one_person_twice(book, one, proposed):
    with book.engine.connect() as connection, pytest.raises(sa.exc.IntegrityError):
        connection.execute(sa.update(tables.close_outs).values(first_by=PROPOSER))
