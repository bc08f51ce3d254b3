"""The list as it stands now, one row a site, and saved views.

Revision ID: 0007
Revises: 0006
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0007"
down_revision = "0006"

ORDERS = {
    "ix_listed_district_code_code": [],
    "ix_listed_by_grade": ["grade_rank"],
    "ix_listed_by_name": ["name"],
    "ix_listed_by_due_on": ["due_on"],
    "ix_listed_by_mass": [sa.text("mass_t desc nulls last")],
    "ix_listed_by_area": [sa.text("area_m2 desc")],
}
FILL = """
insert into listed (
    is_on_list, grade_rank, code, version, measured_at, graded_at, project_id, project_version,
    district_code,
    registered_at, recorded_at, kind, name, town, village, waste_class, nature, responsibility,
    responsible_party, area_m2, height_m, mass_t, mass_basis, source, found_on, state, note,
    is_demo, lon, lat, search, reach, chainage_m, bank, main_stem_distance_m, in_river_zone,
    source_zone, protected_land, in_priority_area, grade, is_provisional, grade_confidence,
    points_h, points_s, points_r, project_title, project_stage, project_leader_role,
    project_lead_unit, project_supporting_units, project_budget_yuan, project_progress_percent,
    due_on, sensitive_area_distance_m, hw_code, tailings_risk, stored_from, stored_to, accepted_on,
    closed_on
)
select
    s.state not in ('MERGED', 'SPLIT'),
    array_position(array['HIGH', 'MEDIUM', 'LOW', 'OUT_OF_SCHEME'], g.grade) - 1,
    s.code, s.version, a.measured_at, g.graded_at, p.id, p.version, s.district_code,
    c.registered_at, s.recorded_at, s.kind, s.name,
    coalesce(a.measured_town, s.town), coalesce(a.measured_village, s.village),
    s.waste_class, s.nature,
    s.responsibility, s.responsible_party, s.area_m2, s.height_m, s.mass_t, s.mass_basis, s.source,
    s.found_on, s.state, s.note, s.is_demo, st_x(st_pointonsurface(s.outline)),
    st_y(st_pointonsurface(s.outline)),
    lower(concat_ws(' ', s.name, s.code, coalesce(s.responsible_party, ''))), a.reach, a.chainage_m,
    a.bank, a.main_stem_distance_m, a.in_river_zone, a.source_zone, a.protected_land,
    a.in_priority_area, g.grade, g.is_provisional, g.confidence, g.points_h, g.points_s, g.points_r,
    p.title, p.stage, p.leader_role, p.lead_unit, p.supporting_units, p.budget_yuan,
    p.progress_percent, p.due_on, a.sensitive_area_distance_m, s.hw_code, s.tailings_risk,
    s.stored_from, s.stored_to, s.accepted_on, s.closed_on
from (select distinct on (code) * from sites order by code, version desc) s
join site_codes c on c.code = s.code
left join (
    select distinct on (site_code) * from surroundings order by site_code, measured_at desc
) a on a.site_code = s.code
left join (
    select distinct on (site_code) * from gradings order by site_code, graded_at desc
) g on g.site_code = s.code
left join (
    select distinct on (site_code) *
    from (select distinct on (id) * from projects order by id, version desc) newest
    order by site_code, stage = 'CLOSED' or progress_percent >= 100, due_on nulls last, id
) p on p.site_code = s.code
"""


def _columns(kind: sa.types.TypeEngine, *names: str) -> list[sa.Column]:
    """Columns of one kind; a name that ends in ``?`` may be null."""
    return [sa.Column(name.rstrip("?"), kind, nullable=name.endswith("?")) for name in names]


def upgrade() -> None:
    text, number, moment = sa.Text(), sa.Double(), sa.TIMESTAMP(timezone=True)
    op.create_table(
        "listed",
        *_columns(sa.Boolean(), "is_on_list", "is_demo"),
        *_columns(sa.Integer(), "version"),
        *_columns(number, "area_m2", "lon", "lat"),
        *_columns(moment, "registered_at", "recorded_at"),
        *_columns(text, "code", "district_code", "search", "kind", "state", "waste_class"),
        *_columns(text, "nature", "responsibility"),
        *_columns(moment, "measured_at?", "graded_at?"),
        *_columns(sa.UUID(), "project_id?"),
        *_columns(sa.Integer(), "project_version?"),
        *_columns(text, "grade?"),
        *_columns(sa.Integer(), "grade_rank?"),
        *_columns(sa.Boolean(), "is_provisional?"),
        *_columns(number, "grade_confidence?", "points_h?", "points_s?", "points_r?"),
        *_columns(number, "sensitive_area_distance_m?"),
        *_columns(number, "mass_t?", "height_m?"),
        *_columns(sa.Date(), "found_on?", "due_on?"),
        *_columns(text, "project_stage?"),
        *_columns(sa.Integer(), "project_progress_percent?"),
        *_columns(text, "town?", "reach?", "bank?"),
        *_columns(sa.Boolean(), "in_priority_area?"),
        *_columns(number, "chainage_m?", "main_stem_distance_m?"),
        *_columns(sa.Boolean(), "in_river_zone?"),
        *_columns(text, "source_zone?", "protected_land?", "village?", "name"),
        *_columns(text, "responsible_party?", "source", "mass_basis?", "note"),
        *_columns(text, "project_title?", "project_leader_role?", "project_lead_unit?"),
        *_columns(text, "project_supporting_units?"),
        *_columns(number, "project_budget_yuan?"),
        *_columns(text, "hw_code?", "tailings_risk?"),
        *_columns(sa.Integer(), "stored_from?", "stored_to?"),
        *_columns(sa.Date(), "accepted_on?", "closed_on?"),
        sa.ForeignKeyConstraint(["code"], ["site_codes.code"], name=op.f("fk_listed_code")),
        sa.ForeignKeyConstraint(
            ["district_code"], ["districts.code"], name=op.f("fk_listed_district_code")
        ),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_listed")),
    )
    for name, keys in ORDERS.items():
        columns = ["district_code", *keys, "code"]
        op.create_index(name, "listed", columns, postgresql_where=sa.text("is_on_list"))
    op.execute(FILL)
    op.create_table(
        "views",
        *_columns(sa.UUID(), "id"),
        *_columns(text, "district_code", "owner", "name"),
        *_columns(sa.Boolean(), "is_shared"),
        *_columns(postgresql.JSONB(), "query", "columns"),
        *_columns(sa.TIMESTAMP(timezone=True), "saved_at"),
        sa.ForeignKeyConstraint(
            ["district_code"], ["districts.code"], name=op.f("fk_views_district_code")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_views")),
        sa.UniqueConstraint(
            "district_code", "owner", "name", name=op.f("uq_views_district_code_owner_name")
        ),
    )
    op.create_index(op.f("ix_views_district_code"), "views", ["district_code"])
