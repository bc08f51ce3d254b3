"""Compare detection with its peers on one made scene: whole processes, in turns, figures equal.

    python tools/bench_detect.py [--work DIR] [--side 4096] [--rounds 3] [--only NAME,…]
                                 [--without OTB]

A ten-band scene, a forest of 200 trees 18 deep over 24 figures. Slow peers get smaller scenes of
the same ground, and their start (a scene of 32 pixels) is taken off all of them, so rates are per
pixel. What lies in --work (the scene, both forests) is used again. A whole Sentinel-2 tile:

    python tools/bench_detect.py --side 10980 --rounds 1 --only "detect --quick"
"""

import argparse
import itertools
import json
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from math import isnan, nan
from pathlib import Path
from statistics import median

import bench_scene
import cv2
import numpy as np
import rasterio
from bench_peers import PEERS
from measuring import equal, told

from remote_sensing import features, figures, model
from remote_sensing.scene import open_scene
from remote_sensing.windows import Window

NAIVE_SIDE, OTB_SIDE, START_SIDE, TILE_SIDE = 1024, 512, 32, 10_980
SLOW = ("OTB", "scikit-learn")
LEAST_NET = 4
"""A run must take longer than its start by a quarter of it, or no rate is told."""
WHOLE_SIDE = 4096
"""Larger scenes repeat one of this size."""
TARGETS = {
    ("exact", "OTB"): 30, ("exact", "scikit-learn"): 8,
    ("audited exit", "OTB"): 70, ("audited exit", "scikit-learn"): 20,
}  # fmt: skip
MOST_CHANGED, TWO_THREADS, FIGURES, OUTLINING, MOST_MEMORY = 1e-5, 1.7, 20, 0.1, 1_024
"""Share of labels that haste may change; times one thread; times OpenCV; share of a run; MiB."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What one process took: seconds, and the most memory in MB."""

    wall: float
    cpu: float
    peak: float


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--work", type=Path)
    asked.add_argument("--side", type=int, default=4096)
    asked.add_argument("--rounds", type=int, default=3)
    asked.add_argument("--only", default=",".join(PEERS))
    asked.add_argument("--without", default="")
    options = asked.parse_args()
    peers = [peer for peer in options.only.split(",") if peer not in options.without.split(",")]
    if wrong := set(peers) - PEERS.keys():
        asked.error(f"no such peer: {', '.join(wrong)}; there are {', '.join(PEERS)}")
    require(peers)
    with tempfile.TemporaryDirectory(prefix="qingfei-bench-") as name:
        work = options.work or Path(name)
        work.mkdir(parents=True, exist_ok=True)
        measure(work, options.side, options.rounds, peers)
        compare_figures(work)


def require(peers: list[str]) -> None:
    """End here, with what to do, where a peer is missing."""
    if "OTB" in peers and shutil.which("otbcli_ImageClassifier") is None:
        sys.exit(
            "没有找到 Orfeo ToolBox：请运行 sudo apt-get install otb-bin，"
            "或用 WITHOUT=OTB（--without OTB）略去它。\n"
            "Orfeo ToolBox is not installed: run sudo apt-get install otb-bin, "
            "or leave it out by WITHOUT=OTB (--without OTB)."
        )


def measure(work: Path, side: int, rounds: int, peers: list[str]) -> None:
    """Prepare what is missing in ``work``, run the peers in turns, tell the figures."""
    prepare(work, side, "OTB" in peers)
    sides = dict.fromkeys(PEERS, side) | {"scikit-learn": NAIVE_SIDE, "OTB": OTB_SIDE}
    load = os.getloadavg()[0]
    print(f"detect: {side} x {side} px, {bench_scene.TREES} trees, load {load:.1f} at the start")
    run("exact", work, START_SIDE)  # compiles, where nothing is kept yet
    costs: dict[tuple[str, int], list[Cost]] = {}
    for _ in range(rounds):
        for peer in peers:
            for own in (START_SIDE, sides[peer]):
                costs.setdefault((peer, own), []).append(run(peer, work, own))
    rates = {peer: tell(peer, sides[peer], costs) for peer in peers}
    for mine, peer in itertools.product(("exact", "audited exit", "detect --quick"), SLOW):
        if {mine, peer} <= rates.keys():
            wall, cpu = (a / b for a, b in zip(rates[mine], rates[peer], strict=True))
            ratio(f"{mine} against {peer}, CPU", cpu, "{:.1f} x", TARGETS.get((mine, peer)))
            ratio(f"{mine} against {peer}, wall", wall, "{:.1f} x")
    if {"exact", "exact by one thread"} <= rates.keys():
        gain = rates["exact"][0] / rates["exact by one thread"][0]
        ratio("two threads against one, wall", gain, "{:.2f} x", TWO_THREADS)
    for peer in peers:
        if peer.startswith("detect"):
            wall, peak = (
                max(getattr(cost, what) for cost in costs[peer, side]) for what in ("wall", "peak")
            )
            told(f"{peer}, {side} px, whole process", wall, "{:.1f} s")
            told(f"{peer}, {side} px, most memory", peak, "{:.0f} MiB", most=MOST_MEMORY)
    check(work, side, peers)


