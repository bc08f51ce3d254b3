"""Filing what a scene showed: once, kept in every version, told to whoever must hear."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from gis.domain.errors import NotInRegister
from gis.domain.follow_up.observation import newest_seen
from gis.domain.people.accounts import Sight
from gis.domain.terms import FootprintState
from gis.ledger import Book, follow_up
from gis.ledger.follow_up import file_observations
from gis.ledger.imagery import add_scene
from gis.store import observations, sight
from tests.ledger.looking import rows, verbs
from tests.makers import NOON, a_scene, list_site
from tests.makers_follow_up import an_observation


def test_an_observation_comes_back_as_it_was_filed(book, scene):
    site = list_site(book)
    one = an_observation(site, scene, reasons=[{"code": "first"}], reference=site.outline)
    filed = file_observations(book, scene.id, [one])
    assert filed.new == (one,) and filed.known == 0
    with book.reading() as connection:
        assert observations.of_site(connection, site.code) == [one]
    assert verbs(book)[-1] == "file_observations"


def test_the_same_look_again_adds_nothing_and_calls_nobody(book, scene, monkeypatch):
    site, heard = list_site(book), []
    monkeypatch.setattr(follow_up, "AFTER_FILING", (lambda book, one: heard.append(one),))
    one = an_observation(site, scene)
    file_observations(book, scene.id, [one])
    before = verbs(book)
    assert file_observations(book, scene.id, [one]) == ((), 1)
    assert verbs(book) == before and heard == [one]


def test_many_at_once_go_in_whole(book, scene):
    site = list_site(book)
    many = [an_observation(site, scene, measures={"n": n}) for n in range(60)]
    assert len(file_observations(book, scene.id, many).new) == 60
    with book.reading() as connection:
        kept = observations.versions_of(connection, site.code)
    assert sorted(one.measures["n"] for one in kept) == list(range(60))


def test_a_later_version_is_shown_and_the_earlier_is_kept(book, scene):
    site = list_site(book)
    old = an_observation(site, scene)
    new = an_observation(
        site, scene, rules_sha256="4" * 64, observed_at=NOON + timedelta(days=1), bare_m2=1.0
    )
    file_observations(book, scene.id, [old])
    file_observations(book, scene.id, [new])
    with book.reading() as connection:
        assert observations.of_site(connection, site.code) == [new]
        assert observations.versions_of(connection, site.code) == [old, new]


def test_observations_stand_by_day_and_the_newest_that_saw_is_found(book, scene):
    site = list_site(book)
    later = add_scene(book, a_scene(name="b", acquired_on=date(2026, 8, 1), sha256="2" * 64))
    blind = an_observation(site, later, state=FootprintState.UNSEEN, bare_m2=None)
    clear = an_observation(site, scene, compared_with=None)
    file_observations(book, later.id, [blind])
    file_observations(book, scene.id, [clear])
    with book.reading() as connection:
        found = observations.of_site(connection, site.code)
        assert found == [clear, blind] and newest_seen(found) == clear
        assert observations.of_sites(connection, {site.code, "x"}) == {site.code: found}
        assert observations.scene_names(connection, [scene.id]) == {scene.id: scene.name}


def test_nothing_is_filed_of_a_scene_that_is_not_there(book, scene):
    site = list_site(book)
    with pytest.raises(NotInRegister):
        file_observations(book, uuid4(), [an_observation(site, scene)])
    assert rows(book, "observations") == {"observations": 0}


def test_an_account_of_another_town_sees_none(book, scene):
    site = list_site(book)
    file_observations(book, scene.id, [an_observation(site, scene)])
    elsewhere = Book(sight.bound(book.engine, Sight(towns=("沼潭街道",))), "李工")
    with elsewhere.reading() as connection:
        assert observations.of_site(connection, site.code) == []
