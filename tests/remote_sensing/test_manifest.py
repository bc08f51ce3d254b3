from datetime import date
from pathlib import Path

import pytest

from gis.errors import BadInput
from remote_sensing import errors
from remote_sensing.training import manifest

GOOD = """
[legend]
10 = "open_pit"
trees = "forest"

[[scene]]
image = "a.tif"
labels = "sub/a.geojson"
field = "kind"
background = "other"
date = 2022-06-19
bands = ["B04", "-"]
scale = 0.0001
offset = 0
dem = "a.tif"

[[scene]]
image = "a.tif"
labels = "sub/a.geojson"
date = "2023-01-02"
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "sub").mkdir()
    (tmp_path / "a.tif").touch()
    (tmp_path / "sub" / "a.geojson").touch()
    return tmp_path


def write(folder: Path, text: str) -> Path:
    path = folder / "m.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_everything_of_the_contract_is_read(folder: Path) -> None:
    found = manifest.read(write(folder, GOOD))
    assert found.legend == {"10": "open_pit", "trees": "forest"}
    assert found.classes == ("open_pit", "forest", "other")
    assert found.scenes[0] == manifest.TrainingScene(
        image=folder / "a.tif",
        labels=folder / "sub/a.geojson",
        field="kind",
        background="other",
        acquired_on=date(2022, 6, 19),
        bands=("B04", "-"),
        scale=1e-4,
        offset=0.0,
        dem=folder / "a.tif",
    )
    assert found.scenes[1].acquired_on == date(2023, 1, 2)
    assert found.scenes[1].background is None


@pytest.mark.parametrize(
    ("old", "new", "error"),
    [
        ("[legend]", "[lege", errors.ManifestInvalid),
        ("[legend]", "[key]", errors.ManifestInvalid),
        ("[[scene]]", "[[images]]", errors.ManifestInvalid),
        ('"open_pit"', '"big_hole"', errors.LegendUnknownClass),
        ('"open_pit"', "7", errors.LegendUnknownClass),
        ('"other"', '"rest"', errors.LegendUnknownClass),
        ('image = "a.tif"', 'image = "b.tif"', errors.ImageMissing),
        ('"sub/a.geojson"', '"sub/b.geojson"', errors.LabelsMissing),
        ('dem = "a.tif"', 'dem = "d.tif"', errors.ImageMissing),
        ('image = "a.tif"', "", errors.ManifestInvalid),
        ("field =", "fields =", errors.ManifestInvalid),
        ('"kind"', "3", errors.ManifestInvalid),
        ('"2023-01-02"', '"June"', errors.ManifestInvalid),
        ("2022-06-19", "20220619", errors.ManifestInvalid),
        ("0.0001", '"small"', errors.ManifestInvalid),
        ("0.0001", "true", errors.ManifestInvalid),
        ('["B04", "-"]', '"B04"', errors.ManifestInvalid),
    ],
)
def test_what_breaks_it_is_named(folder: Path, old: str, new: str, error: type[BadInput]) -> None:
    assert old in GOOD
    with pytest.raises(error) as refused:
        manifest.read(write(folder, GOOD.replace(old, new)))
    assert "m.toml" in refused.value.sentence() or error is not errors.ManifestInvalid


def test_a_manifest_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(errors.ManifestMissing, match="no.toml"):
        manifest.read(tmp_path / "no.toml")
    (tmp_path / "binary.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(errors.ManifestInvalid):
        manifest.read(tmp_path / "binary.toml")
