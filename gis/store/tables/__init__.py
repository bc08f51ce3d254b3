"""The register's tables: one a noun, its columns the noun's fields.

Geometry is EPSG:4490. The migrations make these tables; a test keeps the three (noun, table,
migration) in step. `sites` and `projects` hold every version: the newest at a moment is what held.
"""

from gis.store.tables.backfill import (
    backfill_assessments,
    backfill_facts,
    backfill_loads,
    backfill_plans,
)
from gis.store.tables.base import metadata
from gis.store.tables.candidates import (
    candidate_changes,
    candidates,
    ignore_zones,
    office_verdicts,
    sightings,
    zone_candidates,
)
from gis.store.tables.checks import check_reviews, field_checks
from gis.store.tables.close_out import close_out_steps, close_outs, look_backs
from gis.store.tables.deadlines import (
    due_extensions,
    lagging_notices,
    notice_answers,
    notice_papers,
)
from gis.store.tables.due_works import due_works
from gis.store.tables.field_work import assigned_places, assignments, teams
from gis.store.tables.follow_up import observations
from gis.store.tables.identification import conclusions, lab_batches, lab_results
from gis.store.tables.imagery import detection_runs, elevations, scenes
from gis.store.tables.imports import import_lists, import_rows
from gis.store.tables.listed import listed, views
from gis.store.tables.models import (
    model_comparisons,
    models,
    retrainings,
    training_rows,
    training_sets,
)
from gis.store.tables.people import (
    failed_logins,
    ledger_log,
    log_checks,
    old_passwords,
    refusals,
    sessions,
    users,
)
from gis.store.tables.photos import photo_looks, photos
from gis.store.tables.pits import pit_surveys
from gis.store.tables.places import (
    districts,
    reference_features,
    reference_layers,
    surroundings,
)
from gis.store.tables.reaches import reaches
from gis.store.tables.restoration import care_records, mine_records, restoration_units, unit_values
from gis.store.tables.rules import rule_checks, rule_sets
from gis.store.tables.runs import detection_batches, detection_jobs
from gis.store.tables.sampling import (
    custody_events,
    increments,
    sampling_plans,
    site_selections,
)
from gis.store.tables.site_papers import attachments, lineage, site_tags
from gis.store.tables.sites import gradings, site_codes, sites
from gis.store.tables.works import project_steps, project_tasks, projects

__all__ = [
    "care_records",
    "mine_records",
    "restoration_units",
    "unit_values",
    "assigned_places",
    "assignments",
    "attachments",
    "backfill_assessments",
    "backfill_facts",
    "backfill_loads",
    "backfill_plans",
    "candidate_changes",
    "candidates",
    "check_reviews",
    "close_out_steps",
    "close_outs",
    "conclusions",
    "custody_events",
    "detection_batches",
    "detection_jobs",
    "detection_runs",
    "districts",
    "due_extensions",
    "due_works",
    "elevations",
    "failed_logins",
    "field_checks",
    "gradings",
    "ignore_zones",
    "import_lists",
    "import_rows",
    "increments",
    "lab_batches",
    "lab_results",
    "lagging_notices",
    "ledger_log",
    "lineage",
    "listed",
    "log_checks",
    "look_backs",
    "metadata",
    "model_comparisons",
    "retrainings",
    "models",
    "training_rows",
    "training_sets",
    "notice_answers",
    "notice_papers",
    "observations",
    "office_verdicts",
    "old_passwords",
    "photo_looks",
    "photos",
    "pit_surveys",
    "project_steps",
    "project_tasks",
    "projects",
    "reaches",
    "reference_features",
    "reference_layers",
    "refusals",
    "rule_checks",
    "rule_sets",
    "sampling_plans",
    "scenes",
    "sessions",
    "sightings",
    "site_codes",
    "site_selections",
    "site_tags",
    "sites",
    "surroundings",
    "teams",
    "users",
    "views",
    "zone_candidates",
]
