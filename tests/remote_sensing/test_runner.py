"""Each runner gives every result once; a cluster that is not there is one clear sentence."""

import threading
import time

import pytest

from remote_sensing import runner
from remote_sensing.errors import DaskUnreachable


def square(n: int) -> int:
    if n < 0:
        raise ValueError("negative")
    return n * n


def test_serial_and_threads_give_every_result_once():
    expected = [n * n for n in range(50)]
    assert list(runner.serial(square, range(50))) == expected
    assert sorted(runner.threads(3)(square, range(50))) == expected
    assert list(runner.threads(2)(square, [])) == []


def test_threads_take_only_a_few_items_ahead():
    taken = []

    def items():
        for n in range(100):
            taken.append(n)
            yield n

    results = runner.threads(2)(square, items())
    next(results)
    assert len(taken) <= 8
    results.close()


def test_threads_pass_an_error_on_and_end_their_threads():
    before = threading.active_count()
    with pytest.raises(ValueError, match="negative"):
        list(runner.threads(2)(square, [1, -1, 2]))
    assert threading.active_count() == before


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:1", "nonsense", "foo://x:1"])
def test_no_scheduler_is_said_within_ten_seconds(address):
    began = time.monotonic()
    with pytest.raises(DaskUnreachable) as refused:
        list(runner.dask(address)(square, [1]))
    assert time.monotonic() - began < 10
    assert address in refused.value.sentence("zh-CN")
