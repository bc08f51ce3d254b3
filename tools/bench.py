"""How long the main steps take on this machine, beside peers and targets; a table at the end.

    make bench                        every part with 20,000 sites: some twenty minutes, two cores
    make bench WHOLE=1                100,000 sites, three rounds, a whole Sentinel-2 tile: an hour
    make bench PARTS=detect,tile      these parts only
    make bench WITHOUT=OTB            without a peer that is not installed

Every step is the product's own function, on the shipped imagery and on made-up sites; nothing is
left behind. Orfeo ToolBox, the peer of detection, is Debian's otb-bin: where it is missing, this
ends at once and says so. It ends with 1 where results are not the peers' or a part failed; speeds
that miss their targets are told, and depend on what else the machine does.
"""

import argparse
import os
import sys
import tempfile
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import bench_board
import bench_detect
import bench_grading
import bench_import
import bench_layers
import bench_peers
import bench_register
from measuring import TOLD, failed, full_register, table, timed

from gis.store import cluster, migrate
from remote_sensing import model
from remote_sensing.pipeline import detect
from remote_sensing.runner import threads
from remote_sensing.scene import open_scene
from remote_sensing.training import manifest, train

DEMO = Path(__file__).resolve().parents[1] / "data" / "demo" / "strzegom"


@dataclass(frozen=True, slots=True)
class Asked:
    """What is measured how thoroughly, and the folder that all parts share."""

    folder: Path
    sites: int
    rows: int
    side: int
    rounds: int
    peers: list[str]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--parts", default="", help=f"of {', '.join(PARTS)}")
    parser.add_argument("--without", default="", help="peers of detection to leave out")
    parser.add_argument("--whole", action="store_true", help="everything, at full size")
    parser.add_argument("--sites", type=int, help="sites in the register")
    parser.add_argument("--side", type=int, default=4_096, help="pixels of the scene's side")
    options = parser.parse_args()
    wanted = list(filter(None, options.parts.split(",")))
    wanted = wanted or [name for name in PARTS if options.whole or name != "tile"]
    if wrong := set(wanted) - PARTS.keys():
        parser.error(f"no such part: {', '.join(wrong)}; there are {', '.join(PARTS)}")
    peers = [peer for peer in bench_peers.PEERS if peer not in options.without.split(",")]
    if "detect" in wanted:
        bench_detect.require(peers)
    began = time.perf_counter()
    with tempfile.TemporaryDirectory(prefix="qingfei-bench-") as name:
        folder = Path(name)
        folder.chmod(0o755)  # run by root, the server has an account of its own and must get in
        sites = options.sites or (100_000 if options.whole else 20_000)
        asked = Asked(
            folder, sites, sites // 10, options.side, 3 if options.whole else 1, peers
        )  # fmt: skip
        for part in wanted:
            run(part, asked)
    minutes = (time.perf_counter() - began) / 60
    print(f"\n{table()}\n{', '.join(wanted)}: {minutes:.1f} minutes, {os.cpu_count()} processors, "
          f"load {os.getloadavg()[0]:.1f} at the end")  # fmt: skip
    sys.exit(any(figure.is_wrong for figure in TOLD))


def run(part: str, asked: Asked) -> None:
    """Measure one part; where it fails, the others still get their turn."""
    began = time.perf_counter()
    print(f"\n== {part}, load {os.getloadavg()[0]:.1f}", flush=True)
    try:
        PARTS[part](asked)
    except (Exception, SystemExit) as problem:  # told in the table, and by the exit code
        traceback.print_exc()
        failed(part, f"{type(problem).__name__}: {problem}")
    print(f"== {part} took {time.perf_counter() - began:.0f} s", flush=True)


def measure_register(asked: Asked) -> None:
    """Measure all that needs a full register."""
    with full_register(asked.sites) as register:
        bench_register.measure(register)
        bench_board.measure(register, 40)
        bench_grading.measure(register)


def measure_detection(asked: Asked) -> None:
    work = asked.folder / "detect"
    work.mkdir(exist_ok=True)
    bench_detect.measure(work, asked.side, asked.rounds, asked.peers)
    bench_detect.compare_figures(work)


def measure_tile(asked: Asked) -> None:
    work = asked.folder / "detect"  # the scene is made larger, the forest is there
    work.mkdir(exist_ok=True)
    bench_detect.measure(work, bench_detect.TILE_SIDE, 1, ["detect --quick"])


def measure_server(asked: Asked) -> None:
    server = cluster.Cluster(asked.folder)
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


def measure_imagery(asked: Asked) -> None:
    with timed("imagery: train on two dates"):
        trained = train.train(manifest.read(DEMO / "manifest.toml"))
    path = asked.folder / "imagery.model"
    model.save(trained, path)
    image = min(DEMO.glob("*_s2.tif"))
    scene = open_scene(image)
    for workers in sorted({1, os.cpu_count() or 1}):
        with timed(f"imagery: detect {image.name}, {workers} thread(s)"):
            out = asked.folder / f"imagery-{workers}"
            detect(scene, trained, out, model_path=path, run=threads(workers))


PARTS: dict[str, Callable[[Asked], None]] = {
    "server": measure_server,
    "imagery": measure_imagery,
    "register": measure_register,
    "layers": lambda asked: bench_layers.measure_alone(),
    "import": lambda asked: bench_import.measure(asked.rows),
    "detect": measure_detection,
    "tile": measure_tile,
}


if __name__ == "__main__":
    main()
