import re

from gis.domain.terms import LookAlike, SiteKind
from remote_sensing.classes import NODATA_CODE, all_classes, class_of, target_names

CONTRACT = {
    "target": "open_pit sand_pit tailings slag_pile ash_pile waste_rock construction_waste "
    "domestic_waste mixed_waste",
    "look_alike": "bare_soil coal_yard concentrate_pile construction_site greenhouse solar_field "
    "sand_bar snow road built_up",
    "background": "forest grassland cropland water cloud shadow other",
}


def test_every_class_of_the_contract_is_there_with_its_role() -> None:
    for role, names in CONTRACT.items():
        found = [info.name for info in all_classes().values() if info.role == role]
        assert found == names.split()


def test_codes_and_colours_tell_classes_apart() -> None:
    codes = [info.code for info in all_classes().values()]
    colours = [info.colour for info in all_classes().values()]
    assert len(set(codes)) == len(codes)
    assert all(0 < code < NODATA_CODE for code in codes)
    assert len(set(colours)) == len(colours)
    assert all(re.fullmatch(r"#[0-9a-f]{6}", colour) for colour in colours)


def test_names_are_given_in_both_languages() -> None:
    for info in all_classes().values():
        assert re.search(r"[\u4e00-\u9fff]", info.zh)
        assert info.en.isascii()


def test_targets_and_only_targets_become_a_kind_of_site() -> None:
    for info in all_classes().values():
        assert (info.site_kind is not None) == info.is_target == (info.name in target_names())
    assert class_of("open_pit").site_kind is SiteKind.MINE_PIT
    assert class_of("tailings").site_kind is SiteKind.TAILINGS_POND


def test_look_alikes_bear_the_names_that_a_field_team_chooses_from() -> None:
    words = {word.value: word.zh for word in LookAlike}
    for info in all_classes().values():
        if info.role == "look_alike":
            assert words[info.name] == info.zh
