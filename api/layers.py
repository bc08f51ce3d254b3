"""A reference layer from its file into the register, and as pages and machines read it."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from uuid import uuid4

import sqlalchemy as sa

from gis.domain.place import ReferenceLayer
from gis.domain.terms import LayerKind, SourceLevel
from gis.errors import BadInput
from gis.imports.layers import Reading, read_layer
from gis.ledger import Book
from gis.ledger.places import add_layer
from gis.store import places


class WordUnknown(BadInput):
    """A word that is not of the vocabulary. Facts: word, known."""

    code = "word_unknown"
    zh = "没有“{word}”这一项，可选：{known}。"
    en = "There is no “{word}”; choose one of: {known}."


@dataclass(frozen=True, slots=True)
class LayerSent:
    """A layer as somebody hands it in: whose it is, what it shows, and how to read it."""

    path: Path
    district_code: str
    kind: LayerKind
    title: str
    title_en: str
    source: str
    licence: str
    dated_on: date | None
    accuracy_m: float | None
    series: str | None
    how: Reading


def kind_of(word: str) -> LayerKind:
    """Return a kind by its code or its Chinese name; raises WordUnknown."""
    for kind in LayerKind:
        if word.upper() == kind.value or word == kind.zh:
            return kind
    raise WordUnknown(word=word, known="、".join(f"{k.value}（{k.zh}）" for k in LayerKind))


def level_of(word: str | None) -> SourceLevel | None:
    """Return a source zone's level by number or code; raises WordUnknown."""
    if word is None:
        return None
    numbers = dict(zip(("1", "2", "3"), SourceLevel, strict=True))
    for level in SourceLevel:
        if word.upper() in (level.value, level.value.removeprefix("LEVEL_")) or word == level.zh:
            return level
    if word in numbers:
        return numbers[word]
    raise WordUnknown(word=word, known="、".join(f"{k.value}（{k.zh}）" for k in SourceLevel))


def series_of(sent: LayerSent) -> str:
    """Return the name that a layer keeps through its editions: its kind's, unless one is given."""
    level = sent.how.level
    return sent.series or sent.kind.zh + (f"·{level.zh}" if level else "")


def adopt(book: Book, sent: LayerSent) -> tuple[ReferenceLayer, bool]:
    """Read a layer and adopt it; return it and whether it is new.

    Raises DistrictUnknown, LayerOlder, and those of `gis.imports.layers`.
    """
    with book.reading() as connection:
        district = places.district(connection, sent.district_code)
    layer_id = uuid4()
    read = read_layer(sent.path, layer_id, district, sent.kind, sent.how)
    layer = ReferenceLayer(
        id=layer_id,
        district_code=district.code,
        kind=sent.kind,
        series=series_of(sent),
        title_zh=sent.title,
        title_en=sent.title_en or sent.title,
        source=sent.source,
        licence=sent.licence,
        dated_on=sent.dated_on,
        accuracy_m=sent.accuracy_m,
        level=sent.how.level,
        sha256=read.sha256,
        reading=read.record,
        adopted_at=book.clock(),
        ended_at=None,
    )
    is_new = add_layer(book, layer, read.features)
    with book.reading() as connection:
        held = places.edition_in_force(connection, layer.district_code, layer.kind, layer.series)
    return held or layer, is_new


def wire(layer: ReferenceLayer, features: int) -> dict[str, Any]:
    """Return an edition as pages read it."""
    plain = (
        *("id", "kind", "series", "title_zh", "title_en", "source", "licence", "dated_on"),
        *("accuracy_m", "level", "sha256", "adopted_at", "ended_at"),
    )
    return {
        **{name: getattr(layer, name) for name in plain},
        "is_in_force": layer.ended_at is None,
        "features": features,
    }


def listing(
    connection: sa.Connection, district_code: str, *, with_ended: bool = False
) -> list[dict[str, Any]]:
    """Return a district's editions as pages read them; raises DistrictUnknown."""
    places.district(connection, district_code)
    counts = places.feature_counts(connection, district_code)
    return [
        wire(layer, counts.get(layer.id, 0))
        for layer in places.editions(connection, district_code, with_ended=with_ended)
    ]
