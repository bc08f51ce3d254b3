"""Verbs on scenes and the elevation models that go with them."""

from gis.domain.detection.imagery import ElevationRecord, SceneRecord
from gis.domain.errors import OutsideDistrict, SameName
from gis.ledger.book import Book
from gis.store import imagery, places, scene_search, shape, tables


def add_scene(book: Book, scene: SceneRecord) -> SceneRecord:
    """Register a scene; the same file under the same name again returns the first record.

    Raises DistrictUnknown, OutsideDistrict, SameName (another file bears the name).
    """
    with book.entry() as entry:
        district = places.district(entry.connection, scene.district_code)
        if not scene.footprint.intersects(district.outline):
            raise OutsideDistrict(name=scene.name, district=district.name_zh)
        known = imagery.scene_named(entry.connection, scene.district_code, scene.name)
        if known is not None:
            if known.id != scene.id and known.sha256 != scene.sha256:
                raise SameName(name=scene.name)
            return known
        shape.insert(entry.connection, tables.scenes, [scene])
        entry.log("add_scene", "scene", scene.id, after=scene)
        return scene


def add_elevation(book: Book, model: ElevationRecord) -> ElevationRecord:
    """Register an elevation model; the same file under the same name returns the first record.

    Raises DistrictUnknown, OutsideDistrict, SameName (another file bears the name).
    """
    with book.entry() as entry:
        district = places.district(entry.connection, model.district_code)
        if not model.footprint.intersects(district.outline):
            raise OutsideDistrict(name=model.name, district=district.name_zh)
        known = scene_search.elevation_named(entry.connection, model.district_code, model.name)
        if known is not None:
            if known.id != model.id:
                raise SameName(name=model.name)
            return known
        shape.insert(entry.connection, tables.elevations, [model])
        entry.log("add_elevation", "elevation", model.id, after=model)
        return model
