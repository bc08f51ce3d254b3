"""What images showed of listed sites."""

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB, UUID

from gis.domain import terms
from gis.store.tables.base import TermText, column, gist, metadata, shape, timestamp

observations = sa.Table(
    "observations",
    metadata,
    column("id", UUID, primary_key=True),
    column("site_code", sa.Text, sa.ForeignKey("site_codes.code")),
    column("site_version", sa.Integer),
    column("scene_id", UUID, sa.ForeignKey("scenes.id"), index=True),
    column("observed_on", sa.Date),
    timestamp("observed_at"),
    column("rules_sha256", sa.Text),
    column("valid_share", sa.Double),
    column("snow_share", sa.Double),
    column("cloud_share", sa.Double),
    column("shadow_share", sa.Double),
    *(column(name, sa.Double, null=True) for name in ("bare_m2", "bare_low_m2", "bare_high_m2")),
    *(column(name, sa.Double, null=True) for name in ("fvc", "fvc_low", "fvc_high")),
    column("fvc_reference", sa.Double, null=True),
    *(
        column(name, sa.Double, null=True)
        for name in ("fvc_ratio", "fvc_ratio_low", "fvc_ratio_high")
    ),
    column("footprint_m2", sa.Double, null=True),
    column("footprint_low_m2", sa.Double, null=True),
    column("footprint_high_m2", sa.Double, null=True),
    column("state", TermText(terms.FootprintState)),
    column("compared_with", UUID, sa.ForeignKey("observations.id"), null=True),
    column("change_m2", sa.Double, null=True),
    column("change_sigma_m2", sa.Double, null=True),
    column("shift_east_m", sa.Double, null=True),
    column("shift_north_m", sa.Double, null=True),
    column("reference_how", TermText(terms.ReferenceHow), null=True),
    column("reasons", JSONB),
    column("measures", JSONB),
    column("reference", shape("MULTIPOLYGON"), null=True),
    column("footprint", shape("MULTIPOLYGON"), null=True),
    sa.Index("ix_observations_site_code_observed_on", "site_code", "observed_on"),
    sa.CheckConstraint("valid_share between 0 and 1", name="valid_share_is_a_share"),
    gist("observations", "footprint"),
)
