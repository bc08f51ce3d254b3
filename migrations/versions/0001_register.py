"""The register's core.

Places and layers, scenes and runs, candidates, field checks, sites, grades, samples, projects,
people, and the ledger's log, which refuses change and removal.

Revision ID: 0001
Revises:
"""

import sqlalchemy as sa
from alembic import op
from geoalchemy2 import Geometry
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None

REFUSE_CHANGE = """
create function refuse_change() returns trigger language plpgsql as $$
begin
    raise exception 'the ledger log only grows: % refused', tg_op;
end $$;
create trigger ledger_log_only_grows before update or delete or truncate on ledger_log
    for each statement execute function refuse_change();
"""


def upgrade() -> None:
    op.execute("create extension if not exists postgis")
    op.create_geospatial_table(
        "districts",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name_zh", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.Column("metric_epsg", sa.Integer(), nullable=False),
        sa.Column("is_demo", sa.Boolean(), nullable=False),
        sa.Column(
            "outline",
            Geometry(geometry_type="MULTIPOLYGON", srid=4490, dimension=2, spatial_index=False),
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_districts")),
    )
    op.create_table(
        "failed_logins",
        sa.Column("username", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("last_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("username", "address", name=op.f("pk_failed_logins")),
    )
    op.create_table(
        "ledger_log",
        sa.Column("seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("verb", sa.Text(), nullable=False),
        sa.Column("subject_kind", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Text(), nullable=False),
        sa.Column("before", sa.Text(), nullable=True),
        sa.Column("after", sa.Text(), nullable=True),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_ledger_log")),
    )
    op.create_index(
        "ix_ledger_log_subject_id_seq", "ledger_log", ["subject_id", "seq"], unique=False
    )
    op.create_table(
        "users",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("username", sa.Text(), nullable=False),
        sa.Column("display_name", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=False),
        sa.Column("created_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_users")),
        sa.UniqueConstraint("username", name=op.f("uq_users_username")),
    )
    op.create_table(
        "reference_layers",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("district_code", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("title_zh", sa.Text(), nullable=False),
        sa.Column("title_en", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("licence", sa.Text(), nullable=False),
        sa.Column("dated_on", sa.Date(), nullable=True),
        sa.Column("accuracy_m", sa.Double(), nullable=True),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["district_code"], ["districts.code"], name=op.f("fk_reference_layers_district_code")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reference_layers")),
    )
    op.create_geospatial_table(
        "scenes",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("district_code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("sensor", sa.Text(), nullable=False),
        sa.Column("acquired_on", sa.Date(), nullable=True),
        sa.Column("crs", sa.Text(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("pixel_m", sa.Double(), nullable=False),
        sa.Column("bands", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("radiometry", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("notice", sa.Text(), nullable=False),
        sa.Column(
            "footprint",
            Geometry(geometry_type="POLYGON", srid=4490, dimension=2, spatial_index=False),
            nullable=False,
        ),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("display_path", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["district_code"], ["districts.code"], name=op.f("fk_scenes_district_code")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scenes")),
        sa.UniqueConstraint("district_code", "name", name=op.f("uq_scenes_district_code_name")),
    )
    op.create_index(op.f("ix_scenes_district_code"), "scenes", ["district_code"], unique=False)
    op.create_geospatial_index(
        "ix_scenes_footprint",
        "scenes",
        ["footprint"],
        unique=False,
        postgresql_using="gist",
        postgresql_ops={},
    )
    op.create_table(
        "sessions",
        sa.Column("token_sha256", sa.Text(), nullable=False),
        sa.Column("user_id", sa.UUID(), nullable=False),
        sa.Column("created_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("seen_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_sessions_user_id")),
        sa.PrimaryKeyConstraint("token_sha256", name=op.f("pk_sessions")),
    )
    op.create_index(op.f("ix_sessions_user_id"), "sessions", ["user_id"], unique=False)
    op.create_table(
        "site_codes",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("district_code", sa.Text(), nullable=False),
        sa.Column("serial", sa.Integer(), nullable=False),
        sa.Column("registered_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["district_code"], ["districts.code"], name=op.f("fk_site_codes_district_code")
        ),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_site_codes")),
        sa.UniqueConstraint(
            "district_code", "serial", name=op.f("uq_site_codes_district_code_serial")
        ),
    )
    op.create_geospatial_table(
        "candidates",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("district_code", sa.Text(), nullable=False),
        sa.Column("class_name", sa.Text(), nullable=False),
        sa.Column("confidence", sa.Double(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("area_m2", sa.Double(), nullable=False),
        sa.Column("area_geodesic_m2", sa.Double(), nullable=False),
        sa.Column("perimeter_m", sa.Double(), nullable=False),
        sa.Column("first_seen_on", sa.Date(), nullable=True),
        sa.Column("last_seen_on", sa.Date(), nullable=True),
        sa.Column("sightings", sa.Integer(), nullable=False),
        sa.Column("site_code", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column(
            "outline",
            Geometry(geometry_type="MULTIPOLYGON", srid=4490, dimension=2, spatial_index=False),
            nullable=False,
        ),
        sa.CheckConstraint(
            "confidence between 0 and 1", name=op.f("ck_candidates_confidence_is_a_share")
        ),
        sa.CheckConstraint("st_isvalid(outline)", name=op.f("ck_candidates_outline_is_valid")),
        sa.ForeignKeyConstraint(
            ["district_code"], ["districts.code"], name=op.f("fk_candidates_district_code")
        ),
        sa.ForeignKeyConstraint(
            ["site_code"], ["site_codes.code"], name=op.f("fk_candidates_site_code")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_candidates")),
    )
    op.create_index(
        "ix_candidates_district_code_confidence_id",
        "candidates",
        ["district_code", sa.literal_column("confidence desc"), "id"],
        unique=False,
    )
    op.create_geospatial_index(
        "ix_candidates_outline",
        "candidates",
        ["outline"],
        unique=False,
        postgresql_using="gist",
        postgresql_ops={},
    )
    op.create_table(
        "detection_runs",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("scene_id", sa.UUID(), nullable=False),
        sa.Column("model_name", sa.Text(), nullable=False),
        sa.Column("model_sha256", sa.Text(), nullable=False),
        sa.Column("parameters", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("record", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("candidates_found", sa.Integer(), nullable=False),
        sa.Column("filed_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("filed_by", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["scene_id"], ["scenes.id"], name=op.f("fk_detection_runs_scene_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_detection_runs")),
    )
    op.create_index(
        op.f("ix_detection_runs_scene_id"), "detection_runs", ["scene_id"], unique=False
    )
    op.create_table(
        "projects",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("recorded_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("site_code", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("lead_unit", sa.Text(), nullable=False),
        sa.Column("supporting_units", sa.Text(), nullable=False),
        sa.Column("leader_role", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("budget_yuan", sa.Double(), nullable=True),
        sa.Column("paid_yuan", sa.Double(), nullable=True),
        sa.Column("progress_percent", sa.Integer(), nullable=False),
        sa.Column("task_no", sa.Integer(), nullable=True),
        sa.Column("is_demo", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "progress_percent between 0 and 100", name=op.f("ck_projects_progress_is_a_percentage")
        ),
        sa.ForeignKeyConstraint(
            ["site_code"], ["site_codes.code"], name=op.f("fk_projects_site_code")
        ),
        sa.PrimaryKeyConstraint("id", "version", name=op.f("pk_projects")),
    )
    op.create_index(op.f("ix_projects_site_code"), "projects", ["site_code"], unique=False)
    op.create_geospatial_table(
        "reference_features",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("layer_id", sa.UUID(), nullable=False),
        sa.Column("name_zh", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.Column(
            "geometry", Geometry(srid=4490, dimension=2, spatial_index=False), nullable=False
        ),
        sa.ForeignKeyConstraint(
            ["layer_id"], ["reference_layers.id"], name=op.f("fk_reference_features_layer_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reference_features")),
    )
    op.create_geospatial_index(
        "ix_reference_features_geometry",
        "reference_features",
        ["geometry"],
        unique=False,
        postgresql_using="gist",
        postgresql_ops={},
    )
    op.create_index(
        op.f("ix_reference_features_layer_id"), "reference_features", ["layer_id"], unique=False
    )
    op.create_table(
        "samples",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("recorded_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("site_code", sa.Text(), nullable=False),
        sa.Column("taken_on", sa.Date(), nullable=False),
        sa.Column("nature", sa.Text(), nullable=False),
        sa.Column("leach_method", sa.Text(), nullable=True),
        sa.Column("leach_multiple", sa.Double(), nullable=True),
        sa.Column("laboratory", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("is_demo", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["site_code"], ["site_codes.code"], name=op.f("fk_samples_site_code")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_samples")),
    )
    op.create_index(op.f("ix_samples_site_code"), "samples", ["site_code"], unique=False)
    op.create_table(
        "surroundings",
        sa.Column("site_code", sa.Text(), nullable=False),
        sa.Column("measured_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("reach", sa.Text(), nullable=True),
        sa.Column("chainage_m", sa.Double(), nullable=True),
        sa.Column("bank", sa.Text(), nullable=True),
        sa.Column("main_stem_distance_m", sa.Double(), nullable=True),
        sa.Column("tributary_distance_m", sa.Double(), nullable=True),
        sa.Column("in_river_zone", sa.Boolean(), nullable=True),
        sa.Column("source_zone", sa.Text(), nullable=True),
        sa.Column("dwelling_distance_m", sa.Double(), nullable=True),
        sa.Column("protected_land", sa.Text(), nullable=True),
        sa.Column("in_priority_area", sa.Boolean(), nullable=True),
        sa.Column("layers", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.CheckConstraint("bank in ('LEFT', 'RIGHT')", name=op.f("ck_surroundings_bank_word")),
        sa.ForeignKeyConstraint(
            ["site_code"], ["site_codes.code"], name=op.f("fk_surroundings_site_code")
        ),
        sa.PrimaryKeyConstraint("site_code", "measured_at", name=op.f("pk_surroundings")),
    )
    op.create_table(
        "field_checks",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("candidate_id", sa.UUID(), nullable=False),
        sa.Column("seen_version", sa.Integer(), nullable=False),
        sa.Column("verdict", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=True),
        sa.Column("waste_class", sa.Text(), nullable=True),
        sa.Column("look_alike", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("checked_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("received_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("checked_by", sa.Text(), nullable=False),
        sa.Column("has_conflict", sa.Boolean(), nullable=False),
        sa.Column("body_sha256", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["candidate_id"], ["candidates.id"], name=op.f("fk_field_checks_candidate_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_field_checks")),
    )
    op.create_index(
        op.f("ix_field_checks_candidate_id"), "field_checks", ["candidate_id"], unique=False
    )
    op.create_geospatial_table(
        "sightings",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("candidate_id", sa.UUID(), nullable=False),
        sa.Column("run_id", sa.UUID(), nullable=False),
        sa.Column("scene_id", sa.UUID(), nullable=False),
        sa.Column("acquired_on", sa.Date(), nullable=True),
        sa.Column("class_name", sa.Text(), nullable=False),
        sa.Column("confidence", sa.Double(), nullable=False),
        sa.Column("area_m2", sa.Double(), nullable=False),
        sa.Column(
            "outline",
            Geometry(geometry_type="MULTIPOLYGON", srid=4490, dimension=2, spatial_index=False),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["candidate_id"], ["candidates.id"], name=op.f("fk_sightings_candidate_id")
        ),
        sa.ForeignKeyConstraint(
            ["run_id"], ["detection_runs.id"], name=op.f("fk_sightings_run_id")
        ),
        sa.ForeignKeyConstraint(["scene_id"], ["scenes.id"], name=op.f("fk_sightings_scene_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sightings")),
    )
    op.create_index(op.f("ix_sightings_candidate_id"), "sightings", ["candidate_id"], unique=False)
    op.create_index(op.f("ix_sightings_run_id"), "sightings", ["run_id"], unique=False)
    op.create_geospatial_table(
        "sites",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("recorded_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("district_code", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("town", sa.Text(), nullable=True),
        sa.Column("village", sa.Text(), nullable=True),
        sa.Column("waste_class", sa.Text(), nullable=False),
        sa.Column("nature", sa.Text(), nullable=False),
        sa.Column("responsibility", sa.Text(), nullable=False),
        sa.Column("responsible_party", sa.Text(), nullable=True),
        sa.Column("area_m2", sa.Double(), nullable=False),
        sa.Column("area_geodesic_m2", sa.Double(), nullable=False),
        sa.Column("height_m", sa.Double(), nullable=True),
        sa.Column("mass_t", sa.Double(), nullable=True),
        sa.Column("mass_basis", sa.Text(), nullable=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("found_on", sa.Date(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("has_dust_control", sa.Boolean(), nullable=True),
        sa.Column("has_runoff_control", sa.Boolean(), nullable=True),
        sa.Column("has_seepage_control", sa.Boolean(), nullable=True),
        sa.Column("retaining", sa.Text(), nullable=True),
        sa.Column("monitoring", sa.Text(), nullable=True),
        sa.Column("history", sa.Text(), nullable=True),
        sa.Column("is_bare", sa.Boolean(), nullable=True),
        sa.Column("is_steep_or_high", sa.Boolean(), nullable=True),
        sa.Column("is_dumping_active", sa.Boolean(), nullable=True),
        sa.Column("ground", sa.Text(), nullable=True),
        sa.Column("radioactivity_bq_g", sa.Double(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("is_demo", sa.Boolean(), nullable=False),
        sa.Column("candidate_id", sa.UUID(), nullable=True),
        sa.Column(
            "outline",
            Geometry(geometry_type="MULTIPOLYGON", srid=4490, dimension=2, spatial_index=False),
            nullable=False,
        ),
        sa.CheckConstraint("ground in ('PERMEABLE', 'GOOD')", name=op.f("ck_sites_ground_word")),
        sa.CheckConstraint(
            "history in ('NONE', 'OPEN', 'INCIDENT')", name=op.f("ck_sites_history_word")
        ),
        sa.CheckConstraint(
            "monitoring in ('NONE', 'PART', 'WHOLE')", name=op.f("ck_sites_monitoring_word")
        ),
        sa.CheckConstraint(
            "retaining in ('NONE', 'PART', 'WHOLE')", name=op.f("ck_sites_retaining_word")
        ),
        sa.CheckConstraint("st_isvalid(outline)", name=op.f("ck_sites_outline_is_valid")),
        sa.ForeignKeyConstraint(
            ["candidate_id"], ["candidates.id"], name=op.f("fk_sites_candidate_id")
        ),
        sa.ForeignKeyConstraint(["code"], ["site_codes.code"], name=op.f("fk_sites_code")),
        sa.ForeignKeyConstraint(
            ["district_code"], ["districts.code"], name=op.f("fk_sites_district_code")
        ),
        sa.PrimaryKeyConstraint("code", "version", name=op.f("pk_sites")),
    )
    op.create_index(
        "ix_sites_district_code_code_version",
        "sites",
        ["district_code", "code", "version"],
        unique=False,
    )
    op.create_geospatial_index(
        "ix_sites_outline",
        "sites",
        ["outline"],
        unique=False,
        postgresql_using="gist",
        postgresql_ops={},
    )
    op.create_table(
        "gradings",
        sa.Column("site_code", sa.Text(), nullable=False),
        sa.Column("graded_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("site_version", sa.Integer(), nullable=False),
        sa.Column("grade", sa.Text(), nullable=False),
        sa.Column("is_provisional", sa.Boolean(), nullable=False),
        sa.Column("confidence", sa.Double(), nullable=False),
        sa.Column("points_h", sa.Double(), nullable=False),
        sa.Column("points_s", sa.Double(), nullable=False),
        sa.Column("points_r", sa.Double(), nullable=False),
        sa.Column("rule_set", sa.Text(), nullable=False),
        sa.Column("rule_sha256", sa.Text(), nullable=False),
        sa.Column("decision", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.ForeignKeyConstraint(
            ["site_code", "site_version"],
            ["sites.code", "sites.version"],
            name=op.f("fk_gradings_site_code_site_version"),
        ),
        sa.ForeignKeyConstraint(
            ["site_code"], ["site_codes.code"], name=op.f("fk_gradings_site_code")
        ),
        sa.PrimaryKeyConstraint("site_code", "graded_at", name=op.f("pk_gradings")),
    )

    op.execute(REFUSE_CHANGE)
