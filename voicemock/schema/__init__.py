"""The values that pass from layer to layer: frozen, typed, written as JSON as they are.

A report (``SessionReport``) is what ``--json`` prints and what ``session.json`` holds;
``docs/report-json.md`` describes it for readers outside the project. Times are seconds from the
start of the recording, None if there is no audio. ``char_start`` and ``char_end`` index
``Transcript.text`` as Python slices do (code points, end exclusive).
"""

__all__ = [
    "CORE_SIGNALS",
    "GOOD_LENGTH_S",
    "PAUSE_S",
    "SCHEMA_VERSION",
    "Answer",
    "AnswerReport",
    "Aside",
    "AsideKind",
    "Certainty",
    "Contour",
    "Dimension",
    "Evidence",
    "Filler",
    "FillerKind",
    "Finding",
    "FollowUp",
    "FrozenMap",
    "Kind",
    "LensHeard",
    "LensPointHeard",
    "Measure",
    "NextStep",
    "NotAnalysed",
    "Number",
    "NumberKind",
    "Part",
    "Pause",
    "Pillar",
    "PillarHeard",
    "Point",
    "PointHeard",
    "Pronouns",
    "Prosody",
    "Quality",
    "Question",
    "QuietCheck",
    "Reading",
    "Recording",
    "Round",
    "SessionInfo",
    "SessionReport",
    "Severity",
    "Signal",
    "SignalName",
    "Span",
    "Status",
    "Strength",
    "Transcript",
    "Word",
    "assessed",
    "expected_by",
]

from voicemock.schema.answer import Answer, Part, Pronouns, Reading, Signal, assessed
from voicemock.schema.details import LensHeard, LensPointHeard, Number, PillarHeard
from voicemock.schema.frozen import FrozenMap
from voicemock.schema.heard import (
    PAUSE_S,
    Aside,
    Contour,
    Evidence,
    Filler,
    Pause,
    Prosody,
    Recording,
    Span,
    Transcript,
    Word,
)
from voicemock.schema.names import (
    CORE_SIGNALS,
    AsideKind,
    Certainty,
    Dimension,
    FillerKind,
    Kind,
    NumberKind,
    Pillar,
    Quality,
    Round,
    Severity,
    SignalName,
    Status,
)
from voicemock.schema.question import GOOD_LENGTH_S, Point, Question, expected_by
from voicemock.schema.report import (
    SCHEMA_VERSION,
    AnswerReport,
    Finding,
    FollowUp,
    Measure,
    NextStep,
    NotAnalysed,
    PointHeard,
    QuietCheck,
    SessionInfo,
    SessionReport,
    Strength,
)
