"""The log that only grows: what is changed behind its back is found and named."""

import hashlib
import json
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import psycopg
import pytest
import sqlalchemy as sa

from gis.domain.canonical import canonical
from gis.ledger import places
from gis.store import log
from gis.store.engine import make_engine
from tests.makers import NOON, Clock, a_district, open_book


def a_line(actor, after=None):
    return log.Line(NOON, actor, "note", "k", "s", None, after)


@pytest.fixture
def engine(database_url):
    """A register whose log holds five entries."""
    clock = Clock()
    with open_book(database_url, clock) as book:
        places.add_district(book, a_district())
        for number in range(4):
            clock.tick(seconds=1, microseconds=number)
            with book.entry() as entry:
                entry.log(
                    "note", "district", "150203", before={"n": number}, after={"注": "“甲”\n"}
                )
        yield book.engine


def verified(engine):
    with engine.connect() as connection:
        return log.verify(connection)


def behind_its_back(engine, *statements):
    """Do as the tables' owner can: switch the trigger off, change, switch it on."""
    with engine.begin() as connection:
        connection.execute(sa.text("alter table ledger_log disable trigger user"))
        for statement in statements:
            connection.execute(sa.text(statement))
        connection.execute(sa.text("alter table ledger_log enable trigger user"))


def test_a_log_that_nobody_touched_is_whole(engine):
    found = verified(engine)
    assert (found.entries, found.broken_at, found.head.seq) == (5, None, 5)
    with engine.connect() as connection:
        assert found.head == log.head(connection)


def test_a_new_log_is_whole_and_empty(database_url):
    engine = make_engine(database_url)
    assert verified(engine) == log.Verification(0, log.Head(0, "0" * 64), None)
    engine.dispose()


@pytest.mark.parametrize(
    "statement",
    [
        "update ledger_log set actor = 'nobody' where seq = 2",
        "update ledger_log set actor = actor",
        "delete from ledger_log where seq = 5",
        "delete from ledger_log",
        "truncate ledger_log",
    ],
)
def test_the_database_refuses_to_change_or_remove_entries(engine, statement):
    with pytest.raises(sa.exc.DBAPIError, match="the ledger log only grows"), engine.begin() as c:
        c.execute(sa.text(statement))
    assert verified(engine).broken_at is None


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("actor", "'李四'"),
        ("verb", "'nothing'"),
        ("subject_id", "'150204'"),
        ("subject_kind", "'site'"),
        ("at", "at + interval '1 microsecond'"),
        ("before", "'{}'"),
        ("before", "null"),
        ("after", "after || ' '"),
        ("hash", "repeat('0', 64)"),
    ],
)
def test_an_edited_entry_is_found(engine, column, value):
    behind_its_back(engine, f"update ledger_log set {column} = {value} where seq = 3")
    assert verified(engine).broken_at == 3


def test_a_removed_entry_is_found_where_it_was(engine):
    behind_its_back(engine, "delete from ledger_log where seq = 3")
    assert verified(engine).broken_at == 4


def test_a_removed_entry_is_found_even_when_the_rest_is_renumbered(engine):
    behind_its_back(
        engine,
        "delete from ledger_log where seq = 3",
        "update ledger_log set seq = 3 where seq = 4",
        "update ledger_log set seq = 4 where seq = 5",
    )
    assert verified(engine).broken_at == 3


def test_two_swapped_entries_are_found(engine):
    behind_its_back(
        engine,
        "update ledger_log set seq = 99 where seq = 2",
        "update ledger_log set seq = 2 where seq = 4",
        "update ledger_log set seq = 4 where seq = 99",
    )
    assert verified(engine).broken_at == 2


def test_an_entry_put_between_is_found(engine):
    behind_its_back(
        engine,
        "insert into ledger_log select 6, at, actor, verb, subject_kind, subject_id, before, after,"
        " hash from ledger_log where seq = 5",
    )
    assert verified(engine).broken_at == 6


def test_a_cut_tail_leaves_a_chain_whose_head_is_another(engine):
    head_before = verified(engine).head
    behind_its_back(engine, "delete from ledger_log where seq = 5")
    found = verified(engine)
    assert found.broken_at is None
    assert found.head != head_before and found.head.seq == 4


@pytest.mark.parametrize("zone", ["UTC", "Asia/Shanghai", "America/St_Johns"])
def test_the_time_zone_of_the_reader_changes_nothing(engine, zone):
    with engine.connect() as connection:
        connection.execute(sa.text(f"set timezone to '{zone}'"))
        assert connection.scalar(sa.text("show timezone")) == zone
        assert log.verify(connection).broken_at is None
    with engine.begin() as connection:  # and an entry written there is read elsewhere
        connection.execute(sa.text(f"set timezone to '{zone}'"))
        log.append(connection, [a_line("甲", after=canonical(NOON))])
    assert verified(engine).broken_at is None


def test_another_program_comes_to_the_same_hashes(engine):
    """Written from the description alone, as an auditor would: plain psycopg, json, sha256."""
    url = engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
    epoch = datetime(1970, 1, 1, tzinfo=UTC)
    names = ["seq", "at", "actor", "verb", "subject_kind", "subject_id", "before", "after"]
    with psycopg.connect(url, options="-c timezone=Asia/Kathmandu") as connection:
        query = f"select {', '.join(names)}, hash from ledger_log order by seq"
        rows = connection.execute(query.encode()).fetchall()
    previous = "0" * 64
    for number, (*values, stored) in enumerate(rows, start=1):
        body = dict(zip(names, values, strict=True))
        since = body["at"] - epoch
        body["at"] = (since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds
        parts = [
            f"{json.dumps(name)}:{json.dumps(body[name], ensure_ascii=False)}"
            for name in sorted(names)
        ]
        text = previous + "{" + ",".join(parts) + "}"
        assert (body["seq"], stored) == (number, hashlib.sha256(text.encode()).hexdigest())
        previous = stored
    assert len(rows) == 5


def test_many_writers_at_once_keep_one_chain(engine):
    def write(writer):
        for _ in range(10):
            with engine.begin() as connection:
                log.append(connection, [a_line(f"writer {writer}")])

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(write, range(6)))
    assert verified(engine) == verified(engine)._replace(entries=65, broken_at=None)


def test_a_transaction_that_fails_leaves_no_gap(engine):
    with pytest.raises(ZeroDivisionError), engine.begin() as connection:
        log.append(connection, [a_line("a")])
        raise ZeroDivisionError
    assert verified(engine).entries == 5
    with engine.connect() as connection:
        assert [row["verb"] for row in log.history(connection, "150203")][0] == "add_district"


def test_a_password_never_gets_into_the_log(engine):
    from tests.store.test_people import WANG

    assert WANG.password_hash not in canonical({"user": WANG})
    assert '"username":"wang"' in canonical(WANG)


def test_what_has_no_canonical_form_is_refused():
    with pytest.raises(TypeError, match="complex"):
        canonical({"n": 1j})
