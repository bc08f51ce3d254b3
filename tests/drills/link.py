"""A link that fails as links do: slow, cut at any byte, answers lost, another's page."""

import asyncio
import threading
from collections.abc import Callable
from dataclasses import dataclass, field

CHUNK = 16_384
PORTAL = b"<!doctype html><title>WiFi</title><p>Please sign in to the network."


@dataclass
class Link:
    """Stands between phone and server at a port of its own; what it does may change at any time.

    ``is_down``: connections are cut as they come. ``budget``: how many bytes a connection carries
    before it is cut, asked for each. ``losing``: so many answers to writes are swallowed after the
    server gave them. ``rate``: bytes a second and connection. ``is_portal``: every request gets a
    page that is not ours, with status 200. ``is_stuck``: nothing moves and nothing breaks.
    ``twist``: what a dishonest box in between puts in the place of some of the server's bytes.
    """

    upstream: int
    is_down: bool = False
    budget: Callable[[], int] | None = None
    losing: int = 0
    rate: int | None = None
    is_portal: bool = False
    is_stuck: bool = False
    twist: dict[bytes, bytes] = field(default_factory=dict)
    cuts: int = 0
    lost: int = 0
    port: int = 0
    _loop: asyncio.AbstractEventLoop = field(default_factory=asyncio.new_event_loop)
    _serving: set[asyncio.Task[None]] = field(default_factory=set)

    def start(self) -> "Link":
        """Listen; returns itself."""
        started = threading.Event()

        async def listen() -> None:
            self._server = await asyncio.start_server(self._accept, "127.0.0.1", 0)
            self.port = self._server.sockets[0].getsockname()[1]
            started.set()

        def run() -> None:
            asyncio.set_event_loop(self._loop)
            self._loop.run_until_complete(listen())
            self._loop.run_forever()

        self._thread = threading.Thread(target=run, daemon=True)
        self._thread.start()
        assert started.wait(10)
        return self

    def stop(self) -> None:
        """Cut everything and end."""

        async def end() -> None:
            self._server.close()
            await self._turns()  # what was accepted just now has its transport
            others = asyncio.all_tasks() - {asyncio.current_task()}
            for task in others:
                task.cancel()
            await asyncio.gather(*others, return_exceptions=True)
            await self._turns()
            self._loop.stop()

        asyncio.run_coroutine_threadsafe(end(), self._loop)
        self._thread.join(10)
        self._loop.close()

    @staticmethod
    async def _turns() -> None:
        """Let the loop do what waits to be done."""
        for _ in range(5):
            await asyncio.sleep(0)

    def _accept(self, near: asyncio.StreamReader, to_near: asyncio.StreamWriter) -> None:
        task = self._loop.create_task(self._serve(near, to_near))
        self._serving.add(task)
        task.add_done_callback(self._serving.discard)
        task.add_done_callback(lambda _: to_near.transport.abort())  # also if it never began

    async def _serve(self, near: asyncio.StreamReader, to_near: asyncio.StreamWriter) -> None:
        try:
            if self.is_down:
                self.cuts += 1
            elif self.is_portal:
                await self._portal(near, to_near)
            else:
                await self._carry(near, to_near)
        except (OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass

    async def _portal(self, near: asyncio.StreamReader, to_near: asyncio.StreamWriter) -> None:
        head = await near.readuntil(b"\r\n\r\n")
        length = [
            line[15:] for line in head.lower().split(b"\r\n") if line[:15] == b"content-length:"
        ]
        if length:
            await near.readexactly(int(length[0]))
        size = str(len(PORTAL)).encode()
        to_near.write(
            b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\n"
            b"Content-Length: " + size + b"\r\n\r\n" + PORTAL
        )
        await to_near.drain()
        to_near.close()
        await to_near.wait_closed()

    async def _carry(self, near: asyncio.StreamReader, to_near: asyncio.StreamWriter) -> None:
        far, to_far = await asyncio.open_connection("127.0.0.1", self.upstream)
        left: int | None = None
        is_write = False

        async def pump(source: asyncio.StreamReader, sink: asyncio.StreamWriter, out: bool) -> None:
            nonlocal left, is_write
            while chunk := await source.read(CHUNK):
                if out and chunk[:4] in (b"PUT ", b"POST"):
                    is_write = True
                if not out and is_write and self.losing > 0:
                    self.losing -= 1
                    self.lost += 1
                    return
                if not out:
                    is_write = False
                while self.is_stuck:
                    await asyncio.sleep(0.05)
                for true, false in () if out else self.twist.items():
                    chunk = chunk.replace(true, false)
                if self.is_down or self.is_portal:
                    self.cuts += 1
                    return
                if self.budget:
                    left = (self.budget() if left is None else left) - len(chunk)
                    if left < 0:
                        self.cuts += 1
                        return
                if self.rate:
                    await asyncio.sleep(len(chunk) / self.rate)
                sink.write(chunk)
                await sink.drain()

        both = [
            asyncio.ensure_future(pump(near, to_far, True)),
            asyncio.ensure_future(pump(far, to_near, False)),
        ]
        try:
            await asyncio.wait(both, return_when=asyncio.FIRST_COMPLETED)
        finally:
            to_far.transport.abort()  # before it is waited for what can be cancelled
            for task in both:
                task.cancel()
            await asyncio.gather(*both, return_exceptions=True)
