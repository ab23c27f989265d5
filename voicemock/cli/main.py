"""The `voicemock` command: gathers the subcommands, and turns errors into words and exit codes."""

import io
import os
import sys

import typer

from voicemock.cli import models, questions, sessions
from voicemock.cli.batch import batch
from voicemock.cli.check import check
from voicemock.cli.checks import checks, explain
from voicemock.cli.demo import demo
from voicemock.cli.doctor import doctor
from voicemock.cli.output import complain
from voicemock.cli.practice import practice
from voicemock.cli.resume import resume
from voicemock.cli.review import review
from voicemock.cli.voices import voices
from voicemock.errors import VoicemockError

__all__ = ["app", "run"]

app = typer.Typer(no_args_is_help=True, add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
for command in (demo, practice, resume, review, check, batch, checks, explain, voices, doctor):
    app.command()(command)
app.add_typer(models.app, name="models")
app.add_typer(questions.app, name="questions")
app.add_typer(sessions.app, name="sessions")


def run() -> None:
    """Run the command line; an error for people goes to stderr, with exit code 2 and no traceback.

    A fault of voicemock's own is told in a line too; VOICEMOCK_DEBUG=1 shows where it lies.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a name the encoding lacks is no reason to stop
    try:
        app()
    except VoicemockError as error:
        complain(error)
        sys.exit(2)
    except Exception as error:
        if os.environ.get("VOICEMOCK_DEBUG"):
            raise
        fault = VoicemockError(
            f"This is a fault in voicemock ({type(error).__name__}: {error}).",
            hint="What was recorded is kept. VOICEMOCK_DEBUG=1 shows where it happened; please report it.",
        )
        complain(fault)
        sys.exit(2)
