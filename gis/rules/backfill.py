"""Reads the rules of backfill from their data file."""

import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from gis.domain.backfill.pairs import Ask, BackfillRule
from gis.domain.backfill.parts import PileFacts, PitFacts
from gis.domain.terms import BackfillMaterial, BackfillPaper, SiteKind, WasteClass
from gis.errors import BadInput

BACKFILL_FILE = Path(__file__).with_name("backfill.toml")


class DensityUnfit(BadInput):
    """A density that nothing can have. Facts: material_zh, material_en, value."""

    code = "density_unfit"
    zh = "“{material_zh}”的密度不能是 {value} t/m³：请在规则数据中填写大于 0 的实测值。"
    en = "“{material_en}” cannot weigh {value} t/m³: put a measured value above 0 in the rules."


@dataclass(frozen=True, slots=True)
class Density:
    """How heavy a material is, in t/m³: in its pile, loose on a truck, compacted in a pit."""

    id: str
    material: BackfillMaterial
    in_place_t_m3: float
    loose_t_m3: float
    compacted_t_m3: float

    @property
    def swell(self) -> float:
        """Loose volume over the volume in the pile."""
        return self.in_place_t_m3 / self.loose_t_m3

    @property
    def compaction(self) -> float:
        """Volume in the pit over the loose volume."""
        return self.loose_t_m3 / self.compacted_t_m3


@dataclass(frozen=True, slots=True)
class BackfillRules:
    """The file as read; ``numbers`` by what they are."""

    id: str
    version: str
    rules: tuple[BackfillRule, ...]
    densities: Mapping[BackfillMaterial, Density]
    numbers: Mapping[str, float]
    of_class: Mapping[WasteClass, BackfillMaterial]
    waste_kinds: tuple[SiteKind, ...]
    pit_kinds: tuple[SiteKind, ...]
    sha256: str

    def rule(self, rule_id: str) -> BackfillRule:
        """Return one row."""
        return next(one for one in self.rules if one.id == rule_id)

    def material_of(
        self, waste_class: WasteClass, stated: BackfillMaterial | None
    ) -> BackfillMaterial | None:
        """Return what a waste is as a filling: its class says so, or somebody stated it."""
        return self.of_class.get(waste_class) or stated


def parse(text: str) -> BackfillRules:
    """Return the rules written in ``text``. Raises DensityUnfit."""
    data = tomllib.loads(text)
    densities = [_density(row) for row in data["density"]]
    return BackfillRules(
        id=data["id"],
        version=data["version"],
        rules=tuple(_rule(row) for row in data["rule"]),
        densities={one.material: one for one in densities},
        numbers={row["what"]: float(row["value"]) for row in data["number"]},
        of_class={
            WasteClass.of(name): BackfillMaterial.of(row["material"])
            for row in data["density"]
            for name in row["waste_classes"]
        },
        waste_kinds=tuple(SiteKind.of(kind) for kind in data["kinds"]["waste"]),
        pit_kinds=tuple(SiteKind.of(kind) for kind in data["kinds"]["pits"]),
        sha256=hashlib.sha256(text.encode()).hexdigest(),
    )


def _density(row: dict[str, Any]) -> Density:
    material = BackfillMaterial.of(row["material"])
    names = ("in_place_t_m3", "loose_t_m3", "compacted_t_m3")
    values = {name: float(row[name]) for name in names}
    for value in values.values():
        if not 0 < value < 10:
            raise DensityUnfit(material_zh=material.zh, material_en=material.en, value=value)
    return Density(id=row["id"], material=material, **values)


def _rule(row: dict[str, Any]) -> BackfillRule:
    asks = tuple(_ask(one) for one in row["asks"])
    papers = tuple(BackfillPaper.of(one) for one in row.get("papers", ()))
    return BackfillRule(**row | {"asks": asks, "papers": papers})


def _ask(row: dict[str, Any]) -> Ask:
    if row["of"] != "pair":
        kind = PileFacts if row["of"] == "waste" else PitFacts
        assert row["fact"] in kind.__dataclass_fields__, row["fact"]
    among = tuple(row["among"]) if "among" in row else None
    return Ask(**row | {"among": among})


@cache
def current() -> BackfillRules:
    """Return the rules in force."""
    return parse(BACKFILL_FILE.read_text(encoding="utf-8"))
