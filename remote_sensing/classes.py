"""The classes of land, as data: code, names, role and colour of each."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Literal

from gis.domain.terms import SiteKind

Role = Literal["target", "look_alike", "background"]

NODATA_CODE = 255
"""The code of a pixel that could not be judged; never a class."""


@dataclass(frozen=True, slots=True)
class ClassInfo:
    """One class: ``code`` is what ``classes.tif`` stores, ``site_kind`` what a target becomes."""

    name: str
    code: int
    zh: str
    en: str
    role: Role
    colour: str
    site_kind: SiteKind | None

    @property
    def is_target(self) -> bool:
        """Whether patches of this class become candidates."""
        return self.role == "target"


@cache
def all_classes() -> Mapping[str, ClassInfo]:
    """Return every class by name, in the order of ``classes.toml``."""
    text = files("remote_sensing").joinpath("classes.toml").read_text(encoding="utf-8")
    return MappingProxyType(
        {
            name: ClassInfo(
                name=name,
                code=row["code"],
                zh=row["zh"],
                en=row["en"],
                role=row["role"],
                colour=row["colour"],
                site_kind=SiteKind.of(row["site_kind"]) if "site_kind" in row else None,
            )
            for name, row in tomllib.loads(text).items()
        }
    )


def class_of(name: str) -> ClassInfo:
    """Return the class called ``name``; raises KeyError for one that ``classes.toml`` lacks."""
    return all_classes()[name]


def target_names() -> tuple[str, ...]:
    """Return the names of the classes that become candidates.

    >>> "open_pit" in target_names(), "bare_soil" in target_names()
    (True, False)
    """
    return tuple(info.name for info in all_classes().values() if info.is_target)
