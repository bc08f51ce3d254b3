"""Many nouns go into the register by COPY, with the same outcome as by INSERT."""

from dataclasses import replace
from uuid import uuid4

import pytest
import sqlalchemy as sa

from gis.domain.terms import LayerKind
from gis.ledger.places import add_layer
from gis.store import places, shape, tables
from gis.store.engine import ValueUnstorable
from tests.makers import a_layer, square


def test_many_nouns_are_stored_by_copy_as_few_are_by_insert(book):
    layer, (kept,) = a_layer(LayerKind.DWELLING, square(109.7, 40.7))
    add_layer(book, layer, [kept])
    many = [replace(kept, id=uuid4(), name_zh="甲\t\n\\N") for _ in range(shape.MANY)]
    with book.entry() as entry:
        shape.insert(entry.connection, tables.reference_features, many)
    with book.reading() as connection:
        found = {one.id: one for one in places.features_of(connection, layer.id)}
    assert all(found[one.id] == one for one in many)
    with pytest.raises(ValueUnstorable), book.entry() as entry:
        bad = [replace(one, id=uuid4(), name_zh="\0") for one in many]
        shape.insert(entry.connection, tables.reference_features, bad)
    with pytest.raises(sa.exc.IntegrityError), book.entry() as entry:
        shape.insert(entry.connection, tables.reference_features, many)
