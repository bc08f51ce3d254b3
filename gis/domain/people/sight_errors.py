"""Errors of accounts that see a part of the district only."""

from gis.errors import NotAllowed

__all__ = ["BeyondSight", "WholeDistrictOnly"]


class BeyondSight(NotAllowed):
    """A write that would touch places of elsewhere, or carry one there. Facts: place."""

    code = "beyond_sight"
    zh = "{place} 不在您的账号可查看的镇街或单位范围内，未作任何改动：请由能查看该处的账号办理。"
    en = (
        "{place} is not among the towns or units that your account sees, so nothing was changed: "
        "ask somebody who sees it."
    )


class WholeDistrictOnly(NotAllowed):
    """An act on the whole district by an account that sees a part of it."""

    code = "whole_district_only"
    zh = "这项操作涉及全区数据，而您的账号只能查看部分镇街或单位：请由能查看全区的账号办理。"
    en = (
        "This concerns the whole district, and your account sees some towns or units only: "
        "ask somebody who sees all of it."
    )
