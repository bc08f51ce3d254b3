"""鉴别: from results to what a waste is, by the standards' rows; pure functions."""

from gis.domain.identification.evidence import Evidence
from gis.domain.identification.finding import Check, Finding, Lack, Missing, Step
from gis.domain.identification.record import as_record
from gis.domain.identification.verdict import identify

__all__ = ["Check", "Evidence", "Finding", "Lack", "Missing", "Step", "as_record", "identify"]
