"""Hold out places of the Amazon patches and print how well kinds of change are told.

    QINGFEI_EVALUATION_DATA=<folder of patches_s2_amazon> python tools/evaluate_change_kind.py

The judge is the product's own (``kind_training.told_apart``); the plain peer in the same folds
is a random forest on each band's mean before and after. The interval of the mining AUC is of 1,000
draws of places with replacement. Most mining pairs are of other years (2018 and 2020-2023) than the
rest (2019 and 2021), so that an image of 2018, cloudier than others, gives some away: the AUC of
those that are not is printed too. The labels stay outside the repository.
"""

import csv
import os
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
from sklearn.metrics import f1_score, roc_auc_score

from api.settings import Settings
from remote_sensing.change import kind_training
from remote_sensing.change.kind_judge import KINDS

MANIFEST = """
[legend]
mining_emergence = "mining"
human_activity = "human"
natural_change = "natural"

[patches]
file = "{folder}/patches.npz"
index = "{folder}/index.csv"
label = "category"
place = "cluster"
"""


def main() -> None:
    folder = Settings().evaluation_data
    if not folder:
        sys.exit("Set QINGFEI_EVALUATION_DATA to the folder that holds patches_s2_amazon.")
    with tempfile.TemporaryDirectory() as work:
        data = os.path.relpath(Path(folder) / "patches_s2_amazon", work)
        path = Path(work) / "changes.toml"
        path.write_text(MANIFEST.format(folder=data), encoding="utf-8")
        before, after, kinds, places = kind_training.read(path)
    print(f"{len(kinds)} pairs of patches at {len(set(places))} places")
    fold = kind_training.folds(places, kinds)
    print(f"{'forest on means':18} {plain(before, after, kinds, fold)}")
    truth = np.array([KINDS.index(kind) for kind in kinds])
    for seed in range(2):
        start = time.process_time()
        told = kind_training.told_apart(before, after, kinds, places, seed)
        found = told.argmax(axis=1)
        print(
            f"{f'judge, seed {seed}':18} {_auc(truth, told)} "
            f"accuracy {(found == truth).mean():.3f} "
            f"mean F1 {f1_score(truth, found, average='macro'):.3f}; "
            f"{time.process_time() - start:.0f} s CPU",
            flush=True,
        )
    mining = truth == KINDS.index("mining")
    low, high = _interval(mining, told[:, 0], places)
    years = years_of(Path(folder) / "patches_s2_amazon" / "index.csv")
    like = ~mining | (years == "2019")
    print(
        f"mining AUC, 95 % of draws of places: {low:.3f} to {high:.3f}; the {mining[like].sum()} "
        f"of the others' years: {roc_auc_score(mining[like], told[like, 0]):.3f}"
    )


def years_of(index: Path) -> np.ndarray:
    """Return the year of each first image."""
    with index.open(encoding="utf-8-sig", newline="") as stream:
        return np.array([row["t0_start"][:4] for row in csv.DictReader(stream)])


def _interval(is_it: np.ndarray, score: np.ndarray, places: list[str]) -> np.ndarray:
    """Return the 2.5th and 97.5th percentile of AUC over draws of places with replacement."""
    draw, aucs = np.random.default_rng(0), []
    at = [np.flatnonzero(np.array(places) == place) for place in sorted({*places})]
    for _ in range(1000):
        own = np.concatenate([at[n] for n in draw.integers(0, len(at), len(at))])
        if 0 < is_it[own].sum() < len(own):
            aucs.append(roc_auc_score(is_it[own], score[own]))
    return np.percentile(aucs, [2.5, 97.5])


def _auc(truth: np.ndarray, told: np.ndarray) -> str:
    return "AUC " + " ".join(
        f"{kind} {roc_auc_score(truth == code, told[:, code]):.3f}"
        for code, kind in enumerate(KINDS)
    )


def plain(
    before: kind_training.Patches, after: kind_training.Patches, kinds: list[str],
    fold: np.ndarray,
) -> str:  # fmt: skip
    """Return what an untuned forest on means of bands does in the same folds."""
    from sklearn.ensemble import RandomForestClassifier

    x = np.concatenate([side.mean(axis=(2, 3)) for side in (before, after)], axis=1)
    truth = np.array([KINDS.index(kind) for kind in kinds])
    told = np.zeros((len(x), len(KINDS)))
    for number in np.unique(fold):
        test = fold == number
        forest = RandomForestClassifier(200, random_state=0).fit(x[~test], truth[~test])
        told[test] = forest.predict_proba(x[test])
    return f"{_auc(truth, told)} accuracy {(told.argmax(axis=1) == truth).mean():.3f}"


if __name__ == "__main__":
    main()
