"""Compare the real Strzegom dates and print what is called new, grown, shrunk and gone.

    QINGFEI_EVALUATION_DATA=<folder that holds strzegom_s2> python tools/evaluate_change.py

A model is trained on the demo's own two dates, all six real dates are detected and compared, pairs
of one season first. The quarries were worked all the time: none is new or gone in truth, so every
such word on a place that the labels call a quarry on all dates is an error.
"""

import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

import shapely

from api.settings import ROOT, Settings
from gis.rules import follow_up
from remote_sensing import model
from remote_sensing.change import compare
from remote_sensing.change.runs import read_runs, with_images
from remote_sensing.pipeline import detect
from remote_sensing.quality import truth
from remote_sensing.scene import open_scene
from remote_sensing.training import manifest, train


def main() -> None:
    folder = Settings().evaluation_data
    if not folder:
        sys.exit("Set QINGFEI_EVALUATION_DATA to the folder that holds strzegom_s2.")
    data = Path(folder) / "strzegom_s2"
    images = sorted(data.glob("*_s2.tif"))
    with tempfile.TemporaryDirectory() as temporary:
        work = Path(temporary)
        trained = train.train(manifest.read(ROOT / "data/demo/strzegom/manifest.toml"))
        model.save(trained, work / "model")
        for image in images:
            detect(open_scene(image), trained, work / "runs", model_path=work / "model")
        lasting = quarries(data, images)
        for chosen in (images[:2], images[:3], images):
            folders = [work / "runs" / image.stem for image in chosen]
            start = time.monotonic()
            found = compare.changes(with_images(read_runs(folders), [data]), follow_up.current())
            report(found, lasting, time.monotonic() - start)


def quarries(data: Path, images: list[Path]) -> shapely.Geometry:
    """Return, in lon/lat, the ground that the labels call a quarry on every date."""
    grounds = []
    for image in images:
        labels = data / image.name.replace("_s2.tif", "_labels.tif")
        known = truth.read(labels, {"10": "open_pit"}, None)
        grounds.append(shapely.union_all([truth.moved(p, known.crs, 4326) for p in known.places]))
    return shapely.intersection_all(grounds)


def report(found: compare.Changes, lasting: shapely.Geometry, seconds: float) -> None:
    days = [look.on for look in found.places[0].looks]
    print(
        f"\n{len(days)} dates {days[0]} to {days[-1]}, {len(found.places)} places, {seconds:.1f} s"
    )
    for number, day in enumerate(days):
        every = Counter(one.looks[number].state for one in found.places)
        real = Counter(
            one.looks[number].state
            for one in found.places
            if one.place.zone.intersection(lasting).area > 0.3 * one.place.zone.area
        )
        print(f"  {day}: all {dict(every)}; on lasting quarries {dict(real)}")
    for swing in found.swings:
        borders = swing.borders
        print(
            f"  {swing.before} to {swing.after}: borders moved alike {borders.alike_m:+.1f} m, "
            f"scatter {borders.apart_m:.1f} m ({borders.places} places), "
            f"steady ground kept {swing.steadiness:.2f}"
        )
    for pair in found.unlike:
        print(f"  {pair.before} to {pair.after}: not compared, kept {pair.steadiness:.2f}")


if __name__ == "__main__":
    main()
