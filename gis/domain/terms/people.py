"""Words of accounts."""

from gis.domain.terms.base import Term


class Role(Term):
    """What an account may do; each account has one (GB/T 22239-2019: three posts kept apart)."""

    READER = "READER", "查阅人员", "Reader"
    FIELD = "FIELD", "外业人员", "Field team"
    ANALYST = "ANALYST", "业务人员", "Analyst"
    REVIEWER = "REVIEWER", "审核人员", "Reviewer"
    MANAGER = "MANAGER", "管理人员", "Manager"
    ADMINISTRATOR = "ADMINISTRATOR", "系统管理员", "Administrator"
    AUDITOR = "AUDITOR", "审计人员", "Auditor"
