"""Which passed field checks are samples."""

import sqlalchemy as sa

from gis.domain.checks.field_check import FieldCheck
from gis.domain.detection.sample import Sample, label_of
from gis.domain.terms import ReviewState, Standing, Verdict
from gis.store import shape, sight
from gis.store.register import CHINA
from gis.store.tables import candidates, field_checks

check = field_checks.c


def samples_in(connection: sa.Connection, district_code: str) -> list[Sample]:
    """Return a district's samples: checks that were passed and not set aside for another.

    A reviewer's corrections count, not what was sent; a place that was not reached is none.
    """
    place = sa.func.coalesce(
        check.site_code, candidates.c.site_code, sa.cast(check.candidate_id, sa.Text)
    )
    query = (
        sa.select(field_checks, place.label("place"), candidates.c.class_name)
        .select_from(field_checks.outerjoin(candidates, candidates.c.id == check.candidate_id))
        .where(check.district_code == district_code, sight.checks_seen(connection))
        .where(check.review.in_([state for state in ReviewState if state.is_passed]))
        .where(check.standing != Standing.SET_ASIDE)
        .order_by(check.found_at, check.id)
    )
    found = []
    for row in connection.execute(query).mappings():
        one = shape.noun_of(FieldCheck, row)
        if one.final_verdict is Verdict.UNREACHABLE:
            continue
        found.append(
            Sample(
                check_id=one.id,
                check_version=one.version,
                place_key=row["place"],
                district_code=one.district_code,
                found_on=one.found_at.astimezone(CHINA).date(),
                verdict=one.final_verdict,
                label=label_of(one.final_verdict, one.said, row["class_name"]),
                outline=one.outline or one.seen_outline,
                is_redrawn=one.outline is not None,
            )
        )
    return found
