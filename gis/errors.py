"""What can go wrong, as one tree; a class owns its sentences, the doors own the transport.

    QingfeiError
    ├── BadInput        the sender can mend it        HTTP 422   exit 1
    ├── NotSignedIn     no valid session              HTTP 401   exit 1
    ├── NotAllowed      known, but may not            HTTP 403   exit 1
    ├── NotFound        no such thing                 HTTP 404   exit 1
    ├── Conflict        somebody was there before     HTTP 409   exit 1
    └── Unavailable     this machine must be mended   HTTP 503   exit 1
        └── DiskFull    no room                       HTTP 507   exit 1

Raise facts, not text: ``raise UnknownSite(site="150203-W-00001-7")``. The classes that raise only
inside one package stand in that package's own ``errors.py``, below one of these six.
"""

from typing import ClassVar


class QingfeiError(Exception):
    """Base of everything this application raises on purpose.

    Subclasses set ``code`` (stable, snake case), ``zh`` and ``en``: one sentence each that says
    what to do, with the names of the facts in braces.
    """

    code: ClassVar[str] = "error"
    zh: ClassVar[str] = "出现错误。"
    en: ClassVar[str] = "Something went wrong."

    def __init__(self, **facts: object) -> None:
        self.facts = facts
        super().__init__(self.sentence("en"))

    def sentence(self, language: str = "zh-CN") -> str:
        """Return the sentence in ``language`` (``zh-CN``, or ``en``)."""
        return (self.en if language.startswith("en") else self.zh).format(**self.facts)


class BadInput(QingfeiError):
    """What was sent cannot be taken as it is; nothing was stored."""


class NotSignedIn(QingfeiError):
    """No session, or one that has ended."""

    code = "not_signed_in"
    zh = "请先登录。"
    en = "Sign in first."


class NotAllowed(QingfeiError):
    """The session's role may not do this."""

    code = "not_allowed"
    zh = "当前账号没有此项权限，请联系管理员。"
    en = "Your account may not do this; ask the administrator."


class NotFound(QingfeiError):
    """The thing named does not exist."""


class Conflict(QingfeiError):
    """The thing changed, or exists, or is being worked on by somebody else."""


class Unavailable(QingfeiError):
    """The server's own parts (database, disk, port) need their keeper."""


class DiskFull(Unavailable):
    """No room for a file. Facts: path."""

    code = "disk_full"
    zh = "磁盘空间不足，无法写入 {path}：请清理空间后重试，已有数据未受影响。"
    en = "No space left for {path}: free some and try again; nothing that was stored is harmed."
