"""A small soak: three phones, bad links, a server killed on the way."""

from pathlib import Path

from tests.drills import soak


def test_three_phones_lose_nothing_and_double_nothing(database_url: str, tmp_path: Path):
    plan = soak.Plan(
        phones=3, checks=6, photos=20, smallest=100_000, largest=500_000,
        rate=4_000_000, kill_every=6.0, seed=7, limit=200.0,
    )  # fmt: skip
    report = soak.run(plan, database_url, tmp_path)
    assert report.is_whole, report.sentence()
    assert len(report.recorded) == 3 * (6 + 20)
    assert report.kills >= 1 and report.cuts >= 1, report.sentence()
