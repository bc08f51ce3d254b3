"""The sentences that say why a question was answered so, in two languages."""

from collections.abc import Iterable, Sequence

from gis.domain.identification.counting import due
from gis.domain.identification.finding import Check, Lack, Missing
from gis.domain.identification.standards import Limit, RequiredTest, Standards
from gis.domain.terms import IdentificationStep

Said = tuple[str, str]


def how(limit: Limit) -> Said:
    """Return how an analyte was measured: its leachate, or the quantity."""
    if limit.leach_method is not None:
        return (f"{limit.leach_method.standard} 浸出液", f"{limit.leach_method.standard} leachate")
    return (limit.quantity.zh, limit.quantity.en.lower())


def established(one: Check, clause: str) -> Said:
    """Say that as many increments are over a limit as establish it."""
    to_test = ("", "") if one.n is None else (f"，应测 {one.n} 份", f" of {one.n}")
    worst = ("", "")
    if one.highest is not None:
        value = f"{one.highest:g} {one.limit.unit}".rstrip()
        worst = (f"；最不利值 {value}", f"; the worst value is {value}")
    if one.multiple is not None:
        times = f"{one.multiple:.3g}"
        worst = (f"{worst[0]}，为限值的 {times} 倍", f"{worst[1]}, {times} times the limit")
    return (
        f"{one.limit.zh} 的有 {len(one.over)} 份（已测 {one.tested} 份{to_test[0]}），"
        f"达到判定所需的 {one.needed} 份（{clause}）{worst[0]}",
        f"{one.limit.en} in {len(one.over)} increments ({one.tested}{to_test[1]} tested), "
        f"{one.needed} will do ({clause}){worst[1]}",
    )


def excluded(checks: Sequence[Check]) -> Said:
    """Say that nothing reaches the number that would establish it."""
    over = [one for one in checks if one.over]
    if not over:
        return (
            f"{len(checks)} 项限值逐份比较，没有一份超过",
            f"none of {len(checks)} limits is passed in any increment",
        )
    most = max(over, key=lambda one: len(one.over))
    return (
        f"{len(checks)} 项限值逐份比较，超过最多的一项为 {len(most.over)} 份，"
        f"少于判定所需的 {most.needed} 份",
        f"of {len(checks)} limits the one passed most often is passed in {len(most.over)} "
        f"increments, fewer than the {most.needed} that establish it",
    )


def in_doubt(one: Check) -> Said:
    """Say that the text leaves open what this number of increments means."""
    return (
        f"{one.n} 份中恰有 {len(one.over)} 份{one.limit.zh}，标准文本的判定份样数尚未核对",
        f"{one.limit.en} in {len(one.over)} increment of {one.n}; the number that establishes "
        "it has not been compared with the text",
    )


def together(increments: int, needed: int) -> Said:
    """Say that several analytes together reach what none of them does."""
    return (
        f"各单项均未达到判定份样数，但合计 {increments} 份样至少一项超过（判定所需 {needed} 份），"
        "标准文本是否合并计数尚未核对",
        f"no analyte by itself reaches the number, but {increments} increments are over for at "
        f"least one ({needed} would establish it); whether the text counts them together has not "
        "been checked",
    )


def lacking(checks: Iterable[tuple[Check, RequiredTest | None]], names: Standards) -> list[Missing]:
    """Return what the open checks lack, those alike in one sentence."""
    alike: dict[tuple[Lack, IdentificationStep, Said, tuple[int, int]], list[str]] = {}
    for one, required in checks:
        wanted = one.n if required is None else due(required, one.n)
        if one.unclear:
            key = (Lack.TOO_COARSE, one.limit.step, how(one.limit), (one.unclear, 0))
        elif wanted is None or wanted > 1e9:
            continue
        else:
            key = (Lack.TESTS, one.limit.step, how(one.limit), (one.tested, int(wanted)))
        listed = alike.setdefault(key, [])
        if one.limit.analyte not in listed:
            listed.append(one.limit.analyte)
    return [
        Missing(
            lack,
            {
                "step_zh": step.zh,
                "step_en": step.en,
                "how_zh": by[0],
                "how_en": by[1],
                "tested": numbers[0],
                "needed": numbers[1],
                "count": numbers[0],
                "analyte_zh": "、".join(names.analytes[a].zh for a in listed),
                "analyte_en": ", ".join(names.analytes[a].en for a in listed),
            },
        )
        for (lack, step, by, numbers), listed in alike.items()
    ]
