"""Backfill: what is stated of pits and piles, the papers of clause 8.2, the book, the plans kept.

Revision ID: 0017
Revises: 0016
"""

from alembic import op

revision = "0017"
down_revision = "0016"

TABLES = (
    """
CREATE TABLE backfill_facts (
    site_code TEXT NOT NULL,
    recorded_at TIMESTAMP WITH TIME ZONE NOT NULL,
    recorded_by TEXT NOT NULL,
    material TEXT,
    void TEXT,
    mining_area TEXT,
    is_filling_open BOOLEAN,
    evidence TEXT NOT NULL,
    is_demo BOOLEAN NOT NULL,
    CONSTRAINT pk_backfill_facts PRIMARY KEY (site_code, recorded_at),
    CONSTRAINT fk_backfill_facts_site_code FOREIGN KEY(site_code) REFERENCES site_codes (code)
)
    """,
    """
CREATE TABLE backfill_assessments (
    id UUID NOT NULL,
    pit_code TEXT NOT NULL,
    source_code TEXT,
    source_name TEXT,
    material TEXT NOT NULL,
    papers JSONB NOT NULL,
    monitoring_per_year INTEGER,
    document_no TEXT NOT NULL,
    proposed_at TIMESTAMP WITH TIME ZONE NOT NULL,
    proposed_by TEXT NOT NULL,
    approved_at TIMESTAMP WITH TIME ZONE,
    approved_by TEXT,
    refused_at TIMESTAMP WITH TIME ZONE,
    comment TEXT NOT NULL,
    is_demo BOOLEAN NOT NULL,
    CONSTRAINT pk_backfill_assessments PRIMARY KEY (id),
    CONSTRAINT ck_backfill_assessments_not_itself CHECK (pit_code <> source_code),
    CONSTRAINT ck_backfill_assessments_by_another CHECK (approved_by <> proposed_by),
    CONSTRAINT fk_backfill_assessments_pit_code FOREIGN KEY(pit_code)
        REFERENCES site_codes (code),
    CONSTRAINT fk_backfill_assessments_source_code FOREIGN KEY(source_code)
        REFERENCES site_codes (code)
)
    """,
    """
CREATE INDEX ix_backfill_assessments_pit_code ON backfill_assessments (pit_code)
    """,
    """
CREATE INDEX ix_backfill_assessments_source_code ON backfill_assessments (source_code)
    """,
    """
CREATE TABLE backfill_loads (
    id UUID NOT NULL,
    pit_code TEXT NOT NULL,
    source_code TEXT,
    source_name TEXT,
    waste_class TEXT,
    nature TEXT,
    material TEXT,
    radioactivity_bq_g DOUBLE PRECISION,
    mining_area TEXT,
    tonnes DOUBLE PRECISION NOT NULL,
    tipped_on DATE NOT NULL,
    ticket_no TEXT NOT NULL,
    unit TEXT NOT NULL,
    received_by TEXT NOT NULL,
    assessment_id UUID,
    note TEXT NOT NULL,
    recorded_at TIMESTAMP WITH TIME ZONE NOT NULL,
    recorded_by TEXT NOT NULL,
    body_sha256 TEXT NOT NULL,
    standing TEXT NOT NULL,
    rule TEXT NOT NULL,
    corrects UUID,
    reason TEXT NOT NULL,
    is_demo BOOLEAN NOT NULL,
    CONSTRAINT pk_backfill_loads PRIMARY KEY (id),
    CONSTRAINT ck_backfill_loads_not_itself CHECK (pit_code <> source_code),
    CONSTRAINT ck_backfill_loads_counter_entry_is_negative
        CHECK ((tonnes > 0) = (corrects is null)),
    CONSTRAINT ck_backfill_loads_has_a_source
        CHECK (source_code is not null or source_name is not null),
    CONSTRAINT fk_backfill_loads_pit_code FOREIGN KEY(pit_code) REFERENCES site_codes (code),
    CONSTRAINT fk_backfill_loads_source_code FOREIGN KEY(source_code)
        REFERENCES site_codes (code),
    CONSTRAINT fk_backfill_loads_assessment_id FOREIGN KEY(assessment_id)
        REFERENCES backfill_assessments (id),
    CONSTRAINT uq_backfill_loads_corrects UNIQUE (corrects),
    CONSTRAINT fk_backfill_loads_corrects FOREIGN KEY(corrects) REFERENCES backfill_loads (id)
)
    """,
    """
CREATE INDEX ix_backfill_loads_pit_code_tipped_on ON backfill_loads (pit_code, tipped_on)
    """,
    """
CREATE INDEX ix_backfill_loads_source_code ON backfill_loads (source_code)
    """,
    """
CREATE INDEX ix_backfill_loads_ticket_no ON backfill_loads (ticket_no)
    """,
    """
CREATE TABLE backfill_plans (
    id UUID NOT NULL,
    district_code TEXT NOT NULL,
    title TEXT NOT NULL,
    made_at TIMESTAMP WITH TIME ZONE NOT NULL,
    made_by TEXT NOT NULL,
    as_of TIMESTAMP WITH TIME ZONE NOT NULL,
    asked JSONB NOT NULL,
    inputs JSONB NOT NULL,
    inputs_sha256 TEXT NOT NULL,
    rules_sha256 TEXT NOT NULL,
    result JSONB NOT NULL,
    is_demo BOOLEAN NOT NULL,
    CONSTRAINT pk_backfill_plans PRIMARY KEY (id),
    CONSTRAINT fk_backfill_plans_district_code FOREIGN KEY(district_code)
        REFERENCES districts (code)
)
    """,
    """
CREATE INDEX ix_backfill_plans_district_code ON backfill_plans (district_code)
    """,
)


def upgrade() -> None:
    for statement in TABLES:
        op.execute(statement)
