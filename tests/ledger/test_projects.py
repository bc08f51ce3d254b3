"""Plans: opened once, revised version by version, with tasks that make their progress."""

from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest

from gis.domain.errors import NotInRegister
from gis.domain.sites.errors import IdReused, TaskUnknown
from gis.domain.terms import ProjectStage, ProjectVariant, SiteKind, SiteState
from gis.domain.works.errors import (
    DueBeforeStart,
    LeadUnitUnexplained,
    PlanUnfit,
    ProjectOpenAlready,
    ProjectStale,
    SiteNotOpen,
    StepDayUnfit,
    TaskOfElsewhere,
    VariantUnfit,
)
from gis.ledger.lineage import Merge, merge_sites
from gis.ledger.project_tasks import drop_task, finish_task, put_task
from gis.ledger.projects import ProjectAsked, open_project, revise_project
from gis.store import listed, register, works
from tests.ledger.looking import everything, verbs
from tests.makers import a_plan, a_task, list_site, opened, square, stand

GENERAL = ProjectVariant.GENERAL


@pytest.fixture
def code(book):
    return list_site(book).code


def now(book, project):
    with book.reading() as connection:
        return works.project(connection, project.id)


def test_a_project_opens_once_with_the_unit_that_goes_with_the_site(book, code):
    asked = ProjectAsked(uuid4(), code, GENERAL, a_plan(title="  渣堆整治 "))
    project, is_new = open_project(book, asked)
    assert is_new and project.title == "渣堆整治" and project.stage is ProjectStage.RESERVE
    assert (project.lead_unit, project.recorded_by) == ("区生态环境分局", book.actor)
    before = everything(book)
    assert open_project(book, asked) == (project, False)
    assert everything(book) == before
    with pytest.raises(IdReused):
        open_project(book, replace(asked, plan=a_plan(title="另一个")))
    assert verbs(book)[-2:] == ["open_project", "record_step"]


@pytest.mark.parametrize(
    ("kind", "task_no", "unit"),
    [
        (SiteKind.MINE_PIT, None, "区自然资源分局"),
        (SiteKind.CONSTRUCTION_PILE, None, "区执法局"),
        (SiteKind.CONSTRUCTION_PILE, 20, "区生态环境分局"),
        (SiteKind.WASTE_PILE, None, "区生态环境分局"),
    ],
)
def test_the_lead_unit_follows_kind_and_task(book, kind, task_no, unit):
    site = list_site(book, kind=kind)
    assert opened(book, site.code, plan={"task_no": task_no}).lead_unit == unit


def test_another_unit_leads_with_a_reason(book, code):
    with pytest.raises(LeadUnitUnexplained, match="区生态环境分局"):
        opened(book, code, plan={"lead_unit": "昆河镇"})
    plan = {"lead_unit": "昆河镇", "lead_unit_reason": "区政府专题会议纪要"}
    assert opened(book, code, plan=plan).lead_unit == "昆河镇"


def test_one_unfinished_project_a_variant_and_several_over_time(book):
    site = list_site(book, kind=SiteKind.CONSTRUCTION_PILE)
    opened(book, site.code, plan={"task_no": 13})
    with pytest.raises(ProjectOpenAlready):
        opened(book, site.code, plan={"task_no": 13, "title": "第二个"})
    opened(book, site.code, variant=ProjectVariant.QUICK_FIX, plan={"task_no": 13})
    with book.reading() as connection:
        assert len(works.projects_of(connection, site.code)) == 2


@pytest.mark.parametrize(
    ("plan", "error"),
    [
        ({"starts_on": date(2026, 6, 1), "due_on": date(2026, 5, 31)}, DueBeforeStart),
        ({"budget_yuan": -1.0}, PlanUnfit),
        ({"paid_yuan": float("nan")}, PlanUnfit),
        ({"budget_yuan": float("inf")}, PlanUnfit),
        ({"progress_percent": 101}, PlanUnfit),
        ({"progress_percent": -1}, PlanUnfit),
        ({"restored_m2": -5.0}, PlanUnfit),
        ({"title": "  "}, PlanUnfit),
        ({"due_on": date(1026, 1, 1)}, PlanUnfit),
        ({"task_no": 99}, TaskUnknown),
    ],
)
def test_a_plan_that_cannot_be_is_refused_and_leaves_nothing(book, code, plan, error):
    before = everything(book)
    with pytest.raises(error):
        opened(book, code, plan=plan)
    assert everything(book) == before


def test_chains_are_for_their_kinds_of_sites(book, code):
    with pytest.raises(VariantUnfit):
        opened(book, code, variant=ProjectVariant.TAILINGS_CLOSURE)
    with pytest.raises(StepDayUnfit):
        opened(book, code, opened_on=date(2030, 1, 1))
    with pytest.raises(NotInRegister):
        opened(book, "150203-W09999-X")


