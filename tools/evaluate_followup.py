"""Follow the quarries of the six Strzegom dates and print what was named rightly, and what not.

    QINGFEI_EVALUATION_DATA=<folder that holds strzegom_s2> python tools/evaluate_followup.py

Four parts. First every pair of dates against the label polygons of each date. The labels cover the
core of a quarry and their borders wander: what counts as a change of a quarry, and why, is said in
`followup_truth`; every pair whose labelled areas alone would say more than a border of a pixel all
round is listed with what its labels and images hold. Then, within one season, the pits that this
project drew in the first image itself, and ground that grew for good; whether a change is one, the
later images tell, which the pair did not use. Then the pairs that the product itself would take,
one after the other. Last, because little truly changed, changes of known size are put into the
real later image: what grows beside a quarry is overwritten with its own rock (grown), the quarry's
edge with the ground beside it (shrunk). The labels are development material and stay outside the
repository.
"""

import json
import sys
import tempfile
from collections import Counter
from itertools import combinations
from pathlib import Path

import numpy as np
import shapely
from followup_looks import (
    AS,
    RULES,
    day_of,
    hectares,
    inside_of,
    labelled,
    look,
    measured,
    metres,
    quarries_of,
    read_labels,
)
from followup_planted import put_in
from followup_truth import Dated, change_of, dated, moved, turned_ground
from rasterio.features import shapes
from shapely import MultiPolygon, Polygon

from api.settings import ROOT, Settings
from remote_sensing.scene import Scene, open_scene

OWN = ROOT / "data/demo/strzegom/training_20210619.geojson"
BORDER_PX = 1
GROUPS = ("GROWN", "UNCHANGED", "SHRUNK", "UNSEEN")


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
    dates = {d: dated(scenes[d], data / f"strzegom_{d}_labels.tif") for d in days}
    against_labels(days, scenes, labels, quarries, outlines, dates)
    own_pits(days, scenes, dates)
    as_the_product(days, scenes, outlines)
    with tempfile.TemporaryDirectory() as temporary:
        put_in(Path(temporary), days, scenes, outlines)


def drawn(before: MultiPolygon, after: MultiPolygon) -> str:
    """Return what labelled areas alone say of a pair; a border of a pixel is allowed."""
    allowed = max(before.length, after.length) * 10 * BORDER_PX
    change = after.area - before.area
    return "UNCHANGED" if abs(change) <= allowed else "GROWN" if change > 0 else "SHRUNK"


def against_labels(
    days: list[str],
    scenes: dict[str, Scene],
    labels: dict[str, shapely.Geometry],
    quarries: list[Polygon],
    outlines: list[MultiPolygon],
    dates: dict[str, Dated],
) -> None:
    print("1. Every pair of dates against its labels (8 quarries)")
    alone = {day: look(scenes, None, day, outlines) for day in days}
    zones = [inside_of(scenes[days[0]], quarry.buffer(30)) for quarry in quarries]
    matrix: Counter[tuple[str, str]] = Counter()
    seasons: Counter[tuple[bool, bool]] = Counter()
    told = []
    for before, after in combinations(days, 2):
        same = RULES.is_same_season(day_of(before), day_of(after))
        words = []
        for n, found in enumerate(look(scenes, before, after, outlines)):
            gained = moved(dates[after], dates[before], zones[n])
            lost = moved(dates[before], dates[after], zones[n])
            true = change_of(gained, lost, RULES.detectable_px)
            said = AS.get(found.state, found.state)
            matrix[true, said] += 1
            seasons[same, true == said] += 1
            words.append(f"{said[0]}{'' if said == true else '/' + true[0]} {measured(found)}")
            areas = [labelled(labels[day], quarries[n]) for day in (before, after)]
            if (only := drawn(*areas)) == "UNCHANGED" == true:
                continue
            sizes = " > ".join(f"{one.area / 1e4:.2f}" for one in areas)
            ours = " > ".join(hectares(alone[day][n]) for day in (before, after))
            told.append(f"   quarry {n} {before}>{after}: labelled {sizes} ha ({only} by area)")
            for name, one in (("gained", gained), ("lost", lost)):
                told.append(
                    f"      {name} {one.drawn} px, on the other date {one.otherwise} labelled "
                    f"otherwise, {one.green} green, {one.unlike} unlike in ten bands; "
                    f"{one.turned} count"
                )
            told.append(
                f"      so {true}; footprint {ours} ha, change {measured(found)} m2: {found.state}"
            )
        print(f"   {before}>{after} {'same ' if same else 'other'} season: {'; '.join(words)}")
    print(
        "   (G grown, U unchanged, S shrunk or UNSEEN; after a stroke what is true; m2, one sigma)"
    )
    print("   true \\ follow-up   " + " ".join(f"{name:>10}" for name in GROUPS))
    for true in GROUPS[:3]:
        print(f"   {true:>19} " + " ".join(f"{matrix[true, said]:10d}" for said in GROUPS))
    for same in (True, False):
        right, wrong = seasons[same, True], seasons[same, False]
        print(f"   {'same' if same else 'other'} season: {right} of {right + wrong} named rightly")
    print(
        "   Where labelled areas differ by more than a border of a pixel all round, or more counts:"
    )
    print("\n".join(told))


def own_pits(days: list[str], scenes: dict[str, Scene], dates: dict[str, Dated]) -> None:
    print("2. Pits that this project drew in the first image, and ground that grew for good")
    said = json.loads(OWN.read_text("utf-8"))["features"]
    pits = [one for one in said if one["properties"]["class"] == "open_pit"]
    names = [one["properties"]["note"] for one in pits]
    outlines = [MultiPolygon([metres(shapely.geometry.shape(one["geometry"]))]) for one in pits]
    grid = scenes[days[0]].transform
    for last, piece, place in turned_ground([dates[day] for day in days], RULES.detectable_px):
        rings = shapes(place.astype(np.uint8), mask=place, transform=grid)
        outlines.append(MultiPolygon([shapely.geometry.shape(one) for one, _ in rings]))
        names.append(
            f"{piece.sum()} px beside it turned from green to bare for good after {days[last]}"
        )
    alone = {day: look(scenes, None, day, outlines) for day in days}
    for before, after in combinations(days, 2):
        if not RULES.is_same_season(day_of(before), day_of(after)):
            continue
        later = [day for day in days if day > after]
        found = look(scenes, before, after, outlines)
        states = Counter(AS.get(one.state, one.state) for one in found)
        counts = ", ".join(f"{n} {state}" for state, n in sorted(states.items()))
        print(f"   {before}>{after}: {counts}")
        for n, one in enumerate(found):
            if one.state in ("UNCHANGED", "UNSEEN"):
                continue
            grew = one.change_m2 is not None and one.change_m2 > 0
            feet = (alone[day][n].footprint or MultiPolygon() for day in (before, after))
            then, now = (inside_of(scenes[before], metres(one)) for one in feet)
            where = now & ~then if grew else then & ~now
            way = {day: float(np.median(dates[day].way[where])) for day in (before, after, *later)}
            middle = (way[before] + way[after]) / 2
            turned = (way[after] < way[before]) == grew
            held = sum(turned and (way[day] < middle) == grew for day in later)
            told = " > ".join(f"{one:.2f}" for one in way.values())
            print(
                f"      {one.state} {measured(one)} m2, {names[n]}: {where.sum()} px, green share "
                f"{told}; held by {held} of {len(later)} later images"
            )


def as_the_product(days: list[str], scenes: dict[str, Scene], outlines: list[MultiPolygon]) -> None:
    print("3. One date after the other, compared as the product compares them")
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


if __name__ == "__main__":
    main()
