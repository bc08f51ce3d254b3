"""Projects kept from before they were whole plans: each keeps its fields, stage and versions."""

from datetime import date
from uuid import UUID

import pytest
import sqlalchemy as sa

from gis.domain.terms import ProjectStage, ProjectVariant
from gis.domain.works.remediation import Plan
from gis.store import works
from tests.makers import NOON, a_site
from tests.store.moved import add_district, moved, put

PROJECT = UUID(int=7)
OLD = (
    "insert into projects values (:id, :version, :at, :code, '渣堆整治', :stage, '区生态环境分局', "
    "'昆河镇', '分管副区长', '2023-12-31', 860000, 310000, 45, 5, true)"
)
LINE = (
    "insert into ledger_log (seq, at, actor, verb, subject_kind, subject_id, hash) "
    "values (1, :at, '王工', 'record_project', 'site', :code, '')"
)


def fill(connection):
    code = a_site().code
    run = connection.execute
    add_district(connection)
    codes = "insert into site_codes values (:code, '150203', 1, :at)"
    run(sa.text(codes), {"code": code, "at": NOON})
    put(connection, "sites", a_site())
    for version, stage in enumerate(("SURVEY", "WORKS"), start=1):
        at = NOON.replace(hour=version)
        known = {"id": PROJECT, "version": version, "at": at, "code": code, "stage": stage}
        run(sa.text(OLD), known)
    names = {one["name"] for one in sa.inspect(connection).get_columns("ledger_log")}
    assert {"seq", "at", "actor", "verb", "subject_kind", "subject_id"} <= names
    run(sa.text(LINE), {"at": NOON.replace(hour=1), "code": code})


@pytest.fixture(scope="module")
def connection(server_url):
    with moved(server_url, "0014", fill) as connection:
        yield connection


def test_a_project_keeps_what_it_was_and_is_of_the_general_chain(connection):
    first, second = (works.version(connection, PROJECT, number) for number in (1, 2))
    assert (first.stage, second.stage) == (ProjectStage.SURVEY, ProjectStage.WORKS)
    assert first.variant is second.variant is ProjectVariant.GENERAL
    assert first.plan == second.plan == Plan(
        title="渣堆整治",
        lead_unit="区生态环境分局",
        supporting_units="昆河镇",
        leader_role="分管副区长",
        due_on=date(2023, 12, 31),
        budget_yuan=860_000.0,
        paid_yuan=310_000.0,
        progress_percent=45,
        task_no=5,
    )  # fmt: skip
    assert (first.recorded_by, second.recorded_by) == ("王工", "")
    assert works.tasks_of(connection, PROJECT) == works.steps_of(connection, PROJECT) == []
