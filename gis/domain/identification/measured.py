"""Results by what they measure and in which increment, each as the span that its value lies in."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from gis.domain.identification.evidence import Evidence
from gis.domain.identification.standards import Limit, Standards
from gis.domain.terms import IdentificationStep, LeachMethod, Quantity

Span = tuple[float, float]
Key = tuple[str, Quantity, LeachMethod | None]

CUMULATIVE = "toxic_cumulative"
"""The analyte that no laboratory reports: GB 5085.6-2007 4.6 sums it from the totals A to E."""

SUMMED = ("toxic_a", "toxic_b", "toxic_c", "toxic_d", "toxic_e")


def key_of(limit: Limit) -> Key:
    """Return what a result has to measure, and how, to be held against a limit."""
    return (limit.analyte, limit.quantity, limit.leach_method)


@dataclass(frozen=True, slots=True)
class Measured:
    """Spans by key and increment; ``unused`` counts the results that no limit fits."""

    spans: Mapping[Key, Mapping[str, list[Span]]]
    unused: Mapping[Key, int]

    def of(self, limit: Limit) -> Mapping[str, list[Span]]:
        """Return the spans that a limit is held against, by increment."""
        return self.spans.get(key_of(limit), {})


def gather(evidence: Evidence, standards: Standards) -> Measured:
    """Sort the results of the plan's increments; without a plan, all results count."""
    planned = set(evidence.increments)
    wanted = {key_of(limit) for limit in standards.limits}
    spans: dict[Key, dict[str, list[Span]]] = {}
    unused: Counter[Key] = Counter()
    for result in evidence.results:
        key = (result.analyte, result.quantity, result.leach_method)
        if key not in wanted or (planned and result.increment_code not in planned):
            unused[key] += 1
            continue
        spans.setdefault(key, {}).setdefault(result.increment_code, []).append(result.span)
    for limit in standards.limits:
        if limit.analyte == CUMULATIVE:
            spans[key_of(limit)] = _cumulative(spans, standards)
    return Measured(spans, unused)


def _cumulative(
    spans: Mapping[Key, Mapping[str, list[Span]]], standards: Standards
) -> dict[str, list[Span]]:
    """Return the sum of the totals' shares of their limits; a total not measured adds nothing."""
    sums: dict[str, Span] = {}
    for limit in standards.limits_of(IdentificationStep.TOXIC_CONTENT):
        if limit.analyte not in SUMMED:
            continue
        for increment, found in spans.get(key_of(limit), {}).items():
            least, most = sums.get(increment, (0.0, 0.0))
            sums[increment] = (
                least + max(low for low, _ in found) / limit.value,
                most + max(high for _, high in found) / limit.value,
            )
    return {increment: [span] for increment, span in sums.items()}
