"""What pages and the log call things of pits and their restoration."""

from gis.domain import terms

PIT_WORDS: tuple[type[terms.Term], ...] = (
    terms.SurveyBasis,
    terms.RimBasis,
    terms.Direction,
    terms.LandAim,
    terms.Indicator,
    terms.Fulfilment,
    terms.OfferBasis,
    terms.CareResult,
    terms.MineClass,
    terms.MineSubclass,
    terms.MinePart,
    terms.MiningMethod,
    terms.Treated,
    terms.EcoProblem,
    terms.RestorePeriod,
)
