from pathlib import Path

import numpy as np
import pytest
import rasterio
from morecantile import tms

from remote_sensing.errors import DisplayCopyGone, ViewMissing
from remote_sensing.maps import tiles
from remote_sensing.maps.display import write_display_copy
from remote_sensing.scene import open_scene
from tests.remote_sensing.make_scene import Made, make_scene

GRID = tms.get("WebMercatorQuad")


@pytest.fixture(scope="module")
def copy(made: Made, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("display") / "copy.tif"
    write_display_copy(open_scene(made.path), path)
    return path


def pixels(content: bytes) -> np.ndarray:
    with rasterio.MemoryFile(content) as memory, memory.open(driver="WEBP") as dataset:
        return np.asarray(dataset.read())


def at(lon: float, lat: float, zoom: int) -> tuple[int, int, int]:
    tile = GRID.tile(lon, lat, zoom)
    return tile.z, tile.x, tile.y


@pytest.mark.parametrize("zoom", [9, 13, 15, 18])
def test_a_tile_is_webp_with_alpha_at_every_zoom(copy: Path, zoom: int) -> None:
    content = tiles.render(copy, "natural", *at(109.7975, 40.6506, zoom))
    assert content is not None
    assert content[:4] == b"RIFF"
    assert content[8:12] == b"WEBP"
    found = pixels(content)
    # WebP drops an alpha that is full everywhere, as deep inside the image.
    assert found.shape == ((3 if zoom == 18 else 4), 256, 256)
    assert zoom == 18 or 0 < (found[3] > 0).mean() < 1


def test_alpha_ends_where_the_image_ends(copy: Path) -> None:
    content = tiles.render(copy, "swir", *at(109.7975, 40.6506, 13))
    assert content is not None
    alpha = pixels(content)[3]
    assert set(np.unique(alpha)) <= {0, 255}
    assert 0.01 < (alpha > 0).mean() < 0.5


@pytest.mark.parametrize(
    "place", [(13, 0, 0), (3, 0, 0), (13, -1, 5), (13, 2**13, 5), (-1, 0, 0), (60, 0, 0)]
)
def test_outside_there_is_no_tile(copy: Path, place: tuple[int, int, int]) -> None:
    assert tiles.render(copy, "natural", *place) is None


def test_only_views_that_the_bands_allow(tmp_path: Path, copy: Path) -> None:
    assert tiles.views(copy) == {"natural": (1, 2, 3), "swir": (4, 5, 6)}
    rgb = make_scene(tmp_path / "rgb.tif", bands=("B02", "B03", "B04"))
    write_display_copy(open_scene(rgb.path), tmp_path / "rgb_copy.tif")
    assert list(tiles.views(tmp_path / "rgb_copy.tif")) == ["natural"]
    with pytest.raises(ViewMissing, match="natural"):
        tiles.render(tmp_path / "rgb_copy.tif", "swir", *at(109.7975, 40.6506, 13))


def test_a_copy_that_is_gone_is_said_with_the_cure(tmp_path: Path):
    with pytest.raises(DisplayCopyGone, match=r"gone\.tif is no longer on the server"):
        tiles.render(tmp_path / "gone.tif", "natural", 0, 0, 0)
