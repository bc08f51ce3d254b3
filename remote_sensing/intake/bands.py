"""Names of spectral bands: what files call them, and Sentinel-2's names, which this code uses."""

import re
from collections.abc import Sequence

from remote_sensing.errors import BandsMiscounted, BandsUnknown

CANONICAL = ("B02", "B03", "B04", "B05", "B06", "B07", "B08", "B8A", "B11", "B12")
"""Bands in the order of every array, whatever their order in a file."""

_COMMON = {
    "blue": "B02", "green": "B03", "red": "B04",
    "rededge1": "B05", "rededge2": "B06", "rededge3": "B07",
    "nir": "B08", "nir1": "B08", "nir08": "B8A", "narrownir": "B8A", "nirnarrow": "B8A",
    "swir1": "B11", "swir16": "B11", "swir2": "B12", "swir22": "B12",
}  # fmt: skip


def canonical(name: str | None) -> str | None:
    """Return the canonical name for what a file or a person calls a band, else None.

    >>> canonical("B8"), canonical("Band 11, 1610 nm"), canonical("Red"), canonical("alpha")
    ('B08', 'B11', 'B04', None)
    """
    text = (name or "").strip().lower()
    code = re.match(r"b(?:and)?[ _-]?0*(\d{1,2}|8a)(?:_\d+m)?(?![0-9a-z_])", text)
    if code:
        spelt = f"B{code[1].upper().zfill(2)}"
        return spelt if spelt in CANONICAL else None
    return _COMMON.get(re.sub(r"[^a-z0-9]", "", text))


def places_of(file: str, names: Sequence[str | None], count: int) -> dict[str, int]:
    """Return canonical name → 1-based place in the file, in canonical order.

    ``names`` are the file's own descriptions or colours; raises BandsUnknown if none is known or
    one stands twice.
    """
    known = [canonical(name) for name in names]
    present = [name for name in known if name]
    if not present or len(set(present)) != len(present):
        found = ", ".join(name or "?" for name in names) or f"{count} x ?"
        raise BandsUnknown(file=file, found=found)
    return {name: known.index(name) + 1 for name in CANONICAL if name in present}


def places_by_option(file: str, named: Sequence[str], count: int) -> dict[str, int]:
    """Return name → place for bands named by a person; ``-`` skips one; each must be known."""
    if len(named) != count:
        raise BandsMiscounted(file=file, named=len(named), present=count)
    for name in named:
        if name.strip() != "-" and canonical(name) is None:
            raise BandsUnknown(file=file, found=", ".join(named))
    return places_of(file, named, count)
