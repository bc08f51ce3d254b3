"""Settings, each from an environment variable QINGFEI_…; only the doors read them."""

import os
from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

from gis.store.cluster import default_data_dir

ROOT = Path(__file__).resolve().parents[1]


def _language() -> str:
    spoken = os.environ.get("LC_ALL") or os.environ.get("LANG") or ""
    return "en" if spoken.startswith("en") else "zh-CN"


class Settings(BaseSettings):
    """What the keeper may set."""

    model_config = SettingsConfigDict(env_prefix="QINGFEI_", env_ignore_empty=True)

    database_url: str | None = Field(
        default=None, description="a PostGIS of your own; without it the private server is used"
    )
    data_dir: Path = Field(
        default_factory=default_data_dir, description="the private server, imagery, runs, models"
    )
    language: str = Field(
        default_factory=_language, description="zh-CN or en: the language of the terminal"
    )
    host: str = Field(default="127.0.0.1", description="address that the web server listens on")
    port: int = Field(
        default=8000, ge=1, le=65535, description="port that the web server listens on"
    )
    secure_cookie: bool = Field(
        default=False, description="true where the pages are served by https: the cookie says so"
    )
    certificate: Path | None = Field(
        default=None, description="https: the server's certificate (PEM); its key goes with it"
    )
    certificate_key: Path | None = Field(
        default=None, description="https: the key of the certificate (PEM)"
    )
    session_idle_minutes: int = Field(
        default=30, ge=1, description="a session ends when idle so long"
    )
    session_hours: int = Field(
        default=12, ge=1, description="a session ends after so long in any case"
    )
    device_days: int = Field(
        default=30, ge=1, le=366, description="a phone stays signed in so long, signal or none"
    )
    password_days: int = Field(
        default=90, ge=0, description="a password must change after so many days; 0: never"
    )
    workers: int = Field(
        default=1, ge=0, le=64, description="detection workers that `serve` starts beside itself"
    )
    evaluation_data: Path | None = Field(
        default=None, description="folder of evaluation sets that are not part of the project"
    )

    @property
    def imagery_dir(self) -> Path:
        """Where scenes and their display copies are kept."""
        return self.data_dir / "imagery"

    @property
    def certificates_dir(self) -> Path:
        """Where `qingfei certificate` keeps what it makes."""
        return self.data_dir / "certificates"

    @property
    def runs_dir(self) -> Path:
        """Where runs that the register knows leave their rasters."""
        return self.data_dir / "runs"

    @property
    def scores_dir(self) -> Path:
        """Where the scores of filed runs are kept, under their hashes."""
        return self.data_dir / "scores"

    @property
    def models_dir(self) -> Path:
        """Where models are kept."""
        return self.data_dir / "models"

    @property
    def labels_dir(self) -> Path:
        """Where the keeper puts labels of the analysts, a folder with a manifest each."""
        return self.data_dir / "labels"

    @property
    def samples_dir(self) -> Path:
        """Sets of samples that were frozen, a folder a set."""
        return self.data_dir / "samples"

    @property
    def attachments_dir(self) -> Path:
        """Where papers and pictures of sites are kept, under their hashes."""
        return self.data_dir / "attachments"

    @property
    def photos_dir(self) -> Path:
        """Where photographs of field checks are kept, under their hashes."""
        return self.data_dir / "photos"

    @property
    def incoming_dir(self) -> Path:
        """Where photographs lie in pieces until all have come."""
        return self.data_dir / "incoming"
