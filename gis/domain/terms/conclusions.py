"""Words of the signed conclusions on what a site's waste is."""

from gis.domain.terms.base import Term


class ConclusionBasis(Term):
    """What a conclusion rests on."""

    IDENTIFICATION = "IDENTIFICATION", "按标准鉴别", "Identified by the standards"
    REPORT = "REPORT", "检测机构报告", "Report of a laboratory"
    EXPERT = "EXPERT", "专家意见", "Expert opinion"
    EARLIER = "EARLIER", "以往登记", "Recorded before conclusions were signed"


class ConclusionState(Term):
    """Where a conclusion stands between its draft and the next one."""

    DRAFT = "DRAFT", "待签发", "Draft"
    SIGNED = "SIGNED", "已签发，待审核", "Signed, awaits review"
    RETURNED = "RETURNED", "已退回", "Returned"
    IN_FORCE = "IN_FORCE", "生效", "In force"
    SUPERSEDED = "SUPERSEDED", "已被替代", "Superseded"
