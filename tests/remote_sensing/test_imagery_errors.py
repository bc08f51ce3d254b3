import re
from string import Formatter

import pytest

from gis.errors import QingfeiError
from remote_sensing import errors

OURS = [
    value
    for value in vars(errors).values()
    if isinstance(value, type)
    and issubclass(value, QingfeiError)
    and value.__module__ == errors.__name__
]


def test_they_stand_in_alphabetical_order_with_codes_of_their_own() -> None:
    names = [error.__name__ for error in OURS]
    assert names == sorted(names)
    assert len({error.code for error in OURS}) == len(OURS)


@pytest.mark.parametrize("error", OURS, ids=lambda error: error.__name__)
def test_each_says_in_both_languages_what_is_wrong_and_what_to_do(
    error: type[QingfeiError],
) -> None:
    facts = {name for _, name, _, _ in Formatter().parse(error.en) if name}
    facts |= {name for _, name, _, _ in Formatter().parse(error.zh) if name}
    declared = re.search(r"Facts: ([^.]+)\.", error.__doc__ or "")
    assert declared
    assert facts == set(declared[1].split(", "))
    raised = error(**{name: f"<{name}>" for name in facts})
    assert raised.sentence("zh-CN").endswith("。")
    assert re.search(r"[：；，]", raised.sentence("zh-CN"))
    assert raised.sentence("en").isascii()
    assert re.search(r"[:;,]", raised.sentence("en"))
