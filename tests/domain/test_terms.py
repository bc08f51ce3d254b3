"""The controlled words: each has both names, and none can be taken for another."""

import re

import pytest

from gis.domain.terms import Term

VOCABULARIES = Term.__subclasses__()


def test_the_vocabularies_are_found():
    assert {v.__name__ for v in VOCABULARIES} >= {"SiteKind", "Grade", "Verdict", "LayerKind"}


@pytest.mark.parametrize("vocabulary", VOCABULARIES, ids=lambda v: v.__name__)
def test_every_word_has_two_names_of_its_own(vocabulary):
    members = list(vocabulary)
    for member in members:
        assert re.search("[\u4e00-\u9fff]", member.zh), member
        assert re.search("[A-Za-z]", member.en), member
        assert not re.search("[\u4e00-\u9fff]", member.en), member
        assert member.name_in("zh-CN") == member.zh
        assert member.name_in("en") == member.name_in("en-GB") == member.en
    for names in ([m.value for m in members], [m.zh for m in members], [m.en for m in members]):
        assert len(set(names)) == len(names)


@pytest.mark.parametrize("vocabulary", VOCABULARIES, ids=lambda v: v.__name__)
def test_a_stored_word_reads_back(vocabulary):
    # An alias would vanish from iteration, so the class body is counted as well.
    assert len(vocabulary.__members__) == len(list(vocabulary))
    for member in vocabulary:
        assert vocabulary.of(member.value) is member
        assert member == member.value
    with pytest.raises(KeyError):
        vocabulary.of("no such word")
