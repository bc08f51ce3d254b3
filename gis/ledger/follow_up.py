"""Filing what a scene showed of sites, and the call-out to whoever must hear of it."""

from collections import Counter
from collections.abc import Callable, Sequence
from typing import NamedTuple
from uuid import UUID

from gis.domain.follow_up.observation import Observation
from gis.ledger.book import Book
from gis.ledger.look_back import look_back
from gis.store import imagery, observations, shape, tables

Hearer = Callable[[Book, Observation], object]

AFTER_FILING: tuple[Hearer, ...] = (look_back,)
"""Called with each new observation once it is stored, in a transaction of their own."""


class Filed(NamedTuple):
    """What filing did: the observations that are new, and how many were filed before."""

    new: tuple[Observation, ...]
    known: int


def file_observations(book: Book, scene_id: UUID, found: Sequence[Observation]) -> Filed:
    """File what a scene showed, all in one transaction; what was filed before adds nothing.

    An id stands for the scene, the site's outline, the rules and the observation that was compared
    with, so the same look has the same id. Raises NotInRegister.
    """
    with book.entry() as entry:
        scene = imagery.scene(entry.connection, scene_id)
        known = observations.filed(entry.connection, [one.id for one in found])
        new = tuple(one for one in found if one.id not in known)
        if new:
            shape.insert(entry.connection, tables.observations, new)
            told = {
                "scene": scene.name,
                "rules_sha256": new[0].rules_sha256,
                "sites": [one.site_code for one in new],
                "states": dict(sorted(Counter(one.state.value for one in new).items())),
            }
            entry.log("file_observations", "scene", scene.id, after=told)
    for one in new:
        for hear in AFTER_FILING:
            hear(book, one)
    return Filed(new, len(known))
