"""Which columns of a layer say a feature's name, level, land class, ownership and importance."""

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from gis.domain.terms import SourceLevel
from gis.imports.layer_errors import LayerColumnMissing, LayerLevelUnread
from gis.imports.sheets import Line, Table

if TYPE_CHECKING:
    from gis.imports.layers import Reading

NAMES = ("name_zh", "名称", "MC", "XZQMC", "ZLDWMC", "河流名称", "NAME", "name")
CLASSES = ("DLMC", "地类名称")
CLASS_CODES = ("DLBM", "地类编码")
OWNERSHIPS = ("QSXZ", "权属性质")
LEVELS = {
    SourceLevel.LEVEL_1: {"1", "一级", "一级保护区", "LEVEL_1", "I", "Ⅰ"},
    SourceLevel.LEVEL_2: {"2", "二级", "二级保护区", "LEVEL_2", "II", "Ⅱ"},
    SourceLevel.QUASI: {"3", "准", "准保护区", "准级", "QUASI"},
}
YES, NO = {"是", "1", "true", "y", "yes", "重要"}, {"否", "0", "false", "n", "no", "一般"}


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns in use; None where the layer has none."""

    name_column: str | None
    level_column: str | None
    class_column: str | None
    code_column: str | None
    ownership_column: str | None
    important_column: str | None

    @classmethod
    def of(cls, table: Table, how: "Reading") -> "Columns":
        """Return the columns that were named, or those that bear a usual name.

        Raises LayerColumnMissing.
        """

        def column(named: str | None, usual: tuple[str, ...] = ()) -> str | None:
            if named is None:
                return next((name for name in usual if name in table.headings), None)
            if named not in table.headings:
                raise LayerColumnMissing(column=named, known="、".join(table.headings) or "—")
            return named

        return cls(
            name_column=column(how.name_column, NAMES),
            level_column=column(how.level_column),
            class_column=column(how.class_column, CLASSES),
            code_column=None if how.class_column else column(None, CLASS_CODES),
            ownership_column=column(how.ownership_column, OWNERSHIPS),
            important_column=column(how.important_column),
        )

    def used(self) -> dict[str, Any]:
        """Return the columns, for the record of how the file was read."""
        return asdict(self)

    def name(self, line: Line) -> str:
        """Return a feature's name; empty where there is none."""
        return _text(line, self.name_column) or ""

    def level(self, line: Line) -> SourceLevel | None:
        """Return a source zone's level; raises LayerLevelUnread."""
        if self.level_column is None:
            return None
        value = _text(line, self.level_column) or ""
        for level, words in LEVELS.items():
            if value.upper() in words:
                return level
        raise LayerLevelUnread(row=line.number, value=value or "—")

    def land_class(self, line: Line) -> str | None:
        """Return a parcel's class, its code before its name."""
        parts = [_text(line, self.code_column), _text(line, self.class_column)]
        return " ".join(part for part in parts if part) or None

    def ownership(self, line: Line) -> str | None:
        """Return who owns a parcel, in the file's own word or code."""
        return _text(line, self.ownership_column)

    def is_important(self, line: Line) -> bool | None:
        """Return whether a tributary is an important one; None where it does not say."""
        word = (_text(line, self.important_column) or "").lower()
        return True if word in YES else False if word in NO else None


def _text(line: Line, column: str | None) -> str | None:
    value = None if column is None else line.cells.get(column)
    if value is None:
        return None
    is_whole = isinstance(value, float) and value.is_integer()
    return str(int(value) if is_whole else value).strip() or None  # type: ignore[arg-type]
