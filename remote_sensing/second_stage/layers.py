"""The layers that objects are described by: what a model's features say of single pixels."""

from collections.abc import Sequence

from remote_sensing.intake.bands import CANONICAL


def layer_names(features: Sequence[str]) -> tuple[str, ...]:
    """Return the layers that the features are made of, but bands as they are.

    >>> layer_names(["B04", "iron", "relbright", "iron_mean7", "evenbright_dev3"])
    ('iron', 'relbright', 'evenbright')
    """
    layers = dict.fromkeys(name.partition("_")[0] for name in features)
    return tuple(name for name in layers if name not in CANONICAL)
