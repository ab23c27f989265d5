"""The `voicemock` command: gathers the subcommands, and turns errors into words and exit codes."""

import sys

import typer

from voicemock.cli import models
from voicemock.cli.batch import batch
from voicemock.cli.check import check
from voicemock.cli.checks import checks, explain
from voicemock.cli.demo import demo
from voicemock.cli.output import complain
from voicemock.cli.practice import practice
from voicemock.cli.review import review
from voicemock.errors import VoicemockError

__all__ = ["app", "run"]

app = typer.Typer(no_args_is_help=True, add_completion=False, rich_markup_mode=None)
for command in (demo, practice, review, check, batch, checks, explain):
    app.command()(command)
app.add_typer(models.app, name="models")


def run() -> None:
    """Run the command line; an error for people goes to stderr, with exit code 2 and no traceback."""
    try:
        app()
    except VoicemockError as error:
        complain(error)
        sys.exit(2)
