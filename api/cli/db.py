"""`qingfei db`: the private server and the register's schema."""

import typer

from api import database
from api.cli.kept_files import verify_files
from api.cli.options import AsJson, terminal_book
from api.cli.output import emit, say
from api.settings import Settings
from gis.errors import BadInput, Conflict
from gis.ledger.auditing import check_log
from gis.store import cluster, listed, migrate
from gis.store.engine import make_engine

app = typer.Typer(help="数据库：启动、停止、迁移、校验。 The database.", no_args_is_help=True)


class AlreadyRunning(Conflict):
    """A second start of a server that runs. Facts: pid."""

    code = "already_running"
    zh = "数据库已在运行（进程 {pid}），无需再次启动；查看状态请用 qingfei db status。"
    en = "The database runs already (process {pid}); nothing to start. See qingfei db status."


class ServerOfYourOwn(BadInput):
    """Starting and stopping are not for a server named in the settings."""

    code = "server_of_your_own"
    zh = "已设置 QINGFEI_DATABASE_URL：请用该服务器自己的工具启动或停止它。"
    en = "QINGFEI_DATABASE_URL is set: start and stop that server by its own tools."


class LogBroken(Conflict):
    """The log was tampered with. Facts: seq."""

    code = "log_broken"
    zh = "台账日志在第 {seq} 条处断裂，记录可能被改动：请保留现场并用备份核对。"
    en = "The ledger's log breaks at entry {seq}: keep things as they are, compare with a backup."


def _private() -> cluster.Cluster:
    settings = Settings()
    if settings.database_url is not None:
        raise ServerOfYourOwn()
    return database.private_server(settings)


@app.command()
def start(as_json: AsJson = False) -> None:
    """启动私有 PostGIS，首次运行时建库。 Start the private PostGIS; the first time, make it.

    Example: qingfei db start
    """
    server = _private()
    if not cluster.start(server):
        raise AlreadyRunning(pid=cluster.status(server).pid)
    if cluster.create_database(server, cluster.DATABASE):
        migrate.upgrade(server.url)
    _tell(server, as_json)


@app.command()
def stop() -> None:
    """停止私有 PostGIS。 Stop the private PostGIS.

    Example: qingfei db stop
    """
    if cluster.stop(_private()):
        say("数据库已停止。", "The database has stopped.")
    else:
        say("数据库本来就没有运行。", "The database was not running.")


@app.command()
def status(as_json: AsJson = False) -> None:
    """查看数据库是否在运行。 Say whether the database runs, and where.

    Example: qingfei db status --json
    """
    _tell(_private(), as_json)


@app.command("migrate")
def migrate_(as_json: AsJson = False) -> None:
    """把数据库结构升级到本程序的版本。 Bring the schema to this program's version.

    Example: qingfei db migrate
    """
    revision = migrate.upgrade(database.url(Settings()))
    if as_json:
        emit({"schema": revision})
    else:
        say(f"数据库结构版本：{revision}。", f"The database has schema {revision}.")


@app.command("verify-log")
def verify_log(as_json: AsJson = False) -> None:
    """逐条校验台账日志的哈希链。 Walk the ledger's log and prove that nothing was changed.

    Example: qingfei db verify-log
    """
    found = check_log(terminal_book())
    if found.broken_at is not None:
        raise LogBroken(seq=found.broken_at)
    if as_json:
        emit({"entries": found.entries, "head": found.head_hash})
    else:
        say(
            f"日志完整：{found.entries} 条，末条校验值 {found.head_hash}。",
            f"The log is whole: {found.entries} entries, head {found.head_hash}.",
        )


app.command("verify-files")(verify_files)


@app.command("refresh-list")
def refresh_list(as_json: AsJson = False) -> None:
    """核对并重算当前清单。 Compare the list's rows with the register, and work them out anew.

    Example: qingfei db refresh-list
    """
    with terminal_book().entry() as entry:
        stale = listed.stale(entry.connection)
        count = listed.rebuild(entry.connection)
    if as_json:
        emit({"rows": count, "were_stale": stale})
    else:
        say(
            f"当前清单已重算：{count} 行，其中 {len(stale)} 行与台账不一致，已更正。",
            f"The list has been worked out anew: {count} rows; {len(stale)} were stale.",
        )


def _tell(server: cluster.Cluster, as_json: bool) -> None:
    found = cluster.status(server)
    schema = None
    if found.running:
        engine = make_engine(server.url)
        schema = migrate.current(engine)
        engine.dispose()
    if as_json:
        emit({name: getattr(found, name) for name in found.__slots__} | {"schema": schema})
    elif found.running:
        say(
            f"数据库运行中：进程 {found.pid}，结构 {schema or '—'}，目录 {server.data_dir}。",
            f"The database runs: process {found.pid}, schema {schema or '—'}, {server.data_dir}.",
        )
    else:
        say("数据库没有运行。", "The database does not run.")
