"""Changes of known size, put into the later of two real images and followed."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import rasterio
from followup_looks import AS, look
from followup_truth import ndvi_of
from rasterio.features import rasterize
from scipy import ndimage
from shapely import MultiPolygon

from remote_sensing.scene import Scene, open_scene

DEPTHS = (1, 2, 3, 5)


def put_in(
    work: Path, days: list[str], scenes: dict[str, Scene], outlines: list[MultiPolygon]
) -> None:
    print("4. Changes of known size put into the later image of a pair")
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
    ndvi = ndvi_of(scene)
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