def test_a_site_that_is_closed_or_merged_takes_no_project(book, code):
    other = list_site(book, name="二号渣堆", outline=square(lon=109.71)).code
    book.clock.tick()
    merge_sites(book, Merge(uuid4(), (code, other), code, None, "同一处", True))
    with pytest.raises(SiteNotOpen, match=code):
        opened(book, other)
    book.clock.tick()
    stand(book, code, SiteState.CLOSED)
    with pytest.raises(SiteNotOpen):
        opened(book, code)


def test_no_project_begins_at_a_merged_site_and_the_heir_is_named(book, code):
    other = list_site(book, name="二号渣堆", outline=square(lon=109.71)).code
    book.clock.tick()
    merge_sites(book, Merge(uuid4(), (code, other), code, None, "同一处", True))
    with pytest.raises(SiteNotOpen, match=code):
        opened(book, other)


def test_a_plan_is_revised_and_the_list_follows(book, code):
    project = opened(book, code)
    plan = replace(project.plan, issue="扬尘", measures="覆盖", due_on=date(2026, 9, 30))
    after = revise_project(book, project.id, plan, 1)
    assert (after.version, after.plan) == (2, plan)
    before = everything(book)
    assert revise_project(book, project.id, plan, 1) == after
    assert everything(book) == before
    with book.reading() as connection:
        row = register.one(connection, book.clock(), code)
        assert (row["due_on"], row["project_measures"]) == (date(2026, 9, 30), "覆盖")
        assert listed.stale(connection) == []


def test_a_stale_version_is_refused_with_both_unless_only_progress_moved(book, code):
    project = opened(book, code)
    done = put_task(book, a_task(project))[0]
    finish_task(book, project.id, done.id, date(2026, 6, 18))
    mine = revise_project(book, project.id, replace(project.plan, goal="复绿"), 1)
    assert (mine.progress_percent, mine.goal) == (100, "复绿")
    with pytest.raises(ProjectStale, match="复绿") as refused:
        revise_project(book, project.id, replace(project.plan, issue="扬尘"), 1)
    assert (refused.value.facts["yours"], refused.value.facts["current"]) == (1, mine.version)


def test_more_paid_than_planned_is_warned_of_and_stored(book, code):
    from gis.domain.works.plan import warnings

    project = opened(book, code, plan={"budget_yuan": 10.0, "paid_yuan": 11.0})
    assert [one.en for one in warnings(project, [])] == ["more has been paid than the budget"]


def test_progress_follows_from_dated_tasks(book, code):
    project = opened(book, code, plan={"progress_percent": 30})
    first, is_new = put_task(book, a_task(project, title="勘查"))
    assert is_new and now(book, project).progress_percent == 0
    second = put_task(book, a_task(project, title="清运"))[0]
    third = put_task(book, a_task(project, title="复绿"))[0]
    put_task(book, a_task(project, title="巡查", due_on=None))
    finish_task(book, project.id, first.id, date(2026, 6, 1))
    assert now(book, project).progress_percent == 33
    drop_task(book, project.id, third.id, "并入清运")
    assert now(book, project).progress_percent == 50
    finish_task(book, project.id, second.id, date(2026, 6, 19))
    assert now(book, project).progress_percent == 100
    finish_task(book, project.id, second.id, None)
    assert now(book, project).progress_percent == 50
    with book.reading() as connection:
        titles = [task.title for task in works.tasks_of(connection, project.id)]
        assert titles == ["勘查", "清运", "巡查", "复绿"]
        assert listed.stale(connection) == []


def test_a_task_is_put_once_and_changed_by_who_saw_it(book, code):
    project = opened(book, code)
    asked = a_task(project)
    task, _ = put_task(book, asked)
    before = everything(book)
    assert put_task(book, asked) == (task, False)
    assert everything(book) == before
    other = replace(asked, title="清运与平整")
    with pytest.raises(IdReused):
        put_task(book, other)
    assert put_task(book, other, 1)[0].version == 2
    with pytest.raises(ProjectStale, match="清运与平整"):
        put_task(book, replace(asked, note="雨季"), 1)


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"starts_on": date(2027, 1, 1)}, DueBeforeStart),
        ({"done_on": date(2026, 6, 20)}, PlanUnfit),
        ({"starts_on": date(2026, 6, 10), "done_on": date(2026, 6, 9)}, PlanUnfit),
        ({"title": " "}, PlanUnfit),
        ({"lead_unit": ""}, PlanUnfit),
    ],
)
def test_a_task_that_cannot_be_is_refused(book, code, changes, error):
    project = opened(book, code)
    before = everything(book)
    with pytest.raises(error):
        put_task(book, a_task(project, **changes))
    assert everything(book) == before


def test_a_task_of_another_sites_project_is_refused(book, code):
    project = opened(book, code)
    elsewhere = opened(book, list_site(book, name="二号渣堆", outline=square(lon=109.71)).code)
    task = put_task(book, a_task(elsewhere))[0]
    with pytest.raises(TaskOfElsewhere):
        put_task(book, a_task(project, id=task.id))
    with pytest.raises(TaskOfElsewhere):
        finish_task(book, project.id, task.id, date(2026, 6, 1))
    with pytest.raises(PlanUnfit):
        drop_task(book, elsewhere.id, task.id, "  ")
