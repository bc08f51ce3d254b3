"""From a list's address to the filter that it asks for."""

from datetime import UTC, date, datetime
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from gis.domain.errors import DateInFuture
from gis.domain.inventory import BY_SHORT
from gis.domain.listing import Box, Gap, Span, Wanted
from gis.domain.terms import (
    Change,
    DeadlineState,
    Grade,
    ProjectStage,
    Responsibility,
    SiteKind,
    SiteState,
    WasteClass,
    WasteNature,
)
from gis.errors import BadInput
from gis.store.listing import Scope
from gis.store.register import CHINA, end_of

WORD = r"^[^\x00]*$"
Words = Annotated[list[Annotated[str, Field(max_length=100, pattern=WORD)]], Field(max_length=50)]
Number = Annotated[float, Field(allow_inf_nan=False)]
SPANS = ("area_m2", "mass_t", "points_h", "points_s", "points_r", "found_on", "due_on")
OWN = {"district", "as_of"}


class BoxUnreadable(BadInput):
    """A box that is not west, south, east, north in degrees. Facts: box."""

    code = "box_unreadable"
    zh = "范围“{box}”无法识别：请按 西,南,东,北 填写经纬度（度），用逗号分隔。"
    en = "Cannot read the box “{box}”: give west,south,east,north in degrees."


class DayWish(BaseModel):
    """A place and its day, as every address of a list says them; unknown names are refused."""

    model_config = ConfigDict(extra="forbid")

    district: Annotated[str, Field(max_length=20)]
    as_of: date | None = None

    def scope(self) -> Scope:
        """Return whose sites as of when; the newest rows where no day or today is asked for.

        Raises DateInFuture.
        """
        now = datetime.now(UTC)
        today = now.astimezone(CHINA).date()
        if self.as_of is None or self.as_of == today:
            return Scope(self.district, now, is_now=True)
        if self.as_of > today:
            raise DateInFuture(day=self.as_of)
        return Scope(self.district, end_of(self.as_of))


class Wish(DayWish):
    """A list's address: its place, its day, and its filter; unknown names are refused."""

    grade: list[Grade] = []
    kind: list[SiteKind] = []
    waste_class: list[WasteClass] = []
    nature: list[WasteNature] = []
    responsibility: list[Responsibility] = []
    state: list[SiteState] = []
    project_stage: list[ProjectStage] = []
    deadline: list[DeadlineState] = []
    river: Words = []
    reach: Words = []
    bank: Words = []
    town: Words = []
    tag: Words = []
    changed: list[Change] = []
    since: date | None = None
    is_provisional: bool | None = None
    in_priority_area: bool | None = None
    has_conclusion: bool | None = None
    is_demo: bool | None = None
    area_m2_min: Number | None = None
    area_m2_max: Number | None = None
    mass_t_min: Number | None = None
    mass_t_max: Number | None = None
    points_h_min: Number | None = None
    points_h_max: Number | None = None
    points_s_min: Number | None = None
    points_s_max: Number | None = None
    points_r_min: Number | None = None
    points_r_max: Number | None = None
    found_on_min: date | None = None
    found_on_max: date | None = None
    due_on_min: date | None = None
    due_on_max: date | None = None
    unknown: list[Gap] = []
    known: list[Gap] = []
    box: Annotated[str, Field(max_length=120)] | None = None
    text: Annotated[str, Field(max_length=100, pattern=WORD)] = ""

    def wanted(self) -> Wanted:
        """Return the filter; raises BoxUnreadable."""
        asked: dict[str, Any] = {}
        for name in Wanted.__dataclass_fields__:
            if name in SPANS:
                ends = (getattr(self, f"{name}_{end}") for end in ("min", "max"))
                asked[name] = Span(*ends)
            elif name == "box":
                asked[name] = None if self.box is None else _box(self.box)
            else:
                value = getattr(self, name)
                asked[name] = tuple(value) if isinstance(value, list) else value
        return Wanted(**asked)


def _box(text: str) -> Box:
    try:
        west, south, east, north = (float(part) for part in text.split(","))
    except ValueError as error:
        raise BoxUnreadable(box=text) from error
    if not (-180 <= west <= east <= 180 and -90 <= south <= north <= 90):
        raise BoxUnreadable(box=text)
    return Box(west, south, east, north)


class PageWish(Wish):
    """A page of a list: its order and columns, how many rows, and after which mark.

    ``sort`` is a column's short name, with a minus before it for falling order; ``columns`` are
    short names, whose cells are added to each row in the words of ``language``.
    """

    sort: Annotated[str, Field(max_length=20)] = "FXDJ"
    columns: Annotated[list[Annotated[str, Field(max_length=10)]], Field(max_length=100)] = []
    language: Annotated[str, Field(pattern="^(zh-CN|en)$")] = "zh-CN"
    limit: Annotated[int, Field(ge=1, le=1000)] = 100
    after: Annotated[str, Field(max_length=2000)] | None = None

    def order(self) -> tuple[str, bool]:
        """Return the register's column that orders the list, and whether it falls."""
        name = self.sort.removeprefix("-")
        column = BY_SHORT.get(name)
        return (column and column.look.by) or name, self.sort.startswith("-")
