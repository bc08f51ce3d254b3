"""What checking the places that teach most is worth, played through on labelled tailings ponds.

Usage: python tools/simulate_active_learning.py DATA/tailings_br [--rounds 5] [--per-round 5]
       [--seeds 4]

Places are regions, held out in five groups. In each, two scenes of the rest are labelled to begin
with; the first model finds candidates in the others, and each round five of them are checked (the
labels say what a team would have found), by four ways to choose. After every round the model is
trained anew and judged on the scenes held out: average precision over pixels (AP), and over a fixed
list of candidates of those scenes (objects). Nothing is tuned on the figures.
"""

import argparse
import os
import re
import time
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")

import geopandas
import numpy as np
from rasterio.features import rasterize
from scipy import ndimage
from sklearn.ensemble import RandomForestClassifier
from sklearn.metrics import average_precision_score

from gis.domain.detection.teaching import Described, figures_of, pick
from remote_sensing import features
from remote_sensing.scene import open_scene
from remote_sensing.windows import Window

STEP = 2
"""Every second pixel along each axis stands for its neighbours."""
FOLDS = 5
MOST_PER_CLASS, MOST_PER_OBJECT, TEST_BACKGROUND, SCORED = 800, 150, 4_000, 40
LOW = 0.25
"""Candidates of the simulation begin here, below what a run would keep, as doubt lives there."""
LEAST_PX = 12
PIXEL_M2 = (10 * STEP) ** 2
WAYS = ("random", "surest", "doubt", "doubt+difference")


@dataclass
class Ground:
    """A scene: features int16 (n, features) of its grid, truth and validity (height, width)."""

    name: str
    region: str
    x: np.ndarray
    truth: np.ndarray
    valid: np.ndarray


@dataclass
class Thing:
    """A candidate: the pixels of its scene that it covers, and what a team would find there."""

    scene: int
    pixels: np.ndarray
    share: float
    compactness_m: float

    @property
    def is_right(self) -> bool:
        return self.share >= 0.3


def grounds(folder: Path) -> list[Ground]:
    frame = geopandas.read_file(folder / "tailings_polygons.geojson")
    found = []
    for path in sorted(folder.glob("br_*.tif")):
        scene = open_scene(path)
        chip = scene.read(Window(col=0, row=0, width=scene.width, height=scene.height))
        stack = features.stack(chip, features.names_for(scene.band_names))
        mine = frame[frame["scene"] == path.stem].to_crs(scene.crs.to_wkt())
        burnt = rasterize(
            list(mine.geometry), (scene.height, scene.width), transform=scene.transform
        )
        x = stack[:, ::STEP, ::STEP]
        found.append(
            Ground(
                path.stem,
                re.match(r"br_(r\d+)", path.stem).group(1),
                np.ascontiguousarray(x.reshape(len(x), -1).T),
                burnt[::STEP, ::STEP] > 0,
                chip.valid[::STEP, ::STEP],
            )
        )
    return found


def forest(x: np.ndarray, y: np.ndarray, seed: int) -> RandomForestClassifier:
    model = RandomForestClassifier(
        30, min_samples_leaf=2, class_weight="balanced", max_features="sqrt", random_state=seed
    )
    return model.fit(x, y)


def said(model: RandomForestClassifier, x: np.ndarray) -> np.ndarray:
    return model.predict_proba(x)[:, list(model.classes_).index(1)]


