"""The pages of the office: which there are, who may open them, which of them the bar shows."""

from collections.abc import Mapping
from typing import Literal, get_args

from gis.domain.people import MAY
from gis.domain.terms import Right, Role

OfficePage = Literal[
    "register",
    "site",
    "checks",
    "teams",
    "sampling",
    "results",
    "import",
    "weights",
    "rules",
    "people",
    "audit",
    "account",
]
OFFICE_PAGES: tuple[OfficePage, ...] = get_args(OfficePage)
SECTIONS = tuple(name for name in OFFICE_PAGES if name != "site")
"""The pages with an address of their own; a site's page belongs to its site."""

NEEDS: Mapping[str, Right | None] = {
    "map": Right.READ,
    "field": Right.CHECK,
    "register": Right.READ,
    "site": Right.READ,
    "checks": Right.EDIT,
    "teams": Right.EDIT,
    "sampling": Right.READ,
    "results": Right.READ,
    "import": Right.EDIT,
    "weights": Right.READ,
    "rules": Right.READ,
    "people": Right.ACCOUNTS,
    "audit": Right.LOG,
    "account": None,
    "help": None,
}
"""The right without which a page would only be an error; None is any account."""

_BAR = (
    *("map", "register", "checks", "teams", "sampling", "results", "import", "weights", "rules"),
)


def may_open(role: Role, page: str) -> bool:
    """Say whether a page has anything for a role."""
    needed = NEEDS[page]
    return needed is None or needed in MAY[role]


def bar_of(role: Role) -> tuple[str, ...]:
    """Return the pages that the bar offers a role; the field team gets the map and its phone."""
    if role is Role.FIELD:
        return ("map", "field")
    if role is Role.AUDITOR:
        return ("audit",)
    return tuple(name for name in _BAR if may_open(role, name))


__all__ = ["NEEDS", "OFFICE_PAGES", "SECTIONS", "OfficePage", "bar_of", "may_open"]
