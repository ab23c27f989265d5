"""Options that several commands share, each defined once."""

__all__ = [
    "USUAL_COUNT",
    "AskOption",
    "ChannelOption",
    "CompetencyOption",
    "DimensionOption",
    "InputDeviceOption",
    "JsonOption",
    "LensOption",
    "ModelOption",
    "NoReportsOption",
    "OpenOption",
    "OutputDeviceOption",
    "ParquetOption",
    "PlainOption",
    "QuestionOption",
    "QuietOption",
    "ReplaceOption",
    "RoundOption",
    "SpeakerOption",
    "Spoken",
    "TextOnlyOption",
    "TrackOption",
    "VerbatimOption",
    "VoiceOption",
    "WorkersOption",
    "speaker_number",
    "spoken",
]

import functools
import inspect
import re
from collections.abc import Callable
from typing import Annotated, NamedTuple

import typer

from voicemock.errors import UsageError

USUAL_COUNT = 5
"""How many questions `voicemock practice` asks, unless it is told."""


def _channel(value: str | None) -> str | None:
    if value is not None and not re.fullmatch(r"left|right|all|[1-9]\d?", value):
        raise typer.BadParameter(f"'{value}' is not left, right, a number from 1, or all.")
    return value


def _parquet(wanted: bool) -> bool:
    if wanted:
        from voicemock.batch.parquet import need_parquet

        need_parquet()
    return wanted


def _lenses(names: list[str] | None) -> list[str]:
    from voicemock.lenses import known_lenses

    return list(known_lenses(names))


QuestionOption = Annotated[
    str | None, typer.Option("--question", metavar="ID", help="The question answered (see `voicemock questions list`).")
]
AskOption = Annotated[str | None, typer.Option("--ask", metavar="TEXT", help="The question answered, in your words.")]
CompetencyOption = Annotated[str | None, typer.Option("--competency", help="Only questions about this competency.")]
RoundOption = Annotated[
    str | None, typer.Option("--round", metavar="NAME", help="Only questions asked in this round, such as bar_raiser.")
]
DimensionOption = Annotated[
    str | None,
    typer.Option("--dimension", metavar="NAME", help="Only questions on this side of the job, such as execution."),
]
LensOption = Annotated[
    list[str] | None,
    typer.Option(
        "--lens",
        metavar="NAME",
        callback=_lenses,
        help="Show answers through a lens too, such as trust; may be given again.",
    ),
]
JsonOption = Annotated[
    str | None, typer.Option("--json", metavar="PATH|-", help="Write the report as JSON; - prints it and nothing else.")
]
ModelOption = Annotated[
    str | None, typer.Option("--model", metavar="NAME|DIR", help="Whisper model (see `voicemock models list`).")
]
VerbatimOption = Annotated[
    bool, typer.Option("--verbatim/--no-verbatim", help="Listen for filled pauses that Whisper leaves out.")
]
SpeakerOption = Annotated[
    str | None,
    typer.Option(
        "--speaker",
        metavar="N|all",
        help="If several people speak, the one to judge: 1 speaks most; all counts everybody.",
    ),
]
OpenOption = Annotated[bool | None, typer.Option("--open/--no-open", help="Open the report in a browser.")]
TextOnlyOption = Annotated[bool, typer.Option("--text-only", help="Print the questions without speaking them.")]
PlainOption = Annotated[bool, typer.Option("--plain", help="No moving parts, for screen readers.")]
NoReportsOption = Annotated[bool, typer.Option("--no-reports", help="Tables and the index only, no report for each.")]
ParquetOption = Annotated[
    bool, typer.Option("--parquet", callback=_parquet, help='Write results.parquet too (needs the "tables" extra).')
]
ReplaceOption = Annotated[bool, typer.Option("--replace", help="Let --out write over a report that is there.")]
QuietOption = Annotated[bool, typer.Option("--quiet", help="Print nothing but what went wrong.")]
TrackOption = Annotated[
    int | None,
    typer.Option(
        "--track", metavar="N", min=1, help="Sound track to listen to; by default the one with the most speech."
    ),
]
ChannelOption = Annotated[
    str | None,
    typer.Option(
        "--channel",
        metavar="left|right|N|all",
        callback=_channel,
        help="Channel to listen to; by default all, or the person who says more if each has a side.",
    ),
]
WorkersOption = Annotated[
    int | None, typer.Option("--workers", min=1, help="How many processes to run; by default one per core.")
]
VoiceOption = Annotated[str | None, typer.Option("--voice", metavar="NAME", help='"system", "system:ID" or "natural".')]
InputDeviceOption = Annotated[
    str | None, typer.Option("--input-device", metavar="NAME|N", help="Microphone (see `voicemock doctor`).")
]
OutputDeviceOption = Annotated[
    str | None, typer.Option("--output-device", metavar="NAME|N", help="Loudspeaker (see `voicemock doctor`).")
]


class Spoken(NamedTuple):
    """The options of every session that is no plain practice: a drill, a round, questions asked back."""

    text_only: TextOnlyOption = False
    plain: PlainOption = False
    voice: VoiceOption = None
    input_device: InputDeviceOption = None
    output_device: OutputDeviceOption = None
    model: ModelOption = None
    open_report: OpenOption = None


def spoken(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options of ``Spoken`` after its own; it takes them together, as ``session``."""
    signature = inspect.signature(command)
    own = [one for name, one in signature.parameters.items() if name != "session"]

    @functools.wraps(command)
    def with_session(**given: object) -> None:
        session = {name: given.pop(name) for name in Spoken._fields}
        command(**given, session=Spoken(**session))  # type: ignore[arg-type]

    shared = inspect.signature(Spoken).parameters.values()
    with_session.__signature__ = signature.replace(parameters=[*own, *shared])  # type: ignore[attr-defined]
    return with_session


def speaker_number(text: str | None) -> int | None:
    """Return the number --speaker gives, 0 for all; None if it was not given."""
    if text is None:
        return None
    if text.strip().lower() == "all":
        return 0
    if not text.strip().isdecimal() or int(text) == 0:
        raise UsageError(f"--speaker {text} is not a speaker.", hint="Give 1, 2, … or all.")
    return int(text)
