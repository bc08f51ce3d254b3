"""What makes a password acceptable."""

import pytest

from gis.domain.errors import PasswordTooWeak
from gis.domain.people import require_strong


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
