"""模型比较: two models on the same held-out places, and what may be said of the difference."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from gis.domain.terms import Comparative

FEWEST_PLACES = 5
"""With fewer places a chance of one decides; then nothing is said."""


@dataclass(frozen=True, slots=True)
class ModelComparison:
    """A model against another; ``difference`` is the first's F1 of targets less the second's.

    ``low`` and ``high`` are the 95 % interval of the paired bootstrap over ``places``. ``figures``
    hold both models' scores. ``is_fair`` is False where the second was not trained without these
    places, or nobody knows: then it may know them by heart.
    """

    id: UUID
    model_id: UUID
    against_id: UUID
    training_set_id: UUID | None
    verdict: Comparative
    difference: float | None
    low: float | None
    high: float | None
    places: int
    is_fair: bool
    figures: dict[str, Any]
    made_at: datetime
    made_by: str


def verdict_of(low: float | None, high: float | None, places: int) -> Comparative:
    """Return what an interval of the difference allows to say.

    >>> verdict_of(0.01, 0.08, 40).name, verdict_of(-0.02, 0.08, 40).name
    ('BETTER', 'NO_DIFFERENCE')
    """
    if low is None or high is None or places < FEWEST_PLACES:
        return Comparative.TOO_FEW
    if low > 0:
        return Comparative.BETTER
    return Comparative.WORSE if high < 0 else Comparative.NO_DIFFERENCE
