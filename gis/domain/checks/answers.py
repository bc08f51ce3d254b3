"""What a field team answers of a place, in the form the register keeps it."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

from gis.domain.terms import (
    HeapShape,
    HeightBasis,
    LookAlike,
    SiteKind,
    Term,
    Unreachable,
    WasteClass,
)

WORDS: Mapping[str, type[Term]] = {
    "kind": SiteKind,
    "waste_class": WasteClass,
    "look_alike": LookAlike,
    "unreachable_why": Unreachable,
    "height_basis": HeightBasis,
    "heap_shape": HeapShape,
}
"""Which answers are controlled words, and whose."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """The answers of one check; ``None`` is "not said", never "no".

    ``area_m2``, ``volume_m3`` and ``mass_t`` are what the phone worked out, ``mass_formula`` how.
    """

    kind: SiteKind | None = None
    waste_class: WasteClass | None = None
    look_alike: LookAlike | None = None
    unreachable_why: Unreachable | None = None
    has_dust_control: bool | None = None
    has_runoff_control: bool | None = None
    has_seepage_control: bool | None = None
    responsible_party: str = ""
    height_m: float | None = None
    height_basis: HeightBasis | None = None
    heap_shape: HeapShape | None = None
    has_odour: bool | None = None
    has_dust: bool | None = None
    has_leachate: bool | None = None
    is_dumping_active: bool | None = None
    dwelling_distance_m: float | None = None
    area_m2: float | None = None
    volume_m3: float | None = None
    mass_t: float | None = None
    mass_formula: str = ""
    note: str = ""

    def plain(self) -> dict[str, Any]:
        """Return the answers as JSON keeps them."""
        said = asdict(self)
        return {name: str(v) if isinstance(v, Term) else v for name, v in said.items()}


ANSWERS = tuple(field.name for field in fields(Answers))


NUMBERS = {"height_m", "dwelling_distance_m", "area_m2", "volume_m3", "mass_t"}
TEXTS = {"responsible_party": 200, "mass_formula": 4000, "note": 4000}
"""How long each text may be."""
FLAGS = {*ANSWERS} - {*WORDS} - NUMBERS - {*TEXTS}
MOST_NUMBER = 1e12


def fits(name: str, value: object) -> bool:
    """Say whether an answer can hold a value; only texts cannot be unknown."""
    if name in TEXTS:
        return isinstance(value, str) and _is_storable(value, TEXTS[name])
    if value is None:
        return True
    if name in WORDS:
        return isinstance(value, str) and value in WORDS[name]._value2member_map_
    if name in NUMBERS:
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        return is_number and 0 <= value <= MOST_NUMBER  # type: ignore[operator]
    return name in FLAGS and isinstance(value, bool)


def _is_storable(text: str, longest: int) -> bool:
    """Say whether the register can hold a text: no NUL, no half of a UTF-16 pair."""
    is_whole = not any("\ud800" <= character <= "\udfff" for character in text)
    return len(text) <= longest and "\x00" not in text and is_whole


def answers_of(said: Mapping[str, Any]) -> Answers:
    """Return stored answers as the noun; raises KeyError for a word that is not ours."""
    found = {name: said[name] for name in ANSWERS if name in said}
    for name, words in WORDS.items():
        if found.get(name) is not None:
            found[name] = words.of(found[name])
    return Answers(**found)
