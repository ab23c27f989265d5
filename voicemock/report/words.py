"""How a report says things: numbers, and names for what the schema calls by a key."""

__all__ = [
    "CERTAINTY",
    "SEVERITY",
    "STATUS",
    "clock",
    "counted",
    "disagreed",
    "model_note",
    "name_of",
    "nothing_stood_out",
    "points_missing",
    "points_said",
    "spelled",
    "target",
    "undecided",
    "value_of",
    "what_helps",
]

from collections.abc import Sequence

from voicemock.coaching.standing import standings
from voicemock.phrases import clock, good_length, plural, singular, spelled
from voicemock.schema import AnswerReport, Certainty, Measure, Question, QuietCheck, Severity, Status
from voicemock.signals import signals

STATUS = {
    Status.GOOD: "Good",
    Status.FINE: "Fine",
    Status.WATCH: "Watch",
    Status.PROBLEM: "Needs work",
    Status.INFO: "Noted",
    Status.NOT_ASSESSED: "Not assessed",
}
SEVERITY = {Severity.PROBLEM: "Needs work", Severity.WATCH: "Watch", Severity.INFO: "Good to know"}
CERTAINTY = {Certainty.CONFIRMED: "confirmed", Certainty.POSSIBLE: "possible"}
NAMES: dict[str, str] = {
    **{key.value: spoken.name for key, spoken in signals().items()},
    "missing_tradeoff": "Missing trade-off",
    "i_share": "Share of I among I and we",
    "i_vs_we": "I and we",
    "filled_pauses_per_min": "Filled pauses a minute",
    "speech_rate": "Pace",
}


def target(question: Question) -> str:
    """Show the good length of an answer: 1:00–2:30."""
    return good_length(*question.target_s)


def name_of(key: str) -> str:
    """Return the name people read for a signal, a measure, a check or a kind of question."""
    return NAMES.get(key) or key.replace("_", " ").capitalize()


def value_of(measure: Measure) -> str:
    """Show a measure's value with its unit; a dash if it was not assessed."""
    if measure.value is None:
        return "–"
    if measure.unit == "s":
        return clock(measure.value) if measure.value >= 60 else f"{measure.value:.3g} s"
    if measure.unit.startswith("share"):
        return f"{measure.value:.0%}"
    unit = singular(measure.unit) if measure.value == 1 else measure.unit
    return f"{measure.value:,.6g} {unit}".rstrip()


def counted(answers: Sequence[AnswerReport]) -> list[str]:
    """Show how many answers a session has and how long they are: the same in its report and in a list."""
    standing = standings(answers)
    replaced = sum(s.replaced_by is not None for s in standing)
    probes = sum(s.replaced_by is None and s.follows is not None for s in standing)
    spoken_s = sum(answer.duration_s or 0.0 for answer in answers)
    return [
        plural(len(answers) - replaced - probes, "answer"),
        *([plural(probes, "follow-up")] if probes else []),
        *([plural(replaced, "earlier take")] if replaced else []),
        *([f"{clock(spoken_s)} spoken"] if spoken_s else []),
    ]


def model_note(models: tuple[str, ...]) -> str:
    """Say which models listened, and where a small one did, that a larger one hears better."""
    heard = [model for model in models if model != "text"]
    if not heard:
        return ""
    note = f"Transcribed on this machine by Whisper {' and '.join(heard)}."
    if any("tiny" in model for model in heard):
        note += " That is the small fallback; base.en or larger hears better."
    return note


def undecided(answer: AnswerReport) -> str:
    """Return what to do where a signal could not be told: a person can."""
    return f"{'listen' if answer.recording else 'read it'} and judge for yourself"


def points_said(answer: AnswerReport) -> tuple[str, ...]:
    """Return what to say of an explanation's points, and of words its listener would not know: gently, as a list."""
    heard = [point.name for point in answer.points if point.heard]
    lines = []
    if answer.points:
        named = f": {'; '.join(heard)}" if heard else ""
        lines.append(f"Points: heard {len(heard)} of {len(answer.points)}{named}.")
    lines += points_missing(answer)
    if answer.jargon:
        words = ", ".join(f'"{evidence.quote}"' for evidence in answer.jargon)
        lines.append(f"Words this listener may not know: {words}.")
    return tuple(lines)


def points_missing(answer: AnswerReport) -> tuple[str, ...]:
    """Return what to say of the points of an explanation that were not heard, if there are any."""
    missing = [point.name for point in answer.points if not point.heard]
    return (f"Points people expect here, not heard in these words: {'; '.join(missing)}.",) if missing else ()


def nothing_stood_out(*answers: AnswerReport, other: bool = False) -> str:
    """Return what to say if there is no finding; silence about an answer does not praise it. other: one is quiet."""
    if not any(answer.transcript.words for answer in answers):
        return "No words were heard"
    if not any(answer.signals or answer.measures for answer in answers):  # as after a warm-up
        return "Nothing was judged"
    judged = any(signal.present is not None for answer in answers for signal in answer.signals.values())
    if other:
        return "Nothing else stood out to change"
    return "Nothing stood out to change" if judged else "Too little was said to judge"


def what_helps(*answers: AnswerReport) -> str:
    """Return what to do where there is no finding; empty where nothing was to be found."""
    if not any(answer.transcript.words for answer in answers):
        return "Check the microphone, then try once more."
    judged = any(answer.signals or answer.measures for answer in answers)
    return "A longer answer, or a harder question, shows more." if judged else ""


def disagreed(quiet: Sequence[QuietCheck], check: str) -> str:
    """Say why a check is quiet."""
    return next((f"you disagreed {one.wrong} of {one.judged} times" for one in quiet if one.check == check), "")