def prepare(work: Path, side: int, with_otb: bool) -> None:
    for own in {side, NAIVE_SIDE, START_SIDE, *([OTB_SIDE] if with_otb else [])}:
        path = work / f"{own}.tif"
        if path.exists():
            continue
        if own > WHOLE_SIDE:
            if not (work / f"{WHOLE_SIDE}.tif").exists():
                bench_scene.make(work / f"{WHOLE_SIDE}.tif", WHOLE_SIDE)
            bench_scene.repeat(work / f"{WHOLE_SIDE}.tif", path, own)
        else:
            bench_scene.make(path, own)
    path = work / "bench.model"
    if not path.exists():
        x, target = bench_scene.samples(open_scene(work / f"{NAIVE_SIDE}.tif"))
        np.savez(work / "samples.npz", x=x, target=target)
        model.save(bench_scene.trained(x, target), path)
    if with_otb:
        known = np.load(work / "samples.npz")
        bench_scene.train_otb(work, known["x"], known["target"])
        for own in (START_SIDE, OTB_SIDE):
            bench_scene.write_stack(work / f"{own}.tif", work / f"stack{own}.tif")


def run(peer: str, work: Path, side: int) -> Cost:
    """Run one peer as a process of its own and return what it took, with all it started."""
    out = work / f"{peer}-{side}.tif"
    script = str(Path(__file__).with_name("bench_peers.py"))
    arguments = [sys.executable, script, peer, str(work), str(side), str(out)]
    began = time.perf_counter()
    child = os.posix_spawn(sys.executable, arguments, os.environ)
    _, status, used = os.wait4(child, 0)
    if status:
        sys.exit(f"{peer} failed")
    wall = time.perf_counter() - began
    return Cost(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def tell(peer: str, side: int, costs: dict[tuple[str, int], list[Cost]]) -> tuple[float, float]:
    """Print one peer's line and return its Mpx/s by wall and by CPU, net of its start."""

    def middle(own: int, what: Callable[[Cost], float]) -> float:
        return median(what(cost) for cost in costs[peer, own])

    wall, cpu = (middle(side, what) for what in (lambda c: c.wall, lambda c: c.cpu))
    start, start_cpu = (middle(START_SIDE, what) for what in (lambda c: c.wall, lambda c: c.cpu))
    pixels = (side**2 - START_SIDE**2) / 1e6
    rate, cpu_rate = net_rate(pixels, wall, start), net_rate(pixels, cpu, start_cpu)
    print(
        f"detect: {peer:16} {side:5} px {wall:7.1f} s wall {cpu:7.1f} s CPU"
        f" (start {start:.1f}, {start_cpu:.1f})"
        f" {rate:7.3f} Mpx/s wall {cpu_rate:7.3f} Mpx/s CPU"
        f" {max(cost.peak for cost in costs[peer, side]):6.0f} MB",
        flush=True,
    )
    return rate, cpu_rate


def net_rate(pixels: float, whole: float, start: float) -> float:
    """Return pixels a second net of the start; NaN where that is hardly more than noise."""
    return pixels / (whole - start) if whole - start > start / LEAST_NET else nan


def ratio(what: str, found: float, form: str, least: float | None = None) -> None:
    """Tell a ratio of two rates, if both could be told from the start."""
    if isnan(found):
        print(f"detect: {what}: the scene is too small to tell; start takes nearly all of it")
    else:
        told(what, found, form, least=least)


def check(work: Path, side: int, peers: list[str]) -> None:
    """Print whether the label maps are those of scikit-learn, and what haste has changed."""

    def labels(peer: str, own: int) -> np.ndarray:
        return labels_of(work / f"{peer}-{own}.tif")

    if {"exact", "scikit-learn"} <= set(peers) and side <= WHOLE_SIDE:
        differ = differing(work, side, labels("exact", side))
        equal(f"labels unlike scikit-learn's, of {side**2:,}", differ)
    if {"exact", "audited exit"} <= set(peers):
        tell_changed(
            "the audited exit changed", labels("exact", side) != labels("audited exit", side)
        )
    if {"detect", "detect --quick"} <= set(peers):
        one, other = (
            labels_of(work / f"{peer}-{side}.tif" / str(side) / "classes.tif")
            for peer in ("detect", "detect --quick")
        )
        tell_changed("detect --quick changed", one != other)
    for peer in ("exact", "audited exit", "detect", "detect --quick"):
        if peer in peers:
            said = json.loads((work / f"{peer}-{side}.json").read_text())
            print(f"detect: {peer}: {json.dumps(said)}")
            if "timing" in said:
                share = said["timing"]["stages"]["outline"] / said["timing"]["seconds"]
                told(f"{peer}, {side} px, objects of the run", share, "{:.1%}", most=OUTLINING)


def tell_changed(what: str, differ: np.ndarray) -> None:
    share = float(differ.mean())
    told(f"labels that {what}, {differ.sum()} px", share, "{:.1e}", most=MOST_CHANGED)


def labels_of(path: Path) -> np.ndarray:
    with rasterio.open(path) as raster:
        found: np.ndarray = raster.read(1)
    return found


def differing(work: Path, side: int, labels: np.ndarray) -> int:
    """Return how many labels of the whole scene are not those of scikit-learn, strip by strip."""
    scene, known = open_scene(work / f"{side}.tif"), model.load(work / "bench.model")
    forest, differ = known.estimator.set_params(n_jobs=2), 0
    for top in range(0, side, 256):
        strip = Window(0, top, side, min(256, side - top))
        reach = features.reach(known.card.features)
        stack = figures.stack(scene.read(strip.grown(reach)), known.card.features, reach)
        pixels = stack.reshape(len(stack), -1).T.astype(np.float32)
        theirs = forest.predict_proba(pixels).argmax(axis=1)
        differ += int((theirs != labels[top : strip.row_end].ravel()).sum())
    return differ


def compare_figures(work: Path) -> None:
    """Print how fast figures become codes, beside numpy and OpenCV with searchsorted."""
    scene, known = open_scene(work / f"{NAIVE_SIDE}.tif"), model.load(work / "bench.model")
    names, forest = known.card.features, known.packed
    assert forest
    reach = features.reach(names)
    chip = scene.read(Window(0, 0, NAIVE_SIDE, NAIVE_SIDE).grown(reach))

    def mine() -> np.ndarray:
        return figures.planes(chip, names, forest.tables, reach)

    def theirs() -> np.ndarray:
        bands = dict(zip(chip.band_names, chip.reflectance.astype(np.float32), strict=True))
        bases = dict(bands)
        for name, (one, other) in features.PAIRS.items():
            total = np.maximum(bands[one] + bands[other], 1)
            bases[name] = (bands[one] - bands[other]) * 10_000 / total
        bases["bright"] = (bands["B02"] + bands["B03"] + bands["B04"]) / 3
        out = np.empty((len(names), *chip.valid.shape), np.uint8)
        for plane, name, cuts in zip(out, names, forest.cuts, strict=True):
            base, kind, radius = features.parts_of(name)
            figure, side = bases[base], (2 * radius + 1,) * 2
            if kind:
                figure = mean = cv2.blur(bases[base], side)
            if kind == "dev":
                squares = cv2.blur(bases[base] * bases[base], side)
                figure = np.sqrt(np.maximum(squares - mean * mean, 0))
            plane[:] = np.searchsorted(cuts, np.floor(figure))
        return out[:, reach:-reach, reach:-reach]

    cv2.setNumThreads(1)
    took: dict[str, list[float]] = {"ours": [], "theirs": []}
    for _ in range(3):
        for name, way in (("ours", mine), ("theirs", theirs)):
            began = time.process_time()
            found = way()
            took[name].append(time.process_time() - began)
            if name == "ours":
                codes = found
    plain = features.stack(chip, names)[:, reach:-reach, reach:-reach]
    own = forest.codes(plain.reshape(len(names), -1).T)
    unlike = int((own != codes.reshape(len(names), -1)).sum())
    near = (found == codes).mean()
    ours, others = (NAIVE_SIDE**2 / 1e6 / median(times) for times in took.values())
    print(
        f"detect: figures {ours:.1f} Mpx/s of CPU, numpy + OpenCV + searchsorted {others:.2f}; "
        f"codes that OpenCV's float32 gives as well: {near:.4%}"
    )
    told("24 figures against numpy + OpenCV, CPU", ours / others, "{:.1f} x", least=FIGURES)
    equal("codes unlike numpy's whole numbers", unlike)


if __name__ == "__main__":
    main()
