"""Brightness and colour beside those of the scene's own middle.

The same tailings are bright in one scene and dark in another; how many times brighter they are than
what lies about them carries further from place to place. The middle is taken once for a scene, from
pixels spread evenly over it, so that a pixel's figures do not depend on the window that it is read
in.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from remote_sensing.windows import Window

if TYPE_CHECKING:
    from remote_sensing.scene import Scene

BESIDE = ("relbright", "reliron", "relwarmth", "relgreen")
"""Brightness and the three ratios of the visible bands beside the scene's median."""
EVEN = ("evenbright", "eveniron", "evenwarmth", "evengreen")
"""The same, and beside how far apart its quarters are: where all is alike little stands out."""
RELATIVE = (*BESIDE, *EVEN)
"""Bands that levels add to a scene."""

VISIBLE = ("B02", "B03", "B04")
MOST = 20_000
BRIGHT = 3_000
"""As bright as the scene's median."""
ALIKE = 10_000
"""A ratio that is the scene's median; others are as far from it as the ratios are apart."""

QUARTERS = 1_000
"""As far from the median as the scene's middle half is wide."""

_RADII = (1, 3, 7, 15, 31)
_SHAPES = (3, 7, 15)
FEATURES = (
    *("iron", "warmth", *BESIDE),
    *(
        f"{name}_{kind}{r}"
        for name in ("iron", "warmth")
        for kind in ("mean", "dev")
        for r in _RADII
    ),
    *(f"relbright_dev{r}" for r in _RADII),
    *(f"relbright_{kind}{r}" for kind in ("white", "black", "range") for r in _SHAPES),
)
"""What three visible bands tell; how bright a pixel is by itself is not among it: without it the
ponds of other places were found with an IoU of 0.42 instead of 0.35."""
FEW = (
    *(f"{name}_mean{r}" for name in EVEN for r in (3, 7, 15)),
    *(f"{name}_mean31" for name in ("evenbright", "evengreen")),
    *(f"evenbright_dev{r}" for r in (3, 7, 15)),
)
"""What a `quadric` is told: few figures, for few places."""

_MOST_SAMPLES = 400_000
_ROWS = 512

Layer = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Levels:
    """Of a scene's brightness and of its ratios, in ten-thousandths.

    ``middle`` holds the medians, ``apart`` the distances between the quartiles.
    """

    middle: tuple[int, ...]
    apart: tuple[int, ...]

    def bands(self, visible: NDArray[np.int16]) -> NDArray[np.int16]:
        """Return RELATIVE, int16 (8, height, width) in 0..20,000, of B02, B03, B04."""
        layers = _layers(visible.astype(np.int64))
        away = [layer - m for layer, m in zip(layers, self.middle, strict=True)]
        figures = [layers[0] * BRIGHT // max(self.middle[0], 1)]
        figures += [one + ALIKE for one in away[1:]]
        figures += [
            one * QUARTERS // max(apart, 1) + ALIKE
            for one, apart in zip(away, self.apart, strict=True)
        ]
        return np.clip(np.stack(figures), 0, MOST).astype(np.int16)


def levels_of(scene: "Scene") -> Levels:
    """Return the levels of a scene that has VISIBLE, from valid pixels of an even grid."""
    step = 1
    while scene.width * scene.height > _MOST_SAMPLES * step * step:
        step += 1
    places = [scene.band_names.index(name) for name in VISIBLE]
    kept = []
    for row in range(0, scene.height, _ROWS):
        chip = scene.read(Window(0, row, scene.width, min(_ROWS, scene.height - row)))
        grid = (slice(-row % step, None, step), slice(None, None, step))
        kept.append(chip.reflectance[places][:, *grid][:, chip.valid[grid]])
    layers = _layers(np.concatenate(kept, axis=1).astype(np.int64))
    if not layers[0].size:
        return Levels((0,) * len(BESIDE), (1,) * len(BESIDE))
    low, middle, high = (
        tuple(int(np.percentile(layer, share, method="lower")) for layer in layers)
        for share in (25, 50, 75)
    )
    return Levels(middle, tuple(most - least for most, least in zip(high, low, strict=True)))


def _layers(visible: Layer) -> tuple[Layer, ...]:
    blue, green, red = visible
    return (
        (blue + green + red) // 3,
        _share(red - blue, red + blue),
        _share(red - green, red + green),
        _share(green - blue, green + blue),
    )


def _share(part: Layer, whole: Layer) -> Layer:
    return part * 10_000 // np.maximum(whole, 1)
