import csv
import io
import json
import re
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner, Result

from api.cli import build
from remote_sensing import errors, packing
from remote_sensing.change import kind_judge, kind_training, kind_windows
from remote_sensing.change.kind_judge import BANDS, KINDS, SIDE, ChangeKinds
from remote_sensing.scene import open_scene
from tests.remote_sensing.made_changes import pair_of
from tests.remote_sensing.make_scene import Made, make_scene


def write_manifest(folder: Path, count: int = 12, **changed: str) -> Path:
    """Write ``count`` pairs of each kind, two a place, and their manifest."""
    draw, rows, pairs = np.random.default_rng(0), [], []
    for number in range(count):
        for kind in KINDS:
            pairs.append(pair_of(kind, draw))
            rows.append({"category": f"{kind}_x", "cluster": f"{kind}{number // 2}"})
    before, after = (np.stack(side).round().astype(np.int16) for side in zip(*pairs, strict=True))
    np.savez(folder / "patches.npz", t0=before, t1=after)
    with (folder / "index.csv").open("w", newline="", encoding="utf-8") as stream:
        writer = csv.DictWriter(stream, ["category", "cluster"])
        writer.writeheader()
        writer.writerows(rows)
    said = {
        "legend": "\n".join(f'{kind}_x = "{kind}"' for kind in KINDS),
        "patches": 'file = "patches.npz"\nindex = "index.csv"\nlabel = "category"\n'
        'place = "cluster"',
    } | changed
    path = folder / "changes.toml"
    path.write_text("".join(f"[{name}]\n{text}\n" for name, text in said.items()), "utf-8")
    return path


