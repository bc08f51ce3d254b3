"""Teaching what kind of change is what: the manifest of patches, the trial by place, the file.

A manifest has a ``[legend]`` (label → mining, human or natural) and ``[patches]``: ``file`` (an
.npz of two arrays, named by ``before`` and ``after``, each (patches, rows, cols, bands) of
reflectance * 10,000), ``index`` (a CSV, one row a patch) with its columns ``label`` and ``place``,
and ``bands``.
"""

import csv
import hashlib
import io
import json
import tomllib
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from remote_sensing import packing, safe_files
from remote_sensing.change import kind_judge, kind_windows
from remote_sensing.change.kind_judge import BANDS, KINDS, ChangeKinds, Patches
from remote_sensing.errors import ManifestInvalid, ManifestMissing, NotAModel

MOST_BYTES = 2**30
FOLDS = 5
VERSION = 2
_CARD = "changes.json"
_ARRAYS = ("met", "width", "weights", "sharpness")


def is_of_patches(path: Path) -> bool:
    """Whether a manifest teaches kinds of change; False also for what cannot be read."""
    try:
        return "patches" in tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False


def train(path: Path, *, seed: int = 0) -> ChangeKinds:
    """Learn from a manifest of patches; raises ManifestMissing, ManifestInvalid."""
    before, after, kinds, places = read(path)
    card = {
        "name": path.stem,
        "version": VERSION,
        "samples": {kind: kinds.count(kind) for kind in KINDS},
        "places": len(set(places)),
        "data_sha256": _digest(before, after, kinds, places),
        "seed": seed,
        "validated": held_out(before, after, kinds, places, seed),
    }
    return kind_judge.train(before, after, kinds, card, seed, places)


def quality(judge: ChangeKinds, path: Path) -> dict[str, Any]:
    """Return how well a judge tells the kinds of a manifest's patches.

    ``is_its_own`` says whether it learnt from these very patches, so that the figures prove
    nothing; raises ManifestMissing, ManifestInvalid.
    """
    before, after, kinds, places = read(path)
    return {
        "patches": {kind: kinds.count(kind) for kind in KINDS},
        "places": len(set(places)),
        "is_its_own": judge.card.get("data_sha256") == _digest(before, after, kinds, places),
    } | _figures(judge.shares(before, after), np.array([KINDS.index(kind) for kind in kinds]))


def _digest(before: Patches, after: Patches, kinds: Sequence[str], places: Sequence[str]) -> str:
    digest = hashlib.sha256("\n".join((*kinds, *places)).encode())
    for patches in (before, after):
        digest.update(np.ascontiguousarray(patches).tobytes())
    return digest.hexdigest()


def held_out(
    before: Patches, after: Patches, kinds: Sequence[str], places: Sequence[str], seed: int = 0
) -> dict[str, Any]:
    """Return how well kinds are told at places that were not learnt from."""
    told = told_apart(before, after, kinds, places, seed)
    truth = np.array([KINDS.index(kind) for kind in kinds])
    judged = ~np.isnan(told[:, 0])
    if len(set(truth[judged])) < len(KINDS):
        return {"held_out": "place", "folds": 0}
    figures = _figures(told[judged], truth[judged])
    return {"held_out": "place", "folds": FOLDS} | figures


def _figures(told: NDArray[np.float64], truth: NDArray[np.int64]) -> dict[str, Any]:
    """Return what shares are worth, held against the truth.

    ``auc`` is each kind's against the others, the chance that one of it is ranked higher;
    ``brier`` the mean squared error of the shares, summed over kinds.
    """
    from sklearn.metrics import f1_score, roc_auc_score

    found = told.argmax(axis=1)
    missed = told - (truth[:, None] == np.arange(len(KINDS)))
    return {
        "accuracy": round(float((found == truth).mean()), 4),
        "mean_f1": round(float(f1_score(truth, found, average="macro")), 4),
        "brier": round(float((missed**2).sum(axis=1).mean()), 4),
        "auc": {
            kind: round(float(roc_auc_score(truth == code, told[:, code])), 4)
            for code, kind in enumerate(KINDS)
        },
    }


def told_apart(
    before: Patches, after: Patches, kinds: Sequence[str], places: Sequence[str], seed: int = 0
) -> NDArray[np.float64]:
    """Return each patch's shares as judges say that never met its place; NaN where none could."""
    fold = folds(places, kinds)
    told = np.full((len(kinds), len(KINDS)), np.nan)
    for number in range(FOLDS):
        test = fold == number
        learn = [int(n) for n in np.flatnonzero(~test)]
        known = [kinds[n] for n in learn]
        if test.any() and len({*known}) == len(KINDS):
            met = [places[n] for n in learn]
            fitted = kind_judge.train(before[learn], after[learn], known, {}, seed, met)
            told[test] = fitted.shares(before[test], after[test])
    return told


def folds(places: Sequence[str], kinds: Sequence[str]) -> NDArray[np.int64]:
    """Return each patch's fold: a place is in one only, and every fold gets of every kind.

    Places with most patches choose first, each the fold that has least of its commonest kind.
    """
    fold = np.zeros(len(places), np.int64)
    at = {place: [n for n, own in enumerate(places) if own == place] for place in {*places}}
    load = {kind: np.zeros(FOLDS) for kind in {*kinds}}
    for place in sorted(at, key=lambda name: (-len(at[name]), name)):
        own = [kinds[n] for n in at[place]]
        commonest = max(sorted({*own}), key=own.count)
        number = int(load[commonest].argmin())
        fold[at[place]] = number
        for kind in own:
            load[kind][number] += 1
    return fold


