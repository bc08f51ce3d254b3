"""How long the main steps take on this machine, one line each.

    make bench

Every step is the product's own function, on the shipped imagery and on made-up sites; nothing is
left behind. Some twenty minutes on two cores. Orfeo ToolBox's lines need ``apt install otb-bin``.
"""

import os
import tempfile
from pathlib import Path

import bench_detect
import bench_grading
import bench_import
import bench_layers
import bench_peers
import bench_register
from measuring import full_register, timed

from gis.store import cluster, migrate
from remote_sensing import model
from remote_sensing.pipeline import detect
from remote_sensing.runner import threads
from remote_sensing.scene import open_scene
from remote_sensing.training import manifest, train

SITES = 100_000
DEMO = Path(__file__).resolve().parents[1] / "data" / "demo" / "strzegom"


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="qingfei-bench-") as name:
        folder = Path(name)
        folder.chmod(0o755)  # run by root, the server has an account of its own and must get in
        measure_server(folder)
        measure_imagery(folder)
    with full_register(SITES) as register:
        bench_register.measure(register)
        bench_grading.measure(register)
    bench_layers.measure_alone()
    bench_import.main()
    with tempfile.TemporaryDirectory(prefix="qingfei-bench-") as name:
        bench_detect.measure(Path(name), 4096, 1, list(bench_peers.PEERS))


def measure_server(folder: Path) -> None:
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


if __name__ == "__main__":
    main()
