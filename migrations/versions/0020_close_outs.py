"""Close-outs with their approvals, and look-backs at closed sites.

Revision ID: 0020
Revises: 0019
"""

from alembic import op

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    op.execute("""
        create table close_outs (
            id uuid not null,
            site_code text not null,
            works_began_on date,
            works_ended_on date,
            heads jsonb not null,
            photos_before text[] not null,
            photos_after text[] not null,
            accepted_on date,
            acceptance_no text,
            note text not null,
            version integer not null,
            recorded_at timestamptz not null,
            district_code text not null,
            state text not null,
            body_sha256 text not null,
            evidence jsonb not null,
            waiver jsonb,
            proposed_by text not null,
            proposed_at timestamptz not null,
            first_by text,
            first_at timestamptz,
            second_by text,
            second_at timestamptz,
            closed_on date,
            reopened_at timestamptz,
            is_demo boolean not null,
            constraint pk_close_outs primary key (id, version),
            constraint fk_close_outs_site_code foreign key (site_code) references site_codes (code),
            constraint fk_close_outs_district_code
                foreign key (district_code) references districts (code),
            constraint ck_close_outs_two_others_approve check (
                first_by is distinct from proposed_by and second_by is distinct from proposed_by
                and (second_by is null or second_by <> first_by)
            ),
            constraint ck_close_outs_works_begin_before_they_end
                check (works_began_on <= works_ended_on)
        )
    """)
    op.execute("create index ix_close_outs_site_code on close_outs (site_code)")
    op.execute("create index ix_close_outs_district_code on close_outs (district_code)")
    op.execute("""
        create table close_out_steps (
            id uuid not null,
            close_out_id uuid not null,
            number integer not null,
            act text not null,
            at timestamptz not null,
            by text not null,
            role text,
            comment text not null,
            body_sha256 text not null,
            constraint pk_close_out_steps primary key (id),
            constraint uq_close_out_steps_close_out_id_number unique (close_out_id, number)
        )
    """)
    op.execute("""
        create table look_backs (
            id uuid not null,
            site_code text not null,
            close_out_id uuid,
            by text not null,
            scene_id uuid,
            observation_id uuid,
            candidate_id uuid,
            looked_on date not null,
            recorded_at timestamptz not null,
            recorded_by text not null,
            result text not null,
            reasons jsonb not null,
            measures jsonb not null,
            note text not null,
            finding text,
            decided_at timestamptz,
            decided_by text,
            decided_reason text,
            is_demo boolean not null,
            constraint pk_look_backs primary key (id),
            constraint fk_look_backs_site_code foreign key (site_code) references site_codes (code),
            constraint fk_look_backs_scene_id foreign key (scene_id) references scenes (id),
            constraint fk_look_backs_observation_id
                foreign key (observation_id) references observations (id),
            constraint fk_look_backs_candidate_id
                foreign key (candidate_id) references candidates (id),
            constraint ck_look_backs_a_finding_is_found
                check ((result = 'FOUND') = (finding is not null))
        )
    """)
    op.execute(
        "create index ix_look_backs_site_code_looked_on on look_backs (site_code, looked_on)"
    )
