"""Try kinds of forest and sets of figures on the Strzegom set, on ground and dates held out.

    QINGFEI_EVALUATION_DATA=<folder that holds strzegom_s2> python tools/try_pixels.py [MOST]

A quick harness beside ``evaluate_strzegom.py``: it takes the product's own samples, figures and
forests, but judges labelled pixels alone, without smoothing, on one thread. MOST is how many pixels
of each class and scene are learnt from. Every line holds out rows or columns in thirds with all
dates, then 2021 on thirds that 2022 and 2023 were not learnt from. All ten labels stay apart.
"""

import os
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from api.settings import Settings
from remote_sensing import features
from remote_sensing.classes import class_of
from remote_sensing.training import estimators, manifest, train

LEGEND = {
    "1": "forest",
    "2": "other",
    "3": "built_up",
    "4": "cropland",
    "5": "bare_soil",
    "6": "grassland",
    "7": "road",
    "8": "water",
    "9": "greenhouse",
    "10": "open_pit",
}
"""Ten names for ten labels; mixed forest and growing crops borrow names, which nothing reads."""

PIT = class_of("open_pit").code
TREES = 40


def main() -> None:
    folder = Settings().evaluation_data
    if not folder:
        sys.exit("Set QINGFEI_EVALUATION_DATA to the folder that holds strzegom_s2.")
    samples, names = gathered(Path(folder) / "strzegom_s2")
    most = int(sys.argv[1]) if len(sys.argv) > 1 else 500
    plain = [n for n, name in enumerate(names) if "_" not in name]
    near = [n for n, name in enumerate(names) if "15" not in name and "hite" not in name
            and "lack" not in name]  # fmt: skip
    every = list(range(len(names)))
    tries: Mapping[str, tuple[str, list[int]]] = {
        "random forest, one pixel's figures": ("random_forest", plain),
        "random forest, to 7 px": ("random_forest", near),
        "random forest, all figures": ("random_forest", every),
        "extra trees, to 7 px": ("extra_trees", near),
        "extra trees, all figures": ("extra_trees", every),
        "boosting, all figures": ("boosting", every),
    }
    for name, (kind, columns) in tries.items():
        start = time.process_time()
        told = [
            f"{what}: IoU {iou:.3f} recall {recall:.3f} accuracy {accuracy:.3f}"
            for what, (iou, recall, accuracy) in trial(samples, columns, kind, most).items()
        ]
        seconds = time.process_time() - start
        print(f"{name:36} {'; '.join(told)}; {seconds:.0f} s CPU", flush=True)


def gathered(data: Path) -> tuple[train.Samples, tuple[str, ...]]:
    """Return every labelled pixel of the six dates."""
    lines = ["[legend]", *(f'{value} = "{name}"' for value, name in LEGEND.items())]
    with tempfile.TemporaryDirectory() as work:
        for image in sorted(data.glob("*_s2.tif")):
            labels = image.with_name(image.name.replace("_s2", "_labels"))
            paths = (os.path.relpath(path, work) for path in (image, labels))
            lines += ["[[scene]]", *(f'{key} = "{path}"' for key, path in zip(
                ("image", "labels"), paths, strict=True))]  # fmt: skip
        path = Path(work) / "manifest.toml"
        path.write_text("\n".join(lines), encoding="utf-8")
        samples, _, bands = train.gather(manifest.read(path), every=True)
    return samples, features.names_for(bands)


def trial(
    samples: train.Samples, columns: list[int], kind: str, most: int
) -> dict[str, tuple[float, float, float]]:
    """Return IoU and recall of pits and the accuracy of all classes for each way to hold out."""
    lon, lat = samples.lonlat.T
    first = samples.scene == 0
    ways = {"rows": (lat, False), "columns": (lon, False), "2021": (lat, True)}
    told = {}
    for what, (along, only_first) in ways.items():
        low, high = along.min(), along.max()
        third = np.minimum(((along - low) / (high - low) * 3).astype(int), 2)
        pairs = []
        for number in range(3):
            test = (third == number) & (first | (not only_first))
            learn = (third != number) & ~(first & only_first)
            taken = drawn(samples, learn, most)
            fitted = fit(samples.x[taken][:, columns], samples.y[taken], kind)
            pairs.append((fitted(samples.x[test][:, columns]), samples.y[test]))
        found, truth = (np.concatenate(side) for side in zip(*pairs, strict=True))
        both = ((found == PIT) & (truth == PIT)).sum()
        told[what] = (
            both / ((found == PIT) | (truth == PIT)).sum(),
            both / (truth == PIT).sum(),
            (found == truth).mean(),
        )
    return told


def drawn(samples: train.Samples, here: NDArray[np.bool_], most: int) -> NDArray[np.intp]:
    """Return the places of at most ``most`` pixels of each class and scene."""
    draw = np.random.default_rng(0)
    kept = []
    for scene in np.unique(samples.scene):
        for code in np.unique(samples.y):
            places = np.flatnonzero(here & (samples.scene == scene) & (samples.y == code))
            kept.append(draw.permutation(places)[:most])
    return np.sort(np.concatenate(kept))


def fit(x: NDArray[np.int16], codes: NDArray[np.uint8], kind: str) -> Any:
    """Return what tells the codes of pixels by what was fitted to these."""
    known, places = np.unique(codes, return_inverse=True)
    target = places.astype(np.int32)
    if kind == "boosting":
        fitted = estimators.boosted(x, target, 0)
    else:
        fitted = estimators.fit(x, target, 0, TREES, kind)
    return lambda ours: known[fitted.predict_proba(ours.astype(np.float32)).argmax(axis=1)]


if __name__ == "__main__":
    main()
