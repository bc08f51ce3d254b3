"""Small Sentinel-2 L2A products, as folders or zips, written with the OpenJPEG driver."""

import shutil
import zipfile
from pathlib import Path

import numpy as np
import rasterio
from affine import Affine

from remote_sensing.intake.bands import CANONICAL
from remote_sensing.intake.sentinel import FINE

NAME = "S2B_MSIL2A_20230619T030529_N0509_R075_T49TCF_20230619T051530.SAFE"
GRANULE = "GRANULE/L2A_T49TCF_A032821_20230619T031412"
BAND_IDS = {"B02": 1, "B03": 2, "B04": 3, "B05": 4, "B06": 5, "B07": 6, "B08": 7, "B8A": 8,
            "B11": 11, "B12": 12}  # fmt: skip

METADATA = """<?xml version="1.0" encoding="UTF-8"?>
<n1:Level-2A_User_Product xmlns:n1="https://psd-14.example/PSD/User_Product_Level-2A.xsd">
  <n1:General_Info>
    <Product_Info>
      <PRODUCT_START_TIME>2023-06-19T03:05:29.024Z</PRODUCT_START_TIME>
      <PROCESSING_BASELINE>{baseline}</PROCESSING_BASELINE>
      <Datatake><SPACECRAFT_NAME>Sentinel-2B</SPACECRAFT_NAME></Datatake>
    </Product_Info>
    <Product_Image_Characteristics>
      <QUANTIFICATION_VALUES_LIST>
        <BOA_QUANTIFICATION_VALUE unit="none">10000</BOA_QUANTIFICATION_VALUE>
      </QUANTIFICATION_VALUES_LIST>
      {offsets}
    </Product_Image_Characteristics>
  </n1:General_Info>
  <n1:Quality_Indicators_Info>
    <Cloud_Coverage_Assessment>12.5</Cloud_Coverage_Assessment>
  </n1:Quality_Indicators_Info>
</n1:Level-2A_User_Product>
"""


def jp2(path: Path, values: np.ndarray, pixel_m: float, west: float, north: float) -> None:
    """Write one band without loss."""
    path.parent.mkdir(parents=True, exist_ok=True)
    grid = Affine(pixel_m, 0, west, 0, -pixel_m, north)
    with rasterio.open(
        path, "w", driver="JP2OpenJPEG", width=values.shape[1], height=values.shape[0], count=1,
        dtype=values.dtype, crs="EPSG:32649", transform=grid,
        QUALITY="100", REVERSIBLE="YES",
    ) as dataset:  # fmt: skip
        dataset.write(values, 1)


def make_product(
    folder: Path,
    scene: Path,
    *,
    baseline: str = "05.09",
    added: int = -1_000,
    without: tuple[str, ...] = (),
    scl: np.ndarray | None = None,
    west: float | None = None,
) -> Path:
    """Write ``scene``, ten bands at 10 m of even sides, as a product; coarse bands by means."""
    root = folder / NAME
    with rasterio.open(scene) as source:
        pixels, grid = source.read(), source.transform
    west = grid.c if west is None else west
    images = root / GRANULE / "IMG_DATA"
    for name, band in zip(CANONICAL, pixels, strict=True):
        side = 1 if name in FINE else 2
        if name in without:
            continue
        coarse = band.reshape(band.shape[0] // side, side, band.shape[1] // side, side)
        values = np.rint(coarse.mean(axis=(1, 3))).astype(np.uint16)
        path = images / f"R{10 * side}m" / f"T49TCF_20230619T030529_{name}_{10 * side}m.jp2"
        jp2(path, values, 10 * side, west, grid.f)
    if scl is not None:
        path = images / "R20m" / "T49TCF_20230619T030529_SCL_20m.jp2"
        jp2(path, scl, 20, west, grid.f)
    rows = "".join(
        f'<BOA_ADD_OFFSET band_id="{number}">{added}</BOA_ADD_OFFSET>'
        for number in BAND_IDS.values()
    )
    offsets = f"<BOA_ADD_OFFSET_VALUES_LIST>{rows}</BOA_ADD_OFFSET_VALUES_LIST>" if added else ""
    text = METADATA.format(baseline=baseline, offsets=offsets)
    (root / "MTD_MSIL2A.xml").write_text(text, encoding="utf-8")
    return root


def zipped(root: Path) -> Path:
    """Pack a product as its producer does: the .SAFE folder inside."""
    path = root.with_suffix(".zip")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted(root.rglob("*")):
            if file.is_file():
                archive.write(file, f"{root.name}/{file.relative_to(root)}")
    return path


def moved(root: Path, to: Path) -> Path:
    """Copy a product, to be spoiled."""
    return Path(shutil.copytree(root, to / root.name))


__all__ = ["GRANULE", "NAME", "jp2", "make_product", "moved", "zipped"]
