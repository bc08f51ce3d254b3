"""Boards that were read already, each kept for as long as nothing was written since."""

from collections import OrderedDict
from datetime import date
from threading import Lock

import sqlalchemy as sa

from gis.domain.board import Board
from gis.domain.listing import Wanted
from gis.store import board, log, register, sight
from gis.store.listing import Scope


class Boards:
    """The newest boards, by the log's head within their own snapshot, day, filter and sight.

    Every write ends with a log entry, and a board follows from what was written and the day alone:
    a kept board is the one that would be read.
    """

    def __init__(self, most: int = 64) -> None:
        self._most = most
        self._kept: OrderedDict[tuple[object, ...], Board] = OrderedDict()
        self._lock = Lock()

    def read(self, connection: sa.Connection, scope: Scope, wanted: Wanted, since: date) -> Board:
        """Return the board, read anew or kept; ``connection`` is a `snapshot`.

        Raises SinceMissing, SinceTooLate.
        """
        day = register.day_of(scope.as_of)
        about = (scope.district_code, day, scope.is_now, wanted, since, repr(sight.of(connection)))
        key = (log.head(connection), *about)
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        found = board.board(connection, scope, wanted, since)
        with self._lock:
            self._kept[key] = found
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
        return found
