"""The application: its commands, in the order in which an office meets them."""

from __future__ import annotations

from typing import Annotated

import typer

from planforge.app.errors import __version__
from planforge.cli import (
    add,
    batch,
    build,
    check,
    convert,
    doctor,
    done,
    facts,
    new,
    restyle,
    roster,
    rules,
    schema,
    serve,
    templates,
)
from planforge.cli.chinese import ChineseCommand, ChineseGroup

app = typer.Typer(
    name="planforge",
    cls=ChineseGroup,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    no_args_is_help=True,
    help="填一份学校信息表，生成一学期的减负工作文档（Word 和 PDF）。",
)


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"planforge {__version__}")
        raise typer.Exit


@app.callback()
def root(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="显示版本")
    ] = False,
) -> None:
    """填一份学校信息表，生成一学期的减负工作文档（Word 和 PDF）。"""


for name, function in (
    ("new", new.new),
    ("convert", convert.convert),
    ("check", check.check),
    ("build", build.build),
    ("restyle", restyle.restyle),
    ("done", done.done),
    ("add", add.add),
    ("rules", rules.rules),
    ("templates", templates.templates),
    ("facts", facts.facts),
    ("schema", schema.schema),
    ("roster", roster.roster),
    ("batch", batch.batch),
    ("doctor", doctor.doctor),
    ("serve", serve.serve),
    ("manage", serve.manage),
):
    app.command(name, cls=ChineseCommand)(function)
