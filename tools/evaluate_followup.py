"""Follow the quarries of the six Strzegom dates and print what was named rightly, and what not.

    QINGFEI_EVALUATION_DATA=<folder that holds strzegom_s2> python tools/evaluate_followup.py

Three parts. First every pair of dates against the label polygons of each date: a labelled quarry
changed where its labelled area did by more than a border of one pixel all round, which is how far
two drawings of the same quarry lie apart; what the labels themselves say of one summer shows how
far they can be trusted. Then the pairs that the product itself would take, one after the other.
Last, because no quarry of the set truly changed by much, changes of known size are put into the
real later image: what grows beside a quarry is overwritten with its own rock (grown), the
quarry's edge with the ground beside it (shrunk). The labels are development material and stay
outside the repository.
"""

import json
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from datetime import date
from itertools import combinations
from pathlib import Path

import numpy as np
import rasterio
import shapely
from pyproj import Transformer
from rasterio.features import rasterize
from scipy import ndimage
from shapely import MultiPolygon, Polygon

from api.settings import Settings
from gis.rules import follow_up
from remote_sensing.follow_up.followup import observe
from remote_sensing.follow_up.looks import Look, Place
from remote_sensing.scene import Scene, open_scene

RULES = follow_up.current()
TO_METRES = Transformer.from_crs("EPSG:4326", "EPSG:32633", always_xy=True)
BORDER_PX = 1
DEPTHS = (1, 2, 3, 5)
GROUPS = ("GROWN", "UNCHANGED", "SHRUNK", "UNSEEN")
AS = {"NEW": "GROWN", "GONE": "SHRUNK", "FIRST": "UNCHANGED"}


def main() -> None:
    folder = Settings().evaluation_data
    if not folder:
        sys.exit("Set QINGFEI_EVALUATION_DATA to the folder that holds strzegom_s2.")
    data = Path(folder) / "strzegom_s2"
    days = sorted(path.name.split("_")[1] for path in data.glob("*_s2.tif"))
    scenes = {d: open_scene(data / f"strzegom_{d}_s2.tif", acquired_on=day_of(d)) for d in days}
    labels = read_labels(data)
    quarries = quarries_of(labels)
    outlines = [labelled(labels[days[0]], quarry) for quarry in quarries]
    against_labels(days, scenes, labels, quarries, outlines)
    as_the_product(days, scenes, outlines)
    with tempfile.TemporaryDirectory() as temporary:
        put_in(Path(temporary), days, scenes, outlines)


def day_of(text: str) -> date:
    return date(int(text[:4]), int(text[4:6]), int(text[6:]))


def metres(shape: shapely.Geometry) -> shapely.Geometry:
    return shapely.transform(
        shape, lambda p: np.column_stack(TO_METRES.transform(p[:, 0], p[:, 1]))
    )


def degrees(shape: MultiPolygon) -> MultiPolygon:
    def back(p: np.ndarray) -> np.ndarray:
        return np.column_stack(TO_METRES.transform(p[:, 0], p[:, 1], direction="INVERSE"))

    return shapely.transform(shape, back)


def read_labels(data: Path) -> dict[str, shapely.Geometry]:
    """Return what is labelled quarry on each date, in metres."""
    said = json.loads((data / "quarry_polygons_by_date.geojson").read_text("utf-8"))["features"]
    found: dict[str, list[shapely.Geometry]] = {}
    for one in said:
        shape = metres(shapely.geometry.shape(one["geometry"]))
        found.setdefault(one["properties"]["date"].replace("-", ""), []).append(shape)
    return {day: shapely.union_all(shapes) for day, shapes in found.items()}


def quarries_of(labels: dict[str, shapely.Geometry]) -> list[Polygon]:
    """Return one area a quarry, which holds its labels of every date."""
    every = shapely.union_all(list(labels.values())).buffer(15).buffer(-15)
    return sorted(every.geoms, key=lambda one: -one.area)


def labelled(label: shapely.Geometry, quarry: Polygon) -> MultiPolygon:
    parts = shapely.get_parts(label.intersection(quarry.buffer(30)))
    return MultiPolygon([part for part in parts if part.geom_type == "Polygon"])


