"""The terminal's door: `qingfei`, one module a group of commands.

Only the module that serves the words typed is loaded: some bring the whole of the web framework,
some of scipy, and whoever types a command waits for all that is imported.
"""

import sys
from collections.abc import Iterable
from importlib import import_module
from typing import Any

import typer

from api.cli.output import fail
from gis.errors import QingfeiError

GROUPS = {
    "db": "db.app",
    "scene": "scene.app",
    "model": "model.app",
    "runs": "runs.app",
    "evaluate": "evaluate.app",
    "follow-up": "follow_up.app",
    "layer": "layers.app",
    "reach": "reaches.app",
    "rules": "rules.app",
    "sampling": "sampling.app",
    "results": "identification.app",
    "checks": "checks.app",
    "close-out": "close_out.app",
    "look-back": "close_out.look_app",
    "samples": "samples.app",
    "site": "site.app",
    "project": "project.app",
    "pit": "pit.app",
    "mine": "mine.app",
    "user": "user.app",
    "zone": "zones.app",
    "team": "work.app",
    "backfill": "backfill.app",
    "notice": "deadlines.app",
}
COMMANDS = {
    "match": "match.match",
    "setup-check": "check.setup_check",
    "serve": "serve.serve",
    "worker": "worker.worker",
    "certificate": "certificate.certificate",
    "train": "training.train",
    "retrain": "retraining.retrain",
    "detect": "detection.detect",
    "change": "change.change",
    "import": "imports.import_",
    "identify": "identification.identify",
    "grade": "grading.grade",
    "priority": "grading.line_up",
    "brief": "brief.brief",
    "export": "register.export",
    "overlaps": "layers.overlaps",
    "assign": "work.assign",
    "deadlines": "deadlines.deadlines",
    "demo": "demo.demo",
}
"""What is typed → module of this package and the name in it."""
EVERY = (*GROUPS, *COMMANDS)
INTERRUPTED = 130
"""The exit code of what Ctrl+C ended."""


def build(names: Iterable[str] = EVERY) -> typer.Typer:
    """Return the command line with these groups and commands."""
    app = typer.Typer(
        name="qingfei",
        help="清废：从卫星影像到销号复核。 From satellite image to closed-out site.",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
    )
    app.callback()(_nothing)  # else one command alone would be the program itself, without a name
    for name in names:
        if name in GROUPS:
            app.add_typer(_load(GROUPS[name]), name=name)
        else:
            app.command(name)(_load(COMMANDS[name]))
    return app


def _nothing() -> None:
    pass


def _load(place: str) -> Any:
    module, name = place.split(".")
    return getattr(import_module(f"api.cli.{module}"), name)


def _interrupted() -> int:
    """Say on stderr that Ctrl+C was heard; return the exit code."""
    from api.cli.output import warn

    warn("已中断。", "Interrupted.")
    return INTERRUPTED


def main() -> None:
    """Run the command line: 0 done, 1 one plain sentence on stderr, 2 usage, 130 interrupted."""
    asked = sys.argv[1:2]
    try:
        build(asked if asked and asked[0] in EVERY else EVERY)()
    except QingfeiError as error:
        fail(error, "--json" in sys.argv)
    except KeyboardInterrupt:
        sys.exit(_interrupted())
    except SystemExit as end:
        if end.code == INTERRUPTED:  # typer's way of saying Ctrl+C
            _interrupted()
        raise
    except OSError as error:
        from api.cli.output import of_system

        fail(of_system(error), "--json" in sys.argv)
