import hashlib
import json
import zipfile
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from gis.errors import QingfeiError
from remote_sensing import errors, packing
from remote_sensing.features import FEATURES_VERSION
from remote_sensing.model import Model, load, save
from remote_sensing.scene import open_scene
from tests.remote_sensing.make_scene import Made, make_scene


def pixels(model: Model, count: int = 400) -> np.ndarray:
    draw = np.random.default_rng(0)
    return draw.integers(0, 5_000, (count, len(model.card.features))).astype(np.int16)


def test_probabilities_are_of_the_card_s_classes_and_add_up(model: Model) -> None:
    found = model.probabilities(pixels(model))
    assert found.shape == (400, len(model.card.classes))
    assert found.dtype == np.float64
    assert np.allclose(found.sum(axis=1), 1)
    assert model.probabilities(pixels(model)[:0]).shape == (0, len(model.card.classes))


def test_probabilities_do_not_depend_on_how_pixels_are_grouped(model: Model) -> None:
    x = pixels(model)
    parts = np.concatenate([model.probabilities(part) for part in np.split(x, [1, 17, 200])])
    assert (parts == model.probabilities(x)).all()


def test_a_model_read_back_is_the_same_model(model: Model, model_path: Path) -> None:
    again = load(model_path)
    assert again.card == model.card
    assert again.sha256 == model.sha256
    assert again.sha256 == hashlib.sha256(model_path.read_bytes()).hexdigest()
    assert (again.probabilities(pixels(model)) == model.probabilities(pixels(model))).all()


def test_packing_what_was_read_gives_the_same_bytes(model: Model, model_path: Path) -> None:
    again = load(model_path)
    assert Model.of(again.card, again.estimator).content == model.content


def test_no_half_model_takes_the_name(model: Model, tmp_path: Path) -> None:
    path = tmp_path / "deep" / "m.qfmodel"
    save(model, path)
    before = path.read_bytes()
    with pytest.raises(errors.NotAModel):
        save(replace(model, content=b"half"), path)
    assert path.read_bytes() == before
    assert list(path.parent.iterdir()) == [path]


def test_files_that_are_no_model_are_refused(tmp_path: Path, model: Model, made: Made) -> None:
    path = tmp_path / "m.qfmodel"
    whole = model.content
    for content in (b"", b"text", whole[:-40], whole[: len(whole) // 2], made.path.read_bytes()):
        path.write_bytes(content)
        with pytest.raises(errors.NotAModel):
            load(path)
    with pytest.raises(errors.NotAModel):
        load(tmp_path / "none.qfmodel")


def rewritten(model: Model, path: Path, **changed: object) -> Path:
    card = json.loads(model.card.to_json())
    parts = packing.unpack(model.content, 2**30)
    parts["card.json"] = json.dumps({**card, **changed}).encode()
    path.write_bytes(packing.pack(parts))
    return path


def test_a_model_of_other_features_is_refused(tmp_path: Path, model: Model) -> None:
    path = rewritten(model, tmp_path / "m", features_version=FEATURES_VERSION + 1)
    with pytest.raises(errors.ModelOfOtherFeatures, match=str(FEATURES_VERSION + 1)):
        load(path)


@pytest.mark.parametrize(
    "changed", [{"features": ["B02"]}, {"classes": ["forest"]}, {"surprise": 1}]
)
def test_a_card_that_does_not_fit_its_forest_is_refused(
    tmp_path: Path, model: Model, changed: dict[str, object]
) -> None:
    with pytest.raises(errors.NotAModel):
        load(rewritten(model, tmp_path / "m", **changed))


def forged(model: Model, path: Path, change: object) -> Path:
    """Write the model with one array of its first tree changed, as a forger would."""
    parts = packing.unpack(model.content, 2**30)
    inside = packing.unpack(parts["estimator.skops"], 2**30)
    assert callable(change)
    parts["estimator.skops"] = packing.pack(change(inside))
    path.write_bytes(packing.pack(parts))
    return path


def nodes_changed(field: str, value: int) -> object:
    def change(inside: dict[str, bytes]) -> dict[str, bytes]:
        import io

        for name, content in inside.items():
            if name.endswith(".npy"):
                array = np.load(io.BytesIO(content))
                if array.dtype.names and field in array.dtype.names:
                    array[field][array["left_child"] >= 0] = value
                    out = io.BytesIO()
                    np.save(out, array)
                    return {**inside, name: out.getvalue()}
        raise AssertionError("no tree in the file")

    return change


@pytest.mark.parametrize(
    ("field", "value"),
    [("left_child", 10**9), ("right_child", 0), ("feature", 10**6), ("feature", -5)],
)
def test_a_forged_tree_that_leads_astray_is_refused(
    tmp_path: Path, model: Model, field: str, value: int
) -> None:
    with pytest.raises(errors.NotAModel):
        load(forged(model, tmp_path / "m", nodes_changed(field, value)))


def test_a_file_that_names_code_to_run_is_refused(tmp_path: Path, model: Model) -> None:
    marker = tmp_path / "ran"

    def change(inside: dict[str, bytes]) -> dict[str, bytes]:
        schema = json.loads(inside["schema.json"])
        schema["content"] = {
            "__class__": "system", "__module__": "os", "__loader__": "ObjectNode", "__id__": 1,
            "content": {"command": f"touch {marker}"},
        }  # fmt: skip
        return {**inside, "schema.json": json.dumps(schema).encode()}

    with pytest.raises(errors.NotAModel):
        load(forged(model, tmp_path / "m", change))
    assert not marker.exists()


def test_a_zip_that_unpacks_to_too_much_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "bomb"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("card.json", b"0" * 10**6)
    monkeypatch.setattr("remote_sensing.model.MOST_BYTES", 10**5)
    with pytest.raises(errors.NotAModel):
        load(path)


def test_bands_that_the_scene_lacks_are_named(tmp_path: Path, model: Model, made: Made) -> None:
    model.require_bands(open_scene(made.path))
    rgb = make_scene(tmp_path / "rgb.tif", bands=("B02", "B03", "B04")).path
    with pytest.raises(errors.ModelLacksBands, match="B08"):
        model.require_bands(open_scene(rgb))


def test_every_refusal_is_ours(tmp_path: Path, model: Model) -> None:
    draw = np.random.default_rng(0)
    for _ in range(25):
        content = bytearray(model.content)
        content[int(draw.integers(len(content)))] ^= 1 << int(draw.integers(8))
        path = tmp_path / "flipped"
        path.write_bytes(bytes(content))
        try:
            load(path)
        except QingfeiError as refused:
            assert refused.sentence()
