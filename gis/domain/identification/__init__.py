"""鉴别: from results to what a waste is, by the standards' rows; pure functions."""

from gis.domain.identification.evidence import Evidence
from gis.domain.identification.finding import Check, Finding, Lack, Missing, Step

__all__ = ["Check", "Evidence", "Finding", "Lack", "Missing", "Step"]
