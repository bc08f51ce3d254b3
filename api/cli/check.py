"""`qingfei setup-check`: is everything here that the application needs?"""

import shutil
import sys
from collections.abc import Callable
from typing import NamedTuple

from api import database
from api.cli.options import AsJson
from api.cli.output import emit, say
from api.settings import Settings
from gis.errors import QingfeiError, Unavailable
from gis.store import cluster, migrate
from gis.store.engine import make_engine
from web_map.assets import STATIC_DIR

LEAST_FREE_GB = 2


class NotReady(Unavailable):
    """Something is missing; each thing was told. Facts: missing."""

    code = "not_ready"
    zh = "还不能使用：{missing}。请按上面各行的提示处理后重试。"
    en = "Not ready: {missing}. Follow the lines above, then try again."


class Finding(NamedTuple):
    """One thing looked at: is it well, and what was seen or is to be done."""

    name: str
    is_well: bool
    told: str


def setup_check(as_json: AsJson = False) -> None:
    """检查本机是否具备运行条件。 Check that this machine has what the application needs.

    Example: qingfei setup-check
    """
    settings = Settings()
    findings = [
        _tried("Python", lambda: sys.version.split()[0]),
        _tried("PostGIS", lambda: _postgis(settings)),
        _tried("数据库 database", lambda: _schema(settings)),
        _front_end(),
        _room(settings),
    ]
    if as_json:
        emit([finding._asdict() for finding in findings])
    else:
        for finding in findings:
            say(*([f"{'✓' if finding.is_well else '✗'} {finding.name}：{finding.told}"] * 2))
    if missing := [finding.name for finding in findings if not finding.is_well]:
        raise NotReady(missing="、".join(missing))


def _tried(name: str, look: Callable[[], str]) -> Finding:
    try:
        return Finding(name, True, look())
    except QingfeiError as error:
        return Finding(name, False, error.sentence(Settings().language))


def _postgis(settings: Settings) -> str:
    if settings.database_url is not None:
        return "QINGFEI_DATABASE_URL"
    return str(cluster.find_postgres())


def _schema(settings: Settings) -> str:
    engine = make_engine(database.url(settings))
    migrate.require_current(engine)
    return f"{migrate.head()} ({settings.data_dir})"


def _front_end() -> Finding:
    files = [STATIC_DIR / "vendor" / "leaflet" / "leaflet.js"]
    missing = [file.name for file in files if not file.exists()]
    told = (
        f"缺少 {'、'.join(missing)}，请运行 make setup" if missing else str(STATIC_DIR / "vendor")
    )
    return Finding("前端文件 front-end files", not missing, told)


def _room(settings: Settings) -> Finding:
    folder = settings.data_dir
    while not folder.exists():
        folder = folder.parent
    free_gb = shutil.disk_usage(folder).free / 1e9
    return Finding("磁盘空间 disk", free_gb >= LEAST_FREE_GB, f"{free_gb:.1f} GB")
