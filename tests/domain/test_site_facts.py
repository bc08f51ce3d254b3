"""What a person may correct, and what each field can hold."""

from dataclasses import fields, replace
from datetime import date

import pytest

from gis.domain.sites.errors import FactUnfit, FactUnknown
from gis.domain.sites.facts import FACTS, read_changes, require_sound
from gis.domain.sites.history import differences, plain, sentence
from gis.domain.sites.site import KIND_LETTERS, Site, site_code
from gis.domain.terms import (
    Responsibility,
    SiteKind,
    SiteState,
    TailingsRisk,
    WasteClass,
    WasteNature,
)
from tests.makers import a_site, square

TODAY = date(2026, 6, 19)


def test_every_fact_is_a_field_of_the_site_and_named_once():
    assert set(FACTS) <= {field.name for field in fields(Site)}
    for names in ([f.zh for f in FACTS.values()], [f.en for f in FACTS.values()]):
        assert len(set(names)) == len(names)


def test_what_follows_from_elsewhere_cannot_be_corrected_by_hand():
    for name in ("nature", "area_m2", "code", "version", "outline", "is_demo"):
        with pytest.raises(FactUnknown):
            read_changes({name: "x"})


def test_the_catalogue_has_35_classes_and_no_08():
    classes = [one.value for one in WasteClass if one.value.startswith("SW")]
    assert len(classes) == 35
    assert "SW08" not in classes


def test_every_kind_has_a_letter_of_its_own():
    assert len(set(KIND_LETTERS.values())) == len(SiteKind)
    assert site_code("150203", SiteKind.MINE, 7).startswith("150203-K00007-")


@pytest.mark.parametrize(
    ("name", "sent", "held"),
    [
        ("name", " 一号堆 ", "一号堆"),
        ("responsibility", "DISPUTED", Responsibility.DISPUTED),
        ("hw_code", "HW18", "HW18"),
        ("hw_code", "772-002-18", "772-002-18"),
        ("hw_code", "", None),
        ("height_m", 12, 12.0),
        ("height_m", None, None),
        ("stored_from", 1987, 1987),
        ("has_dust_control", False, False),
        ("accepted_on", "2026-06-01", date(2026, 6, 1)),
        ("tailings_risk", "MAJOR", TailingsRisk.MAJOR),
        ("note", "", ""),
    ],
)
def test_a_value_is_read(name, sent, held):
    assert read_changes({name: sent}) == {name: held}


@pytest.mark.parametrize(
    ("name", "sent"),
    [
        ("name", ""),
        ("name", None),
        ("name", "长" * 201),
        ("name", "a\x00b"),
        ("kind", None),
        ("kind", "VOLCANO"),
        ("hw_code", "HW00"),
        ("hw_code", "HW51"),
        ("hw_code", "900-041-51"),
        ("hw_code", "90004149"),
        ("height_m", -1),
        ("height_m", 301),
        ("height_m", "高"),
        ("height_m", "nan"),
        ("height_m", True),
        ("mass_t", 1e10),
        ("stored_from", 1899),
        ("stored_from", 1987.5),
        ("stored_to", True),
        ("has_dust_control", "yes"),
        ("has_dust_control", 1),
        ("found_on", "2026-13-01"),
        ("found_on", 20260101),
        ("state", "GONE"),
        ("note", None),
        ("town", ["昆河镇"]),
    ],
)
def test_an_unfit_value_is_refused_with_what_fits(name, sent):
    with pytest.raises(FactUnfit) as refused:
        read_changes({name: sent})
    assert FACTS[name].zh in refused.value.sentence("zh-CN")


@pytest.mark.parametrize(
    "changes",
    [
        {"hw_code": "HW18"},
        {"stored_from": 1990, "stored_to": 1980},
        {"accepted_on": date(2026, 6, 20)},
        {"state": SiteState.MERGED},
    ],
)
def test_facts_that_contradict_each_other(changes):
    with pytest.raises(FactUnfit):
        require_sound(a_site(**changes), TODAY)


def test_sound_facts_pass():
    require_sound(a_site(waste_class=WasteClass.HW, hw_code="HW18", stored_from=1980), TODAY)


def test_differences_are_told_in_both_languages():
    before = a_site(height_m=6.0, has_dust_control=None)
    after = replace(
        before,
        version=2,
        height_m=8.5,
        has_dust_control=False,
        nature=WasteNature.CLASS_II,
        outline=square(size=0.003),
    )
    found = differences(plain(before), plain(after))
    assert [one.name for one in found] == ["height_m", "has_dust_control", "nature", "outline"]
    assert sentence(found[:2], "zh") == "堆高（m）：6 → 8.5；防扬散：未知 → 否"
    assert sentence(found[:3], "en").endswith(
        "Dust control: unknown → no; Nature: Not yet identified → Class II industrial waste"
    )


def test_a_record_older_than_a_field_counts_as_unknown():
    old = plain(a_site())
    del old["hw_code"]
    (found,) = differences(old, plain(a_site(hw_code="HW18")))
    assert (found.old_en, found.new_en) == ("unknown", "HW18")
