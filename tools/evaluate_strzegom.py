"""Hold out dates and ground of the Strzegom set and print how well the product's own path does.

    QINGFEI_EVALUATION_DATA=<folder that holds strzegom_s2> python tools/evaluate_strzegom.py

Each line trains with ``train.train`` on labels from which the test ground was cut out, runs
``pipeline.detect`` and judges its class maps on the labelled pixels that were held out. The labels
are development material and stay outside the repository.
"""

import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import rasterio
from numpy.typing import NDArray

from api.settings import Settings
from remote_sensing import model
from remote_sensing.pipeline import detect
from remote_sensing.quality.per_pixel import PixelQuality, judge_pixels
from remote_sensing.quality.truth import read_raster
from remote_sensing.scene import open_scene
from remote_sensing.training import manifest, train

LEGEND = {
    "1": "forest",
    "2": "forest",
    "3": "built_up",
    "4": "cropland",
    "5": "bare_soil",
    "6": "grassland",
    "7": "road",
    "8": "water",
    "9": "cropland",
    "10": "open_pit",
}

Keep = Callable[[str], NDArray[np.bool_]]


def main() -> None:
    folder = Settings().evaluation_data
    if not folder:
        sys.exit("Set QINGFEI_EVALUATION_DATA to the folder that holds strzegom_s2.")
    data = Path(folder) / "strzegom_s2"
    dates = sorted(path.name.split("_")[1] for path in data.glob("*_s2.tif"))
    with rasterio.open(data / f"strzegom_{dates[0]}_labels.tif") as dataset:
        height, width = dataset.shape
    every = np.ones((height, width), bool)
    none = ~every
    columns = np.arange(width)[None, :] * np.ones((height, 1))
    print("pixels: precision recall F1 IoU of open_pit; accuracy of all classes; seconds")
    pooled = []
    for date in dates:
        found = run(data, dates, lambda d, out=date: none if d == out else every)
        pooled.append(found[date])
        print(line(f"without {date}", judge(data, found, [date], every)), flush=True)
    dated = dict(zip(dates, pooled, strict=True))
    print(line("leave one date out, pooled", judge(data, dated, dates, every)), flush=True)
    thirds = {
        name: (columns >= width * n // 3) & (columns < width * (n + 1) // 3)
        for n, name in enumerate(("western", "middle", "eastern"))
    }
    for name, third in thirds.items():
        start = time.monotonic()
        found = run(data, dates, lambda d, out=third: ~out)
        quality = judge(data, found, dates, third)
        print(line(f"without the {name} third", quality), f"{time.monotonic() - start:.0f} s")


def run(data: Path, dates: list[str], keep: Keep) -> dict[str, NDArray[np.uint8]]:
    """Train on the labels that ``keep`` leaves of each date; return every date's class map."""
    with tempfile.TemporaryDirectory() as temporary:
        work = Path(temporary)
        lines = ["[legend]", *(f'{value} = "{name}"' for value, name in LEGEND.items())]
        for date in dates:
            with rasterio.open(data / f"strzegom_{date}_labels.tif") as dataset:
                labels, profile = dataset.read(1), dataset.profile
            with rasterio.open(work / f"{date}.tif", "w", **profile) as dataset:
                dataset.write(np.where(keep(date), labels, 0), 1)
            image = os.path.relpath(data / f"strzegom_{date}_s2.tif", work)
            lines += ["[[scene]]", f'image = "{image}"', f'labels = "{date}.tif"']
        (work / "manifest.toml").write_text("\n".join(lines), encoding="utf-8")
        trained = train.train(manifest.read(work / "manifest.toml"))
        model.save(trained, work / "model")
        maps = {}
        for date in dates:
            scene = open_scene(data / f"strzegom_{date}_s2.tif")
            result = detect(scene, trained, work / "out", model_path=work / "model")
            maps[date] = read_raster(result.folder / "classes.tif").codes
        return maps


def judge(
    data: Path, maps: dict[str, NDArray[np.uint8]], dates: list[str], test: NDArray[np.bool_]
) -> PixelQuality:
    """Judge the class maps on the labelled pixels of ``test``, all dates together."""
    truths = [read_raster(data / f"strzegom_{date}_labels.tif", LEGEND).codes for date in dates]
    return judge_pixels(
        np.concatenate([maps[date][test] for date in dates]),
        np.concatenate([truth[test] for truth in truths]),
    )


def line(name: str, quality: PixelQuality) -> str:
    pit = next(score for score in quality.classes if score.name == "open_pit")
    return (
        f"{name:28} P {pit.precision:.3f} R {pit.recall:.3f} F1 {pit.f1:.3f} IoU {pit.iou:.3f} "
        f" accuracy {quality.overall:.3f}"
    )


if __name__ == "__main__":
    main()
