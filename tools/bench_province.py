"""The rates that the page of costs is shipped with: one whole run over a made ten-band scene.

    python tools/bench_province.py [SIDE]

Prints the lines of `gis/rules/bench_rates.toml`. One thread, and seconds of the processor, not of
the clock: other programs on the machine then make no difference, and a second core only helps.
"""

import os
import sys
import tempfile
import time
from pathlib import Path

from bench_scene import make, samples, trained

from remote_sensing import model as models
from remote_sensing.pipeline import detect
from remote_sensing.scene import open_scene


def main() -> None:
    side = int(sys.argv[1]) if len(sys.argv) > 1 else 4096
    with tempfile.TemporaryDirectory(prefix="qingfei-province-") as name:
        folder = Path(name)
        image, path = folder / "made.tif", folder / "made.qfm"
        make(image, side)
        models.save(trained(*samples(open_scene(image))), path)
        loaded = models.load(path)
        began = time.process_time()
        scene = open_scene(image)
        done = detect(scene, loaded, folder / "out", model_path=path)
        seconds = time.process_time() - began
        timing = done.record["timing"]
        pixels = side * side
        print(f"# {side} x {side}, load {os.getloadavg()[0]:.1f}, wall {timing['seconds']} s")
        print(f"# stages: {timing['stages']}")
        print(f"pixels_per_second = {pixels / seconds:_.0f}")
        print(f"memory_mb = {timing['peak_memory_mb']}")
        print(f"scene_bytes = {image.stat().st_size / pixels:.1f}")
        print(f"output_bytes = {timing['output_bytes'] / pixels:.2f}")


if __name__ == "__main__":
    main()
