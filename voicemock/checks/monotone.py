"""A voice that stays on one note.

What it does. Measures how far the pitch of the voice (F0) spreads around its median, in semitones.
Why it matters. Pitch marks what matters. On one note, the result sounds like the setting.
Example. A spread of 1.2 semitones over two minutes.
Better. Let the voice rise on the decision and fall on the result; stand up while you speak.
Source. Hincks 2005, doi 10.21437/Interspeech.2005-353: ratings of liveliness go with the normalised spread of F0.
The cut-off is a voicemock default, unvalidated; compare with your own earlier answers rather than with other people's.
"""

from voicemock.checks._base import DEFAULT, Limit, Verdict, finding_on, judge, not_assessed
from voicemock.schema import Answer, Measure, Severity, Status

__all__ = ["check"]

FLAT = Limit(1.5, DEFAULT)


def check(answer: Answer) -> Verdict:
    """Judge the spread of the voice's pitch."""
    if answer.prosody is None:
        return Verdict()
    spread = answer.prosody.f0_sd_semitones
    if spread is None:
        return Verdict(measures={"pitch_spread": not_assessed("semitones", source=FLAT.source)})
    flat = spread < FLAT.value
    measure = Measure(
        value=round(spread, 2),
        unit="semitones",
        status=Status.WATCH if flat else Status.GOOD,
        limit=f"at least {FLAT.value:g}",
        source=FLAT.source,
    )
    message = "Your voice stayed near one note. Let it rise on the decision and fall on the result." if flat else ""
    measured = f"{spread:.1f} semitones"
    finding = finding_on(measure, check="monotone", message=message, measured=measured, severity=Severity.INFO)
    return judge("pitch_spread", measure, finding)
