"""Pictures that are the same are found, others are not, among very many."""

import io
import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageEnhance, ImageFilter

from gis.store.fingerprint import NEAR, bands_near, bands_of, distance, look_of

LOOKS = st.integers(-(2**63), 2**63 - 1)


def scenery(seed: int, side: int = 480) -> Image.Image:
    """A picture with large and small forms, another one for each seed."""
    noise = np.random.default_rng(seed).integers(0, 255, (12, 12, 3), dtype=np.uint8)
    return Image.fromarray(noise).resize((side, side * 3 // 4), Image.Resampling.BICUBIC)


def saved_again(picture):
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=30)
    return Image.open(out)


@pytest.mark.parametrize(
    "change",
    [
        lambda one: one.resize((200, 150)),
        saved_again,
        lambda one: ImageEnhance.Brightness(one).enhance(1.25),
        lambda one: ImageEnhance.Contrast(one).enhance(0.8),
        lambda one: one.filter(ImageFilter.GaussianBlur(2)),
        lambda one: one.convert("L").convert("RGB"),
    ],
    ids=["smaller", "saved-again", "brighter", "paler", "blurred", "grey"],
)
def test_the_same_picture_in_another_form_is_near(change):
    for seed in range(20):
        one = scenery(seed)
        assert distance(look_of(one), look_of(change(one))) <= NEAR, seed


def test_other_pictures_are_far():
    looks = [look_of(scenery(seed)) for seed in range(60)]
    assert min(distance(a, b) for i, a in enumerate(looks) for b in looks[:i]) > NEAR


def test_a_picture_of_one_colour_looks_like_nothing():
    assert look_of(Image.new("RGB", (400, 300), (90, 80, 70))) is None


@given(LOOKS, st.integers(0, 2**32))
def test_every_look_within_reach_shares_a_band(look, seed):
    bits = random.Random(seed).sample(range(64), NEAR)
    other = (look & (1 << 64) - 1) ^ sum(1 << bit for bit in bits)
    assert distance(look, other) == NEAR
    pairs = zip(bands_of(other), bands_near(look), strict=True)
    assert any(band in near for band, near in pairs)


@given(LOOKS)
def test_bands_hold_the_whole_look(look):
    bands = bands_of(look)
    whole = sum(band << 16 * place for place, band in enumerate(bands))
    assert whole == look & (1 << 64) - 1 and all(0 <= band < 2**16 for band in bands)
    assert [len({*near}) for near in bands_near(look)] == [17] * 4
