import pytest

from remote_sensing.errors import BandsMiscounted, BandsUnknown
from remote_sensing.intake.bands import CANONICAL, canonical, places_by_option, places_of


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("B2", "B02"), ("b02", "B02"), ("Band 8", "B08"), ("B8A", "B8A"), ("B08A", "B8A"),
        ("B11, central wavelength 1610 nm", "B11"), ("Blue", "B02"), ("swir22", "B12"),
        ("red", "B04"), ("NIR", "B08"), ("red_edge_1", "B05"), ("rededge1", "B05"),
        ("B01", None), ("B10", None), ("SCL", None), ("B2_quality", None), ("B02_10m", "B02"),
        ("", None), (None, None),
    ],
)  # fmt: skip
def test_names_are_understood(said: str | None, meant: str | None) -> None:
    assert canonical(said) == meant


def test_order_in_the_file_does_not_matter() -> None:
    assert places_of("f", ["red", "SCL", "blue", "B8"], 4) == {"B02": 3, "B04": 1, "B08": 4}


@pytest.mark.parametrize("names", [[None, None], ["x", "y"], ["B02", "blue"]])
def test_unknown_or_doubled_names_are_refused(names: list[str | None]) -> None:
    with pytest.raises(BandsUnknown):
        places_of("f", names, len(names))


def test_named_bands_must_be_as_many_as_the_file_has() -> None:
    assert places_by_option("f", ["B04", "-", "B03"], 3) == {"B03": 3, "B04": 1}
    with pytest.raises(BandsMiscounted):
        places_by_option("f", ["B04", "B03"], 3)
    with pytest.raises(BandsUnknown):
        places_by_option("f", ["B04", "Bxx"], 2)


def test_canonical_names_are_their_own() -> None:
    assert [canonical(name) for name in CANONICAL] == list(CANONICAL)
