"""Verbs on districts and reference layers, and the layers made ready for measuring."""

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import replace
from threading import Lock
from uuid import UUID

import sqlalchemy as sa

from gis.domain.errors import DistrictUnknown, LayerEnded, LayerOlder
from gis.domain.place import District, ReferenceFeature, ReferenceLayer
from gis.ledger.book import Book, Entry
from gis.ledger.reaches import RIVERS, rebuild
from gis.rules import surroundings as rules
from gis.rules.reaches import reach_rules
from gis.spatial.around import Around, Layer
from gis.spatial.rivers import Rivers
from gis.store import places, reaches, shape, tables

KEPT_READY = 2


def add_district(book: Book, district: District) -> bool:
    """Open a register for a district; False when it is open already."""
    with book.entry() as entry:
        try:
            places.district(entry.connection, district.code)
        except DistrictUnknown:
            shape.insert(entry.connection, tables.districts, [district])
            entry.log("add_district", "district", district.code, after=district)
            return True
        return False


def add_layer(book: Book, layer: ReferenceLayer, features: Sequence[ReferenceFeature]) -> bool:
    """Adopt an edition of a layer with its features; the one of before ends in the same moment.

    Of a river's line the district's reaches are cut anew. False when the same id, or the same bytes
    read in the same way, were adopted already. Raises DistrictUnknown, LayerOlder, and of a river's
    line the errors of `gis.domain.river_errors`.
    """
    with book.entry() as entry:
        district = places.district(entry.connection, layer.district_code)
        if places.has_edition(entry.connection, layer.id):
            return False
        before = places.edition_in_force(
            entry.connection, layer.district_code, layer.kind, layer.series
        )
        if before is not None:
            if _is_same(before, layer):
                return False
            if layer.dated_on and before.dated_on and layer.dated_on < before.dated_on:
                raise LayerOlder(
                    title=before.title_zh, theirs=before.dated_on, yours=layer.dated_on
                )
            _end(entry, before, "replace_layer")
        adopted = replace(layer, adopted_at=entry.now, ended_at=None)
        shape.insert(entry.connection, tables.reference_layers, [adopted])
        shape.insert(entry.connection, tables.reference_features, features)
        entry.log("add_layer", "layer", layer.id, after=adopted)
        if layer.kind in RIVERS:
            rebuild(entry, district)
        return True


def _is_same(one: ReferenceLayer, other: ReferenceLayer) -> bool:
    """Return whether two editions say the same; name and moment of adoption aside."""
    return replace(one, id=other.id, adopted_at=other.adopted_at, ended_at=None) == replace(
        other, ended_at=None
    )


def withdraw_layer(book: Book, layer_id: UUID) -> ReferenceLayer:
    """End an edition without a successor: what it answered becomes unknown.

    Raises NotInRegister, LayerEnded.
    """
    with book.entry() as entry:
        layer = places.edition(entry.connection, layer_id)
        if layer.ended_at is not None:
            raise LayerEnded(title=layer.title_zh, moment=layer.ended_at.date())
        ended = _end(entry, layer, "withdraw_layer")
        if layer.kind in RIVERS:
            rebuild(entry, places.district(entry.connection, layer.district_code))
        return ended


def _end(entry: Entry, layer: ReferenceLayer, verb: str) -> ReferenceLayer:
    ended = replace(layer, ended_at=entry.now)
    shape.replace(entry.connection, tables.reference_layers, ended)
    entry.log(verb, "layer", layer.id, before=layer, after=ended)
    return ended


_ready: OrderedDict[tuple[str, ...], Around] = OrderedDict()
_ready_lock = Lock()


def around_of(connection: sa.Connection, district: District) -> Around:
    """Return a district's layers in force, ready to measure what lies round any outline.

    Editions of layers and reaches never change, so those made ready last are kept for the next.
    """
    about = places.editions(connection, district.code)
    cut = f"{district.metric_epsg} {reaches.edition(connection, district.code)}"
    key = (cut, *(f"{layer.id} {layer.adopted_at}" for layer in about))
    with _ready_lock:
        if key in _ready:
            _ready.move_to_end(key)
            return _ready[key]
    layers = [Layer(layer, places.features_of(connection, layer.id)) for layer in about]
    known = reaches.in_force(connection, district.code)
    rivers = Rivers(known, district.metric_epsg, reach_rules())
    around = Around(layers, district.metric_epsg, rules.nearness(), rivers)
    with _ready_lock:
        _ready[key] = around
        while len(_ready) > KEPT_READY:
            _ready.popitem(last=False)
    return around
