"""Words of models: what one tells, where one stands."""

from gis.domain.terms.base import Term


class ModelTells(Term):
    """What a model is asked: what ground is, or what kind of change made it so."""

    GROUND = "GROUND", "地物类别", "Kinds of ground"
    CHANGE = "CHANGE", "变化类型", "Kinds of change"


class ModelState(Term):
    """Whether a model may find candidates for the register."""

    DRAFT = "DRAFT", "待发布", "Draft"
    PUBLISHED = "PUBLISHED", "已发布", "Published"
    WITHDRAWN = "WITHDRAWN", "已撤回", "Withdrawn"
