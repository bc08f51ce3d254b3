"""Reads what close-out and look-back ask for from its data file."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from gis.domain.closing.rules import ApprovalRule, CloseOutRules, HeadRule, LookBackRules
from gis.domain.terms import (
    AttachmentKind,
    Head,
    Responsibility,
    Role,
    SatelliteResult,
)

CLOSE_OUT_FILE = Path(__file__).with_name("close_out.toml")


def parse(text: str) -> CloseOutRules:
    """Return the rules written in ``text`` (the format of ``close_out.toml``)."""
    data = tomllib.loads(text)
    photo = {row["id"]: row["value"] for row in data["photo"]}
    heads = [_head(row) for row in data["head"]]
    return CloseOutRules(
        heads={one.head: one for one in heads},
        photo_distance_m=float(photo["photo_distance_m"]),
        least_photos=int(photo["least"]),
        valid_share=float(data["satellite"][0]["value"]),
        effects={SatelliteResult.of(row["result"]): row["effect"] for row in data["result"]},
        approvals=tuple(_approval(row) for row in data["approval"]),
        waiver_roles=tuple(Role.of(name) for name in data["waiver"][0]["roles"]),
        look_back=LookBackRules(**{row["id"]: int(row["value"]) for row in data["look_back"]}),
    )


def _head(row: dict[str, Any]) -> HeadRule:
    return HeadRule(
        id=row["id"],
        head=Head.of(row["head"]),
        kinds=frozenset(AttachmentKind.of(name) for name in row["kinds"]),
        least_papers=int(row["least_papers"]),
        statement_alone=frozenset(Responsibility.of(name) for name in row["statement_alone"]),
        not_applicable=frozenset(Responsibility.of(name) for name in row["not_applicable"]),
        zh=row["zh"],
        en=row["en"],
    )


def _approval(row: dict[str, Any]) -> ApprovalRule:
    roles = tuple(Role.of(name) for name in row["roles"])
    return ApprovalRule(row["id"], int(row["number"]), roles)


@cache
def current() -> CloseOutRules:
    """Return the rules in force."""
    return parse(CLOSE_OUT_FILE.read_text(encoding="utf-8"))
