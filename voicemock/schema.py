"""The values that pass from layer to layer: frozen, typed, written as JSON as they stand.

A report (``SessionReport``) is what ``--json`` prints and what ``session.json`` holds;
``docs/report-json.md`` describes it for readers outside the project. Times are seconds from the
start of the recording, None where there is no audio. ``char_start`` and ``char_end`` index
``Transcript.text`` as Python slices do (code points, end exclusive).
"""

__all__ = [
    "CORE_SIGNALS",
    "SCHEMA_VERSION",
    "Answer",
    "AnswerReport",
    "Aside",
    "AsideKind",
    "Certainty",
    "Evidence",
    "Filler",
    "FillerKind",
    "Finding",
    "FollowUp",
    "Kind",
    "Measure",
    "NextStep",
    "NotAnalysed",
    "Part",
    "Pause",
    "Pronouns",
    "Prosody",
    "Quality",
    "Question",
    "Reading",
    "Recording",
    "SessionInfo",
    "SessionReport",
    "Severity",
    "Signal",
    "SignalName",
    "Span",
    "Status",
    "Transcript",
    "Word",
    "expected_by",
]

import bisect
import enum
import re

import msgspec

SCHEMA_VERSION = 1


PROBE_ID = re.compile(r"(.+)-(?:follow-up-\d+|in-short)")
"""How a probe's id is made from its question's."""


class Kind(enum.StrEnum):
    """What sort of question it is; decides which lens an answer is read through."""

    BEHAVIOURAL = "behavioural"
    DEEP_DIVE = "deep_dive"
    STRATEGY = "strategy"
    PEOPLE = "people"
    INCIDENT = "incident"
    HIRING = "hiring"
    MOTIVATION = "motivation"
    DRILL = "drill"


class SignalName(enum.StrEnum):
    """What an interviewer listens for; ``docs/signals.md`` defines each."""

    SITUATION = "situation"
    TASK = "task"
    ACTION = "action"
    RESULT = "result"
    TRADEOFF = "tradeoff"
    METRIC = "metric"
    RATIONALE = "rationale"
    REFLECTION = "reflection"
    CUSTOMER = "customer"
    CUSTOMER_FIRST = "customer_first"
    STAKEHOLDERS = "stakeholders"
    PEOPLE_GROWTH = "people_growth"
    RISK = "risk"
    OPERATIONS = "operations"
    SCALE = "scale"
    COST = "cost"
    OWNS_FAILURE = "owns_failure"
    CREDITS_TEAM = "credits_team"
    ORG_IMPACT = "org_impact"
    ON_TOPIC = "on_topic"


CORE_SIGNALS = (
    SignalName.SITUATION,
    SignalName.ACTION,
    SignalName.RESULT,
    SignalName.TRADEOFF,
    SignalName.METRIC,
)
"""Held against an answer to a question nobody wrote down (voicemock default, unvalidated)."""


class Quality(enum.StrEnum):
    """Whether a recording is good enough to judge delivery by."""

    OK = "ok"
    POOR = "poor"


class FillerKind(enum.StrEnum):
    """A hesitation sound (um, uh), or a word used as one (like, you know)."""

    FILLED_PAUSE = "filled_pause"
    DISCOURSE = "discourse"


class Certainty(enum.StrEnum):
    """Two witnesses agree, or only one speaks."""

    CONFIRMED = "confirmed"
    POSSIBLE = "possible"


class AsideKind(enum.StrEnum):
    """Whose words were left out: the question read aloud, or anybody else's turn."""

    QUESTION = "question"
    OTHER = "other"


class Status(enum.StrEnum):
    """Where a measure lies against its limit."""

    GOOD = "good"
    FINE = "fine"
    WATCH = "watch"
    PROBLEM = "problem"
    INFO = "info"
    NOT_ASSESSED = "not_assessed"


class Severity(enum.StrEnum):
    """How much a finding matters to an interviewer."""

    INFO = "info"
    WATCH = "watch"
    PROBLEM = "problem"


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """One interview question and what a good answer to it holds.

    target_s: (shortest, longest) good length of an answer in seconds.
    expects: the signals held against an answer; no others are.
    follow_ups: the probe to ask where an expected signal is missing.
    """

    id: str
    text: str
    kind: Kind
    tests: str = ""
    competencies: tuple[str, ...] = ()
    expects: tuple[SignalName, ...] = ()
    target_s: tuple[float, float] = (60.0, 150.0)
    follow_ups: dict[SignalName, str] = {}

    @property
    def follow_up_to(self) -> str | None:
        """Return the id of the question this one probes, None for a question of its own."""
        probe = PROBE_ID.fullmatch(self.id)
        return probe[1] if probe else None


