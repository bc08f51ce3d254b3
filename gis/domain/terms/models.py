"""Words of models: where one stands."""

from gis.domain.terms.base import Term


class ModelState(Term):
    """Whether a model may find candidates for the register."""

    DRAFT = "DRAFT", "待发布", "Draft"
    PUBLISHED = "PUBLISHED", "已发布", "Published"
    WITHDRAWN = "WITHDRAWN", "已撤回", "Withdrawn"
