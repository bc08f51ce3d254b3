"""Laboratory results and conclusions as the JSON that pages read."""

from typing import Any

from gis.domain.conclusion import Conclusion


def conclusion(one: Conclusion) -> dict[str, Any]:
    """Return a conclusion with its finding and signatures."""
    plain = (
        *("id", "version", "site_code", "plan_code", "state", "basis", "nature", "waste_class"),
        *("concluded_on", "leach_multiple", "radioactivity_bq_g", "laboratory", "report_no"),
        *("reason", "finding", "unchecked", "proposed_by", "signed_by", "signed_at"),
        *("reviewed_by", "reviewed_at", "review_comment", "superseded_by", "recorded_at"),
        "is_demo",
    )
    return {name: getattr(one, name) for name in plain}
