"""What a batch asks of detection beside scenes and model, always said in the same form.

What is the default is left out, so that a batch that asks for nothing special is named as ever and
what was done before stays done.
"""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

QUICK, MASKED, ZONES, KINDS = "quick", "masked", "zones", "kinds"
NO_PIXELS = (KINDS,)
"""What is asked of the finds alone: a scene that was gone over need not be gone over again."""


def limits(
    min_area_m2: float, min_confidence: float, *, quick: bool = False, masked: bool = True
) -> dict[str, Any]:
    """Return the parameters of a batch: sizes in square metres, confidence 0 to 1.

    ``quick`` hears fewer trees where nothing is sought, and audits it; without ``masked`` the
    ground under cloud and snow is classified too.

    >>> limits(2000, 0)
    {'min_area_m2': 2000.0, 'min_confidence': 0.0}
    """
    said: dict[str, Any] = {
        "min_area_m2": float(min_area_m2),
        "min_confidence": float(min_confidence),
    }
    return said | ({QUICK: True} if quick else {}) | ({} if masked else {MASKED: False})


def with_zones(parameters: Mapping[str, Any], zones: Sequence[UUID]) -> dict[str, Any]:
    """Return parameters with the ignore zones of the day on which the batch was asked for.

    A zone's outline never changes, so its id is enough, however late the scene's turn comes.
    """
    return dict(parameters) | ({ZONES: sorted(map(str, zones))} if zones else {})


def with_judge(parameters: Mapping[str, Any], sha256: str | None) -> dict[str, Any]:
    """Return parameters with the judge, by its file's hash, that tells what kind a change is."""
    return dict(parameters) | ({KINDS: sha256} if sha256 else {})


def of_pixels(parameters: Mapping[str, Any]) -> dict[str, Any]:
    """Return what of the parameters decides what is found.

    >>> of_pixels({"min_area_m2": 2000.0, "kinds": "ab"})
    {'min_area_m2': 2000.0}
    """
    return {name: value for name, value in parameters.items() if name not in NO_PIXELS}


def zones_of(parameters: Mapping[str, Any]) -> list[UUID]:
    """Return the zones whose objects a batch marks."""
    return [UUID(one) for one in parameters.get(ZONES) or []]


def are_alike(asked: Mapping[str, Any], ran: Mapping[str, Any]) -> bool:
    """Say whether a run on file did what is asked for.

    What a run says of itself tells more than what was asked: how a quick one was quick, and the
    outlines (``ignored``) that somebody handed it in a file, which no zone of the register stands
    for. A run with a judge of changes did all that one without is asked for.
    """
    plain = (name for name in asked if name not in (QUICK, MASKED, ZONES, KINDS))
    return (
        all(ran.get(name) == asked[name] for name in plain)
        and bool(asked.get(QUICK)) == bool(ran.get(QUICK))
        and asked.get(MASKED, True) == ran.get(MASKED, True)
        and asked.get(KINDS) in (None, ran.get(KINDS))
        and asked.get(ZONES) == ran.get(ZONES)
        and (ZONES in asked or not ran.get("ignored"))
    )
