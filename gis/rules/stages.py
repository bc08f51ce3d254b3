"""Reads the chains of stages, and what each step needs, from their data file."""

import hashlib
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from gis.domain.terms import (
    AttachmentKind,
    MineFinding,
    ProjectStage,
    ProjectVariant,
    SiteKind,
    SiteState,
)
from gis.domain.works.gates import Chain, Need, Step

STAGES_FILE = Path(__file__).with_name("stages.toml")


def parse(text: str) -> dict[ProjectVariant, Chain]:
    """Return the chains written in ``text``; raises KeyError for a step that no chain has."""
    data = tomllib.loads(text)
    needs = [_need(row) for row in data["need"]]
    steps = [_step(row, needs) for row in data["step"]]
    if strange := {name for need in needs for name in need.steps} - {step.id for step in steps}:
        raise KeyError(f"no such step: {', '.join(sorted(strange))}")
    return {
        variant: Chain(
            variant=variant,
            kinds=tuple(map(SiteKind.of, row["kinds"])),
            steps=tuple(step for step in steps if step.id.startswith(f"{variant}.")),
        )
        for row in data["chain"]
        for variant in [ProjectVariant.of(row["variant"])]
    }


def _need(row: dict[str, Any]) -> Need:
    made = {
        "steps": tuple(row["steps"]),
        "papers": tuple(map(AttachmentKind.of, row.get("papers", ()))),
        "fields": tuple(row.get("fields", ())),
    }
    return Need(**row | made)


def _step(row: dict[str, Any], needs: list[Need]) -> Step:
    state = row.get("site_state")
    made = {
        "stage": ProjectStage.of(row["stage"]),
        "needs": tuple(need for need in needs if row["id"] in need.steps),
        "findings": tuple(map(MineFinding.of, row.get("findings", ()))),
        "site_state": None if state is None else SiteState.of(state),
    }
    return Step(**row | made)


@cache
def chains() -> dict[ProjectVariant, Chain]:
    """Return the chains in use, by variant."""
    return parse(STAGES_FILE.read_text(encoding="utf-8"))


def chain(variant: ProjectVariant) -> Chain:
    """Return the chain of a variant."""
    return chains()[variant]


@cache
def sha256() -> str:
    """Return the hash of the file, which steps keep."""
    return hashlib.sha256(STAGES_FILE.read_bytes()).hexdigest()
