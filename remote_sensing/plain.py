"""Figures as JSON can hold them: arrays become lists, what is not a number becomes null."""

from dataclasses import fields, is_dataclass
from datetime import date
from math import isfinite
from pathlib import Path
from typing import Any
from uuid import UUID

import numpy as np


def plain(value: Any) -> Any:
    """Return a value of dataclasses, arrays and mappings as JSON has it."""
    if is_dataclass(value) and not isinstance(value, type):
        return {one.name: plain(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, dict):
        return {str(key): plain(one) for key, one in value.items()}
    if isinstance(value, np.ndarray | np.generic):
        return plain(value.tolist())
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    if isinstance(value, float):
        return value if isfinite(value) else None
    if isinstance(value, date | Path | UUID):
        return str(value)
    return value
