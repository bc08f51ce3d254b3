"""A saved view of the list: filter, order and columns under a name."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from gis.errors import Conflict, NotAllowed


class ViewIdReused(Conflict):
    """A view with this client id and another content was saved before. Facts: id."""

    code = "view_id_reused"
    zh = "编号 {id} 的视图已保存，但内容不同：原视图保持不变，请另存为新视图。"
    en = "View {id} was saved before with other content: it is kept; save this one as a new view."


class ViewIsAnothers(NotAllowed):
    """Somebody else's view. Facts: name, owner."""

    code = "view_is_anothers"
    zh = "视图“{name}”由 {owner} 保存，只能由其本人删除。"
    en = "The view “{name}” is {owner}'s: only they can remove it."


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
