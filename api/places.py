"""Opening the register of a place from its folder: outline, layers, and made-up records if any."""

import hashlib
import json
import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from shapely import MultiPolygon
from shapely.geometry import shape as shape_of
from shapely.geometry.base import BaseGeometry

from api.demo.backfill import add_backfill
from api.demo.pits import add_pits
from api.demo.projects import add_projects, read
from api.demo.sampling import add_sampling
from gis.domain.identification.conclusion import Conclusion
from gis.domain.place import STORE_EPSG, District, ReferenceFeature, ReferenceLayer
from gis.domain.sites.site import Site
from gis.domain.sites.surroundings import Surroundings, made_up
from gis.domain.terms import (
    ConclusionBasis,
    ConclusionState,
    LayerKind,
    Responsibility,
    SiteKind,
    SiteState,
    WasteClass,
    WasteNature,
)
from gis.ledger import Book, Entry
from gis.ledger import places as verbs
from gis.ledger.grading import put_grade
from gis.ledger.identification import put_conclusion
from gis.ledger.sites import measured, new_code, put_site
from gis.spatial import crs, measure
from gis.store import sites

RECEPTORS = (
    *("tributary_distance_m", "in_river_zone", "source_zone", "dwelling_distance_m"),
    *("protected_land", "in_priority_area"),
)


def read_place(folder: Path) -> dict[str, Any]:
    """Return what ``place.toml`` in a folder says."""
    with (folder / "place.toml").open("rb") as file:
        return tomllib.load(file)


def open_place(book: Book, folder: Path) -> District:
    """Open a place's register with its reference layers; again it changes nothing."""
    about = read_place(folder)
    district = District(
        code=about["code"],
        name_zh=about["name_zh"],
        name_en=about["name_en"],
        metric_epsg=about["metric_epsg"],
        is_demo=about["is_demo"],
        outline=_outline(folder / about["outline"]),
    )
    verbs.add_district(book, district)
    if "layers" in about:
        for layer, features in _layers(book, folder / about["layers"], district.code):
            verbs.add_layer(book, layer, features)
    if "sites" in about:
        _add_made_up(book, folder, about, district)
    if "backfill" in about:
        add_backfill(book, district.code, folder / about["backfill"])
    if "sampling" in about:
        add_sampling(book, district.code, about["sampling"])
    if "pits" in about:
        add_pits(book, district.code, tomllib.loads((folder / about["pits"]).read_text("utf-8")))
    return district


def _features(path: Path) -> Iterator[tuple[dict[str, Any], BaseGeometry]]:
    """Yield properties and geometry (EPSG:4326 in the file, stored as EPSG:4490)."""
    for feature in json.loads(path.read_text(encoding="utf-8"))["features"]:
        yield (
            feature["properties"],
            crs.transform(shape_of(feature["geometry"]), 4326, STORE_EPSG),
        )


def _outline(path: Path) -> MultiPolygon:
    (outline,) = (geometry for _, geometry in _features(path))
    return crs.as_multipolygon(outline)


def _layers(
    book: Book, path: Path, district_code: str
) -> Iterator[tuple[ReferenceLayer, list[ReferenceFeature]]]:
    for row in tomllib.loads(path.read_text(encoding="utf-8"))["layer"]:
        file = path.parent / row["file"]
        sha256 = hashlib.sha256(file.read_bytes()).hexdigest()
        identity = _id(district_code, "layer", sha256)
        layer = ReferenceLayer(
            id=identity,
            district_code=district_code,
            kind=LayerKind.of(row["kind"]),
            series=row.get("series", row["title_zh"]),
            title_zh=row["title_zh"],
            title_en=row["title_en"],
            source=row["source"],
            licence=row["licence"],
            dated_on=row.get("dated_on"),
            accuracy_m=row.get("accuracy_m"),
            level=None,
            sha256=sha256,
            reading={"file": row["file"], "crs": "EPSG:4326"},
            adopted_at=book.clock(),
            ended_at=None,
        )
        features = [
            ReferenceFeature(
                id=_id(str(identity), str(number)),
                layer_id=identity,
                name_zh=properties["name_zh"],
                name_en=properties["name_en"],
                geometry=geometry,
                is_important=row.get("is_important"),
            )
            for number, (properties, geometry) in enumerate(_features(file))
        ]
        yield layer, features


