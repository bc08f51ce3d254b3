"""One way of classifying a made scene, as a process of its own: bench_detect.py runs them in turns.

python tools/bench_peers.py PEER WORK SIDE OUT
"""

import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import rasterio

SIZE = 512


def ours(work: Path, side: int, out: Path, *, quick: bool = False, threads: int = 2) -> None:
    """Write the label map, window by window: read, figures, codes, trees until settled, write."""
    from remote_sensing import features, figures, forest, model
    from remote_sensing.classify import Source
    from remote_sensing.scene import open_scene
    from remote_sensing.windows import Tile, plan

    scene, known = open_scene(work / f"{side}.tif"), model.load(work / "bench.model")
    packed, names = known.packed, known.card.features
    assert packed
    reach, source = features.reach(names), Source()
    leave = (forest.statistical if quick else forest.exact)(packed.trees)

    def label(tile: Tile) -> tuple[Tile, np.ndarray, float, int]:
        chip = source.read(scene, tile.inner.grown(reach))
        planes = figures.planes(chip, names, packed.tables, reach)
        index = np.flatnonzero(chip.valid[reach:-reach, reach:-reach]).astype(np.int32)
        labels = np.full(planes[0].size, 255, np.uint8)
        labels[index], share = packed.labels(planes.reshape(len(names), -1), index, leave)
        return tile, labels.reshape(planes[0].shape), share, len(index)

    heard = total = 0.0
    tiles = source.order(scene, plan(scene.width, scene.height, size=SIZE))
    with rasterio.open(out, "w", **label_profile(scene)) as raster:
        with ThreadPoolExecutor(threads) as pool:
            for tile, labels, share, count in pool.map(label, tiles):
                window = rasterio.windows.Window(
                    tile.inner.col, tile.inner.row, tile.inner.width, tile.inner.height
                )
                raster.write(labels, 1, window=window)
                heard, total = heard + share * count, total + count
    out.with_suffix(".json").write_text(json.dumps({"share": heard / max(total, 1)}))


def whole(work: Path, side: int, out: Path, *, quick: bool = False) -> None:
    """Make all four files of a run, scores smoothed, candidates outlined."""
    from remote_sensing import model, runner
    from remote_sensing.pipeline import detect
    from remote_sensing.scene import open_scene

    path = work / "bench.model"
    done = detect(
        open_scene(work / f"{side}.tif"), model.load(path), out, model_path=path,
        run=runner.threads(2), quick=quick, overwrite=True,
    )  # fmt: skip
    out.with_suffix(".json").write_text(
        json.dumps({"timing": done.record["timing"], "audit": done.record.get("audit")})
    )


def naive(work: Path, side: int, out: Path) -> None:
    """The way of many scripts: read all, all figures by numpy, reshape, predict_proba, write."""
    from remote_sensing import features, model
    from remote_sensing.scene import open_scene
    from remote_sensing.windows import Window

    scene, known = open_scene(work / f"{side}.tif"), model.load(work / "bench.model")
    chip = scene.read(Window(0, 0, side, side))
    stack = features.stack(chip, known.card.features)
    pixels = stack.reshape(len(stack), -1).T.astype(np.float32)
    forest = known.estimator.set_params(n_jobs=2)
    labels = forest.predict_proba(pixels).argmax(axis=1).astype(np.uint8)
    with rasterio.open(out, "w", **label_profile(scene)) as raster:
        raster.write(labels.reshape(side, side), 1)


def otb(work: Path, side: int, out: Path) -> None:
    """Orfeo ToolBox's own forest of the same samples; its figures lie ready, which is a gift."""
    command = [
        "otbcli_ImageClassifier", "-in", str(work / f"stack{side}.tif"),
        "-model", str(work / "otb.model"), "-out", str(out), "uint8",
    ]  # fmt: skip
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def label_profile(scene: object) -> dict[str, object]:
    return {
        "driver": "GTiff", "dtype": "uint8", "count": 1, "nodata": 255, "tiled": True,
        "blockxsize": SIZE, "blockysize": SIZE, "compress": "ZSTD", "zstd_level": 1,
        **{name: getattr(scene, name) for name in ("width", "height", "crs", "transform")},
    }  # fmt: skip


PEERS = {
    "exact": ours,
    "exact by one thread": lambda *where: ours(*where, threads=1),
    "audited exit": lambda *where: ours(*where, quick=True),
    "detect": whole,
    "detect --quick": lambda *where: whole(*where, quick=True),
    "scikit-learn": naive,
    "OTB": otb,
}


if __name__ == "__main__":
    PEERS[sys.argv[1]](Path(sys.argv[2]), int(sys.argv[3]), Path(sys.argv[4]))
