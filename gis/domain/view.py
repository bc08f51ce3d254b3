"""A saved view of the list: filter, order and columns under a name."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID


@dataclass(frozen=True, slots=True)
class View:
    """What one person saved, for themselves or for everybody of the place.

    ``query`` is the list's own address, name by name; ``columns`` are short names of the inventory.
    """

    id: UUID
    district_code: str
    owner: str
    name: str
    is_shared: bool
    query: dict[str, Any]
    columns: list[str]
    saved_at: datetime
