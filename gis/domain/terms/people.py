"""Words of accounts."""

from gis.domain.terms.base import Term


class Role(Term):
    """What an account is for; each account has one (GB/T 22239-2019: three posts kept apart)."""

    READER = "READER", "查阅人员", "Reader"
    FIELD = "FIELD", "外业人员", "Field team"
    ANALYST = "ANALYST", "业务人员", "Analyst"
    REVIEWER = "REVIEWER", "审核人员", "Reviewer"
    MANAGER = "MANAGER", "管理人员", "Manager"
    ADMINISTRATOR = "ADMINISTRATOR", "系统管理员", "Administrator"
    AUDITOR = "AUDITOR", "审计人员", "Auditor"


class Right(Term):
    """One thing that accounts may or may not do."""

    READ = "READ", "查看台账", "See the register"
    CHECK = "CHECK", "现场核实", "Send field checks"
    EDIT = "EDIT", "登记与更正", "Change the register"
    REVIEW = "REVIEW", "审核", "Review"
    ASSIGN = "ASSIGN", "派发任务", "Give out work"
    ACCOUNTS = "ACCOUNTS", "管理账号", "Keep accounts"
    LOG = "LOG", "查看操作日志", "Read the log"


class SessionKind(Term):
    """Where somebody is signed in, which says how long it lasts."""

    OFFICE = "OFFICE", "办公电脑", "Office"
    DEVICE = "DEVICE", "外业手机", "Phone for the field"
