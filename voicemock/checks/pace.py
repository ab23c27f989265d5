"""Speaking much faster or slower than listeners can follow with ease.

What it does. Counts words a minute from the first word to the last, pauses included.
Why it matters. Above 185 words a minute an interviewer who takes notes falls behind; below 100 the answer drags.
Example. 204 words a minute, because the nerves are talking.
Better. 120 to 165. Breathe where a full stop would be.
Source. Microsoft Speaker Coach (100–165 words a minute); Tauroza & Allison 1990, Speech rates in British English.
"""

from voicemock.checks._base import Limit, Verdict, finding_on, judge, not_assessed
from voicemock.schema import Answer, Measure, Status

__all__ = ["check"]

SOURCE = "Microsoft Speaker Coach; Tauroza & Allison 1990"
SLOW = Limit(100.0, SOURCE)
FINE_LOW = Limit(120.0, SOURCE)
FINE_HIGH = Limit(165.0, SOURCE)
FAST = Limit(185.0, SOURCE)


def check(answer: Answer) -> Verdict:
    """Judge how fast one answer was spoken."""
    if answer.prosody is None:
        return Verdict()
    rate_wpm = answer.prosody.speech_rate_wpm
    if rate_wpm is None:
        return Verdict(measures={"speech_rate": not_assessed("words/min", source=SOURCE)})
    message = ""
    if rate_wpm > FAST.value:
        message = f"{rate_wpm:.0f} words a minute is fast. Stop for one breath after each point."
    elif rate_wpm < SLOW.value:
        message = f"{rate_wpm:.0f} words a minute is slow. Know your next point before you finish this one."
    fine = FINE_LOW.value <= rate_wpm <= FINE_HIGH.value
    measure = Measure(
        value=round(rate_wpm, 1),
        unit="words/min",
        status=Status.WATCH if message else Status.GOOD if fine else Status.FINE,
        limit=f"{FINE_LOW.value:.0f}–{FINE_HIGH.value:.0f}",
        source=SOURCE,
    )
    finding = finding_on(measure, check="pace", message=message, measured=f"{rate_wpm:.0f} words/min")
    return judge("speech_rate", measure, finding)
