"""The `voicemock` command: gathers the subcommands, and turns errors into words and exit codes."""

import sys

import typer

from voicemock.errors import VoicemockError

__all__ = ["app", "run"]

app = typer.Typer(no_args_is_help=True, add_completion=False, rich_markup_mode=None)


def run() -> None:
    """Run the command line; an error for people goes to stderr, with exit code 2 and no traceback."""
    try:
        app()
    except VoicemockError as error:
        hint = f"\n{error.hint}" if error.hint else ""
        print(f"voicemock: {error.message}{hint}", file=sys.stderr)
        sys.exit(2)
