"""Stages: every gate tried without its evidence first, none skipped, back only with a reason."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest

from gis.domain.sites.errors import IdReused
from gis.domain.terms import AttachmentKind, MineFinding, ProjectStage, ProjectVariant, SiteKind
from gis.domain.works.errors import (
    EvidenceMissing,
    ProjectFinished,
    ProjectMoved,
    ReversalUnfit,
    SiteNotOpen,
    StageSkipped,
    StepDayUnfit,
)
from gis.domain.works.gates import Elsewhere
from gis.ledger import gate_facts
from gis.ledger.attachments import AttachmentSent, attach
from gis.ledger.project_tasks import finish_task, put_task
from gis.ledger.projects import revise_project
from gis.ledger.stages import StepAsked, advance_project, reverse_project
from gis.rules import stages
from gis.store import listed, sites, works
from tests.ledger.looking import everything
from tests.makers import a_task, list_site, opened
from tests.pictures import picture

PDF = b"%PDF-1.4\n%%EOF\n"
TODAY = date(2026, 6, 19)
"""The day of the test clock."""


@pytest.fixture
def folder(tmp_path):
    return tmp_path


def paper(book, folder, code, kind):
    content = picture() if kind is AttachmentKind.PHOTO else PDF
    attach(book, folder, AttachmentSent(uuid4(), code, kind, kind.zh, "a"), content)


def now(book, project):
    book.clock.tick()
    with book.reading() as connection:
        return works.project(connection, project.id)


def site_of(book, project):
    with book.reading() as connection:
        return sites.site(connection, project.site_code)


def step(project, to_stage, **more):
    asked = {"id": uuid4(), "project_id": project.id, "from_stage": project.stage}
    return StepAsked(**asked | {"to_stage": to_stage} | more)


def supply(book, folder, project, need):
    """Bring what a need asks for, as a person would."""
    code = project.site_code
    if need.check == "paper":
        paper(book, folder, code, need.papers[0])
    elif need.check == "photos":
        for _ in range(need.least):
            paper(book, folder, code, AttachmentKind.PHOTO)
    elif need.check == "stated":
        kinds = {"budget_yuan": 9e5, "paid_yuan": 8e5, "finding": MineFinding.RECTIFY}
        said = {name: kinds.get(name, "有") for name in need.fields}
        revise_project(book, project.id, replace(now(book, project).plan, **said))
    elif need.check == "tasks_planned":
        put_task(book, a_task(project))
    elif need.check == "tasks_done":
        with book.reading() as connection:
            tasks = works.tasks_of(connection, project.id)
        for task in tasks:
            finish_task(book, project.id, task.id, TODAY)
    elif need.check == "area":
        area = site_of(book, project).area_m2
        revise_project(book, project.id, replace(now(book, project).plan, restored_m2=area))
    elif need.check == "care_over":
        revise_project(book, project.id, replace(now(book, project).plan, care_until=TODAY))


CASES = [
    (ProjectVariant.GENERAL, SiteKind.WASTE_PILE, None),
    (ProjectVariant.QUICK_FIX, SiteKind.CONSTRUCTION_PILE, None),
    (ProjectVariant.TAILINGS_CLOSURE, SiteKind.TAILINGS_POND, None),
    (ProjectVariant.GREEN_MINE, SiteKind.MINE, MineFinding.RECTIFY),
]


@pytest.mark.parametrize(("variant", "kind", "finding"), CASES, ids=lambda one: str(one))
def test_every_gate_of_a_chain_refuses_without_its_evidence(
    book, folder, monkeypatch, variant, kind, finding
):
    """From the first stage to the last: refused with all that is missing, then one by one."""
    yes: dict[str, Elsewhere] = {}
    monkeypatch.setattr(gate_facts, "ANSWERERS", (lambda *_: yes,))
    plan = {"task_no": None, "leader_role": ""}
    project = opened(book, list_site(book, kind=kind).code, variant=variant, plan=plan)
    for gate in stages.chain(variant).through(finding)[1:]:
        project = now(book, project)
        for place, need in enumerate(gate.needs):
            with pytest.raises(EvidenceMissing) as refused:
                advance_project(book, step(project, gate.stage))
            assert refused.value.facts["missing"] == [one.id for one in gate.needs[place:]]
            assert need.zh in refused.value.sentence("zh-CN")
            assert need.en in refused.value.sentence("en")
            if need.check == "elsewhere":
                yes[need.fact] = Elsewhere(True, ("办结",))
            supply(book, folder, now(book, project), need)
        assert now(book, project).stage is project.stage
        project, is_new = advance_project(book, step(now(book, project), gate.stage))
        assert is_new and project.stage is gate.stage
        if gate.site_state is not None:
            assert site_of(book, project).state is gate.site_state
    with pytest.raises(StageSkipped):
        advance_project(book, step(project, ProjectStage.WORKS))
    with book.reading() as connection:
        taken = works.steps_of(connection, project.id)
        assert [one.to_stage for one in taken] == [s.stage for s in stages.chain(variant).steps]
        assert all(one.evidence for one in taken[1:])
        assert listed.stale(connection) == []


def through(book, folder, project, *wanted):
    """Take a project through stages, with all their evidence."""
    for stage in wanted:
        for need in stages.chain(project.variant).step(stage).needs:
            supply(book, folder, now(book, project), need)
        project, _ = advance_project(book, step(now(book, project), stage))
    return project


S = ProjectStage
TO_WORKS = (S.SURVEY, S.APPROVAL, S.WORKS)


def test_nobody_skips_a_stage(book):
    project = opened(book, list_site(book).code)
    before = everything(book)
    for stage in (S.APPROVAL, S.CLOSED, S.RESERVE):
        with pytest.raises(StageSkipped, match="Survey and plan"):
            advance_project(book, step(project, stage))
    assert everything(book) == before


def test_a_mine_that_keeps_its_place_is_filed_at_once(book, folder):
    project = opened(
        book,
        list_site(book, kind=SiteKind.MINE).code,
        variant=ProjectVariant.GREEN_MINE,
        plan={"task_no": 4, "issue": "排查", "finding": MineFinding.KEPT},
    )
    project = through(book, folder, project, S.SURVEY)
    paper(book, folder, project.site_code, AttachmentKind.SURVEY)
    project, _ = advance_project(book, step(project, S.APPROVAL))
    with pytest.raises(StageSkipped, match="Filed"):
        advance_project(book, step(project, S.WORKS))
    assert through(book, folder, project, S.CLOSED).stage is S.CLOSED


def test_without_the_part_that_answers_nothing_is_closed_out(book, folder):
    project = opened(book, list_site(book).code)
    project = through(
        book, folder, project, *TO_WORKS, S.SELF_CHECK, S.PART_ACCEPTANCE, S.ACCEPTANCE
    )
    project = through(book, folder, project, S.AFTER_CARE)
    with pytest.raises(EvidenceMissing) as refused:
        through(book, folder, project, S.CLOSED)
    assert refused.value.facts["missing"] == ["STEP-CLOSE"]


def test_a_reversal_needs_its_reason_and_new_evidence(book, folder):
    project = through(book, folder, opened(book, list_site(book).code), *TO_WORKS, S.SELF_CHECK)
    assert site_of(book, project).state.value == "IN_REMEDIATION"
    for wrong in ({"reason": "  "}, {"to_stage": S.ACCEPTANCE, "reason": "返工"}):
        with pytest.raises(ReversalUnfit):
            reverse_project(book, step(project, wrong.pop("to_stage", S.WORKS), **wrong))
    asked = step(project, S.APPROVAL, reason="边坡失稳，方案重编")
    back, is_new = reverse_project(book, asked)
    assert is_new and back.stage is S.APPROVAL
    assert reverse_project(book, asked) == (back, False)
    assert site_of(book, project).state.value == "LISTED"
    with pytest.raises(EvidenceMissing) as refused:
        advance_project(book, step(back, S.WORKS))
    assert refused.value.facts["missing"] == [
        *("STEP-APPROVED", "STEP-AWARD", "STEP-START", "STEP-BEFORE")
    ]
    with book.reading() as connection:
        last = works.steps_of(connection, project.id)[-1]
        assert last.is_reversal and last.reason == "边坡失稳，方案重编"
        assert listed.stale(connection) == []


def test_the_day_of_a_step(book, folder):
    project = opened(book, list_site(book).code, plan={"issue": "扬尘"})
    for day in (date(2026, 6, 20), date(2026, 6, 18)):
        with pytest.raises(StepDayUnfit):
            advance_project(book, step(project, S.SURVEY, took_place_on=day))
    old = opened(
        book,
        list_site(book, name="旧").code,
        opened_on=date(2023, 3, 1),
        plan={"issue": "扬尘"},
    )
    advance_project(book, step(old, S.SURVEY, took_place_on=date(2023, 5, 1), unit="昆河镇"))
    with book.reading() as connection:
        last = works.steps_of(connection, old.id)[-1]
        assert (last.took_place_on, last.unit, last.by) == (date(2023, 5, 1), "昆河镇", book.actor)


def test_of_two_who_advance_at_once_one_is_told(book):
    project = opened(book, list_site(book).code, plan={"issue": "扬尘"})
    asked = [step(project, S.SURVEY) for _ in range(2)]

    def take(one):
        try:
            return advance_project(book, one)[0].stage
        except ProjectMoved as error:
            return error.code

    with ThreadPoolExecutor(2) as pool:
        assert set(pool.map(take, asked)) == {S.SURVEY, "project_moved"}
    with book.reading() as connection:
        assert len(works.steps_of(connection, project.id)) == 2
    taken = next(one for one in asked if one.id in step_ids(book, project))
    assert advance_project(book, taken)[1] is False
    with pytest.raises(IdReused):
        advance_project(book, replace(taken, to_stage=S.APPROVAL))


def step_ids(book, project):
    with book.reading() as connection:
        return {one.id for one in works.steps_of(connection, project.id)}


def test_what_is_through_is_history_until_it_is_taken_back(book, folder, monkeypatch):
    yes = {"close_out": Elsewhere(True, ("办结",))}
    monkeypatch.setattr(gate_facts, "ANSWERERS", (lambda *_: yes,))
    code = list_site(book, kind=SiteKind.CONSTRUCTION_PILE).code
    project = opened(book, code, variant=ProjectVariant.QUICK_FIX, plan={"task_no": 13})
    stages_ = (S.WORKS, S.SELF_CHECK, S.ACCEPTANCE, S.CLOSED)
    project = through(book, folder, project, *stages_)
    assert site_of(book, project).closed_on == TODAY
    with pytest.raises(ProjectFinished):
        revise_project(book, project.id, replace(project.plan, goal="再来"))
    with pytest.raises(ProjectFinished):
        put_task(book, a_task(project))
    with pytest.raises(SiteNotOpen):
        opened(book, code, plan={"task_no": 13})
    back, _ = reverse_project(book, step(project, S.WORKS, reason="影像发现新倾倒"))
    site = site_of(book, back)
    assert (site.state.value, site.closed_on, site.accepted_on) == ("IN_REMEDIATION", None, None)
