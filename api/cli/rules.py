"""`qingfei rules`."""

import typer

app = typer.Typer(help="规则与条款。 Rules and clauses.", no_args_is_help=True)
