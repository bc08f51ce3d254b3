"""What makes a password and a name acceptable, and what each role may do."""

import pytest

from gis.domain.errors import PasswordTooWeak
from gis.domain.people.accounts import MAY, Sight
from gis.domain.people.errors import NameUnfit
from gis.domain.people.passwords import one_time_password, require_name, require_strong
from gis.domain.terms import Right, Role


@pytest.mark.parametrize("password", ["Kundulun-2026", "abcdefgh1!", "ABCDEFGH1!", "ABCDefgh12"])
def test_ten_characters_of_three_kinds_will_do(password):
    require_strong(password, "wang")


@pytest.mark.parametrize(
    "password",
    [
        "",
        "Abcdef12!",  # nine
        "abcdefghijklmnop",  # one kind
        "abcdefgh1234",  # two kinds
        "Xx1-WANG-1xX",  # the name, in capitals
        "1234567890!!",
        "密码密码密码密码密码密码",
    ],
)
def test_anything_less_is_refused_with_the_rule(password):
    with pytest.raises(PasswordTooWeak) as caught:
        require_strong(password, "wang")
    assert "10" in caught.value.sentence("zh-CN") and "10" in caught.value.sentence("en")
    if password:
        assert password not in str(caught.value)


def test_one_time_passwords_meet_the_rule_differ_and_can_be_read_out():
    drawn = {one_time_password("wang") for _ in range(200)}
    assert len(drawn) == 200
    for password in drawn:
        require_strong(password, "wang")
        assert not set(password) & set("0O1lIo"), password


@pytest.mark.parametrize("name", ["wang", "王工", "li.qiang", "team-3", "a", "3队"])
def test_names_of_letters_and_digits_will_do(name):
    require_name(name)


@pytest.mark.parametrize(
    "name",
    ["", " ", "cli:root", "a b", ".a", "-", "a" * 41, "a\n", "<b>", "a/b", "a\u200bb", "王，工"],
)
def test_names_that_mislead_are_refused(name):
    with pytest.raises(NameUnfit):
        require_name(name)


def test_the_auditor_reads_the_log_and_nothing_else():
    assert MAY[Role.AUDITOR] == {Right.LOG}


def test_only_the_office_edits_and_only_reviewers_review():
    def who(right):
        return {role for role in Role if right in MAY[role]}

    assert who(Right.READ) == set(Role) - {Role.AUDITOR}
    assert who(Right.CHECK) == set(Role) - {Role.AUDITOR, Role.READER}
    assert who(Right.EDIT) == who(Right.CHECK) - {Role.FIELD}
    assert who(Right.REVIEW) == {Role.REVIEWER, Role.ADMINISTRATOR}
    assert who(Right.ASSIGN) == {Role.REVIEWER, Role.MANAGER, Role.ADMINISTRATOR}
    assert who(Right.ACCOUNTS) == {Role.ADMINISTRATOR}
    assert who(Right.LOG) == {Role.AUDITOR, Role.ADMINISTRATOR}


def test_no_towns_and_no_units_is_the_whole_district():
    assert Sight().is_everything
    assert not Sight(towns=("a",)).is_everything and not Sight(units=("a",)).is_everything
