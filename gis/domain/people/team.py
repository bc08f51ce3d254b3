"""Teams that go out together."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from gis.errors import BadInput, NotFound


class MemberUnknown(BadInput):
    """A member or lead without an account that may send field checks. Facts: username."""

    code = "member_unknown"
    zh = "账号“{username}”不存在或不能提交核实记录，请核对用户名，或先由系统管理员建立账号。"
    en = (
        "“{username}” is no account that may send field checks; check the name, or have the "
        "administrator open the account."
    )


class TeamUnknown(NotFound):
    """No team of this name. Facts: name."""

    code = "team_unknown"
    zh = "没有名为“{name}”的班组，请用 qingfei team list 查看。"
    en = "There is no team “{name}”; see qingfei team list."


class TeamEmpty(BadInput):
    """A team of nobody, or whose lead is not in it. Facts: name."""

    code = "team_empty"
    zh = "班组“{name}”至少要有一名成员，且负责人须在成员之中，请补齐后再保存。"
    en = "The team “{name}” needs a member, and its lead must be one of them; complete it."


class TeamEnded(BadInput):
    """A team that was dissolved. Facts: name."""

    code = "team_ended"
    zh = "班组“{name}”已解散，请改选其他班组或人员。"
    en = "The team “{name}” was dissolved; choose another team or a person."


class TeamBusy(BadInput):
    """A team cannot be dissolved while it holds work. Facts: name, places."""

    code = "team_busy"
    zh = "班组“{name}”还有 {places} 个点位未完成：请先转派或撤回任务，再解散班组。"
    en = (
        "The team “{name}” still has {places} places to do: give them to others or withdraw "
        "the work before you dissolve it."
    )


@dataclass(frozen=True, slots=True)
class Team:
    """People of a district who share a list; ``lead`` and ``members`` are user names."""

    id: UUID
    district_code: str
    name: str
    lead: str | None
    members: tuple[str, ...]
    made_at: datetime
    made_by: str
    ended_at: datetime | None
