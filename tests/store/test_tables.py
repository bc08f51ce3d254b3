"""Noun, table and migration say the same; what the database itself refuses."""

import ast
from dataclasses import fields
from pathlib import Path
from typing import get_args

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from geoalchemy2 import alembic_helpers

from gis.domain import import_list, log_search, place, reach, view
from gis.domain.backfill import allocation, book, parts
from gis.domain.checks import field_check, review
from gis.domain.closing import close_out, look_back
from gis.domain.detection import (
    batch,
    candidate,
    candidate_change,
    ignore_zone,
    imagery,
    model_comparison,
    model_record,
    office_verdict,
    retraining,
    training_set,
)
from gis.domain.follow_up import observation
from gis.domain.grading import rule_check
from gis.domain.identification import conclusion
from gis.domain.people import accounts, assignment, team
from gis.domain.photos import photo
from gis.domain.pits import after_care, mine_record, restoration, survey
from gis.domain.sampling import custody, lab_batch, lab_result, sampling_plan, site_selection
from gis.domain.sites import attachment, lineage, site, surroundings, tags
from gis.domain.works import extension, notice, remediation
from gis.store import shape, tables
from gis.store.engine import make_engine
from gis.store.migrate import MIGRATIONS_DIR
from tests.makers import a_district, a_project, a_site, square

PAIRS = {
    "care_records": after_care.CareRecord,
    "mine_records": mine_record.MineRecord,
    "restoration_units": restoration.RestorationUnit,
    "unit_values": restoration.UnitValue,
    "assigned_places": assignment.AssignedPlace,
    "assignments": assignment.Assignment,
    "attachments": attachment.Attachment,
    "backfill_assessments": parts.BackfillAssessment,
    "backfill_facts": parts.BackfillFacts,
    "backfill_loads": book.BackfillLoad,
    "backfill_plans": allocation.BackfillPlan,
    "candidate_changes": candidate_change.CandidateChange,
    "candidates": candidate.Candidate,
    "check_reviews": review.CheckReview,
    "close_out_steps": close_out.CloseOutStep,
    "close_outs": close_out.CloseOut,
    "conclusions": conclusion.Conclusion,
    "custody_events": custody.CustodyEvent,
    "detection_batches": batch.DetectionBatch,
    "detection_jobs": batch.DetectionJob,
    "detection_runs": imagery.DetectionRun,
    "districts": place.District,
    "due_extensions": extension.DueExtension,
    "elevations": imagery.ElevationRecord,
    "field_checks": field_check.FieldCheck,
    "ignore_zones": ignore_zone.IgnoreZone,
    "import_lists": import_list.ImportList,
    "import_rows": import_list.ImportedRow,
    "increments": sampling_plan.Increment,
    "lab_batches": lab_batch.LabBatch,
    "lab_results": lab_result.LabResult,
    "lagging_notices": notice.LaggingNotice,
    "lineage": lineage.Lineage,
    "log_checks": log_search.LogCheck,
    "model_comparisons": model_comparison.ModelComparison,
    "models": model_record.ModelRecord,
    "retrainings": retraining.Retraining,
    "training_rows": training_set.TrainingRow,
    "training_sets": training_set.TrainingSet,
    "notice_answers": notice.NoticeAnswer,
    "notice_papers": notice.NoticePaper,
    "observations": observation.Observation,
    "office_verdicts": office_verdict.OfficeVerdict,
    "look_backs": look_back.LookBack,
    "photo_looks": photo.Fingerprint,
    "photos": photo.Photo,
    "pit_surveys": survey.PitSurvey,
    "project_steps": remediation.ProjectStep,
    "project_tasks": remediation.ProjectTask,
    "projects": remediation.RemediationProject,
    "reaches": reach.Reach,
    "reference_features": place.ReferenceFeature,
    "reference_layers": place.ReferenceLayer,
    "rule_checks": rule_check.RuleCheck,
    "rule_sets": rule_check.AdoptedRules,
    "sampling_plans": sampling_plan.SamplingPlan,
    "scenes": imagery.SceneRecord,
    "sightings": candidate.Sighting,
    "site_selections": site_selection.SiteSelection,
    "site_tags": tags.SiteTag,
    "sites": site.Site,
    "surroundings": surroundings.Surroundings,
    "teams": team.Team,
    "users": accounts.User,
    "views": view.View,
    "zone_candidates": ignore_zone.ZoneCandidate,
}
WITHOUT_NOUN = {
    *(
        "due_works",
        "failed_logins",
        "gradings",
        "ledger_log",
        "listed",
        "old_passwords",
        "refusals",
    ),
    *("sessions", "site_codes"),
}


