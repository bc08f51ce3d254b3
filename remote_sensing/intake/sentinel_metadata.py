"""What a Sentinel-2 Level-2A product says of itself in ``MTD_MSIL2A.xml``."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from remote_sensing.scene_errors import SafeNotL2A, SafeUnreadable

METADATA = "MTD_MSIL2A.xml"
MOST_XML_BYTES = 32 * 2**20

_BAND_IDS = ("B01", "B02", "B03", "B04", "B05", "B06", "B07", "B08", "B8A", "B09", "B10", "B11",
             "B12")  # fmt: skip
"""Bands by the number that ``band_id`` gives them."""


@dataclass(frozen=True, slots=True)
class Product:
    """Facts of one product; ``offsets`` are what is to be added to each band's numbers.

    ``quantification`` is what reflectance is multiplied with; ``cloud_percent`` is the producer's.
    """

    root: Path
    name: str
    spacecraft: str
    baseline: str
    acquired_on: date
    quantification: float
    offsets: dict[str, float]
    cloud_percent: float | None


def read_product(root: Path, name: str) -> Product:
    """Return what the product in folder ``root``, called ``name``, says; raises SafeUnreadable."""
    said = _texts(root / METADATA, name)
    try:
        start = said["PRODUCT_START_TIME"][0][0]
        baseline = said["PROCESSING_BASELINE"][0][0]
        added = {
            _BAND_IDS[int(attributes["band_id"])]: float(text)
            for text, attributes in said.get("BOA_ADD_OFFSET", [])
        }
        # Products before baseline 04.00 have no offset; later ones state theirs.
        if not added and float(baseline) >= 4:
            raise ValueError("BOA_ADD_OFFSET")
        cloud = said.get("CLOUDY_PIXEL_OVER_LAND_PERCENTAGE") or said.get(
            "Cloud_Coverage_Assessment"
        )
        return Product(
            root=root,
            name=name,
            spacecraft=said.get("SPACECRAFT_NAME", [("Sentinel-2", {})])[0][0],
            baseline=baseline,
            acquired_on=date.fromisoformat(start[:10]),
            quantification=float(said["BOA_QUANTIFICATION_VALUE"][0][0]),
            offsets={band: added.get(band, 0.0) for band in _BAND_IDS},
            cloud_percent=float(cloud[0][0]) if cloud else None,
        )
    except (KeyError, ValueError, IndexError) as error:
        raise SafeUnreadable(file=name, problem=str(error).strip("'")[:80]) from error


def find_root(folder: Path, name: str) -> Path:
    """Return the product's folder, which may lie one level down; raises SafeNotL2A."""
    for root in (folder, *sorted(p for p in folder.iterdir() if p.is_dir())):
        if (root / METADATA).is_file():
            return root
    raise SafeNotL2A(file=name)


def elements(path: Path, name: str) -> Iterator[Any]:
    """Return the elements of an XML file that may name no entities; raises SafeUnreadable."""
    from xml.etree.ElementTree import ParseError

    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    try:
        if path.stat().st_size > MOST_XML_BYTES:
            raise SafeUnreadable(file=name, problem="XML > 32 MiB")
        content = path.read_bytes()
        return iter(list(fromstring(content).iter()))
    except (ParseError, DefusedXmlException, OSError, ValueError, LookupError) as error:
        raise SafeUnreadable(file=name, problem=type(error).__name__) from error


def _texts(path: Path, name: str) -> dict[str, list[tuple[str, dict[str, str]]]]:
    found: dict[str, list[tuple[str, dict[str, str]]]] = {}
    for element in elements(path, name):
        tag = re.sub(r"^\{.*\}", "", str(element.tag))
        found.setdefault(tag, []).append(((element.text or "").strip(), dict(element.attrib)))
    return found
