"""Units of laboratory results: what each measures, and how it becomes the one that is stored."""

import unicodedata
from dataclasses import dataclass

from gis.domain.identification.standards import Analyte
from gis.domain.terms import Quantity
from gis.errors import BadInput


class UnitUnfit(BadInput):
    """A unit that no quantity of the analyte has. Facts: unit, analyte_zh, analyte_en, known."""

    code = "unit_unfit"
    zh = "单位“{unit}”不适用于{analyte_zh}，请改用：{known}。"
    en = "The unit “{unit}” does not fit {analyte_en}; use one of {known}."


CANONICAL: dict[Quantity, str] = {
    Quantity.LEACHATE: "mg/L",
    Quantity.PH: "",
    Quantity.LEACHATE_ACTIVITY: "Bq/L",
    Quantity.COLOUR: "倍",
    Quantity.CONTENT: "mg/kg",
    Quantity.ACTIVITY: "Bq/g",
    Quantity.CORROSION: "mm/a",
    Quantity.FLASH_POINT: "°C",
    Quantity.DOSE: "mg/kg",
    Quantity.VAPOUR: "mg/L",
}
"""The unit in which a quantity is stored and its limits are written."""

PER_VOLUME = {
    "g/l": 1e3,
    "mg/l": 1.0,
    "µg/l": 1e-3,
    "ng/l": 1e-6,
    "mg/ml": 1e3,
    "µg/ml": 1.0,
    "ng/ml": 1e-3,
    "mg/m3": 1e-3,
}
PER_MASS = {
    "%": 1e4,
    "g/kg": 1e3,
    "mg/g": 1e3,
    "mg/kg": 1.0,
    "µg/g": 1.0,
    "µg/kg": 1e-3,
    "ng/g": 1e-3,
    "ng/kg": 1e-6,
    "µgteq/kg": 1e-3,
    "ngteq/kg": 1e-6,
}
FACTORS: dict[Quantity, dict[str, float]] = {
    Quantity.LEACHATE: PER_VOLUME,
    Quantity.PH: dict.fromkeys(("", "-", "—", "/", "无量纲", "ph", "ph值", "ph单位"), 1.0),
    Quantity.LEACHATE_ACTIVITY: {"bq/l": 1.0},
    Quantity.COLOUR: {"倍": 1.0},
    Quantity.CONTENT: PER_MASS,
    Quantity.ACTIVITY: {"bq/g": 1.0, "bq/kg": 1e-3, "kbq/kg": 1.0},
    Quantity.CORROSION: {"mm/a": 1.0, "mm/y": 1.0, "mm/年": 1.0},
    Quantity.FLASH_POINT: {"°c": 1.0},
    Quantity.DOSE: PER_MASS,
    Quantity.VAPOUR: PER_VOLUME,
}
"""Plain form of a unit → what a number in it is multiplied by."""


@dataclass(frozen=True, slots=True)
class Measure:
    """What a unit makes of an analyte: the quantity, its stored unit, and the way there."""

    quantity: Quantity
    unit: str
    factor: float

    def stored(self, value: float) -> float:
        """Return a value in the stored unit.

        Fifteen digits are kept, so that 1500 µg/L is 1.5 mg/L and not a hair more.
        """
        return float(f"{value * self.factor:.15g}")


def plain_unit(text: str) -> str:
    """Return a unit without spaces, case and its many ways of writing micro and per.

    >>> plain_unit("μg/Ｌ"), plain_unit("ug·L-1"), plain_unit("mg／L"), plain_unit("Bq/kg ")
    ('µg/l', 'µg/l', 'mg/l', 'bq/kg')
    """
    folded = unicodedata.normalize("NFKC", text).casefold().replace("℃", "°c")
    joined = "".join(c for c in folded if not c.isspace()).strip("()[]")
    for before, after in (
        *(("μ", "µ"), ("ug", "µg"), ("mcg", "µg"), ("−", "-"), ("^", ""), ("升", "l")),
        *(("毫克", "mg"), ("微克", "µg"), ("千克", "kg"), ("公斤", "kg"), ("克", "g")),
        *(("贝可", "bq"), ("dm3", "l"), ("百分比", "%"), ("wt%", "%"), ("％", "%")),
    ):
        joined = joined.replace(before, after)
    if joined.endswith("-1"):
        joined = joined[:-2].replace("·", "/").replace(".", "/").replace("*", "/")
        joined = joined if "/" in joined else _cut(joined)
    return joined


def _cut(text: str) -> str:
    """Return "mgl" (from mg L-1) as "mg/l"."""
    for unit in ("kg", "l", "g", "a"):
        if text.endswith(unit):
            return f"{text[: -len(unit)]}/{unit}"
    return text


def units_of(analyte: Analyte) -> tuple[str, ...]:
    """Return the units that fit an analyte, as people write them, the stored ones first."""
    names = {"l": "L", "bq": "Bq", "°c": "°C", "teq": "TEQ", "ph": "pH"}
    found = [CANONICAL[quantity] or "无量纲" for quantity in analyte.quantities]
    for quantity in analyte.quantities:
        for unit in FACTORS[quantity]:
            for plain, written in names.items():
                unit = unit.replace(plain, written) if quantity is not Quantity.PH else unit
            found.append(unit)
    return tuple(dict.fromkeys(unit for unit in found if unit))


def measure(analyte: Analyte, unit: str) -> Measure:
    """Return what ``unit`` says of ``analyte``; raises UnitUnfit."""
    plain = plain_unit(unit)
    for quantity in analyte.quantities:
        factor = FACTORS[quantity].get(plain)
        if factor is not None:
            return Measure(quantity, CANONICAL[quantity], factor)
    raise UnitUnfit(
        unit=unit,
        analyte_zh=analyte.zh,
        analyte_en=analyte.en,
        known="、".join(units_of(analyte)[:8]),
    )
