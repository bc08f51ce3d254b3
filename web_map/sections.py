"""The pages of the office: which there are, who may open them, which of them the bar shows."""

from collections.abc import Mapping
from typing import Literal, NamedTuple, get_args

from gis.domain.people.accounts import MAY
from gis.domain.terms import Right, Role

OfficePage = Literal[
    "board",
    "register",
    "reaches",
    "deadlines",
    "site",
    "scenes",
    "checks",
    "teams",
    "sampling",
    "results",
    "projects",
    "backfill",
    "runs",
    "import",
    "weights",
    "rules",
    "models",
    "people",
    "audit",
    "account",
    "review",
    "compare",
]
OFFICE_PAGES: tuple[OfficePage, ...] = get_args(OfficePage)
PART_OF: Mapping[str, str] = {"site": "register", "review": "runs", "compare": "runs"}
"""The page under which the bar keeps one that is of a thing."""
SECTIONS = tuple(name for name in OFFICE_PAGES if name not in PART_OF)
"""The pages with an address of their own; others belong to a site, or to one or two runs."""

NEEDS: Mapping[str, Right | None] = {
    "map": Right.READ,
    "board": Right.READ,
    "field": Right.CHECK,
    "register": Right.READ,
    "reaches": Right.READ,
    "deadlines": Right.READ,
    "site": Right.READ,
    "review": Right.READ,
    "compare": Right.READ,
    "scenes": Right.READ,
    "checks": Right.EDIT,
    "teams": Right.EDIT,
    "sampling": Right.READ,
    "results": Right.READ,
    "projects": Right.READ,
    "backfill": Right.READ,
    "runs": Right.READ,
    "import": Right.EDIT,
    "weights": Right.READ,
    "rules": Right.READ,
    "models": Right.READ,
    "people": Right.ACCOUNTS,
    "audit": Right.LOG,
    "account": None,
    "help": None,
}
"""The right without which a page would only be an error; None is any account."""


class Group(NamedTuple):
    """Pages of one subject: a small menu of the bar, or a plain link where it holds one page."""

    name: str
    pages: tuple[str, ...]


BAR = (
    Group("map", ("map",)),
    Group("board", ("board",)),
    Group("list", ("register", "reaches", "weights", "rules", "import")),
    Group("detection", ("scenes", "runs", "models")),
    Group("field", ("checks", "teams")),
    Group("identify", ("sampling", "results")),
    Group("works", ("projects", "deadlines", "backfill")),
)
"""The bar from left to right; a page is added to it by its name here and its title in nav.html."""


def may_open(role: Role, page: str) -> bool:
    """Say whether a page has anything for a role."""
    needed = NEEDS[page]
    return needed is None or needed in MAY[role]


def bar_of(role: Role) -> tuple[Group, ...]:
    """Return the groups of the bar with the pages of theirs that a role may open.

    The field team gets the map and its phone; where the log is all there is to see, the log.
    """
    if role is Role.FIELD:
        return tuple(Group(name, (name,)) for name in ("map", "field"))
    if role is Role.AUDITOR:
        return (Group("audit", ("audit",)),)
    open_to = (Group(one.name, tuple(p for p in one.pages if may_open(role, p))) for one in BAR)
    return tuple(group for group in open_to if group.pages)


__all__ = [
    "BAR",
    "NEEDS",
    "OFFICE_PAGES",
    "PART_OF",
    "SECTIONS",
    "Group",
    "OfficePage",
    "bar_of",
    "may_open",
]
