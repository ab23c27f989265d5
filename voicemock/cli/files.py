"""File names as a shell's `*` gives them: one that begins with a dash is still a file."""

__all__ = ["FilesCommand"]

from pathlib import Path
from typing import Any

from typer.core import TyperCommand


class FilesCommand(TyperCommand):
    """A command that takes an argument for a file if it is the name of one and not one of its options."""

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
