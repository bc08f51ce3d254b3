"""What identification looks at: a site's waste, its plan, its results, and what people state."""

from dataclasses import dataclass, field

from gis.domain.sampling.lab_result import LabResult
from gis.domain.terms import IdentificationStep, WasteClass


@dataclass(frozen=True, slots=True)
class Evidence:
    """Everything known of the waste of one plan; ``None`` is unknown, never "no".

    ``increments`` are the plan's codes, ``n_table`` the least number of HJ 298-2019 table 1 for its
    mass, ``reduction`` the id of the row of clause 4.2.4 by which fewer are taken. People state
    whether it is solid waste, whether it is on the national list (with its ``hw_code``), which
    characteristics its origin excludes, and the highest single-nuclide activity (铀、钍系) that a
    survey measured, in Bq/g. ``is_listed`` has to be stated before anything milder than hazardous
    can come out.
    """

    waste_class: WasteClass
    increments: tuple[str, ...]
    n_table: int | None
    reduction: str | None
    results: tuple[LabResult, ...]
    is_solid_waste: bool | None = None
    is_listed: bool | None = None
    hw_code: str | None = None
    excluded: frozenset[IdentificationStep] = field(default_factory=frozenset)
    radioactivity_bq_g: float | None = None

    @property
    def n(self) -> int | None:
        """The number of increments that the verdict counts among; None where it is unknown."""
        if not self.increments or self.n_table is None:
            return None
        return len(self.increments) if self.is_strict else max(len(self.increments), self.n_table)

    @property
    def is_strict(self) -> bool:
        """Whether HJ 298-2019 7.3 holds: a reduced plan, in which one exceeding will do."""
        return (
            self.reduction is not None
            and self.n_table is not None
            and 0 < len(self.increments) < self.n_table
        )
