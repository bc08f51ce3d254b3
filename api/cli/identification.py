"""`qingfei results`."""

import typer

app = typer.Typer(help="检测结果与鉴别。 Results and identification.", no_args_is_help=True)
