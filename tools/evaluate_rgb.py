"""Hold out regions of the three-band sets and print how well the product's own path does.

    QINGFEI_EVALUATION_DATA=<folder that holds tailings_br> python tools/evaluate_rgb.py tailings_br

Scenes of one region are held out together, in FOLDS groups: train on the others by ``train.train``,
detect by ``pipeline.detect``, judge all held-out scenes together as ``qingfei evaluate`` does. The
labels are development material and stay outside the repository.
"""

import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from api.settings import Settings
from remote_sensing import model
from remote_sensing.pipeline import detect
from remote_sensing.quality.batches import look_at_all
from remote_sensing.quality.judging import Judged
from remote_sensing.quality.protocol import summed
from remote_sensing.scene import open_scene
from remote_sensing.training import manifest, train

FOLDS = 5
SETS = {
    "tailings_br": ("tailings_polygons.geojson", "tailings", "tailings"),
    "landfills_mx": ("landfill_polygons.geojson", "landfill", "domestic_waste"),
}


def main() -> None:
    folder = Settings().evaluation_data
    if not folder or len(sys.argv) < 2 or sys.argv[1] not in SETS:
        sys.exit(f"Set QINGFEI_EVALUATION_DATA and name one of {', '.join(SETS)}.")
    data = Path(folder) / sys.argv[1]
    images = sorted(data.glob("*.tif"))
    judged: list[Judged] = []
    for number, held_out in enumerate(groups(images)):
        start = time.process_time()
        judged += run(data, [image for image in images if image not in held_out], held_out)
        print(f"group {number + 1}: {time.process_time() - start:.0f} s of one core", flush=True)
        for one in judged[-len(held_out) :]:
            print(f"  {one.name:14}", line([one]), flush=True)
    print(f"{sys.argv[1]}, regions held out, pooled:", line(judged))


def groups(images: Sequence[Path]) -> list[list[Path]]:
    """Return the scenes in FOLDS groups of about equal number, regions whole."""
    regions: dict[str, list[Path]] = {}
    for image in images:
        parts = image.stem.split("_")
        regions.setdefault(parts[1], []).append(image)
    found: list[list[Path]] = [[] for _ in range(FOLDS)]
    for region in sorted(regions, key=lambda name: (-len(regions[name]), name)):
        min(found, key=len).extend(regions[region])
    return found


def run(data: Path, taught: Sequence[Path], held_out: Sequence[Path]) -> tuple[Judged, ...]:
    """Train on ``taught``, detect on ``held_out``, return what came of it."""
    with tempfile.TemporaryDirectory() as temporary:
        work = Path(temporary)
        trained = train.train(manifest.read(written(work / "taught.toml", data, taught)))
        model.save(trained, work / "model")
        said = trained.card.objects or {}
        told = {key: said.get(key) for key in ("cut", "radius", "objects", "keep_from")}
        print(told, trained.card.validated.get("ways", ""), flush=True)
        for image in held_out:
            detect(open_scene(image), trained, work / "out", model_path=work / "model")
        known = manifest.read(written(work / "held_out.toml", data, held_out))
        return look_at_all(work / "out", known)


def written(path: Path, data: Path, images: Sequence[Path]) -> Path:
    """Write a manifest of these scenes."""
    labels, value, name = SETS[data.name]
    lines = ["[legend]", f'{value} = "{name}"']
    for image in images:
        lines += ["[[scene]]", f'image = "{image}"', f'labels = "{data / labels}"']
        lines += ['field = "cls"', 'background = "other"']
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def line(judged: Sequence[Judged]) -> str:
    """Return pixels' IoU and the objects' counts in one line."""
    result = summed(judged)
    objects = result.objects_all
    iou = result.pixels.target_all_ground.iou if result.pixels else float("nan")
    return (
        f"IoU {iou:.3f}  found {objects.found} of {objects.places} ({objects.found_well} well)  "
        f"candidates {objects.candidates}, right {objects.right}"
    )


if __name__ == "__main__":
    main()
