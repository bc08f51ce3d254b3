"""Archives and estimators as bytes that depend on their content only, and their safe reading."""

import hashlib
import io
import itertools
import json
import zipfile
import zlib
from collections.abc import Mapping
from typing import Any

import numpy as np

_DATE = (1980, 1, 1, 0, 0, 0)
_TRUSTED = [
    "sklearn.tree._tree.Tree",
    "remote_sensing.quadric.Quadric",
    "remote_sensing.boosted.Boosted",
    "remote_sensing.boosted.Together",
    "remote_sensing.mixed.Mixed",
]
"""The one compiled type in a forest, and our own; ``require_sound`` checks their numbers."""


def pack(parts: Mapping[str, bytes]) -> bytes:
    """Return a zip of ``parts`` with a fixed date, so that equal parts give equal bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in parts.items():
            info = zipfile.ZipInfo(name, _DATE)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, content, compresslevel=6)
    return out.getvalue()


def unpack(content: bytes, most_bytes: int) -> dict[str, bytes]:
    """Return the parts of a zip; raises ValueError when it is none, is cut, or unpacks to more."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(info.file_size for info in archive.infolist()) > most_bytes:
                raise ValueError("unpacks to too much")
            return {info.filename: archive.read(info) for info in archive.infolist()}
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
        raise ValueError("not a whole zip") from error


def dump_forest(estimator: Any) -> bytes:
    """Return skops bytes of an estimator, freed of memory addresses and the time of day."""
    import skops.io

    parts = unpack(skops.io.dumps(estimator), 2**32)
    schema = json.loads(parts.pop("schema.json"))
    parts = {name: _without_padding(content) for name, content in parts.items()}
    named = {name: f"{hashlib.sha256(content).hexdigest()}.npy" for name, content in parts.items()}
    count = itertools.count()

    def settled(node: Any) -> Any:
        if isinstance(node, list):
            return [settled(item) for item in node]
        if not isinstance(node, dict):
            return node
        row = {key: settled(value) for key, value in node.items() if key != "__id__"}
        if "__id__" in node:
            row["__id__"] = next(count)
        if row.get("type") == "numpy" and "file" in row:
            row["file"] = named[row["file"]]
        return row

    arrays = dict(sorted((named[name], content) for name, content in parts.items()))
    return pack({**arrays, "schema.json": json.dumps(settled(schema)).encode()})


def _without_padding(content: bytes) -> bytes:
    """Return an .npy whose records hold zero between their fields, where chance bytes may stand."""
    array = np.load(io.BytesIO(content), allow_pickle=False)
    if array.dtype.names is None:
        return content
    clean = np.zeros_like(array)
    clean.view(np.uint8)[:] = 0
    for name in array.dtype.names:
        clean[name] = array[name]
    out = io.BytesIO()
    np.save(out, clean)
    return out.getvalue()


def load_forest(content: bytes) -> Any:
    """Return the estimator in skops bytes; refuses every type but a forest's and ours."""
    import skops.io

    return skops.io.loads(content, trusted=_TRUSTED)


def require_sound(estimator: Any, features: int, classes: int) -> None:
    """Raise ValueError unless it is ours, or trees that can be walked without going astray."""
    from sklearn.ensemble import ExtraTreesClassifier, RandomForestClassifier

    from remote_sensing.boosted import Boosted, Together, require_sound_tree
    from remote_sensing.mixed import Mixed
    from remote_sensing.quadric import Quadric

    if isinstance(estimator, Mixed):
        estimator.require_sound(features, classes)
        require_sound(estimator.forest, estimator.seen, classes)
        return
    if isinstance(estimator, Quadric):
        estimator.require_sound(features, classes)
        return
    if isinstance(estimator, Together):
        for one in estimator.boosted:
            if not isinstance(one, Boosted):
                raise ValueError("not boosted trees")
            one.require_sound(features, classes)
        estimator = estimator.forest
    if not isinstance(estimator, RandomForestClassifier | ExtraTreesClassifier):
        raise ValueError("not a forest")
    if estimator.n_jobs != 1 or estimator.n_features_in_ != features:
        raise ValueError("not a forest of ours")
    if list(estimator.classes_) != list(range(classes)):
        raise ValueError("other classes than the card")
    for member in estimator.estimators_:
        tree = member.tree_
        if tree.n_features != features or tree.value.shape != (tree.node_count, 1, classes):
            raise ValueError("a tree of other figures or classes")
        require_sound_tree(tree, features)
