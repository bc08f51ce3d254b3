"""Saved views: each person's own, those shared, and what a second sending does."""

from dataclasses import replace
from uuid import uuid4

import pytest

from gis.domain.errors import DistrictUnknown, NotInRegister, SameName
from gis.domain.view import View, ViewIdReused, ViewIsAnothers
from gis.ledger.views import remove_view, save_view
from gis.store import log, views
from tests.makers import KUNDULUN, NOON


def a_view(**changes):
    view = View(
        id=uuid4(),
        district_code=KUNDULUN,
        owner="",
        name="高风险无主",
        is_shared=False,
        query={"grade": ["HIGH"], "sort": "-DCL"},
        columns=["DWBH", "MC"],
        saved_at=NOON,
    )
    return replace(view, **changes)


def seen_by(book, username):
    with book.reading() as connection:
        return [view.name for view in views.views_for(connection, KUNDULUN, username)]


def test_a_view_is_its_owners_and_a_shared_one_everybodys(book):
    li = replace(book, actor="李工")
    save_view(book, a_view(name="乙"))
    save_view(book, a_view(name="甲", is_shared=True))
    save_view(li, a_view(name="乙"))
    assert seen_by(book, "王工") == ["乙", "甲"]
    assert seen_by(book, "李工") == ["乙", "甲"]
    assert seen_by(book, "赵工") == ["甲"]


def test_the_same_view_sent_again_is_the_same_view(book):
    sent = a_view()
    first, is_new = save_view(book, sent)
    book.clock.tick()
    again, is_again_new = save_view(book, sent)
    assert (is_new, is_again_new) == (True, False)
    assert first == again and first.owner == "王工"
    with pytest.raises(ViewIdReused):
        save_view(book, replace(sent, columns=["DWBH"]))
    with pytest.raises(ViewIdReused):
        save_view(replace(book, actor="李工"), sent)


def test_a_name_is_taken_once_by_each_person(book):
    save_view(book, a_view())
    with pytest.raises(SameName):
        save_view(book, a_view())


def test_a_view_of_no_place_is_refused(book):
    with pytest.raises(DistrictUnknown):
        save_view(book, a_view(district_code="000000"))


def test_only_its_owner_removes_a_view(book):
    view, _ = save_view(book, a_view(is_shared=True))
    with pytest.raises(ViewIsAnothers):
        remove_view(replace(book, actor="李工"), view.id)
    remove_view(book, view.id)
    assert seen_by(book, "王工") == []
    with pytest.raises(NotInRegister):
        remove_view(book, view.id)
    with book.reading() as connection:
        verbs = [entry["verb"] for entry in log.history(connection, str(view.id))]
    assert verbs == ["save_view", "remove_view"]
