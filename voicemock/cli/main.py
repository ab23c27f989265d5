"""The `voicemock` command: gathers the subcommands, and turns errors into words and exit codes."""

import os
import sys

import typer

from voicemock.cli import models, questions, sessions, stories
from voicemock.cli.batch import batch
from voicemock.cli.checks import checks, explain
from voicemock.cli.compare import compare
from voicemock.cli.debrief import debrief
from voicemock.cli.demo import demo
from voicemock.cli.doctor import doctor
from voicemock.cli.drill import drill
from voicemock.cli.due import due
from voicemock.cli.feedback import feedback
from voicemock.cli.files import FilesCommand
from voicemock.cli.loop import loop
from voicemock.cli.open import open_page
from voicemock.cli.output import complain, guard_streams
from voicemock.cli.pack import pack
from voicemock.cli.plan import plan
from voicemock.cli.practice import practice
from voicemock.cli.progress import progress
from voicemock.cli.read import read
from voicemock.cli.report import report
from voicemock.cli.resume import resume
from voicemock.cli.reverse import reverse
from voicemock.cli.review import review
from voicemock.cli.tailor import tailor
from voicemock.cli.voices import voices
from voicemock.errors import VoicemockError, no_room, repair

__all__ = ["app", "run"]

app = typer.Typer(no_args_is_help=True, add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
app.command("open", cls=FilesCommand)(open_page)
for command in (
    practice,
    demo,
    resume,
    drill,
    loop,
    reverse,
    due,
    plan,
    pack,
    tailor,
    review,
    debrief,
    read,
    report,
    progress,
    compare,
    feedback,
    batch,
    checks,
    explain,
    voices,
    doctor,
):
    app.command(cls=FilesCommand)(command)
app.command("check", cls=FilesCommand, hidden=True)(read)  # its earlier name
app.add_typer(models.app, name="models")
app.add_typer(questions.app, name="questions")
app.add_typer(sessions.app, name="sessions")
app.add_typer(stories.app, name="stories")


def run() -> None:
    """Run the command line; an error for people goes to stderr, with exit code 2 and no traceback.

    A bug in voicemock is told in one line too; VOICEMOCK_DEBUG=1 shows where it is.
    """
    guard_streams()
    # numpy's matrices are small here: on two threads a voiceprint's bands took three times the processor time.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    try:
        try:
            app()
        finally:
            if sys.stdout:
                sys.stdout.flush()  # here, where a full disk can still be told
    except VoicemockError as error:
        complain(error)
        sys.exit(2)
    except OSError as error:
        if os.environ.get("VOICEMOCK_DEBUG"):
            raise
        complain(_of_the_disk(error) if error.strerror else _fault(error))
        sys.exit(2)
    except Exception as error:
        if os.environ.get("VOICEMOCK_DEBUG"):
            raise
        complain(_fault(error))
        sys.exit(2)


def _of_the_disk(error: OSError) -> VoicemockError:
    """Put into words what the system refused to do: the last safety net under every file that is read or written."""
    where = error.filename2 or error.filename or "A file or standard output"
    verb = "cannot be written" if no_room(error) else "cannot be used"
    hint = f"{repair(error, 'Check that path')}, then run the command again. What was recorded is kept."
    return VoicemockError(f"{where} {verb}: {error.strerror}.", hint=hint)


def _fault(error: Exception) -> VoicemockError:
    return VoicemockError(
        f"This is a bug in voicemock ({type(error).__name__}: {error}).",
        hint="What was recorded is kept. VOICEMOCK_DEBUG=1 shows where it happened; please report it.",
    )
