"""File names as they come from a shell's `*`: one that begins with a dash is a file all the same."""

__all__ = ["FilesCommand"]

from pathlib import Path
from typing import Any

from typer.core import TyperCommand


class FilesCommand(TyperCommand):
    """A command to which an argument that is no option of its own, but the name of a file, is that file."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Put "./" before names of files that begin with a dash."""
        options = {name for param in self.get_params(ctx) for name in (*param.opts, *param.secondary_opts)}
        end = args.index("--") if "--" in args else len(args)
        names = [f"./{arg}" if _is_file(arg) and arg not in options else arg for arg in args[:end]]
        return super().parse_args(ctx, names + args[end:])


def _is_file(arg: str) -> bool:
    try:
        return len(arg) > 1 and arg.startswith("-") and Path(arg).exists()
    except (OSError, ValueError):
        return False
