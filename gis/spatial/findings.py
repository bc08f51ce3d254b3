"""What measuring found of many outlines, fact by fact, with the layer that each value rests on."""

from collections.abc import Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any

from gis.domain.place import ReferenceLayer
from gis.domain.sites.surroundings import Surroundings

FACTS = tuple(
    field.name
    for field in fields(Surroundings)
    if field.name not in {"site_code", "measured_at", "layers", "layer_ids"}
)


class Findings:
    """Columns of facts; a fact that nobody put is None for every outline."""

    def __init__(self, count: int) -> None:
        self._values: dict[str, Sequence[Any]] = dict.fromkeys(FACTS, [None] * count)
        self._layers: dict[str, list[list[ReferenceLayer]]] = {}

    def put(
        self,
        fact: str,
        values: Sequence[Any],
        layers: Sequence[ReferenceLayer | None] | None = None,
    ) -> None:
        """Take a fact's value for each outline, and the layer that it rests on."""
        self._values[fact] = values
        if layers is not None:
            self._layers[fact] = [[] if layer is None else [layer] for layer in layers]

    def combine(self, fact: str, values: Sequence[Any], facts: Sequence[str]) -> None:
        """Take a fact that rests on all the layers of other facts."""
        self._values[fact] = values
        columns = zip(*(self._layers[other] for other in facts), strict=True)
        self._layers[fact] = [
            [layer for mine in row for layer in mine] if value is not None else []
            for row, value in zip(columns, values, strict=True)
        ]

    def surroundings(self, position: int, site_code: str, at: datetime) -> Surroundings:
        """Return the findings of one outline."""
        values = {fact: column[position] for fact, column in self._values.items()}
        used = {
            fact: column[position]
            for fact, column in self._layers.items()
            if column[position] and values[fact] is not None
        }
        return Surroundings(
            site_code=site_code,
            measured_at=at,
            **values,
            layers={fact: "、".join(_labels(layers)) for fact, layers in used.items()},
            layer_ids={
                fact: list(dict.fromkeys(str(layer.id) for layer in layers))
                for fact, layers in used.items()
            },
        )


def _labels(layers: list[ReferenceLayer]) -> list[str]:
    return list(dict.fromkeys(layer.label for layer in layers))
