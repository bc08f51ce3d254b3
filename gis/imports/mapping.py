"""Which column of a file is which field of ours: suggested from the headings, changed by a person.

A mapping is kept as a file (TOML or JSON), so that next year's list needs no second thought.
"""

import json
import tomllib
from collections.abc import Mapping as Pairs
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from gis.domain.terms import Datum, SiteKind
from gis.errors import BadInput
from gis.imports.table import Table
from gis.rules.import_columns import import_columns
from gis.spatial.coordinates import Reading, reading_of


class MappingUnfit(BadInput):
    """A mapping that cannot be read, or names what does not exist. Facts: what."""

    code = "mapping_unfit"
    zh = "字段对应设置有误（{what}）：请改正，或重新选择各列的含义。"
    en = "The mapping is not right ({what}): correct it, or choose the columns' meanings anew."


@dataclass(frozen=True, slots=True)
class Mapping:
    """``columns`` is heading → field, ``units`` heading → unit, ``kind`` the kind of all rows.

    ``reading`` is the code of a reading of coordinates ("LON_LAT:4490"), ``epsg`` the CRS of
    shapes where the file names none.
    """

    columns: Pairs[str, str] = field(default_factory=dict)
    units: Pairs[str, str] = field(default_factory=dict)
    kind: str | None = None
    reading: str | None = None
    datum: str | None = None
    epsg: int | None = None

    def column(self, field_name: str) -> str | None:
        """Return the heading that holds a field, or None."""
        return next((h for h, name in self.columns.items() if name == field_name), None)

    def chosen_datum(self) -> Datum | None:
        """Return the datum that a person named, or None."""
        return None if self.datum is None else Datum.of(self.datum)

    def chosen_reading(self) -> Reading | None:
        """Return the reading that a person named, or None."""
        if self.reading is None:
            return None
        return reading_of(self.reading, self.chosen_datum() or Datum.CGCS2000)

    def as_dict(self) -> dict[str, Any]:
        """Return the mapping as plain data."""
        return {key: value for key, value in asdict(self).items() if value not in (None, {})}


def suggested(table: Table, wanted: Mapping | None = None) -> Mapping:
    """Return a mapping for a table: ``wanted`` where it fits, the headings' own sense elsewhere.

    A field is given to one column only. A wish without columns settles the rest alone.
    """
    base = wanted or Mapping()
    if base.columns:
        kept = {h: name for h, name in base.columns.items() if h in table.headings}
        return replace(base, columns=kept)
    known = import_columns()
    columns: dict[str, str] = {}
    for heading in table.headings:
        found = known.field_of(heading)
        if found is not None and found not in columns.values():
            columns[heading] = found
    if {"lon", "lat"} <= set(columns.values()):
        columns = {h: name for h, name in columns.items() if name not in {"north", "east"}}
    units = {h: unit for h, name in columns.items() if (unit := known.unit_in(name, h)) is not None}
    return replace(base, columns=columns, units=units | dict(base.units))


def require_sound(mapping: Mapping) -> None:
    """Refuse a mapping that names what does not exist. Raises MappingUnfit."""
    known = import_columns()
    for name in mapping.columns.values():
        if name not in known.titles:
            raise MappingUnfit(what=name)
    twice = [n for n in mapping.columns.values() if list(mapping.columns.values()).count(n) > 1]
    if twice:
        raise MappingUnfit(what=f"{known.titles[twice[0]][0]} × 2")
    for heading, unit in mapping.units.items():
        family = known.units.get(known.forms.get(mapping.columns.get(heading, ""), ""), {})
        if heading in mapping.columns and unit not in family:
            raise MappingUnfit(what=f"{heading}: {unit}")
    try:
        mapping.chosen_reading()
        mapping.chosen_datum()
        if mapping.kind is not None:
            SiteKind.of(mapping.kind)
    except (KeyError, ValueError) as error:
        raise MappingUnfit(what=str(error)) from error


def from_dict(data: Any) -> Mapping:
    """Return the mapping in plain data; raises MappingUnfit."""
    if not isinstance(data, dict) or not set(data) <= set(Mapping.__slots__):
        raise MappingUnfit(what="keys")
    for key in ("columns", "units"):
        pairs = data.get(key, {})
        if not isinstance(pairs, dict) or not all(isinstance(v, str) for v in pairs.values()):
            raise MappingUnfit(what=key)
    for key in ("kind", "reading", "datum"):
        if not isinstance(data.get(key), str | None):
            raise MappingUnfit(what=key)
    if not isinstance(data.get("epsg"), int | None):
        raise MappingUnfit(what="epsg")
    mapping = Mapping(**data)
    require_sound(mapping)
    return mapping


def loads(text: str) -> Mapping:
    """Return the mapping in a file's text, TOML or JSON; raises MappingUnfit."""
    try:
        data = json.loads(text) if text.lstrip().startswith("{") else tomllib.loads(text)
    except ValueError as error:
        raise MappingUnfit(what=str(error)[:80]) from error
    return from_dict(data)


def dumps(mapping: Mapping) -> str:
    """Return the mapping as TOML."""
    plain = mapping.as_dict()
    lines = [
        f"{key} = {_toml(value)}" for key, value in plain.items() if not isinstance(value, dict)
    ]
    for key in ("columns", "units"):
        if key in plain:
            lines += ["", f"[{key}]"]
            lines += [f"{_toml(name)} = {_toml(value)}" for name, value in plain[key].items()]
    return "\n".join(lines) + "\n"


def _toml(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
