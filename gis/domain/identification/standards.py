"""What the standards of identification say, as rows: each with its clause, certainty and source."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from gis.domain.sampling.lab_result import LabResult
from gis.domain.terms import (
    Comparison,
    IdentificationStep,
    LeachMethod,
    Quantity,
    WasteClass,
    WasteNature,
)
from gis.errors import BadInput


class WrongLeachMethod(BadInput):
    """A result of one leaching method held against the limit of another. Facts: see the text."""

    code = "wrong_leach_method"
    zh = (
        "{standard} 的{analyte_zh}限值只适用于 {wanted} 浸出液，该结果的浸出方法是 {given}："
        "方法不同不能换算，请按 {wanted} 重新检测。"
    )
    en = (
        "The limit for {analyte_en} of {standard} holds for {wanted} leachate only, this result "
        "is by {given}: methods cannot be converted, test again by {wanted}."
    )


@dataclass(frozen=True, slots=True)
class Row:
    """What every row says of itself."""

    id: str
    standard: str
    clause: str
    zh: str
    en: str
    certainty: str
    source: str


@dataclass(frozen=True, slots=True)
class Analyte:
    """What a laboratory measures; ``aliases`` are the names that results sheets give it."""

    id: str
    zh: str
    en: str
    cas: str | None
    aliases: tuple[str, ...]
    quantities: tuple[Quantity, ...]


@dataclass(frozen=True, slots=True)
class Limit(Row):
    """A limit of one analyte; ``value`` is in ``unit``, the unit of the quantity.

    A DETECTED limit is exceeded by any finding; its value is the limit of detection that the method
    must reach.
    """

    step: IdentificationStep
    analyte: str
    quantity: Quantity
    leach_method: LeachMethod | None
    comparison: Comparison
    value: float
    unit: str

    def is_over(self, least: float, most: float) -> bool | None:
        """Say whether a value between two bounds is over; None where they do not decide it.

        Bounds that differ are those of a value below detection, which lies below ``most``.
        """
        is_open = least < most
        match self.comparison:
            case Comparison.ABOVE:
                over, under = least > self.value, most <= self.value
            case Comparison.AT_LEAST:
                under = most < self.value or (is_open and most == self.value)
                over = least >= self.value
            case Comparison.BELOW:
                over, under = most < self.value, least >= self.value
            case Comparison.AT_MOST:
                over, under = most <= self.value, least > self.value
            case Comparison.DETECTED:
                over, under = least > 0, most <= (self.value if is_open else 0)
        return True if over else False if under else None


@dataclass(frozen=True, slots=True)
class CountRule(Row):
    """How many increments over a limit establish it, among ``n`` tested or more.

    ``doubt_from`` increments leave it in doubt where the text is not certain.
    """

    step: IdentificationStep | None
    n: int
    value: int
    doubt_from: int | None


@dataclass(frozen=True, slots=True)
class RequiredTest(Row):
    """What has to be known of a waste class before anything is excluded.

    A step without an analyte is one that need not be tested for these classes (``is_expected`` is
    False). ``least`` is the number of increments that will do; None: all of the plan.
    """

    step: IdentificationStep
    classes: frozenset[WasteClass]
    is_expected: bool
    analyte: str | None
    least: int | None


@dataclass(frozen=True, slots=True)
class ClassRow(Row):
    """A class of the catalogue; ``nature`` is what it is where GB 18599 does not divide it."""

    waste_class: WasteClass
    is_divided: bool
    nature: WasteNature


@dataclass(frozen=True, slots=True)
class Standards:
    """All rows, and the SHA-256 of the files they stand in."""

    analytes: Mapping[str, Analyte]
    limits: tuple[Limit, ...]
    counts: tuple[CountRule, ...]
    required: tuple[RequiredTest, ...]
    clauses: Mapping[str, Row]
    classes: Mapping[WasteClass, ClassRow]
    hw_codes: Mapping[str, Row]
    sha256: str
    names: Mapping[str, str]

    def analyte_named(self, text: str) -> Analyte | None:
        """Return the analyte that a results sheet calls by this name, or None."""
        found = self.names.get(plain_name(text))
        return None if found is None else self.analytes[found]

    def limits_of(self, step: IdentificationStep) -> tuple[Limit, ...]:
        """Return the limits that a question is answered by."""
        return tuple(limit for limit in self.limits if limit.step is step)

    def required_of(
        self, step: IdentificationStep, waste_class: WasteClass
    ) -> tuple[RequiredTest, ...]:
        """Return what has to be tested of a waste class to answer a question."""
        rows = (row for row in self.required if row.step is step and row.is_expected)
        return tuple(row for row in rows if waste_class in row.classes)

    def dispensation(
        self, step: IdentificationStep, waste_class: WasteClass
    ) -> RequiredTest | None:
        """Return the row by which a waste class need not be tested for a question, or None."""
        rows = (row for row in self.required if row.step is step and not row.is_expected)
        return next((row for row in rows if waste_class in row.classes), None)

    def count(self, step: IdentificationStep, n: int | None) -> CountRule:
        """Return the row for ``n`` increments: that of the nearest smaller n of the table.

        A step without rows of its own goes by HJ 298-2019 table 3. For an unknown n the last row
        holds: what it establishes, every other row does.
        """
        own = [row for row in self.counts if row.step is step]
        rows = own or [row for row in self.counts if row.step is None]
        fitting = [row for row in rows if n is None or row.n <= n]
        return max(fitting, key=lambda row: row.n) if fitting else min(rows, key=lambda row: row.n)

    def require_fit(self, result: LabResult, limit: Limit) -> None:
        """Refuse to hold a result against the limit of another leaching method.

        Raises WrongLeachMethod.
        """
        if limit.leach_method is result.leach_method:
            return
        analyte = self.analytes[limit.analyte]
        wanted, given = limit.leach_method, result.leach_method
        raise WrongLeachMethod(
            standard=limit.standard,
            analyte_zh=analyte.zh,
            analyte_en=analyte.en,
            wanted=wanted.standard if wanted else "—",
            given=given.standard if given else "—",
        )

    def rows(self) -> tuple[Row, ...]:
        """Return every row of every table, for the catalogue."""
        return (
            *self.clauses.values(),
            *self.limits,
            *self.counts,
            *self.required,
            *self.classes.values(),
            *self.hw_codes.values(),
        )


def plain_name(text: str) -> str:
    """Return an analyte's name without spaces, case, hyphens, quotes and full-width forms.

    >>> plain_name("六价铬（Ｃr6+）"), plain_name("2,4-二氯苯酚")
    ('六价铬(cr6+)', '2,4二氯苯酚')
    """
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(c for c in folded if not c.isspace() and c not in "-–—‐'’·_")
