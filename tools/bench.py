"""How long the main steps take on this machine, one line each.

    make bench

Every step is the product's own function on the shipped imagery; nothing is left behind.
"""

import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench_detect import compare

from gis.store import cluster, migrate
from remote_sensing import manifest, model, train
from remote_sensing.pipeline import detect
from remote_sensing.runner import threads
from remote_sensing.scene import open_scene

DEMO = Path(__file__).resolve().parents[1] / "data" / "demo" / "strzegom"


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="qingfei-bench-") as name:
        folder = Path(name)
        folder.chmod(0o755)  # run by root, the server has an account of its own and must get in
        measure_register(folder)
        measure_imagery(folder)


def measure_register(folder: Path) -> None:
    server = cluster.Cluster(folder)
    try:
        with timed("database: from nothing to running"):
            cluster.start(server)
        with timed("database: schema from nothing"):
            cluster.create_database(server, cluster.DATABASE)
            migrate.upgrade(server.url)
        with timed("database: asked to start when it runs"):
            cluster.start(server)
    finally:
        cluster.stop(server)


def measure_imagery(folder: Path) -> None:
    with timed("imagery: train on two dates"):
        trained = train.train(manifest.read(DEMO / "manifest.toml"))
    path = folder / "bench.model"
    model.save(trained, path)
    image = min(DEMO.glob("*_s2.tif"))
    scene = open_scene(image)
    for workers in sorted({1, os.cpu_count() or 1}):
        with timed(f"imagery: detect {image.name}, {workers} thread(s)"):
            detect(scene, trained, folder / str(workers), model_path=path, run=threads(workers))
    compare(image, path)


@contextmanager
def timed(what: str) -> Iterator[None]:
    began = time.perf_counter()
    yield
    print(f"{what:60} {time.perf_counter() - began:7.2f} s", flush=True)


if __name__ == "__main__":
    main()
