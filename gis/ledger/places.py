"""Verbs on districts and reference layers."""

from collections.abc import Sequence

from gis.domain.errors import DistrictUnknown
from gis.domain.place import District, ReferenceFeature, ReferenceLayer
from gis.ledger.book import Book
from gis.store import places, shape, tables


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
    """Add a reference layer with its features; False when the same bytes are in already."""
    with book.entry() as entry:
        if places.layer_by_hash(entry.connection, layer.district_code, layer.sha256) is not None:
            return False
        shape.insert(entry.connection, tables.reference_layers, [layer])
        shape.insert(entry.connection, tables.reference_features, features)
        entry.log("add_layer", "layer", layer.id, after=layer)
        return True
