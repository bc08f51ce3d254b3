"""What somebody looks for in the ledger's log, and how an entry's old and new form differ."""

import hashlib
import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import shapely

MOST_TEXT = 2_000
"""So many letters of a value are shown; the export has it whole."""
_WKB = re.compile(r"0[01][0-9A-Fa-f]{16,}")
_MICROSECONDS = range(10**14, 10**17)


@dataclass(frozen=True, slots=True)
class LogAsked:
    """A search; what is empty or None asks for nothing. ``until`` is exclusive."""

    who: str = ""
    verbs: tuple[str, ...] = ()
    kind: str = ""
    subject: str = ""
    since: datetime | None = None
    until: datetime | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class LogCheck:
    """A walk along the whole chain: ``broken_at`` is the first entry that does not fit, or None."""

    at: datetime
    by: str
    entries: int
    head_seq: int
    head_hash: str
    broken_at: int | None


@dataclass(frozen=True, slots=True)
class Field:
    """A field of an entry, before and after, as text; None where that side has no such field."""

    name: str
    before: str | None
    after: str | None

    @property
    def is_changed(self) -> bool:
        """Say whether the two sides differ."""
        return self.before != self.after


def fields_of(before: str | None, after: str | None) -> list[Field]:
    """Return every field of an entry side by side, parts of parts by dotted names.

    >>> [(one.name, one.before, one.after) for one in fields_of('{"a":{"b":1}}', '{"a":{"b":2}}')]
    [('a.b', '1', '2')]
    """
    old, new = ({} if text is None else _flat(json.loads(text)) for text in (before, after))
    names = [*old, *(name for name in new if name not in old)]
    return [Field(name, old.get(name), new.get(name)) for name in names]


def _flat(thing: Any, name: str = "") -> dict[str, str]:
    if isinstance(thing, dict) and thing:
        return {
            inner: said
            for key, value in thing.items()
            for inner, said in _flat(value, f"{name}.{key}" if name else str(key)).items()
        }
    if isinstance(thing, list) and any(isinstance(part, dict) for part in thing):
        return {
            inner: said
            for number, value in enumerate(thing, start=1)
            for inner, said in _flat(value, f"{name}[{number}]").items()
        }
    return {name: _said(name, thing)}


def _said(name: str, value: Any) -> str:
    if isinstance(value, str):
        return _shape(value) if _WKB.fullmatch(value) else _cut(value)
    is_moment = name.rsplit(".", 1)[-1].endswith("at") and type(value) is int
    if is_moment and value in _MICROSECONDS:
        return datetime.fromtimestamp(value / 1_000_000, UTC).isoformat()
    if value is None:
        return "—"
    return _cut(json.dumps(value, ensure_ascii=False))


def _shape(text: str) -> str:
    try:
        shape = shapely.from_wkb(text)
    except (shapely.errors.GEOSException, ValueError):
        return _cut(text)  # digits that only look like a geometry: a hash
    centre = shape.centroid
    where = "" if shape.is_empty else f" ({centre.x:.6f}, {centre.y:.6f})"
    return f"{shape.geom_type} {shapely.get_num_coordinates(shape)}{where} {hash_of(text)}"


def hash_of(text: str) -> str:
    """Return a few letters by which two outlines are told apart."""
    return "#" + hashlib.sha256(text.encode()).hexdigest()[:8]


def _cut(text: str) -> str:
    return text if len(text) <= MOST_TEXT else f"{text[:MOST_TEXT]}… ({len(text)})"
