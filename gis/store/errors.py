"""What the store cannot do, and what its keeper should do about it.

Unavailable
├── PostgisMissing          the server programs are not installed
├── ServerAccountMissing    root may not run PostgreSQL, and there is no account to drop to
├── DataFolderForbidden     the data folder may not be written
├── DataFolderUnreachable   the server's account cannot get into a folder above it
├── SocketFolderUnsafe      somebody else holds the folder of the server's socket
├── OtherPostgresVersion    the data were made by another major version
├── ClusterNotMade          initdb failed
├── ClusterNotStarted       the server did not come up
├── ClusterNotStopped       the server did not go down
└── ClusterStopped          the server has to be started first
Conflict
├── NotACluster             the folder holds something else
└── ClusterBusy             somebody else is starting or stopping it
"""

from gis.errors import Conflict, Unavailable

__all__ = [
    "ClusterBusy",
    "ClusterNotMade",
    "ClusterNotStarted",
    "ClusterNotStopped",
    "ClusterStopped",
    "DataFolderForbidden",
    "DataFolderUnreachable",
    "NotACluster",
    "OtherPostgresVersion",
    "PostgisMissing",
    "ServerAccountMissing",
    "SocketFolderUnsafe",
]


class PostgisMissing(Unavailable):
    """No PostgreSQL with PostGIS was found on this machine. Facts: install."""

    code = "postgis_missing"
    zh = (
        "本机没有 PostgreSQL/PostGIS：请执行 {install}，"
        "或用 QINGFEI_DATABASE_URL 指定已有的数据库。"
    )
    en = (
        "PostgreSQL with PostGIS is not installed: run {install}, or name a server of your own "
        "in QINGFEI_DATABASE_URL."
    )


class ServerAccountMissing(Unavailable):
    """PostgreSQL refuses to run as root and the account ``postgres`` is absent."""

    code = "server_account_missing"
    zh = (
        "PostgreSQL 不能以 root 运行，且本机没有 postgres 账号："
        "请改用普通用户运行，或安装发行版的 PostgreSQL 包。"
    )
    en = (
        "PostgreSQL cannot run as root and there is no account named postgres: run as an ordinary "
        "user, or install your distribution's PostgreSQL package."
    )


class DataFolderForbidden(Unavailable):
    """The data folder cannot be made, read or written. Facts: path."""

    code = "data_folder_forbidden"
    zh = "没有权限使用数据目录 {path}：请把它交给当前用户，或用 QINGFEI_DATA_DIR 另选目录。"
    en = (
        "The data folder {path} may not be used: give it to the current user, or choose another "
        "in QINGFEI_DATA_DIR."
    )


class DataFolderUnreachable(Unavailable):
    """The server's account cannot pass a folder above the data. Facts: path, parent, account."""

    code = "data_folder_unreachable"
    zh = (
        "数据目录 {path} 的上级目录 {parent} 不允许 {account} 账号进入："
        "请换一个目录（如 /var/lib/qingfei），或执行 chmod o+x {parent}。"
    )
    en = (
        "The account {account} cannot enter {parent}, above the data folder {path}: choose another "
        "folder (such as /var/lib/qingfei), or run chmod o+x {parent}."
    )


class SocketFolderUnsafe(Unavailable):
    """The socket folder exists and is not private to the server's account. Facts: path."""

    code = "socket_folder_unsafe"
    zh = "数据库套接字目录 {path} 不属于本系统或权限过宽：请管理员查明来历并删除后重试。"
    en = (
        "The folder {path} for the database's socket is not ours or is open to others: have the "
        "administrator find out who made it, remove it, and try again."
    )


class OtherPostgresVersion(Unavailable):
    """The data belong to another major version. Facts: path, needed."""

    code = "other_postgres_version"
    zh = (
        "数据目录 {path} 由 PostgreSQL {needed} 建立，本机没有带 PostGIS 的该版本："
        "请安装 PostgreSQL {needed}，或在旧版本上备份后恢复到新目录。"
    )
    en = (
        "{path} was made by PostgreSQL {needed}, which is not installed here with PostGIS: install "
        "that version, or back up with it and restore into a new folder."
    )


class ClusterNotMade(Unavailable):
    """Initdb failed and nothing was left behind. Facts: path, reason."""

    code = "cluster_not_made"
    zh = "无法在 {path} 建立数据库：{reason}。请排除该原因后重试。"
    en = "The database could not be made in {path}: {reason}. Mend that and try again."


class ClusterNotStarted(Unavailable):
    """The server did not come up. Facts: reason, log."""

    code = "cluster_not_started"
    zh = "数据库未能启动：{reason}。请查看日志 {log}。"
    en = "The database did not start: {reason}. Look into its log, {log}."


class ClusterNotStopped(Unavailable):
    """The server did not go down in time. Facts: reason, log."""

    code = "cluster_not_stopped"
    zh = "数据库未能停止：{reason}。请查看日志 {log}，稍后重试。"
    en = "The database did not stop: {reason}. Look into its log, {log}, and try again."


class ClusterStopped(Unavailable):
    """The private server is not running. Facts: path."""

    code = "cluster_stopped"
    zh = "{path} 的数据库没有运行：请先执行 qingfei db start。"
    en = "The database in {path} is not running: run qingfei db start first."


class NotACluster(Conflict):
    """The folder is not empty and holds no PostgreSQL data. Facts: path."""

    code = "not_a_cluster"
    zh = (
        "{path} 不是 PostgreSQL 数据目录，且不为空："
        "请移走其中的文件，或用 QINGFEI_DATA_DIR 另选目录。"
    )
    en = (
        "{path} is not empty and holds no PostgreSQL data: move its files away, or choose another "
        "folder in QINGFEI_DATA_DIR."
    )


class ClusterBusy(Conflict):
    """Another process has been starting or stopping this server for long. Facts: path."""

    code = "cluster_busy"
    zh = "另一个进程正在启动或停止 {path} 的数据库：请稍后重试。"
    en = "Another process is starting or stopping the database in {path}: try again shortly."
