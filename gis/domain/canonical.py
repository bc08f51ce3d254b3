"""The one text form of a noun, and the hash by which the same is known again."""

import hashlib
import json
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from shapely.geometry.base import BaseGeometry


def canonical(thing: Any) -> str:
    """Return the text form: sorted keys, UTC microseconds, geometry as WKB hex, no passwords.

    >>> canonical({"b": 1, "a": None})
    '{"a":null,"b":1}'
    """
    return json.dumps(
        thing, default=_plain, ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )


def sha256_of(*said: Any) -> str:
    """Return the SHA-256 of what was said, whatever serialises it and in whatever time zone.

    >>> sha256_of({"b": 1, "a": "督"}) == sha256_of({"a": "督", "b": 1})
    True
    >>> sha256_of("None") == sha256_of(None)
    False
    """
    return hashlib.sha256(canonical(said).encode("utf-8", "surrogatepass")).hexdigest()


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return round(value.timestamp() * 1_000_000)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, BaseGeometry):
        return value.wkb_hex
    if is_dataclass(value):
        return {f.name: getattr(value, f.name) for f in fields(value) if f.name != "password_hash"}
    raise TypeError(f"no canonical form for {type(value).__name__}")
