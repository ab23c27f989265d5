"""An answer's figures as one row: the columns a batch's table and a history share."""

__all__ = ["Figures", "figures_of"]

import msgspec

from voicemock.schema import AnswerReport, Certainty, FillerKind, SignalName


class Figures(msgspec.Struct, frozen=True, kw_only=True):
    """What can be counted in an answer; ``docs/batch.md`` describes each.

    None if it was not assessed, or could not be told.
    """

    duration_s: float | None = None
    words: int | None = None
    speech_rate_wpm: float | None = None
    filled_pauses: int | None = None
    filled_pauses_confirmed: int | None = None
    filled_pauses_per_min: float | None = None
    crutch_words: int | None = None
    i_count: int | None = None
    we_count: int | None = None
    i_share: float | None = None
    long_pauses: int | None = None
    metric: bool | None = None
    tradeoff: bool | None = None
    findings: tuple[str, ...] = ()
    quality: str = ""
    notes: tuple[str, ...] = ()


def figures_of(answer: AnswerReport) -> Figures:
    """Take the figures from an answer's report."""
    pauses = [f for f in answer.fillers if f.kind is FillerKind.FILLED_PAUSE]

    def measure(name: str) -> float | None:
        found = answer.measures.get(name)
        return found.value if found else None

    def count(name: str) -> int | None:
        value = measure(name)
        return None if value is None else int(value)

    def present(name: SignalName) -> bool | None:
        found = answer.signals.get(name)
        return found.present if found else None

    return Figures(
        duration_s=answer.recording.duration_s if answer.recording else None,
        words=len(answer.transcript.words),
        speech_rate_wpm=measure("speech_rate"),
        filled_pauses=len(pauses),
        filled_pauses_confirmed=sum(f.certainty is Certainty.CONFIRMED for f in pauses),
        filled_pauses_per_min=measure("filled_pauses_per_min"),
        crutch_words=count("crutch_words"),
        i_count=len(answer.pronouns.i),
        we_count=len(answer.pronouns.we),
        i_share=answer.pronouns.i_share,
        long_pauses=count("long_pauses"),
        metric=present(SignalName.METRIC),
        tradeoff=present(SignalName.TRADEOFF),
        findings=tuple(dict.fromkeys(finding.check for finding in answer.findings)),
        quality=answer.recording.quality if answer.recording else "",
        notes=answer.notes,
    )