def test_every_table_is_accounted_for():
    names = set(tables.metadata.tables)
    assert names == set(PAIRS) | WITHOUT_NOUN
    assert names == set(tables.__all__) - {"metadata"}


@pytest.mark.parametrize("name", PAIRS)
def test_a_tables_columns_are_its_nouns_fields(name):
    columns = [column.name for column in getattr(tables, name).columns]
    assert columns == [field.name for field in fields(PAIRS[name])]


@pytest.mark.parametrize("name", PAIRS)
def test_a_field_may_be_unknown_where_its_column_may_be_null(name):
    for field in fields(PAIRS[name]):
        said = type(None) in get_args(field.type)
        assert getattr(tables, name).c[field.name].nullable is said, f"{name}.{field.name}"


def test_the_migrations_make_exactly_these_tables(database_url):
    engine = make_engine(database_url)
    with engine.connect() as connection:
        options = {"include_object": alembic_helpers.include_object, "compare_type": True}
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, tables.metadata) == []
        found = sa.inspect(connection)
        for table in tables.metadata.tables.values():  # which autogenerate does not compare
            checks = {check["name"] for check in found.get_check_constraints(table.name)}
            wanted = {c.name for c in table.constraints if isinstance(c, sa.CheckConstraint)}
            assert checks == {str(name) for name in wanted}, table.name
            assert found.get_pk_constraint(table.name)["name"] == f"pk_{table.name}"
    engine.dispose()


@pytest.mark.parametrize("path", sorted(MIGRATIONS_DIR.rglob("*.py")), ids=lambda p: p.name)
def test_a_migration_imports_none_of_our_packages(path: Path):
    ours = {"gis", "remote_sensing", "api", "web_map", "tests"}
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            assert not {alias.name.split(".")[0] for alias in node.names} & ours
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0 and (node.module or "").split(".")[0] not in ours


@pytest.fixture
def connection(database_url):
    engine = make_engine(database_url)
    with engine.connect() as connection:
        shape.insert(connection, tables.districts, [a_district()])
        code = a_site().code
        row = {"code": code, "district_code": "150203", "serial": 1, "registered_at": sa.func.now()}
        connection.execute(sa.insert(tables.site_codes).values(row))
        yield connection
    engine.dispose()


def test_a_site_comes_back_as_it_went(connection):
    before = a_site(height_m=6.5, retaining="PART", has_dust_control=False)
    shape.insert(connection, tables.sites, [before])
    after = shape.select_one(connection, site.Site, sa.select(tables.sites))
    assert after == before
    assert after.kind is before.kind and after.kind.zh == "历史遗留固体废物堆场"


@pytest.mark.parametrize(
    "change",
    [
        {"stored_from": 1990, "stored_to": 1980},
        {"district_code": "000000"},
        {"code": "150203-W00002-B"},
        {"name": None},
        {"outline": square().geoms[0].exterior},
    ],
)
def test_the_database_refuses_what_no_noun_may_be(connection, change):
    with pytest.raises((sa.exc.IntegrityError, sa.exc.DataError, sa.exc.InternalError)):
        shape.insert(connection, tables.sites, [a_site(**change)])


@pytest.mark.parametrize(
    ("field", "word"),
    [
        ("state", "CLOSED_BY_HAND"),
        ("ground", "SOFT"),
        ("retaining", "SOME"),
        ("monitoring", "none"),
        ("history", "open"),
    ],
)
def test_a_word_of_another_vocabulary_is_never_stored(connection, field, word):
    with pytest.raises(sa.exc.StatementError, match=word):
        shape.insert(connection, tables.sites, [a_site(**{field: word})])


def test_a_code_and_a_serial_are_given_once(connection):
    row = {"district_code": "150203", "registered_at": sa.func.now()}
    for taken in ({"code": a_site().code, "serial": 2}, {"code": "other", "serial": 1}):
        with pytest.raises(sa.exc.IntegrityError), connection.begin_nested():
            connection.execute(sa.insert(tables.site_codes).values(row | taken))


@pytest.mark.parametrize("percent", [-1, 101])
def test_progress_is_a_percentage(connection, percent):
    with pytest.raises(sa.exc.IntegrityError, match="progress_is_a_percentage"):
        project = a_project(a_site().code, progress_percent=percent)
        shape.insert(connection, tables.projects, [project])
