"""Processes to be killed, forked off a clean one that has imported all that is slow to import."""

import multiprocessing

USERS = (
    "tests.drills.office",
    "tests.remote_sensing.test_pipeline_faults",
    "tests.runs.test_kills",
)
WEB = ("api.app", "api.cli.serve", "api.follow_up", "procrastinate")
LEARNING = ("sklearn.ensemble", "skops.io")
COMPILED = tuple(f"remote_sensing.compiled.{name}" for name in ("figures", "scores", "walk"))

FORKED = multiprocessing.get_context("forkserver")
FORKED.set_forkserver_preload([*USERS, *WEB, *LEARNING, *COMPILED])  # one a process, for all
