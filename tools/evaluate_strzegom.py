"""Hold out dates and ground of the Strzegom set and print how well the product's own path does.

    QINGFEI_EVALUATION_DATA=<folder that holds strzegom_s2> python tools/evaluate_strzegom.py
    … --ten --only "north,middle,south,20210619"

``--ten`` keeps all ten classes of the labels apart; without it both forests and both crops are one.
``--only`` names what is held out: dates, or thirds of the scene by row or by column. Each line
trains with ``train.train`` on labels from which the test ground was cut out, runs
``pipeline.detect`` and judges its class maps on the labelled pixels that were held out. The labels
are development material and stay outside the repository.
"""

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
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

TEN = LEGEND | {"2": "other", "9": "greenhouse"}
"""All ten classes by names of ours; ``other`` is the mixed forest, ``greenhouse`` growing crops."""
THIRDS = (("north", "middle", "south"), ("western", "central", "eastern"))

Keep = Callable[[str], NDArray[np.bool_]]
Legend = Mapping[str, str]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--ten", action="store_true", help="keep all ten classes apart")
    parser.add_argument("--only", default="", help="dates and thirds to hold out, by commas")
    given = parser.parse_args()
    legend = TEN if given.ten else LEGEND
    folder = Settings().evaluation_data
    if not folder:
        sys.exit("Set QINGFEI_EVALUATION_DATA to the folder that holds strzegom_s2.")
    data = Path(folder) / "strzegom_s2"
    dates = sorted(path.name.split("_")[1] for path in data.glob("*_s2.tif"))
    with rasterio.open(data / f"strzegom_{dates[0]}_labels.tif") as dataset:
        height, width = dataset.shape
    wanted = given.only.split(",") if given.only else [*dates, *sum(THIRDS, ())]
    every = np.ones((height, width), bool)
    print("pixels: precision recall F1 IoU of open_pit; accuracy of all classes; seconds")
    dated = {}
    for date in filter(wanted.__contains__, dates):
        start = time.monotonic()
        found = run(data, dates, lambda d, out=date: every & (d != out), legend)
        dated[date] = found[date]
        told = line(f"without {date}", judge(data, found, [date], every, legend))
        print(told, f"{time.monotonic() - start:.0f} s", flush=True)
    if len(dated) > 1:
        told = line("these dates, pooled", judge(data, dated, list(dated), every, legend))
        print(told, flush=True)
    for place, names in zip(np.indices((height, width)), THIRDS, strict=True):
        for number, name in enumerate(names):
            if name not in wanted:
                continue
            start = time.monotonic()
            third = place * 3 // (place.max() + 1) == number
            found = run(data, dates, lambda d, out=third: ~out, legend)
            told = line(f"without the {name} third", judge(data, found, dates, third, legend))
            print(told, f"{time.monotonic() - start:.0f} s", flush=True)


def run(data: Path, dates: list[str], keep: Keep, legend: Legend) -> dict[str, NDArray[np.uint8]]:
    """Train on the labels that ``keep`` leaves of each date; return every date's class map."""
    with tempfile.TemporaryDirectory() as temporary:
        work = Path(temporary)
        lines = ["[legend]", *(f'{value} = "{name}"' for value, name in legend.items())]
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
    data: Path,
    maps: dict[str, NDArray[np.uint8]],
    dates: list[str],
    test: NDArray[np.bool_],
    legend: Legend,
) -> PixelQuality:
    """Judge the class maps on the labelled pixels of ``test``, all dates together."""
    truths = [read_raster(data / f"strzegom_{date}_labels.tif", legend).codes for date in dates]
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