class Recording(msgspec.Struct, frozen=True, kw_only=True):
    """One piece of audio and how well it was recorded.

    level_db: RMS level of the speech in dB relative to full scale; None where nothing was spoken.
    noise_db: level of the quietest tenth in dB relative to full scale.
    clipped_share: share of samples at full scale, 0 to 1.
    problems: why quality is poor, in words for people.
    track: the sound track heard, from 1; None where there is one.
    channel: the channel heard, a number from 1 or "all"; None where there is one.
    """

    path: str
    duration_s: float
    sample_rate_hz: int
    channels: int = 1
    level_db: float | None = None
    noise_db: float | None = None
    clipped_share: float = 0.0
    quality: Quality = Quality.OK
    problems: tuple[str, ...] = ()
    track: int | None = None
    channel: str | None = None


class Word(msgspec.Struct, frozen=True, kw_only=True):
    """One word of a transcript; punctuation belongs to the word it touches."""

    text: str
    char_start: int
    char_end: int
    start_s: float | None = None
    end_s: float | None = None
    probability: float | None = None


class Span(msgspec.Struct, frozen=True, kw_only=True):
    """A stretch of the transcript."""

    char_start: int
    char_end: int


class Evidence(msgspec.Struct, frozen=True, kw_only=True):
    """The words that prove a finding, and when they were said."""

    quote: str
    char_start: int | None = None
    char_end: int | None = None
    start_s: float | None = None
    end_s: float | None = None


class Transcript(msgspec.Struct, frozen=True, kw_only=True):
    """What was said, verbatim: fillers, repeats and cut-off words stand at their place.

    model: the Whisper model that wrote it; "text" where a written answer was given.
    confidence: mean word probability, 0 to 1; None for text.
    """

    text: str
    words: tuple[Word, ...] = ()
    model: str = "text"
    confidence: float | None = None

    @property
    def duration_s(self) -> float | None:
        """Return the time from the first word to the last, None for text."""
        timed = [w for w in self.words if w.start_s is not None and w.end_s is not None]
        if not timed:
            return None
        first, last = timed[0].start_s, timed[-1].end_s
        return None if first is None or last is None else last - first

    def evidence(self, char_start: int, char_end: int) -> Evidence:
        """Quote a stretch of the text, with the times of the words it touches."""
        first = bisect.bisect_right(self.words, char_start, key=lambda word: word.char_end)
        end = bisect.bisect_left(self.words, char_end, key=lambda word: word.char_start)
        touched = self.words[first:end]
        return Evidence(
            quote=self.text[char_start:char_end],
            char_start=char_start,
            char_end=char_end,
            start_s=touched[0].start_s if touched else None,
            end_s=touched[-1].end_s if touched else None,
        )


class Aside(msgspec.Struct, frozen=True, kw_only=True):
    """Words in the recording that are not the candidate's: in no transcript, and not counted."""

    kind: AsideKind
    text: str
    start_s: float
    end_s: float


class Filler(msgspec.Struct, frozen=True, kw_only=True):
    """One filled pause or discourse filler."""

    text: str
    kind: FillerKind
    char_start: int
    char_end: int
    certainty: Certainty
    start_s: float | None = None
    end_s: float | None = None


class Pause(msgspec.Struct, frozen=True, kw_only=True):
    """A silence between two stretches of speech."""

    start_s: float
    end_s: float


class Prosody(msgspec.Struct, frozen=True, kw_only=True):
    """How it sounded. None where the audio is too short or too poor to tell.

    response_latency_s: silence before the first word.
    speech_rate_wpm: words a minute from first word to last, pauses included.
    articulation_rate_wpm: words a minute of speaking time, pauses of 0.5 s and more left out.
    f0_sd_semitones: spread of the voice's pitch around its median.
    """

    response_latency_s: float | None = None
    speaking_s: float = 0.0
    pauses: tuple[Pause, ...] = ()
    speech_rate_wpm: float | None = None
    articulation_rate_wpm: float | None = None
    f0_median_hz: float | None = None
    f0_sd_semitones: float | None = None
    loudness_sd_db: float | None = None


class Pronouns(msgspec.Struct, frozen=True, kw_only=True):
    """Where the speaker acts or owns, alone (I, my) or with others (we, our).

    i_share: I / (I + we); None where neither was said.
    """

    i: tuple[Span, ...] = ()
    we: tuple[Span, ...] = ()
    i_share: float | None = None


