"""`voicemock models`: which Whisper models there are, and which are on this machine."""

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from voicemock.errors import ModelError

if TYPE_CHECKING:
    from voicemock.models.catalogue import Entry

__all__ = ["app"]

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Whisper models: list, pull, verify, path.")

Name = Annotated[str, typer.Argument(help="A model that `voicemock models list` lists.", show_default=False)]


@app.command("list")
def list_models() -> None:
    """List the models, and which are installed."""
    from voicemock.models.catalogue import catalog, default_entry

    try:
        default = default_entry().name
    except ModelError:
        default = None
    for entry in catalog().models:
        mark = "*" if entry.name == default else " "
        size = f"{entry.download_mb} MB"
        memory = f", {entry.memory_mb} MB of memory" if entry.memory_mb else ""
        about = f"{entry.licence}, {entry.languages}{memory}"
        typer.echo(f"{mark} {entry.name:<17} {_state(entry):<13} {size:>7}  {about}")
        typer.echo(f"    {entry.suits}")
    typer.echo("\n* marks the one used when none is named. For another: voicemock models pull NAME")


def _state(entry: "Entry") -> str:
    from voicemock.models.catalogue import available, installed, whole

    if not available(entry):
        return "not installed"
    model = installed(entry)  # None while its parts are not joined yet
    try:
        if model:
            whole(model)
    except ModelError:
        return "damaged"
    return "installed"


@app.command()
def pull(name: Name) -> None:
    """Fetch a model from the model hub.

    A pull that was cut off picks up where it stopped. It connects to the hub, and sends nothing of yours.
    """
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TimeRemainingColumn, TransferSpeedColumn

    from voicemock.cli.output import unfiltered
    from voicemock.models.pull import pull as fetch

    columns = (BarColumn(), DownloadColumn(), TransferSpeedColumn(), TimeRemainingColumn())
    console = Console(file=unfiltered(sys.stderr))
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task(name, total=None)
        model = fetch(name, progress=lambda here, everything: bar.update(task, completed=here, total=everything))
    typer.echo(f"{name} is installed, and every checksum matches: {model.path}")


@app.command()
def verify(
    name: Annotated[
        str | None, typer.Argument(help="Check only this model: a name or a folder.", show_default=False)
    ] = None,
) -> None:
    """Compare files with their checksums.

    Every file is ok, damaged, missing, or unknown if no checksum was ever recorded. The exit code is 2 if
    one is damaged or missing.
    """
    from voicemock.models.catalogue import available, catalog, how_to_repair, known_files, locate
    from voicemock.models.files import FileState, check_files

    names = [name] if name else [entry.name for entry in catalog().models if available(entry)]
    damaged = []
    for model in map(locate, names):
        typer.echo(f"{model.name}: {model.path}")
        checks = check_files(model.path, known_files(model))
        for check in checks:
            typer.echo(f"  {check.state:<8} {check.name}")
        if any(check.state in (FileState.DAMAGED, FileState.MISSING) for check in checks):
            damaged.append(model)
    if not names:
        typer.echo("No model is installed.")
    if damaged:
        raise ModelError(
            f"Damaged or incomplete: {', '.join(model.name for model in damaged)}.",
            hint="\n".join(how_to_repair(model) for model in damaged),
        )


@app.command()
def path(name: Name) -> None:
    """Print the folder an installed model is in."""
    from voicemock.models.catalogue import find_model

    typer.echo(find_model(name).path)
