"""Accounts: what each role may do, whose rows an account sees, where it is signed in."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from gis.domain.terms import Right, Role, SessionKind

_OFFICE = (Right.READ, Right.CHECK, Right.EDIT)

MAY: Mapping[Role, frozenset[Right]] = {
    Role.READER: frozenset({Right.READ}),
    Role.FIELD: frozenset({Right.READ, Right.CHECK}),
    Role.ANALYST: frozenset(_OFFICE),
    Role.REVIEWER: frozenset({*_OFFICE, Right.REVIEW, Right.ASSIGN}),
    Role.MANAGER: frozenset({*_OFFICE, Right.ASSIGN}),
    Role.ADMINISTRATOR: frozenset(Right),
    Role.AUDITOR: frozenset({Right.LOG}),
}
"""What each role may do; every route asks for one right, so this table is the whole truth."""


@dataclass(frozen=True, slots=True)
class Sight:
    """Whose rows an account sees: all, or those of its towns and those its units answer for.

    A row is seen when its town is one of ``towns`` or a unit of it one of ``units`` (which support
    ``tasks`` by the district's plan, so that their sites are seen too); both empty is
    the whole district. What is given to a person or a team as work is seen by them in any case;
    ``who`` says whose eyes they are.
    """

    towns: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    tasks: tuple[str, ...] = ()
    who: str = ""

    @property
    def is_everything(self) -> bool:
        """Say whether nothing is hidden."""
        return not self.towns and not self.units


EVERYTHING = Sight()
NOTHING = Sight(towns=("",))
"""What a stranger sees: no town bears the empty name."""


@dataclass(frozen=True, slots=True)
class User:
    """A person's account; ``password_hash`` is argon2id and never leaves the server.

    ``towns`` and ``units`` limit which rows the account sees (see `Sight`). While ``must_change``
    stands, the account may do nothing but set a password of its own. A suspended account keeps its
    name, which stays in the log, and nobody enters with it.
    """

    id: UUID
    username: str
    display_name: str
    role: Role
    password_hash: str
    created_at: datetime
    password_set_at: datetime
    must_change: bool = False
    suspended_at: datetime | None = None
    towns: tuple[str, ...] = ()
    units: tuple[str, ...] = ()

    @property
    def sight(self) -> Sight:
        """Whose rows this account sees."""
        return Sight(self.towns, self.units, who=self.username)

    def may(self, right: Right) -> bool:
        """Say whether the account's role has a right."""
        return right in MAY[self.role]


@dataclass(frozen=True, slots=True)
class Lifetimes:
    """How long sessions live: the office's while in use, a phone's for days without a signal."""

    idle: timedelta
    longest: timedelta
    device: timedelta


@dataclass(frozen=True, slots=True)
class Session:
    """Where an account is signed in; ``device`` is the name that a phone gave itself."""

    id: UUID
    username: str
    kind: SessionKind
    device: str
    address: str
    browser: str
    created_at: datetime
    seen_at: datetime