class Signal(msgspec.Struct, frozen=True, kw_only=True):
    """Whether an answer holds what an interviewer listens for; present is None where not assessed."""

    present: bool | None = None
    evidence: tuple[Evidence, ...] = ()


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """A stretch of an answer that does one job: situation, task, action or result.

    share: its words over all words of the answer, 0 to 1.
    """

    name: SignalName
    char_start: int
    char_end: int
    share: float
    start_s: float | None = None
    end_s: float | None = None


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """What the words of an answer say: fillers, ownership, signals, and its parts in order.

    notes: what the reading had to do without.
    """

    fillers: tuple[Filler, ...] = ()
    pronouns: Pronouns = Pronouns()
    signals: dict[SignalName, Signal] = {}
    parts: tuple[Part, ...] = ()
    notes: tuple[str, ...] = ()


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """One answer, heard or written, with all that was read from it: the input of every check."""

    transcript: Transcript
    reading: Reading
    question: Question | None = None
    recording: Recording | None = None
    prosody: Prosody | None = None
    asides: tuple[Aside, ...] = ()

    @property
    def expects(self) -> tuple[SignalName, ...]:
        """Return the signals held against the answer."""
        return expected_by(self.question)

    @property
    def duration_s(self) -> float | None:
        """Return the time from the first word to the last without others' turns, None for text."""
        return _spoken_s(self.transcript, self.asides)


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

    signal: what an answer to the probe should hold, where the gap is a signal.
    """

    text: str
    trigger: str
    signal: SignalName | None = None


class AnswerReport(msgspec.Struct, frozen=True, kw_only=True):
    """Everything there is to say about one answer.

    notes: what could not be done, such as a check that crashed.
    asides: what else was said in the recording, by others; all the rest is about the candidate's words alone.
    candidate_notes: what the candidate typed while answering.
    """

    question: Question | None
    recording: Recording | None
    transcript: Transcript
    fillers: tuple[Filler, ...]
    pronouns: Pronouns
    signals: dict[SignalName, Signal]
    measures: dict[str, Measure]
    findings: tuple[Finding, ...]
    prosody: Prosody | None = None
    parts: tuple[Part, ...] = ()
    follow_ups: tuple[FollowUp, ...] = ()
    take: int = 1
    notes: tuple[str, ...] = ()
    asides: tuple[Aside, ...] = ()
    candidate_notes: tuple[str, ...] = ()

    @property
    def expects(self) -> tuple[SignalName, ...]:
        """Return the signals held against the answer."""
        return expected_by(self.question)

    @property
    def duration_s(self) -> float | None:
        """Return the time from the first word to the last without others' turns, None for text."""
        return _spoken_s(self.transcript, self.asides)


class NotAnalysed(msgspec.Struct, frozen=True, kw_only=True):
    """An answer that was recorded and is not in the report.

    recording: its place in the session's folder. reason: why, in words for people; empty where nobody listened yet.
    """

    question: str
    take: int
    recording: str
    reason: str = ""


class SessionInfo(msgspec.Struct, frozen=True, kw_only=True):
    """What kind of session it was.

    skipped: ids of questions without an answer. not_analysed: `voicemock resume` listens to them again.
    """

    id: str
    title: str
    started_at: str
    question_set: str | None = None
    voice: str | None = None
    skipped: tuple[str, ...] = ()
    not_analysed: tuple[NotAnalysed, ...] = ()


class NextStep(msgspec.Struct, frozen=True, kw_only=True):
    """One of the three things to change next time, and the finding it comes from.

    answer: its place in ``SessionReport.answers``, from 0.
    """

    text: str
    check: str
    answer: int


class SessionReport(msgspec.Struct, frozen=True, kw_only=True):
    """A report: one or more answers."""

    schema_version: int
    voicemock: str
    answers: tuple[AnswerReport, ...]
    session: SessionInfo | None = None
    next_steps: tuple[NextStep, ...] = ()


def expected_by(question: Question | None) -> tuple[SignalName, ...]:
    """Return the signals a question asks for, or the core ones where the question is not known."""
    return question.expects if question else CORE_SIGNALS


def _spoken_s(transcript: Transcript, asides: tuple[Aside, ...]) -> float | None:
    """Return the time from the first word to the last; where somebody else spoke in between, that does not count."""
    whole_s = transcript.duration_s
    if whole_s is None or not asides:
        return whole_s
    words = transcript.words
    after = {bisect.bisect_right(words, aside.start_s, key=lambda word: word.start_s or 0.0) for aside in asides}
    between = [(words[at - 1].end_s, words[at].start_s) for at in after if 0 < at < len(words)]
    return whole_s - sum(start - end for end, start in between if end is not None and start is not None)
