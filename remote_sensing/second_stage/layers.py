"""The layers that objects are described by: what a model's features say of single pixels."""

from collections.abc import Sequence

from remote_sensing.bands import CANONICAL


def layer_names(features: Sequence[str]) -> tuple[str, ...]:
    """Return the features that are neither a band as it is nor made of neighbours.

    >>> layer_names(["B04", "iron", "relbright", "iron_mean7"])
    ('iron', 'relbright')
    """
    return tuple(name for name in features if "_" not in name and name not in CANONICAL)
