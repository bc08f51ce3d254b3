"""What changed between two versions of a site, field by field, in words."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from gis.domain import terms
from gis.domain.sites.facts import FACTS
from gis.domain.sites.site import Site

DERIVED = {
    "nature": ("属性", "Nature"),
    "area_m2": ("面积（m²）", "Area (m²)"),
    "area_geodesic_m2": ("椭球面积（m²）", "Geodesic area (m²)"),
    "outline": ("边界", "Outline"),
}
"""Fields that change with a conclusion or an outline, never by hand."""

PASSED_OVER = {"version", "recorded_at", "code", "district_code", "is_demo", "candidate_id"}
NOTHING, YES, NO = ("未知", "unknown"), ("是", "yes"), ("否", "no")
REDRAWN = ("已重新勾绘", "redrawn")


@dataclass(frozen=True, slots=True)
class Change:
    """One field's old and new value in both languages."""

    name: str
    zh: str
    en: str
    old_zh: str
    old_en: str
    new_zh: str
    new_en: str


def plain(site: Site) -> dict[str, Any]:
    """Return a version's fields by name."""
    return {field.name: getattr(site, field.name) for field in fields(site)}


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Change]:
    """Return the fields that differ, in the order of the page.

    Either side may be a noun's fields or what the log kept of them; a field that one side does not
    know, because it is older than the field, counts as unknown there.
    """
    found = []
    for name in (*FACTS, *DERIVED):
        old, new = before.get(name), after.get(name)
        if old != new and name not in PASSED_OVER:
            found.append(_change(name, old, new))
    return found


def _change(name: str, old: Any, new: Any) -> Change:
    fact = FACTS.get(name)
    zh, en = (fact.zh, fact.en) if fact else DERIVED[name]
    if name == "outline":
        return Change(name, zh, en, "", "", *REDRAWN)
    return Change(name, zh, en, *_words(name, old), *_words(name, new))


def _words(name: str, value: Any) -> tuple[str, str]:
    if value is None or value == "":
        return NOTHING
    if isinstance(value, bool):
        return YES if value else NO
    fact = FACTS.get(name)
    vocabulary = fact.form.words if fact else terms.WasteNature if name == "nature" else None
    if vocabulary is not None:
        word = vocabulary.of(str(value))
        return word.zh, word.en
    said = f"{value:,.10g}" if isinstance(value, float) else str(value)
    return said, said


def sentence(found: list[Change], language: str) -> str:
    """Return changes in one line."""
    if language == "zh":
        return "；".join(f"{c.zh}：{c.old_zh} → {c.new_zh}" for c in found) or "—"
    return "; ".join(f"{c.en}: {c.old_en} → {c.new_en}" for c in found) or "—"
