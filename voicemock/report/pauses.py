"""The long pauses of an answer, to be marked among its words."""

__all__ = ["long_pauses", "shown"]

import itertools

from voicemock.checks.long_pauses import LONG
from voicemock.schema import AnswerReport, Pause


def long_pauses(answer: AnswerReport) -> tuple[Pause, ...]:
    """Return the silences a listener notices, in order; the time somebody else speaks is not one."""
    pauses = answer.prosody.pauses if answer.prosody else _between_words(answer)
    return tuple(pause for pause in pauses if pause.end_s - pause.start_s >= LONG.value)


def shown(pause: Pause) -> str:
    """Show a pause as (3.2 s)."""
    return f"({pause.end_s - pause.start_s:.1f} s)"


def _between_words(answer: AnswerReport) -> tuple[Pause, ...]:
    """Return the time between words and turns, where the sound was not measured."""
    times = [(word.start_s, word.end_s) for word in answer.transcript.words]
    times += [(aside.start_s, aside.end_s) for aside in answer.asides]
    known = sorted((start_s, end_s) for start_s, end_s in times if start_s is not None and end_s is not None)
    ends = itertools.accumulate((end_s for _, end_s in known), max)
    return tuple(
        Pause(start_s=end_s, end_s=start_s)
        for end_s, (start_s, _) in zip(ends, known[1:], strict=False)
        if start_s > end_s
    )