@pytest.fixture(scope="module")
def manifest(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_manifest(tmp_path_factory.mktemp("changes"))


@pytest.fixture(scope="module")
def judge(manifest: Path) -> ChangeKinds:
    return kind_training.train(manifest)


def test_it_tells_mining_from_fields_and_rivers_of_other_places(judge: ChangeKinds) -> None:
    draw = np.random.default_rng(9)
    for code, kind in enumerate(KINDS):
        pairs = [pair_of(kind, draw) for _ in range(4)]
        before, after = (np.moveaxis(np.stack(s), 3, 1) for s in zip(*pairs, strict=True))
        shares = judge.shares(before, after)
        assert np.allclose(shares.sum(axis=1), 1)
        assert (shares.argmax(axis=1) == code).all()


def test_turned_and_mirrored_ground_is_the_same_change(judge: ChangeKinds) -> None:
    draw = np.random.default_rng(4)
    before, after = (np.moveaxis(day, 2, 0)[None] for day in pair_of("mining", draw))
    told = judge.shares(before, after)
    for turned in (lambda day: np.rot90(day, 1, (2, 3)), lambda day: day[..., ::-1]):
        assert np.allclose(judge.shares(turned(before), turned(after)), told, atol=1e-6)


@pytest.mark.parametrize("side", [12, 16, 30, 48])
def test_windows_cover_a_patch_of_any_side(side: int) -> None:
    ground = np.full((1, 6, side, side), 500)
    even = kind_windows.figures(ground, ground)
    assert np.isfinite(even).all()
    assert even.shape[1] == (-(-side // kind_windows.SIDE)) ** 2
    for row, col in ((0, 0), (side - 1, side - 1), (side // 2, side // 2)):
        dug = ground.copy()
        dug[..., row, col] = 4000
        assert not np.allclose(kind_windows.figures(ground, dug), even)


def test_a_place_is_left_out_as_if_it_had_never_been_met() -> None:
    draw = np.random.default_rng(1)
    target, place = np.arange(30) % 3, np.arange(30) // 6
    likes = draw.normal(size=(30, 8)) + target[:, None]
    _, held = kind_judge._learnt(likes, target, place)
    sides = np.where(target[:, None] == np.arange(3), 1.0, -1.0)
    rest = place != 2
    scores = [
        likes[~rest]
        @ np.linalg.solve(
            likes[rest].T @ likes[rest] + stiffness * np.eye(8), likes[rest].T @ sides[rest]
        )
        for stiffness in kind_judge.STIFFNESS
    ]
    assert np.allclose(held[~rest], np.mean(scores, axis=0))


def test_its_card_says_how_it_did_at_places_held_out(judge: ChangeKinds) -> None:
    assert judge.card["samples"] == dict.fromkeys(KINDS, 12)
    assert judge.card["places"] == 18
    assert judge.card["validated"]["auc"]["mining"] > 0.9
    places = [f"{n // 3}" for n in range(60)]
    fold = kind_training.folds(places, ["mining", "human", "natural"] * 20)
    assert all(len({*fold[np.array(places) == place]}) == 1 for place in places)
    assert len({*fold}) == kind_training.FOLDS


def test_a_file_read_back_judges_the_same_and_equal_input_gives_equal_bytes(
    judge: ChangeKinds, manifest: Path, tmp_path: Path
) -> None:
    path = tmp_path / "deep" / "changes.qfc"
    kind_training.save(judge, path)
    again = kind_training.load(path)
    before, after, _, _ = kind_training.read(manifest)
    assert (again.shares(before, after) == judge.shares(before, after)).all()
    assert again.card == judge.card
    assert kind_training.dump(again) == path.read_bytes()
    for content in (b"", b"text", path.read_bytes()[:-40]):
        path.write_bytes(content)
        with pytest.raises(errors.NotAModel):
            kind_training.load(path)


@pytest.mark.parametrize(
    ("name", "array"),
    [
        ("met", np.zeros((0, 230))),
        ("met", np.zeros((5, 7))),
        ("weights", np.zeros((5, 3))),
        ("width", np.array(np.nan)),
        ("width", np.array(0.0)),
        ("sharpness", np.array(2.0, np.float32)),
        ("sharpness", np.array([object()])),
    ],
)
def test_a_file_whose_numbers_cannot_judge_is_refused(
    judge: ChangeKinds, tmp_path: Path, name: str, array: np.ndarray
) -> None:
    parts = packing.unpack(kind_training.dump(judge), 2**26)
    out = io.BytesIO()
    np.save(out, array, allow_pickle=True)
    path = tmp_path / "changes.qfc"
    path.write_bytes(packing.pack(parts | {f"{name}.npy": out.getvalue()}))
    with pytest.raises(errors.NotAModel):
        kind_training.load(path)


def test_the_ground_round_a_point_is_read_from_two_scenes(
    judge: ChangeKinds, made: Made, tmp_path: Path
) -> None:
    scene = open_scene(made.path)
    centre = scene.footprint_lonlat.centroid
    told = judge.of_ground(scene, scene, centre.x, centre.y)
    assert set(told) == {*KINDS}
    assert sum(told.values()) == pytest.approx(1)
    assert kind_judge.patch(scene, centre.x, centre.y).shape == (6, SIDE, SIDE)
    outside = kind_judge.patch(scene, centre.x + 1, centre.y)
    assert (outside == 0).all()
    rgb = open_scene(make_scene(tmp_path / "rgb.tif", bands=("B02", "B03", "B04")).path)
    with pytest.raises(errors.ModelLacksBands, match="B08, B11, B12"):
        judge.of_ground(scene, rgb, centre.x, centre.y)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"legend": 'mining_x = "quarrel"'}, "must name mining, human, natural"),
        ({"legend": 'mining_x = "mining"'}, "patches of all three kinds"),
        ({"patches": 'file = "patches.npz"'}, "must have file, index, label, place"),
        ({"patches": 'file = "none.npz"\nindex = "index.csv"\nlabel = "category"\n'
          'place = "cluster"'}, "cannot be read"),
        ({"patches": 'file = "patches.npz"\nindex = "index.csv"\nlabel = "kind"\n'
          'place = "cluster"'}, "cannot be read"),
        ({"patches": 'file = "patches.npz"\nindex = "index.csv"\nlabel = "category"\n'
          'place = "cluster"\nbands = ["B02"]'}, ", ".join(BANDS)),
    ],
)  # fmt: skip
def test_a_manifest_that_cannot_teach_is_refused_in_one_sentence(
    tmp_path: Path, changed: dict[str, str], said: str
) -> None:
    path = write_manifest(tmp_path, 2, **changed)
    with pytest.raises(errors.ManifestInvalid, match=re.escape(said)):
        kind_training.read(path)


def test_a_judge_is_tried_on_the_patches_of_another_manifest(
    judge: ChangeKinds, manifest: Path, tmp_path: Path
) -> None:
    model = tmp_path / "changes.qfc"
    kind_training.save(judge, model)
    other = write_manifest(tmp_path, 3)

    def call(*words: object) -> Result:
        return CliRunner().invoke(build(["evaluate"]), ["evaluate", "kinds", *map(str, words)])

    told = json.loads(call(other, "--model", model, "--json").stdout)
    assert told["patches"] == dict.fromkeys(KINDS, 3)
    assert not told["is_its_own"]
    assert told["auc"]["mining"] > 0.9 and told["brier"] < 0.5
    said = call(manifest, "--model", model).output
    assert "判别文件正是从这些图块学得的" in said and "总体精度" in said
    assert isinstance(call(other, "--model", other).exception, errors.NotAModel)


def test_train_takes_a_manifest_of_patches(manifest: Path, tmp_path: Path) -> None:
    out = tmp_path / "changes.qfc"
    told = CliRunner().invoke(build(["train"]), ["train", str(manifest), "--model", str(out)])
    assert told.exit_code == 0, told.output
    assert "AUC" in told.output
    assert kind_training.load(out).card["places"] == 18
