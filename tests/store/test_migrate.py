"""To the right schema, once, and with a clear sentence where that cannot be."""

import socket
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa

from gis.store import migrate, tables
from gis.store.engine import DatabaseDown, connecting, make_engine
from gis.store.migrate import SchemaNewer, SchemaOlder, current, head, require_current, upgrade


def set_revision(url, revision):
    engine = make_engine(url)
    with engine.begin() as connection:
        connection.execute(sa.text("update alembic_version set version_num = :r"), {"r": revision})
    return engine


def test_an_empty_database_is_brought_to_the_head_and_twice_is_harmless(empty_database_url):
    engine = make_engine(empty_database_url)
    assert current(engine) is None
    with pytest.raises(SchemaOlder):
        require_current(engine)
    assert upgrade(empty_database_url) == head()
    with engine.begin() as connection:
        connection.execute(sa.text("insert into failed_logins values ('a', 'b', 1, now())"))
    assert upgrade(empty_database_url) == head() == current(engine)
    require_current(engine)
    with engine.connect() as connection:
        assert set(sa.inspect(connection).get_table_names()) >= set(tables.metadata.tables)
        assert connection.scalar(sa.text("select count(*) from failed_logins")) == 1
    engine.dispose()


def test_two_upgrades_at_once_are_harmless(empty_database_url):
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(upgrade, [empty_database_url] * 4))
    assert set(found) == {head()}


def test_a_migration_that_fails_leaves_nothing(empty_database_url):
    engine = make_engine(empty_database_url)
    with engine.begin() as connection:
        connection.execute(sa.text("create table gradings (stood int)"))  # the last one made
    with pytest.raises(sa.exc.ProgrammingError, match="gradings"):
        upgrade(empty_database_url)
    with engine.connect() as connection:
        names = set(sa.inspect(connection).get_table_names())
        assert names & set(tables.metadata.tables) == {"gradings"}
    assert current(engine) is None
    engine.dispose()


def test_a_newer_database_is_left_alone_in_words(database_url):
    engine = set_revision(database_url, "9999")
    for refused in (lambda: require_current(engine), lambda: upgrade(database_url)):
        with pytest.raises(SchemaNewer) as caught:
            refused()
        assert caught.value.facts == {"found": "9999", "needed": head()}
        assert "升级程序" in caught.value.sentence("zh-CN")
        assert "update the program" in caught.value.sentence("en")
    assert current(engine) == "9999"
    engine.dispose()


def test_an_older_database_is_refused_with_the_command(database_url, monkeypatch):
    engine = make_engine(database_url)
    found = current(engine)
    monkeypatch.setattr(migrate, "head", lambda: "0002")  # a program that is one migration ahead
    with pytest.raises(SchemaOlder) as caught:
        require_current(engine)
    assert caught.value.facts == {"found": found, "needed": "0002"}
    for language in ("zh-CN", "en"):
        assert "qingfei db migrate" in caught.value.sentence(language)
    engine.dispose()


def refused(url):
    started = time.monotonic()
    with pytest.raises(DatabaseDown) as caught:
        upgrade(url)
    engine = make_engine(url)
    with pytest.raises(DatabaseDown):
        current(engine)
    engine.dispose()
    for language in ("zh-CN", "en"):
        said = caught.value.sentence(language)
        assert "qingfei db start" in said
        assert "\n" not in said and "psycopg" not in said and "Traceback" not in said
    return time.monotonic() - started


def test_a_socket_that_is_not_there(tmp_path):
    assert refused(f"postgresql+psycopg://app@/qingfei?host={tmp_path}&port=5432") < 2


def test_a_port_that_nobody_listens_on():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]  # bound, never listening: the system refuses callers
        assert refused(f"postgresql+psycopg://app@127.0.0.1:{port}/qingfei") < 2


def test_a_server_that_never_answers_is_given_up_after_five_seconds():
    with socket.socket() as mute:
        mute.bind(("127.0.0.1", 0))
        mute.listen(8)
        url = f"postgresql+psycopg://app@127.0.0.1:{mute.getsockname()[1]}/qingfei"
        started = time.monotonic()
        engine = make_engine(url)
        with pytest.raises(DatabaseDown):
            current(engine)
        assert time.monotonic() - started < 7
        engine.dispose()


def test_a_database_that_is_not_there(database_url):
    with pytest.raises(DatabaseDown, match="no_such_database"):
        upgrade(sa.make_url(database_url).set(database="no_such_database"))


def test_a_connection_cut_in_the_middle_is_a_sentence_and_the_next_one_works(database_url):
    engine = make_engine(database_url)
    other = make_engine(database_url)
    with pytest.raises(DatabaseDown), connecting(engine) as connection:
        pid = connection.scalar(sa.text("select pg_backend_pid()"))
        with other.connect() as killer:
            killer.execute(sa.text("select pg_terminate_backend(:pid)"), {"pid": pid})
        time.sleep(0.1)
        connection.execute(sa.text("select 1"))
    with connecting(engine) as connection:
        assert connection.scalar(sa.text("select 1")) == 1
    engine.dispose()
    other.dispose()


def test_a_mistake_in_a_query_is_not_called_a_database_that_is_down(database_url):
    engine = make_engine(database_url)
    with pytest.raises(sa.exc.ProgrammingError), connecting(engine) as connection:
        connection.execute(sa.text("select no_such_column"))
    engine.dispose()


def test_sessions_keep_utc_whatever_the_server_says(database_url):
    engine = make_engine(database_url)
    with connecting(engine) as connection:
        assert connection.scalar(sa.text("show timezone")) == "UTC"
    engine.dispose()
