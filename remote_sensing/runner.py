"""Who does the work: this thread, several threads, or a Dask cluster.

The only place that knows about parallelism. A runner is called as ``run(task, items)`` and yields
the results in whatever order they come; a result says itself which item it is for. At most a few
items per worker are under way at once, so memory does not grow with the number of items.
"""

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any, Protocol, TypeVar

from remote_sensing.errors import DaskUnreachable

Item = TypeVar("Item")
Result = TypeVar("Result")

CONNECT_SECONDS = 6


class Runner(Protocol):
    """Anything that applies a task to items; results may come in any order."""

    def __call__(self, task: Callable[[Item], Result], items: Iterable[Item]) -> Iterator[Result]:
        """Yield ``task(item)`` for every item."""


def serial(task: Callable[[Item], Result], items: Iterable[Item]) -> Iterator[Result]:
    """Yield the results one after another, made in this thread."""
    return map(task, items)


def threads(n: int) -> Runner:
    """Return a runner with ``n`` threads in this process."""

    def run(task: Callable[[Item], Result], items: Iterable[Item]) -> Iterator[Result]:
        from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait

        queue = iter(items)
        with ThreadPoolExecutor(n) as pool:
            under_way = {pool.submit(task, item) for item in islice(queue, 2 * n)}
            try:
                while under_way:
                    done, under_way = wait(under_way, return_when=FIRST_COMPLETED)
                    under_way |= {pool.submit(task, item) for item in islice(queue, len(done))}
                    for future in done:
                        yield future.result()
            finally:
                pool.shutdown(wait=True, cancel_futures=True)

    run.__name__ = f"threads({n})"
    return run


def dask(address: str) -> Runner:
    """Return a runner that sends the items to the Dask scheduler at ``address``.

    The task must pickle, and the workers must see the same files under the same paths. Raises
    DaskUnreachable within about ten seconds where nobody answers, and when the cluster loses the
    work for good.
    """

    def run(task: Callable[[Item], Result], items: Iterable[Item]) -> Iterator[Result]:
        import distributed
        from distributed.client import FutureCancelledError
        from distributed.scheduler import KilledWorker

        untyped: Any = distributed
        _greet(address)
        with untyped.Client(address, timeout=CONNECT_SECONDS, set_as_default=False) as client:
            queue = iter(items)
            n = max(1, sum(client.nthreads().values()))
            shared = client.scatter(task, broadcast=True, hash=False)
            first = [
                client.submit(_apply, shared, item, pure=False) for item in islice(queue, 2 * n)
            ]
            futures = untyped.as_completed(first, loop=client.loop)
            try:
                for future in futures:
                    for item in islice(queue, 1):
                        futures.add(client.submit(_apply, shared, item, pure=False))
                    yield future.result()
            except (KilledWorker, FutureCancelledError) as problem:
                raise DaskUnreachable(address=address) from problem

    run.__name__ = f"dask({address})"
    return run


def _greet(address: str) -> None:
    """Shake hands with the scheduler, or raise DaskUnreachable.

    A Client that fails to connect would hang for another quarter of a minute when it is dropped;
    a listener that is no scheduler may answer with anything, even a length of many exabytes.
    """
    import asyncio

    from distributed.comm import core

    untyped: Any = core

    async def greet() -> None:
        shake = untyped.connect(address, timeout=CONNECT_SECONDS)
        comm = await asyncio.wait_for(shake, CONNECT_SECONDS)
        await comm.close()

    try:
        asyncio.run(greet())
    except (OSError, TimeoutError, ValueError, MemoryError) as problem:
        raise DaskUnreachable(address=address) from problem


def _apply(task: Callable[[Item], Result], item: Item) -> Result:
    return task(item)
