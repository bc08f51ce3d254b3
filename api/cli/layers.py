"""`qingfei layer`."""

import typer

app = typer.Typer(help="参考图层。 Reference layers.", no_args_is_help=True)