def _id(*parts: str) -> UUID:
    return uuid5(NAMESPACE_URL, " ".join(parts))


def _add_made_up(book: Book, folder: Path, about: dict[str, Any], district: District) -> None:
    """List the made-up sites with their conclusions and projects, each marked as demo data."""
    conclusions = read(folder / about["conclusions"])
    projects = read(folder / about["projects"])
    tasks = read(folder / about["tasks"]) if "tasks" in about else []
    for properties, outline in _features(folder / about["sites"]):
        with book.entry() as entry:
            name = properties["name"]
            if sites.code_named(entry.connection, district.code, name) is not None:
                continue
            code = new_code(entry, district, SiteKind.of(properties["kind"]))
            site = _site(entry, district, code, properties, crs.as_multipolygon(outline))
            put_site(entry, site, _around(entry, site, properties))
            mine = [row for row in conclusions if row["site"] == name]
            for number, row in enumerate(mine):
                put_conclusion(entry, _conclusion(entry, code, number, row))
            works = [row for row in projects if row["site"] == name]
            add_projects(entry, code, works, [row for row in tasks if row["site"] == name])
            if mine:
                put_grade(entry, code)


def _site(
    entry: Entry, district: District, code: str, p: dict[str, Any], outline: MultiPolygon
) -> Site:
    size = measure.extent(outline, district.metric_epsg)
    same = ("name", "town", "village", "responsible_party", "height_m", "mass_t", "mass_basis")
    asked = ("retaining", "monitoring", "history", "is_bare", "is_steep_or_high")
    more = ("is_dumping_active", "ground", "radioactivity_bq_g", "source", "note")
    return Site(
        code=code,
        version=1,
        recorded_at=entry.now,
        district_code=district.code,
        kind=SiteKind.of(p["kind"]),
        waste_class=WasteClass.of(p["waste_class"]),
        nature=WasteNature.of(p["nature"]),
        responsibility=Responsibility.of(p["responsibility"]),
        area_m2=size.area_m2,
        area_geodesic_m2=size.area_geodesic_m2,
        found_on=date.fromisoformat(p["found_on"]),
        state=SiteState.of(p["state"]),
        has_dust_control=p["dust_control"],
        has_runoff_control=p["runoff_control"],
        has_seepage_control=p["seepage_control"],
        is_demo=True,
        outline=outline,
        **{name: p[name] for name in (*same, *asked, *more)},
    )


def _around(entry: Entry, site: Site, p: dict[str, Any]) -> Surroundings:
    """Return what the layers say, and for what no layer says yet, the made-up value, so marked."""
    return made_up(measured(entry, site), {name: p[name] for name in RECEPTORS})


def _conclusion(entry: Entry, code: str, number: int, row: dict[str, str]) -> Conclusion:
    is_in_force = row["state"] == "IN_FORCE"
    return Conclusion(
        id=_id(code, "conclusion", str(number)),
        site_code=code,
        plan_code=None,
        basis=ConclusionBasis.REPORT,
        nature=WasteNature.of(row["nature"]),
        waste_class=None,
        concluded_on=date.fromisoformat(row["concluded_on"]),
        leach_multiple=float(row["leach_multiple"]) if row["leach_multiple"] else None,
        radioactivity_bq_g=float(row["radioactivity_bq_g"]) if row["radioactivity_bq_g"] else None,
        laboratory=row["laboratory"],
        report_no=row["report_no"],
        reason=row["reason"],
        is_solid_waste=None,
        is_listed=None,
        hw_code=None,
        excluded=[],
        version=1,
        recorded_at=entry.now,
        state=ConclusionState.of(row["state"]),
        body_sha256="",
        finding=None,
        evidence_sha256=None,
        unchecked=[],
        proposed_by="演示签发人",
        signed_by="演示签发人",
        signed_at=entry.now,
        reviewed_by="演示审核人" if is_in_force else None,
        reviewed_at=entry.now if is_in_force else None,
        review_comment="",
        superseded_by=None,
        is_demo=True,
    )
