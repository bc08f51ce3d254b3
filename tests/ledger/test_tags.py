"""Task tags: many to many, each with its own unit and day, nothing overwritten."""

from datetime import date

import pytest

from gis.domain.errors import NotInRegister
from gis.domain.sites.errors import TagAbsent, TaskUnknown
from gis.ledger.tags import tag_site, untag_site
from gis.rules import tasks
from gis.store import site_papers
from tests.ledger.looking import everything, verbs
from tests.makers import list_site

UNIT = "区生态环境分局"


def borne(book, code, as_of=None):
    with book.reading() as connection:
        found = site_papers.tags_of(connection, code, as_of)
        return [(tag.task, tag.lead_unit, tag.due_on) for tag in found]


def test_the_plans_tasks_are_data_with_their_source():
    known = tasks.all_tasks()
    assert set(known) == {"3a", "4a", "4b", "5", "12a", "13c", "20"}
    assert known["4b"].due_on is None
    assert known["5"].due_on == date(2025, 12, 31)
    for task in known.values():
        assert task.clause and task.source and task.lead_unit and task.certainty


def test_a_site_bears_several_tasks_each_with_its_unit_and_day(book):
    code = list_site(book).code
    tag_site(book, code, "5", UNIT, date(2025, 12, 31))
    tag_site(book, code, "20", "昆河镇", None)
    assert borne(book, code) == [("20", "昆河镇", None), ("5", UNIT, date(2025, 12, 31))]


def test_the_same_again_adds_nothing_and_another_day_ends_the_first(book):
    code = list_site(book).code
    _, is_new = tag_site(book, code, "5", UNIT, None)
    assert is_new
    first = book.clock()
    before = everything(book)
    book.clock.tick()
    assert tag_site(book, code, "5", UNIT, None)[1] is False
    assert everything(book) == before
    tag_site(book, code, "5", UNIT, date(2026, 12, 31))
    assert borne(book, code) == [("5", UNIT, date(2026, 12, 31))]
    assert borne(book, code, first) == [("5", UNIT, None)]


def test_a_tag_taken_away_is_still_told_of_the_past(book):
    code = list_site(book).code
    tag_site(book, code, "5", UNIT, None)
    then = book.clock()
    book.clock.tick()
    untag_site(book, code, "5")
    assert borne(book, code) == []
    assert borne(book, code, then) == [("5", UNIT, None)]
    assert verbs(book)[-2:] == ["tag_site", "untag_site"]
    with pytest.raises(TagAbsent):
        untag_site(book, code, "5")


def test_tasks_and_sites_that_are_not_there(book):
    code = list_site(book).code
    before = everything(book)
    with pytest.raises(TaskUnknown):
        tag_site(book, code, "99", UNIT, None)
    with pytest.raises(NotInRegister):
        tag_site(book, "150203-W00009-X", "5", UNIT, None)
    assert everything(book) == before
