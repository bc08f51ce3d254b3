"""`qingfei sampling`."""

import typer

app = typer.Typer(help="抽样。 Sampling.", no_args_is_help=True)
