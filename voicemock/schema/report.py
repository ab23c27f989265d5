"""What is said about answers: measures, findings, follow-ups, and the report that holds them."""

__all__ = [
    "SCHEMA_VERSION",
    "AnswerReport",
    "Finding",
    "FollowUp",
    "Measure",
    "NextStep",
    "NotAnalysed",
    "PointHeard",
    "QuietCheck",
    "SessionInfo",
    "SessionReport",
    "Strength",
]

import datetime
from collections.abc import Mapping

import msgspec

from voicemock.schema.answer import Part, Pronouns, Signal, assessed
from voicemock.schema.details import LensHeard, Number, PillarHeard
from voicemock.schema.frozen import freeze
from voicemock.schema.heard import Aside, Evidence, Filler, Prosody, Recording, Transcript, spoken_s
from voicemock.schema.names import NumberKind, Pillar, Severity, SignalName, Status
from voicemock.schema.question import Question, expected_by

SCHEMA_VERSION = 1


class Measure(msgspec.Struct, frozen=True, kw_only=True):
    """A number against its limit. limit and source are for people: "120-165", "Tauroza & Allison 1990"."""

    value: float | None
    unit: str
    status: Status
    limit: str = ""
    source: str = ""


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """One thing worth changing, with the evidence.

    message: states the fact, then one thing to try, in under 25 words.
    """

    check: str
    severity: Severity
    message: str
    measured: str
    limit: str
    source: str
    evidence: tuple[Evidence, ...] = ()


class FollowUp(msgspec.Struct, frozen=True, kw_only=True):
    """The probe an interviewer would ask next, and the gap that triggered it.

    signal: what an answer to the probe should include, if the gap is a signal.
    """

    text: str
    trigger: str
    signal: SignalName | None = None


class PointHeard(msgspec.Struct, frozen=True, kw_only=True):
    """A point of a good explanation; heard: its words were, as the quote shows. If not, others may have been."""

    name: str
    heard: bool
    evidence: tuple[Evidence, ...] = ()


class AnswerReport(msgspec.Struct, frozen=True, kw_only=True):
    """Everything there is to say about one answer.

    notes: what could not be done, such as a check that crashed.
    asides: what others said in the recording; everything else is about the candidate's words only.
    candidate_notes: what the candidate typed while answering.
    numbers: the numbers that are evidence of the signal metric, each with what it measures.
    pillars: of observability, those spoken of. numbers_not_heard, pillars_not_heard: what surely was not said.
    points: what of a concept was explained. jargon: words used that the question's listener would not know.
    lenses: what was heard through each lens that was asked for.
    """

    question: Question | None
    recording: Recording | None
    transcript: Transcript
    fillers: tuple[Filler, ...]
    pronouns: Pronouns
    signals: Mapping[SignalName, Signal]
    measures: Mapping[str, Measure]
    findings: tuple[Finding, ...]
    prosody: Prosody | None = None
    parts: tuple[Part, ...] = ()
    follow_ups: tuple[FollowUp, ...] = ()
    take: int = 1
    notes: tuple[str, ...] = ()
    asides: tuple[Aside, ...] = ()
    candidate_notes: tuple[str, ...] = ()
    numbers: tuple[Number, ...] = ()
    numbers_not_heard: tuple[NumberKind, ...] = ()
    pillars: tuple[PillarHeard, ...] = ()
    pillars_not_heard: tuple[Pillar, ...] = ()
    points: tuple[PointHeard, ...] = ()
    jargon: tuple[Evidence, ...] = ()
    lenses: tuple[LensHeard, ...] = ()

    def __post_init__(self) -> None:
        freeze(self, "signals", "measures")

    @property
    def expects(self) -> tuple[SignalName, ...]:
        """Return the signals expected of the answer."""
        return expected_by(self.question)

    @property
    def undecided(self) -> tuple[SignalName, ...]:
        """Return the expected signals that could not be told, though others could.

        None are if nothing was assessed, or if the answer is about something else.
        """
        if not assessed(self.signals):
            return ()
        return tuple(name for name in self.expects if name in self.signals and self.signals[name].present is None)

    @property
    def duration_s(self) -> float | None:
        """Return the time from the first word to the last without others' turns, None for text."""
        return spoken_s(self.transcript, self.asides)


class NotAnalysed(msgspec.Struct, frozen=True, kw_only=True):
    """An answer that was recorded and is not in the report.

    recording: its place in the session's folder.
    reason: why, in words for people; empty if it has not been listened to yet.
    """

    question: str
    take: int
    recording: str
    reason: str = ""


class SessionInfo(msgspec.Struct, frozen=True, kw_only=True):
    """What kind of session it was.

    skipped: ids of questions without an answer. not_analysed: `voicemock resume` listens to them again.
    form: what it was if no plain practice, such as "drill/shrink" or "loop/people".
    """

    id: str
    title: str
    started_at: str
    question_set: str | None = None
    voice: str | None = None
    skipped: tuple[str, ...] = ()
    not_analysed: tuple[NotAnalysed, ...] = ()
    form: str | None = None

    @property
    def began_s(self) -> float:
        """Return the moment it was begun in seconds since 1970, 0 if its date cannot be read.

        As text, an hour of autumn that comes twice and a journey to another time zone would be out of order.
        """
        try:
            return datetime.datetime.fromisoformat(self.started_at).timestamp()
        except (ValueError, OverflowError, OSError):
            return 0.0

    @property
    def exercise(self) -> bool:
        """Return whether its answers were given in a forced way, and so are no measure of how others go."""
        return self.form is not None and not self.form.startswith("loop/")

    @property
    def demo(self) -> bool:
        """Return whether it was the demo, whose answers are nobody's."""
        return self.question_set is None and self.title == "Demo"


class NextStep(msgspec.Struct, frozen=True, kw_only=True):
    """One of the three things to change next time, and the finding it comes from.

    answer: its place in ``SessionReport.answers``, from 0.
    """

    text: str
    check: str
    answer: int


class Strength(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that worked, and the words that show it.

    answer: its place in ``SessionReport.answers``, from 0.
    """

    signal: SignalName
    evidence: Evidence
    answer: int


class QuietCheck(msgspec.Struct, frozen=True, kw_only=True):
    """A check whose findings are folded away: of those the user judged, so many were wrong."""

    check: str
    wrong: int
    judged: int


class SessionReport(msgspec.Struct, frozen=True, kw_only=True):
    """A report: one or more answers.

    quiet: the checks whose findings are folded away and not among the next steps; the findings themselves stay.
    """

    schema_version: int
    voicemock: str
    answers: tuple[AnswerReport, ...]
    session: SessionInfo | None = None
    next_steps: tuple[NextStep, ...] = ()
    what_worked: tuple[Strength, ...] = ()
    quiet: tuple[QuietCheck, ...] = ()
