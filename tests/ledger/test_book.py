"""A transaction of a verb: stored whole or not at all, in order, and unlogged by no verb."""

import ast
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa

from gis import ledger
from gis.ledger.book import utc_now
from gis.store import tables
from gis.store.engine import DatabaseDown, make_engine
from tests.ledger.looking import everything, verbs


def test_an_entry_that_fails_leaves_nothing(book):
    before = everything(book)
    with pytest.raises(ZeroDivisionError), book.entry() as entry:
        entry.log("note", "district", "150203")
        raise ZeroDivisionError
    assert everything(book) == before
    with book.entry() as entry:
        entry.log("note", "district", "150203")
    assert verbs(book) == ["add_district", "note"]


def test_the_order_of_moments_is_the_order_in_which_they_are_stored(book):
    real = replace(book, clock=utc_now)

    def write(number):
        with real.entry() as entry:
            time.sleep(0.002 * (number % 3))
            entry.log("note", "k", number)

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(write, range(18)))
    with book.reading() as connection:
        query = sa.select(tables.ledger_log.c.at).where(tables.ledger_log.c.verb == "note")
        moments = list(connection.scalars(query.order_by(tables.ledger_log.c.seq)))
    assert len(moments) == 18
    assert moments == sorted(moments)


def test_a_server_that_is_down_is_said_by_every_verb(book, tmp_path):
    gone = make_engine(f"postgresql+psycopg://app@/x?host={tmp_path}")
    lost = replace(book, engine=gone)
    with pytest.raises(DatabaseDown), lost.entry():
        pass
    with pytest.raises(DatabaseDown), lost.reading():
        pass
    gone.dispose()


def test_every_function_that_writes_also_logs():
    """A function of the ledger that inserts, updates or deletes fills the log as well."""
    writers = 0
    for path in Path(ledger.__file__).parent.glob("*.py"):
        functions = [
            node for node in ast.parse(path.read_text()).body if isinstance(node, ast.FunctionDef)
        ]
        text_of = {function.name: ast.unparse(function) for function in functions}
        loggers = [f"{name}(entry" for name, text in text_of.items() if "entry.log(" in text]
        for function in functions:
            text = text_of[function.name]
            if any(
                call in text
                for call in ("shape.insert", "shape.replace", "sa.insert", "sa.update", "sa.delete")
            ):
                writers += 1
                # A code is logged with the site that bears it; a proof of the chain stands
                # beside the chain; a worker's claim on a scene is gone when the scene is done,
                # which is logged.
                logs = any(call in text for call in ("entry.log(", *loggers))
                assert logs or function.name in {"new_code", "check_log", "take_job"}, function.name
    assert writers >= 10
