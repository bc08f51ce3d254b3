"""Hold out places of the Amazon patches and print how well kinds of change are told.

    QINGFEI_EVALUATION_DATA=<folder of patches_s2_amazon> python tools/evaluate_change_kind.py

The judge is the product's own (``change_kind_files.held_out``); the plain peer in the same folds is
a random forest on each band's mean before and after. The labels stay outside the repository.
"""

import os
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

from api.settings import Settings
from remote_sensing import change_kind_files
from remote_sensing.change_kind import KINDS

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
        before, after, kinds, places = change_kind_files.read(path)
    print(f"{len(kinds)} pairs of patches at {len(set(places))} places")
    fold = change_kind_files.folds(places, kinds)
    print(f"{'forest on means':18} {plain(before, after, kinds, fold)}")
    for seed in range(2):
        start = time.process_time()
        told = change_kind_files.held_out(before, after, kinds, places, seed)
        auc = " ".join(f"{kind} {value:.3f}" for kind, value in told["auc"].items())
        print(
            f"{f'judge, seed {seed}':18} AUC {auc} accuracy {told['accuracy']:.3f} "
            f"mean F1 {told['mean_f1']:.3f}; {time.process_time() - start:.0f} s CPU",
            flush=True,
        )


def plain(
    before: change_kind_files.Patches, after: change_kind_files.Patches, kinds: list[str],
    fold: np.ndarray,
) -> str:  # fmt: skip
    """Return what an untuned forest on means of bands does in the same folds."""
    from sklearn.ensemble import RandomForestClassifier
    from sklearn.metrics import roc_auc_score

    x = np.concatenate([side.mean(axis=(2, 3)) for side in (before, after)], axis=1)
    truth = np.array([KINDS.index(kind) for kind in kinds])
    told = np.zeros((len(x), len(KINDS)))
    for number in np.unique(fold):
        test = fold == number
        forest = RandomForestClassifier(200, random_state=0).fit(x[~test], truth[~test])
        told[test] = forest.predict_proba(x[test])
    auc = " ".join(
        f"{kind} {roc_auc_score(truth == code, told[:, code]):.3f}"
        for code, kind in enumerate(KINDS)
    )
    return f"AUC {auc} accuracy {(told.argmax(axis=1) == truth).mean():.3f}"


if __name__ == "__main__":
    main()
