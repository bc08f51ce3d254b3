"""矿山图斑: a mine's row of the national survey of legacy mines, by its codes."""

from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Self

from gis.domain.pits.restoration_errors import MineCodesClash, NoMine
from gis.domain.pits.survey import PITS
from gis.domain.terms import (
    Direction,
    EcoProblem,
    MineClass,
    MinePart,
    MineSubclass,
    MiningMethod,
    RestorePeriod,
    SiteKind,
    Treated,
)


@dataclass(frozen=True, slots=True)
class MineSent:
    """What the survey says of a mine; ``patch_no`` is its 图斑编号.

    Areas are those of the survey (图斑核定面积, 实地治理面积), not measured here.
    """

    site_code: str
    patch_no: str
    mine_class: MineClass | None
    subclass: MineSubclass | None
    part: MinePart | None
    method: MiningMethod | None
    treated: Treated | None
    problems: list[str]
    direction: Direction | None
    period: RestorePeriod | None
    approved_area_m2: float | None
    treated_area_m2: float | None
    land_class: str | None
    protected_area: str | None
    closed_year: int | None
    obligor: str | None
    surveyed_by: str | None
    surveyed_on: date | None


@dataclass(frozen=True, slots=True)
class MineRecord(MineSent):
    """A version of a mine's row as the register keeps it."""

    version: int
    recorded_at: datetime
    recorded_by: str

    def sent(self) -> MineSent:
        """Return what was sent."""
        return MineSent(**{field.name: getattr(self, field.name) for field in fields(MineSent)})

    @classmethod
    def of(cls, sent: MineSent, version: int, at: datetime, by: str) -> Self:
        """Return a version of what was sent."""
        said = {field.name: getattr(sent, field.name) for field in fields(MineSent)}
        return cls(**said, version=version, recorded_at=at, recorded_by=by)


def require_mine(kind: SiteKind, code: str) -> None:
    """Refuse a site that is no mine, pit or pond; raises NoMine."""
    if kind not in PITS:
        raise NoMine(code_=code, kind_zh=kind.zh, kind_en=kind.en)


def require_codes(sent: MineSent) -> None:
    """Refuse a subclass of another class, or a problem that is none; raises MineCodesClash."""
    if sent.mine_class and sent.subclass and sent.mine_class.value[0] != sent.subclass.value[0]:
        raise MineCodesClash(major=sent.mine_class.value, minor=sent.subclass.value)
    for problem in sent.problems:
        EcoProblem.of(problem)
