"""Compare detect's runners with a naive whole-image prediction, on one image and one model.

    python tools/bench_detect.py IMAGE MODEL

Rounds are interleaved; each line gives the median wall and CPU seconds, Mpx/s, and whether the
results are equal. The naive peer reads the whole image, predicts every pixel at once and stops at
the class map, while detect also smooths, writes COGs, traces and measures.
"""

import resource
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

import numpy as np

from remote_sensing import features, model, runner
from remote_sensing.pipeline import detect
from remote_sensing.run_record import OUTPUTS
from remote_sensing.scene import open_scene
from remote_sensing.windows import Window

ROUNDS = 3


def main() -> None:
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    compare(Path(sys.argv[1]), Path(sys.argv[2]))


def compare(image: Path, path: Path) -> None:
    """Print the figures of every peer on one image with the model at ``path``."""
    scene, forest = open_scene(image), model.load(path)

    def run(how: runner.Runner, size: int) -> tuple[bytes, ...]:
        with tempfile.TemporaryDirectory() as out:
            done = detect(scene, forest, Path(out), model_path=path, run=how, window_size=size)
            return tuple((done.folder / name).read_bytes() for name in OUTPUTS)

    def naive() -> tuple[bytes, ...]:
        chip = scene.read(Window(0, 0, scene.width, scene.height))
        stack = features.stack(chip, forest.card.features)
        pixels = np.moveaxis(stack, 0, -1).reshape(-1, len(stack))
        return (forest.probabilities(pixels).argmax(axis=1).tobytes(),)

    peers = {
        "serial, 512 px": lambda: run(runner.serial, 512),
        "threads(2), 128 px": lambda: run(runner.threads(2), 128),
        "naive": naive,
    }
    times: dict[str, list[tuple[float, float]]] = {name: [] for name in peers}
    results: dict[str, tuple[bytes, ...]] = {}
    for _ in range(ROUNDS):
        for name, peer in peers.items():
            wall, cpu = time.perf_counter(), time.process_time()
            found = peer()
            times[name].append((time.perf_counter() - wall, time.process_time() - cpu))
            if results.setdefault(name, found) != found:
                sys.exit(f"{name} gave other bytes than before")
    if results["serial, 512 px"] != results["threads(2), 128 px"]:
        sys.exit("the runners gave different bytes")
    megapixels = scene.width * scene.height / 1e6
    for name, rounds in times.items():
        wall, cpu = (median(column) for column in zip(*rounds, strict=True))
        print(f"{name:20} {wall:7.2f} s wall {cpu:7.2f} s CPU {megapixels / wall:7.3f} Mpx/s")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"equal: the three files of both runners, each peer in {ROUNDS} rounds")
    print(f"peak memory of all together {peak:.0f} MB")


if __name__ == "__main__":
    main()
