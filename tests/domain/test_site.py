"""A site's code, which never changes and finds typing errors, and the facts, which do change."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gis.domain.sites.site import ALPHABET, KIND_LETTERS, check_character, confirmed_site, site_code
from gis.domain.terms import Responsibility, SiteKind, SiteState, WasteClass, WasteNature
from tests.makers import NOON, a_candidate, a_site

SEEN = {"kind": SiteKind.WASTE_PILE, "waste_class": WasteClass.SW01}
AS_NOTED = {"recorded_at": NOON, "note": "", "is_demo": False}
codes = st.builds(
    site_code,
    st.from_regex("[1-6][0-9]{5}", fullmatch=True),
    st.sampled_from(SiteKind),
    st.integers(1, 99_999),
)


def holds(code: str) -> bool:
    """ISO 7064's own check of a whole string, which is not how the character is made."""
    product = 36
    for character in code.replace("-", "")[:-1]:
        product = (product + ALPHABET.index(character)) % 36 or 36
        product = product * 2 % 37
    return (product + ALPHABET.index(code[-1])) % 36 == 1


@pytest.mark.parametrize(
    ("body", "check"),
    [("A12425GABC1234002", "M"), ("00000000D07A0090", "Q"), ("000000018CFA0000", "I")],
)
def test_check_characters_of_published_identifiers(body, check):
    assert check_character(body) == check  # a GRid and two ISANs, made the same way


def test_a_code_says_district_kind_and_serial():
    assert site_code("150203", SiteKind.MINE_PIT, 42).startswith("150203-M00042-")
    assert len(set(KIND_LETTERS.values())) == len(SiteKind)


@given(codes)
def test_a_code_checks_out(code):
    assert holds(code)


@given(codes, st.data())
def test_every_single_wrong_character_is_found(code, data):
    place = data.draw(st.sampled_from([i for i, c in enumerate(code) if c in ALPHABET]))
    wrong = data.draw(st.sampled_from(ALPHABET.replace(code[place], "")))
    assert not holds(code[:place] + wrong + code[place + 1 :])


def test_every_single_wrong_character_of_one_code_is_found_without_chance():
    code = site_code("150203", SiteKind.WASTE_PILE, 1)
    for place, right in enumerate(code):
        if right in ALPHABET:
            for wrong in ALPHABET.replace(right, ""):
                assert not holds(code[:place] + wrong + code[place + 1 :])


def test_a_correction_keeps_the_code_and_the_version_before():
    before = a_site()
    later = NOON + timedelta(days=1)
    after = before.corrected(later, kind=SiteKind.CONSTRUCTION_PILE, mass_t=1200.0)
    assert (after.code, after.version, after.recorded_at) == (before.code, 2, later)
    assert (after.kind, after.mass_t) == (SiteKind.CONSTRUCTION_PILE, 1200.0)
    assert (before.version, before.kind) == (1, SiteKind.WASTE_PILE)


def test_what_was_not_seen_stays_unknown_on_a_confirmed_site():
    candidate = a_candidate()
    site = confirmed_site(candidate, SEEN, "150203-W00001-D", "一号渣堆", **AS_NOTED)
    assert site.state is SiteState.LISTED
    assert site.responsibility is Responsibility.UNCLEAR
    assert (site.outline, site.area_m2) == (candidate.outline, candidate.area_m2)
    assert (site.found_on, site.candidate_id) == (candidate.first_seen_on, candidate.id)
    unknown = ("mass_t", "height_m", "has_seepage_control", "retaining", "history", "ground")
    assert {getattr(site, name) for name in unknown} == {None}


@pytest.mark.parametrize("waste", WasteClass)
def test_no_class_by_itself_says_class_i_class_ii_or_hazardous(waste):
    seen = SEEN | {"waste_class": waste}
    nature = confirmed_site(a_candidate(), seen, "c", "n", **AS_NOTED).nature
    identified = {WasteNature.CLASS_I, WasteNature.CLASS_II, WasteNature.HAZARDOUS}
    assert nature not in identified
    if WasteClass.SW01 <= waste <= WasteClass.SW59:  # the industrial ones
        assert nature is WasteNature.UNIDENTIFIED
