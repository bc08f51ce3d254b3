"""Words of accounts."""

from gis.domain.terms.base import Term


class Role(Term):
    """What an account may do: read; write; review conclusions and rules; run the server."""

    READER = "READER", "查阅人员", "Reader"
    ANALYST = "ANALYST", "业务人员", "Analyst"
    REVIEWER = "REVIEWER", "审核人员", "Reviewer"
    MANAGER = "MANAGER", "管理人员", "Manager"
    ADMINISTRATOR = "ADMINISTRATOR", "系统管理员", "Administrator"
