"""The terminal's door: `qingfei`, one module a group of commands."""

import sys

import typer

from api.cli import (
    backfill,
    brief,
    certificate,
    check,
    checks,
    close_out,
    db,
    deadlines,
    demo,
    detection,
    follow_up,
    grading,
    identification,
    imports,
    layers,
    match,
    mine,
    pit,
    project,
    reaches,
    register,
    rules,
    samples,
    sampling,
    scene,
    serve,
    site,
    training,
    user,
    work,
)
from api.cli.output import fail
from gis.errors import QingfeiError

app = typer.Typer(
    name="qingfei",
    help="清废：从卫星影像到销号复核。 From satellite image to closed-out site.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.add_typer(db.app, name="db")
app.add_typer(scene.app, name="scene")
app.add_typer(follow_up.app, name="follow-up")
app.add_typer(layers.app, name="layer")
app.add_typer(reaches.app, name="reach")
app.add_typer(rules.app, name="rules")
app.add_typer(sampling.app, name="sampling")
app.add_typer(identification.app, name="results")
app.add_typer(checks.app, name="checks")
app.add_typer(close_out.app, name="close-out")
app.add_typer(close_out.look_app, name="look-back")
app.add_typer(samples.app, name="samples")
app.add_typer(site.app, name="site")
app.add_typer(project.app, name="project")
app.add_typer(pit.app, name="pit")
app.add_typer(mine.app, name="mine")
app.add_typer(user.app, name="user")
app.add_typer(work.app, name="team")
app.add_typer(backfill.app, name="backfill")
app.command("match")(match.match)
app.add_typer(deadlines.app, name="notice")
app.command("setup-check")(check.setup_check)
app.command("serve")(serve.serve)
app.command("certificate")(certificate.certificate)
app.command("train")(training.train)
app.command("detect")(detection.detect)
app.command("evaluate")(training.evaluate)
app.command("runs")(detection.runs)
app.command("import")(imports.import_)
app.command("identify")(identification.identify)
app.command("grade")(grading.grade)
app.command("priority")(grading.line_up)
app.command("brief")(brief.brief)
app.command("export")(register.export)
app.command("overlaps")(layers.overlaps)
app.command("assign")(work.assign)
app.command("deadlines")(deadlines.deadlines)
app.command("demo")(demo.demo)


def main() -> None:
    """Run the command line: 0 done, 1 one plain sentence on stderr, 2 wrong usage."""
    try:
        app()
    except QingfeiError as error:
        fail(error, "--json" in sys.argv)
    except KeyboardInterrupt:
        sys.exit(130)
    except OSError as error:
        from api.cli.output import of_system

        fail(of_system(error), "--json" in sys.argv)