def look(
    scenes: dict[str, Scene],
    before: str | None,
    after: str,
    outlines: list[MultiPolygon],
    only: int | None = None,
) -> list[Look]:
    """Return a look at each quarry, in their order, or at one of them."""
    lonlat = [degrees(one) for one in outlines]
    places = [
        Place(str(n), one, earlier=before) for n, one in enumerate(lonlat) if only in (None, n)
    ]
    earlier = {} if before is None else {before: (scenes[before], day_of(before))}
    found = observe(
        scenes[after], day_of(after), places, RULES, all_outlines=lonlat, earlier=earlier
    )
    return sorted(found, key=lambda one: int(one.place.key))


def truth(before: MultiPolygon, after: MultiPolygon) -> str:
    """Return what the labels say of a pair, allowing a border of a pixel round the larger."""
    allowed = max(before.length, after.length) * 10 * BORDER_PX
    change = after.area - before.area
    return "UNCHANGED" if abs(change) <= allowed else "GROWN" if change > 0 else "SHRUNK"


def against_labels(
    days: list[str],
    scenes: dict[str, Scene],
    labels: dict[str, shapely.Geometry],
    quarries: list[Polygon],
    outlines: list[MultiPolygon],
) -> None:
    print("1. Every pair of dates against its labels (8 quarries; border of 1 pixel allowed)")
    print("   labels' own spread within summer and autumn 2022, % of the mean area:")
    of_2022 = [day for day in days if day.startswith("2022")]
    for n, quarry in enumerate(quarries):
        areas = [labelled(labels[day], quarry).area for day in of_2022]
        print(f"   quarry {n}: {' '.join(f'{a / 1e4:6.2f}' for a in areas)} ha,", end="")
        print(f" {np.ptp(areas) / np.mean(areas):5.0%}")
    matrix: Counter[tuple[str, str]] = Counter()
    seasons: Counter[tuple[bool, str]] = Counter()
    for before, after in combinations(days, 2):
        same = RULES.is_same_season(day_of(before), day_of(after))
        words = []
        for quarry, found in zip(quarries, look(scenes, before, after, outlines), strict=True):
            true = truth(labelled(labels[before], quarry), labelled(labels[after], quarry))
            said = AS.get(found.state, found.state)
            matrix[true, said] += 1
            seasons[same, "right" if true == said else "other"] += 1
            change = "-" if found.change_m2 is None else f"{found.change_m2:+.0f}"
            words.append(f"{said[0]}{'' if said == true else '/' + true[0]} {change}")
        print(f"   {before}>{after} {'same ' if same else 'other'} season: {'; '.join(words)}")
    print("   (G grown, U unchanged, S shrunk or UNSEEN; after a stroke what the labels say; m2)")
    print("   labels \\ follow-up " + " ".join(f"{name:>10}" for name in GROUPS))
    for true in GROUPS[:3]:
        print(f"   {true:>19} " + " ".join(f"{matrix[true, said]:10d}" for said in GROUPS))
    for same in (True, False):
        right, other = seasons[same, "right"], seasons[same, "other"]
        print(f"   {'same' if same else 'other'} season: {right} of {right + other} as labelled")


def as_the_product(days: list[str], scenes: dict[str, Scene], outlines: list[MultiPolygon]) -> None:
    print("2. One date after the other, compared as the product compares them")
    for place, after in enumerate(days):
        fit = days[:place]
        same = [one for one in fit if RULES.is_same_season(day_of(one), day_of(after))]
        before = max(same or fit, default=None)
        found = look(scenes, before, after, outlines)
        states = Counter(one.state for one in found)
        ends = found[0].measures
        bare = sum(one.bare_m2[0] for one in found if one.bare_m2) / 1e4
        snow, shadow = (
            max(getattr(one, name) for one in found) for name in ("snow_share", "shadow_share")
        )
        print(
            f"   {after} against {before or '-':>8}: "
            f"{', '.join(f'{n} {state}' for state, n in sorted(states.items()))}; "
            f"offset {scenes[after].radiometry.offset * 1e4:+.0f}; "
            f"NDVI of soil {ends['soil_ndvi']}, plants {ends['plants_ndvi']}; "
            f"bare {bare:.1f} ha; most snow {snow:.0%}, shadow {shadow:.0%}"
        )


