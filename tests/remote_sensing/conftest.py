"""Scenes and a model that many tests look at; made once, never written to."""

from pathlib import Path

import pytest

from remote_sensing.model import Model, save
from remote_sensing.training import manifest, train
from tests.remote_sensing.make_scene import Made, make_manifest, make_scene


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """A ten-band scene with the +1,000 of baseline 04.00 and a one-pixel nodata frame."""
    return make_scene(tmp_path_factory.mktemp("scene") / "kundulun_20230619.tif", seed=7, frame=1)


@pytest.fixture(scope="session")
def manifest_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A manifest of two scenes, one with and one without the added 1,000."""
    return make_manifest(tmp_path_factory.mktemp("training"))


@pytest.fixture(scope="session")
def model(manifest_path: Path) -> Model:
    """A model trained on ``manifest_path``."""
    return train.train(manifest.read(manifest_path))


@pytest.fixture(scope="session")
def model_path(model: Model, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of ``model``."""
    path = tmp_path_factory.mktemp("model") / "demo.qfmodel"
    save(model, path)
    return path
