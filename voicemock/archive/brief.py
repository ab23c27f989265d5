"""A stored report read for its figures alone: without its words one by one, which are nine tenths of the file."""

__all__ = ["Brief", "read_brief"]

from collections.abc import Callable
from pathlib import Path

import msgspec

from voicemock.archive.progress import PROGRESS, read_file
from voicemock.archive.resume import read_report
from voicemock.errors import SessionError
from voicemock.report.as_json import in_one_line
from voicemock.schema import SCHEMA_VERSION, Certainty, FillerKind, Question, SessionInfo, SignalName

REPORT = "session.json"


class _Said(msgspec.Struct, frozen=True):
    text: str
    model: str = "text"

    @property
    def words(self) -> list[str]:
        return self.text.split()


class _Signal(msgspec.Struct, frozen=True):
    present: bool | None = None


class _Measure(msgspec.Struct, frozen=True):
    value: float | None


class _Filler(msgspec.Struct, frozen=True):
    text: str
    kind: FillerKind
    certainty: Certainty


class _Pronouns(msgspec.Struct, frozen=True):
    i: list[msgspec.Raw] = []
    we: list[msgspec.Raw] = []
    i_share: float | None = None


class _Recording(msgspec.Struct, frozen=True):
    duration_s: float
    quality: str = ""


class _Finding(msgspec.Struct, frozen=True):
    check: str


class BriefAnswer(msgspec.Struct, frozen=True):
    """What ``figures_of`` and ``standings`` look at, by the names an AnswerReport has."""

    question: Question | None
    recording: _Recording | None
    transcript: _Said
    fillers: list[_Filler]
    pronouns: _Pronouns
    signals: dict[SignalName, _Signal]
    measures: dict[str, _Measure]
    findings: list[_Finding]
    take: int = 1
    notes: tuple[str, ...] = ()

    @property
    def undecided(self) -> tuple[SignalName, ...]:
        """What follow-ups made good is not asked for here."""
        return ()


class Brief(msgspec.Struct, frozen=True):
    """A session's report in brief."""

    schema_version: int
    answers: tuple[BriefAnswer, ...]
    session: SessionInfo | None = None


class _Progress(msgspec.Struct, frozen=True):
    schema_version: int
    session: SessionInfo
    finished: bool = False


_DECODER = msgspec.json.Decoder(Brief)


def read_brief(folder: Path, *, tell: Callable[[str], None]) -> tuple[Brief, bool]:
    """Return a session's report in brief, and whether the session is over.

    One that is over is taken from its ``session.json``; any other, or one that is damaged, from its takes, and ``tell``
    is told what was damaged. Raises VoicemockError or OSError if it cannot be read at all.
    """
    over, session = _state(folder)
    if over:
        try:
            brief = _DECODER.decode((folder / REPORT).read_bytes())
            if brief.schema_version <= SCHEMA_VERSION:
                return msgspec.structs.replace(brief, session=session or brief.session), True
        except (OSError, msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            pass  # its takes may still be whole
    return _DECODER.decode(in_one_line(read_report(folder, tell=tell, quiet=()))), over


def _state(folder: Path) -> tuple[bool, SessionInfo | None]:
    """Return whether a session is over, and what its plan says it is; a review has no plan."""
    try:
        progress = read_file(folder / PROGRESS, _Progress)
    except FileNotFoundError:
        return True, None
    except SessionError:
        return False, None
    return progress.finished and progress.schema_version <= SCHEMA_VERSION, progress.session
