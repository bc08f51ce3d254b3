"""The numbers that sampling goes by: each a row with its standard, clause and certainty."""

from dataclasses import dataclass
from enum import StrEnum


class RuleKind(StrEnum):
    """What a row of the sampling rules answers."""

    LEAST_NUMBER = "least_number"
    STACKED_MASS = "stacked_mass"
    REDUCTION = "reduction"
    INCREMENT_MASS = "increment_mass"
    CELLS = "cells"
    LAYERED_ABOVE = "layered_above"
    LAYERS_LEAST = "layers_least"
    LAYER_THICKNESS = "layer_thickness"
    LAYERS_MOST = "layers_most"
    DENSITY = "density"
    COST_TAKING = "cost_taking"
    COST_LABORATORY = "cost_laboratory"
    COST_SITE = "cost_site"
    PER_DAY = "per_day"


@dataclass(frozen=True, slots=True)
class SamplingRule:
    """One row. ``value`` holds where a quantity is ``up_to`` (None: however great)."""

    id: str
    kind: RuleKind
    standard: str
    clause: str
    value: float
    unit: str
    zh: str
    en: str
    certainty: str
    source: str
    up_to: float | None = None
    unit_en: str | None = None


@dataclass(frozen=True, slots=True)
class SamplingRules:
    """All rows, in the order of their file, and the file's SHA-256."""

    rows: tuple[SamplingRule, ...]
    sha256: str

    def of(self, kind: RuleKind) -> tuple[SamplingRule, ...]:
        """Return the rows that answer one question."""
        return tuple(row for row in self.rows if row.kind is kind)

    def one(self, kind: RuleKind) -> SamplingRule:
        """Return the only row that answers a question."""
        (row,) = self.of(kind)
        return row

    def band(self, kind: RuleKind, quantity: float) -> SamplingRule:
        """Return the row whose band holds ``quantity``; bands stand from small to great."""
        return next(row for row in self.of(kind) if row.up_to is None or quantity <= row.up_to)

    def least_number(self, mass_t: float) -> SamplingRule:
        """Return the row of HJ 298-2019 table 1 for a mass in tonnes."""
        return self.band(RuleKind.LEAST_NUMBER, mass_t)

    def increment_mass(self, grain_cm: float | None) -> SamplingRule:
        """Return the row of table 2 for the largest grain; for unknown grain the heaviest."""
        if grain_cm is None:
            return self.of(RuleKind.INCREMENT_MASS)[-1]
        return self.band(RuleKind.INCREMENT_MASS, grain_cm)
