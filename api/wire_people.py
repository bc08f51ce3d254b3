"""From accounts and sessions to the JSON that pages read; never a hash, never a token."""

from datetime import datetime
from typing import Any
from uuid import UUID

from gis.domain.people.accounts import MAY, Session, User
from gis.domain.terms import Right, Role
from gis.store.refusals import Lock


def here(user: User, session: Session) -> dict[str, Any]:
    """Return who is signed in, what they may do, and in which session."""
    return {
        "user": {
            "username": user.username,
            "display_name": user.display_name,
            "role": user.role.value,
            "rights": _rights(user.role),
            "towns": list(user.towns),
            "units": list(user.units),
            "must_change": user.must_change,
        },
        "session": {"id": session.id, "kind": session.kind.value, "device": session.device},
        "home": home_of(user),
    }


def home_of(user: User) -> str:
    """Return the page where a role's work begins."""
    if not user.may(Right.READ):
        return "/audit"
    return "/field" if user.role is Role.FIELD else "/"


def _rights(role: Role) -> list[str]:
    return [right.value for right in Right if right in MAY[role]]


def roles() -> list[dict[str, Any]]:
    """Return what each role may do."""
    return [{"role": role.value, "rights": _rights(role)} for role in Role]


def person(user: User, seen_at: datetime | None) -> dict[str, Any]:
    """Return an account as the administrator sees it."""
    return {
        "username": user.username,
        "display_name": user.display_name,
        "role": user.role.value,
        "towns": list(user.towns),
        "units": list(user.units),
        "created_at": user.created_at,
        "password_set_at": user.password_set_at,
        "must_change": user.must_change,
        "suspended_at": user.suspended_at,
        "seen_at": seen_at,
    }


def session(one: Session, current: UUID) -> dict[str, Any]:
    """Return a session; ``current`` is the id of the one that asks."""
    return {
        "id": one.id,
        "kind": one.kind.value,
        "device": one.device,
        "address": one.address,
        "browser": one.browser,
        "created_at": one.created_at,
        "seen_at": one.seen_at,
        "is_current": one.id == current,
    }


def lock(one: Lock) -> dict[str, Any]:
    """Return a name that is locked at an address."""
    return {
        "username": one.username,
        "address": one.address,
        "failures": one.failures,
        "last_at": one.last_at,
    }
