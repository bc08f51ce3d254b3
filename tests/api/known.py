"""What the tests of the doors have in common: an account, and a scene without pixels."""

from datetime import date
from uuid import uuid4

from shapely.geometry import box

from gis.domain.imagery import SceneRecord

PASSWORD = "Correct-horse-7"
WRITE = {"X-Requested-With": "qingfei"}


def scene_record() -> SceneRecord:
    return SceneRecord(
        id=uuid4(),
        district_code="150203",
        name="s2_20260619",
        sensor="Sentinel-2 MSI",
        acquired_on=date(2026, 6, 19),
        crs="EPSG:32649",
        width=10,
        height=10,
        pixel_m=10.0,
        bands=["B02", "B03", "B04", "B12"],
        radiometry={},
        notice="notice",
        footprint=box(109.65, 40.65, 109.8, 40.8),
        sha256="1" * 64,
        path="/nonexistent/scene.tif",
        display_path="/nonexistent/display.tif",
    )