def read(path: Path) -> tuple[Patches, Patches, list[str], list[str]]:
    """Return the patches before and after, (patches, bands, rows, cols), their kinds and places."""
    try:
        said = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ManifestMissing(file=path.name) from error
    except ValueError as error:
        raise _wrong(path, f"不是有效的 TOML（{error}）", f"it is not TOML ({error})") from error
    legend, table = said.get("legend"), said.get("patches")
    if not isinstance(legend, dict) or not {*legend.values()} <= {*KINDS}:
        names = ", ".join(KINDS)
        raise _wrong(path, f"[legend] 的类别应为 {names}", f"[legend] must name {names}")
    if not isinstance(table, dict) or any(
        not isinstance(table.get(key), str) for key in ("file", "index", "label", "place")
    ):
        keys = "file, index, label, place"
        raise _wrong(path, f"[patches] 应写明 {keys}", f"[patches] must have {keys}")
    if tuple(table.get("bands", BANDS)) != BANDS:
        names = ", ".join(BANDS)
        raise _wrong(path, f"bands 应依次为 {names}", f"bands must be {names}")
    try:
        with (path.parent / table["index"]).open(encoding="utf-8-sig", newline="") as stream:
            rows = list(csv.DictReader(stream))
        labels = [row[table["label"]] for row in rows]
        places = [row[table["place"]] for row in rows]
        with np.load(path.parent / table["file"], allow_pickle=False) as arrays:
            named = (table.get("before", "t0"), table.get("after", "t1"))
            pair = [arrays[name] for name in named]
    except (OSError, KeyError, ValueError, TypeError, zipfile.BadZipFile) as error:
        raise _wrong(
            path, f"无法读取图块或索引（{error}）", f"its patches or index cannot be read ({error})"
        ) from error
    shape = (len(rows), *pair[0].shape[1:3], len(BANDS))
    if any(own.shape != shape or min(shape[1:3]) < 16 for own in pair):
        raise _wrong(
            path, "图块与索引行数、波段数不一致，或小于 16 像元",
            "patches, index rows and bands are not as many, or patches are under 16 pixels",
        )  # fmt: skip
    known = [n for n, label in enumerate(labels) if label in legend]
    kinds = [legend[labels[n]] for n in known]
    if len({*kinds}) < len(KINDS):
        raise _wrong(path, "三类变化都要有图块", "it must have patches of all three kinds")
    before, after = (np.moveaxis(own, 3, 1)[known] for own in pair)
    return before, after, kinds, [places[n] for n in known]


def save(made: ChangeKinds, path: Path) -> None:
    """Write the judge's file; it appears under its name only when it is whole."""
    with safe_files.writing(path):
        path.parent.mkdir(parents=True, exist_ok=True)
    safe_files.replace_bytes(path, path.with_name(f".{path.name}.part"), dump(made))


def dump(made: ChangeKinds) -> bytes:
    """Return the judge's file, the same bytes for the same judge."""
    parts = {_CARD: json.dumps(made.card, sort_keys=True, ensure_ascii=False).encode()}
    for name in _ARRAYS:
        out = io.BytesIO()
        np.save(out, getattr(made, name))
        parts[f"{name}.npy"] = out.getvalue()
    return packing.pack(parts)


def load(path: Path) -> ChangeKinds:
    """Read a judge's file without running anything in it; raises NotAModel."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise NotAModel(file=path.name) from error
    return loads(content, path.name)


def is_judge(path: Path) -> bool:
    """Whether a file says that it holds a judge; False also for what cannot be read."""
    try:
        with zipfile.ZipFile(path) as archive:
            return _CARD in archive.namelist()
    except (OSError, zipfile.BadZipFile):
        return False


def loads(content: bytes, name: str) -> ChangeKinds:
    """Read the bytes of a judge's file called ``name``; raises NotAModel."""
    try:
        parts = packing.unpack(content, MOST_BYTES)
        card = json.loads(parts[_CARD])
        if card["version"] != VERSION:
            raise ValueError("of another version")
        arrays = {
            name: np.load(io.BytesIO(parts[f"{name}.npy"]), allow_pickle=False) for name in _ARRAYS
        }
        _require_fit(**arrays)
    except Exception as error:
        # Whatever a damaged file makes the readers raise, it is no judge.
        raise NotAModel(file=name) from error
    return ChangeKinds(card, **arrays)


def _require_fit(
    met: NDArray[Any], width: NDArray[Any], weights: NDArray[Any], sharpness: NDArray[Any]
) -> None:
    """Raise ValueError unless a file's arrays are of the sizes and numbers that judging needs."""
    empty = np.zeros((1, len(BANDS), kind_windows.SIDE, kind_windows.SIDE))
    shapes = ((len(met), kind_windows.figures(empty, empty).shape[2]), (), (len(met), len(KINDS)))
    arrays = (met, width, weights, sharpness)
    for array, shape in zip(arrays, (*shapes, ()), strict=True):
        if array.shape != shape or array.dtype != np.float64 or not np.isfinite(array).all():
            raise ValueError("another judge")
    if not len(met) or min(width, sharpness) <= 0:
        raise ValueError("another judge")


def _wrong(path: Path, zh: str, en: str) -> ManifestInvalid:
    return ManifestInvalid(file=path.name, problem_zh=zh, problem_en=en)
