"""Brightness and colour beside those of the scene's own middle.

The same tailings are bright in one scene and dark in another; how many times brighter they are than
what lies about them carries further from place to place. The middle, and how rare each colour is,
are taken once for a scene, from pixels spread evenly over it, so that a pixel's figures do not
depend on the window that it is read in.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from remote_sensing import rarity
from remote_sensing.rarity import ROUND, Rarity
from remote_sensing.windows import Window

if TYPE_CHECKING:
    from remote_sensing.scene import Scene

BESIDE = ("relbright", "reliron", "relwarmth", "relgreen")
"""Brightness and the three ratios of the visible bands beside the scene's median."""
EVEN = ("evenbright", "eveniron", "evenwarmth", "evengreen", "evensat")
"""The same and saturation, and beside how far apart the scene's quarters are: where all is alike
little stands out."""
RARE = "rare"
"""How rare the colour about a pixel is in its scene."""
RELATIVE = (*BESIDE, *EVEN, RARE)
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
    *(f"evenbright_{kind}{r}" for kind in ("open", "close") for r in (3, 7)),
    *(f"evenbright_dev{r}" for r in (1, 3)),
    *(f"{name}_mean{r}" for name in ("evengreen", "evensat", RARE) for r in (3, 7)),
)
"""What a `quadric` is told: few figures, for few places. Openings and closings keep a heap's edge
and tell it from a town and from a roof; without rarity pixels of other places ranked three times
lower."""
WIDE = (
    *(f"{name}_mean{r}" for name in BESIDE for r in (3, 15, 63)),
    *(f"relbright_dev{r}" for r in (3, 15, 63)),
)
"""What the surface of a `mixed` estimator is told: fewer scales than a forest, and a wider one."""

_MOST_SAMPLES = 400_000
_ROWS = 512

Layer = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Levels:
    """Of a scene's brightness and of its ratios, in ten-thousandths, in the order of `_layers`.

    ``middle`` holds the medians, ``apart`` the distances between the quartiles; ``rarity`` says how
    rare its colours are.
    """

    middle: tuple[int, ...]
    apart: tuple[int, ...]
    rarity: Rarity

    def bands(self, visible: NDArray[np.int16], valid: NDArray[np.bool_]) -> NDArray[np.int16]:
        """Return RELATIVE, int16 (10, height, width) in 0..20,000, of B02, B03, B04.

        Both reach ROUND pixels over every edge; what is not valid is 0.
        """
        layers = _layers(visible.astype(np.int32))
        inside = (slice(ROUND, -ROUND),) * 2
        own = [layer[inside] for layer in layers]
        away = [layer - m for layer, m in zip(own, self.middle, strict=True)]
        figures = [own[0] * BRIGHT // max(self.middle[0], 1)]
        figures += [one + ALIKE for one in away[1 : len(BESIDE)]]
        figures += [
            one * QUARTERS // max(apart, 1) + ALIKE
            for one, apart in zip(away[: len(EVEN)], self.apart[: len(EVEN)], strict=True)
        ]
        count = np.maximum(rarity.rounded(valid), 1)
        means = [rarity.rounded(layers[place]) // count for place in _COLOUR]
        figures += [self.rarity.of(_cells(means, self.middle, self.apart))]
        return (np.clip(np.stack(figures), 0, MOST) * valid[inside]).astype(np.int16)


def levels_of(scene: "Scene") -> Levels:
    """Return the levels of a scene that has VISIBLE, from valid pixels of an even grid."""
    step = 1
    while scene.width * scene.height > _MOST_SAMPLES * step * step:
        step += 1
    places = [scene.band_names.index(name) for name in VISIBLE]
    kept, round_about = [], []
    for row in range(0, scene.height, _ROWS):
        window = Window(0, row, scene.width, min(_ROWS, scene.height - row))
        chip = scene.read(window.grown(ROUND))
        visible = chip.reflectance[places]
        first = -row % step
        inner = visible[:, ROUND:-ROUND, ROUND:-ROUND][:, first::step, ::step]
        seen = chip.valid[ROUND:-ROUND, ROUND:-ROUND][first::step, ::step]
        kept.append(inner[:, seen])
        layers = _layers(visible.astype(np.int32))
        count = np.maximum(rarity.rounded(chip.valid, first, step), 1)
        sums = (rarity.rounded(layers[place], first, step) for place in _COLOUR)
        round_about.append(np.stack([(one // count)[seen] for one in sums]))
    layers = _layers(np.concatenate(kept, axis=1).astype(np.int32))
    if not layers[0].size:
        none = np.zeros(0, np.int32)
        return Levels((0,) * len(layers), (1,) * len(layers), rarity.counted(none))
    low, middle, high = (
        tuple(int(np.percentile(layer, share, method="lower")) for layer in layers)
        for share in (25, 50, 75)
    )
    apart = tuple(most - least for most, least in zip(high, low, strict=True))
    cells = _cells(list(np.concatenate(round_about, axis=1)), middle, apart)
    return Levels(middle, apart, rarity.counted(cells))


_COLOUR = (0, 5, 4)
"""Brightness, lilac and saturation among the layers: the figures whose joint values are counted."""


def _cells(means: Sequence[Layer], middle: Sequence[int], apart: Sequence[int]) -> Layer:
    own = ([levels[place] for place in _COLOUR] for levels in (middle, apart))
    return rarity.cells_of(means, *own)


def _layers(visible: Layer) -> tuple[Layer, ...]:
    """Return brightness, the three ratios of BESIDE, saturation and lilac."""
    blue, green, red = visible
    most = np.maximum(np.maximum(blue, green), red)
    least = np.minimum(np.minimum(blue, green), red)
    return (
        (blue + green + red) // 3,
        _share(red - blue, red + blue),
        _share(red - green, red + green),
        _share(green - blue, green + blue),
        _share(most - least, most),
        _share(red + blue - 2 * green, red + blue + 2 * green),
    )


def _share(part: Layer, whole: Layer) -> Layer:
    return part * 10_000 // np.maximum(whole, 1)