def labelled(ground: Ground, draw: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    flat, valid = ground.truth.ravel(), ground.valid.ravel()
    rows = []
    for there in (np.flatnonzero(flat & valid), np.flatnonzero(~flat & valid)):
        rows.append(draw.permutation(there)[:MOST_PER_CLASS])
    chosen = np.concatenate(rows)
    return ground.x[chosen], flat[chosen].astype(int)


def things(model, all_grounds: list[Ground], which: list[int]) -> list[Thing]:
    found = []
    for number in which:
        ground = all_grounds[number]
        scores = said(model, ground.x).reshape(ground.truth.shape)
        scores = ndimage.uniform_filter(scores, 3) * ground.valid
        parts, count = ndimage.label(scores >= LOW)
        for label, where in enumerate(ndimage.find_objects(parts), start=1):
            mask = parts[where] == label
            if mask.sum() < LEAST_PX:
                continue
            full = np.zeros(ground.truth.shape, bool)
            full[where][mask] = True
            edge = mask & ~ndimage.binary_erosion(mask)
            pixels = np.flatnonzero(full.ravel())
            share = float(ground.truth.ravel()[pixels].mean())
            found.append(Thing(number, pixels, share, float(edge.sum()) * 10 * STEP))
    return found


def described(key: int, thing: Thing, score: float) -> Described:
    area = len(thing.pixels) * PIXEL_M2
    figures = figures_of(score, area, thing.compactness_m, "tailings", {"tailings": 0})
    return Described(f"{key:05d}", score, figures)


def lesson(thing: Thing, ground: Ground, draw: np.random.Generator):
    """Return what a check of it adds: ponds as they were drawn, everything else as look-alike."""
    truth = ground.truth.ravel()[thing.pixels]
    inside = thing.pixels[truth] if thing.is_right else thing.pixels[~truth]
    chosen = draw.permutation(inside)[:MOST_PER_OBJECT]
    return ground.x[chosen], np.full(len(chosen), int(thing.is_right))


@dataclass
class Season:
    """What the four ways begin with alike: first labels, first candidates, the exam."""

    first: list[tuple[np.ndarray, np.ndarray]]
    pool: list[Thing]
    exam: list[Thing]
    pixels: list[tuple[np.ndarray, np.ndarray, np.ndarray]]


def opened(all_grounds: list[Ground], test: list[int], start: list[int], seed: int) -> Season:
    first = [labelled(all_grounds[n], np.random.default_rng([seed, n])) for n in start]
    model = taught(first, seed)
    rest = [n for n in range(len(all_grounds)) if n not in test and n not in start]
    exam = [exam_pixels(all_grounds[n], np.random.default_rng([seed, 9, n])) for n in test]
    return Season(first, things(model, all_grounds, rest), things(model, all_grounds, test), exam)


def taught(parts: list[tuple[np.ndarray, np.ndarray]], seed: int) -> RandomForestClassifier:
    return forest(*map(np.concatenate, zip(*parts, strict=True)), seed)


def play(all_grounds, season: Season, way, arguments, seed, rows):
    draw = np.random.default_rng([seed, 1])
    parts, pool = list(season.first), season.pool
    waiting, checked = dict(enumerate(pool)), []
    for turn in range(arguments.rounds + 1):
        model = taught(parts, seed)
        by_pixel, by_object = judged(model, all_grounds, season)
        rows[way, turn].append((by_pixel, by_object, sum(pool[k].is_right for k in checked)))
        if turn == arguments.rounds:
            break
        scores = scores_of(model, all_grounds, [*waiting.values()])
        open_ = [described(k, t, v) for (k, t), v in zip(waiting.items(), scores, strict=True)]
        done = [described(k, pool[k], 0.5) for k in checked]
        for key in choose(way, open_, done, arguments.per_round, draw):
            thing = waiting.pop(key)
            parts.append(lesson(thing, all_grounds[thing.scene], draw))
            checked.append(key)


def scores_of(model, all_grounds, some: list[Thing]) -> list[float]:
    """Return the mean score of each, over pixels spread evenly through it."""
    spread = [t.pixels[:: max(len(t.pixels) // SCORED, 1)] for t in some]
    if not some:
        return []
    x = np.concatenate([all_grounds[t.scene].x[p] for t, p in zip(some, spread, strict=True)])
    sizes = np.array([len(p) for p in spread])
    sums = np.add.reduceat(said(model, x), np.r_[0, sizes.cumsum()[:-1]])
    return (sums / sizes).tolist()


def choose(way, open_, done, number, draw) -> list[int]:
    if way == "random":
        picked = [open_[i].key for i in draw.permutation(len(open_))[:number]]
    elif way == "surest":
        picked = [one.key for one in sorted(open_, key=lambda o: -o.score)[:number]]
    elif way == "doubt":
        picked = [one.key for one in sorted(open_, key=lambda o: abs(o.score - 0.5))[:number]]
    else:
        picked = [one.key for one in pick(open_, done, number)]
    return [int(key) for key in picked]


def exam_pixels(ground: Ground, draw: np.random.Generator):
    flat, valid = ground.truth.ravel(), ground.valid.ravel()
    ponds, rest = np.flatnonzero(flat & valid), np.flatnonzero(~flat & valid)
    some = draw.permutation(rest)[:TEST_BACKGROUND]
    weight = np.r_[np.ones(len(ponds)), np.full(len(some), len(rest) / max(len(some), 1))]
    chosen = np.r_[ponds, some]
    return ground.x[chosen], flat[chosen], weight


def judged(model, all_grounds, season: Season) -> tuple[float, float]:
    x, y, w = map(np.concatenate, zip(*season.pixels, strict=True))
    by_pixel = average_precision_score(y, said(model, x), sample_weight=w)
    truth = [t.is_right for t in season.exam]
    scores = scores_of(model, all_grounds, season.exam)
    by_object = average_precision_score(truth, scores) if any(truth) else np.nan
    return float(by_pixel), float(by_object)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--per-round", type=int, default=5)
    parser.add_argument("--seeds", type=int, default=4)
    arguments = parser.parse_args()
    began = time.monotonic()
    all_grounds = grounds(arguments.folder)
    regions = sorted({one.region for one in all_grounds})
    rows = defaultdict(list)
    for fold in range(FOLDS):
        out = set(regions[fold::FOLDS])
        test = [n for n, one in enumerate(all_grounds) if one.region in out]
        rest = [n for n in range(len(all_grounds)) if n not in test]
        with_ponds = [n for n in rest if all_grounds[n].truth.sum() >= 30]
        for seed in range(arguments.seeds):
            draw = np.random.default_rng([seed, fold])
            start = sorted(draw.permutation(with_ponds)[:2].tolist())
            season = opened(all_grounds, test, start, seed)
            for way in WAYS:
                play(all_grounds, season, way, arguments, seed, rows)
        print(f"fold {fold + 1}/{FOLDS}: {time.monotonic() - began:.0f} s", flush=True)
    report(rows, arguments, time.monotonic() - began)


def report(rows, arguments, seconds: float) -> None:
    print("\nAP over pixels | AP over candidates | ponds among the checked; mean over runs")
    for way in WAYS:
        for turn in range(arguments.rounds + 1):
            mean = np.nanmean(np.array(rows[way, turn]), axis=0)
            told = "  ".join(f"{value:.3f}" for value in mean)
            print(f"{way:17s} +{turn * arguments.per_round:3d}  {told}")
    last = arguments.rounds
    print("\ngain over random after the last round, paired by run, 95 % interval by bootstrap")
    draw = np.random.default_rng(0)
    for way in WAYS[1:]:
        apart = np.array(rows[way, last])[:, :2] - np.array(rows["random", last])[:, :2]
        for column, name in enumerate(("pixels", "candidates")):
            values = apart[:, column][~np.isnan(apart[:, column])]
            means = values[draw.integers(0, len(values), (2000, len(values)))].mean(axis=1)
            low, high = np.percentile(means, [2.5, 97.5])
            told = f"{values.mean():+.3f}  [{low:+.3f}, {high:+.3f}]  n={len(values)}"
            print(f"{way:17s} {name:10s} {told}")
    print(f"\n{seconds:.0f} s")


if __name__ == "__main__":
    main()