def put_in(
    work: Path, days: list[str], scenes: dict[str, Scene], outlines: list[MultiPolygon]
) -> None:
    print("3. Changes of known size put into the later image of a pair")
    pairs = [("20210619", "20220619"), ("20220619", "20220719"), ("20220719", "20221012"),
             ("20230209", "20230301")]  # fmt: skip
    for before, after in pairs:
        if before not in days or after not in days:
            continue
        for kind in ("GROWN", "SHRUNK"):
            for depth in DEPTHS:
                named, sizes, ratios = 0, [], []
                made = list(changed(work, scenes[after], outlines, kind, depth))
                for n, (scene, pixels) in enumerate(made):
                    if scene is None:
                        continue
                    both = {**scenes, after: scene}
                    (found,) = look(both, before, after, outlines, n)
                    sizes.append(pixels)
                    named += AS.get(found.state, found.state) == kind
                    if found.change_m2 is not None:
                        ratios.append(abs(found.change_m2) / 100 / pixels)
                if not sizes:
                    print(f"   {before}>{after} {kind:6} {depth} px deep: no quarry has room")
                    continue
                print(
                    f"   {before}>{after} {kind:6} {depth} px deep, {min(sizes)}-{max(sizes)} px: "
                    f"named {named} of {len(sizes)}; measured / true "
                    f"{np.median(ratios):.2f} ({min(ratios):.2f}-{max(ratios):.2f})"
                )


def changed(
    work: Path, scene: Scene, outlines: list[MultiPolygon], kind: str, depth: int
) -> Iterator[tuple[Scene | None, int]]:
    """Yield the scene with each quarry in turn changed along a half of its border."""
    with rasterio.open(scene.path) as source:
        stored, profile = source.read(), source.profile
        names, grid = source.descriptions, source.transform
    red, near = (stored[names.index(name)].astype(float) for name in ("B04", "B08"))
    offset = -scene.radiometry.offset * 1e4
    ndvi = (near - red) / np.maximum(near + red - 2 * offset, 1)
    noise = np.random.default_rng(1)
    for n, outline in enumerate(outlines):
        inside = rasterize([(outline, 1)], ndvi.shape, transform=grid) > 0
        bare, green = ndvi < 0.15, ndvi > 0.4
        rock = ndimage.binary_erosion(inside & bare, np.ones((3, 3)))
        ground = ndimage.binary_dilation(inside, np.ones((3, 3)), iterations=20) & green
        if kind == "GROWN":
            body = ndimage.label(bare)[0]
            mine = np.isin(body, np.unique(body[rock])) & ndimage.binary_dilation(
                inside, np.ones((3, 3)), iterations=6
            )
            rim = ndimage.binary_dilation(mine, np.ones((3, 3)), iterations=depth) & ~mine & ~bare
            fill = rock
        else:
            # From where woods or fields touch the outline's bare ground, so many pixels inwards.
            rim = ndimage.binary_dilation(green, np.ones((3, 3)), iterations=depth + 1)
            rim &= inside & bare
            fill = ground
        centre = np.argwhere(inside).mean(axis=0)
        half = np.mgrid[0 : ndvi.shape[0], 0 : ndvi.shape[1]][1] >= centre[1]
        rim &= half
        if rim.sum() < 10 or not fill.any():
            yield None, 0
            continue
        values = stored.copy()
        taken = noise.integers(0, fill.sum(), rim.sum())
        values[:, rim] = stored[:, fill][:, taken]
        path = work / f"{scene.path.stem}_{kind}_{depth}_{n}.tif"
        with rasterio.open(path, "w", **profile) as target:
            target.write(values)
            target.descriptions = names
        # A mixed pixel at the old border was in part bare before.
        new = np.clip((ndvi - 0.1) / 0.4, 0, 1)[rim].sum() if kind == "GROWN" else rim.sum()
        yield open_scene(path, acquired_on=scene.acquired_on), int(new)


if __name__ == "__main__":
    main()
