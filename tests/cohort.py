"""A made-up cohort: rows as a batch would have them, without a recording."""

import random

from voicemock.batch.row import Row
from voicemock.schema import SignalName

NAMES = (
    "Anna Berg",
    "Ben Okafor",
    "Chloé Dubois",
    "Dmitri Volkov",
    "Eun-ji Park",
    "Farah Aziz",
    "Gustav Lind",
    "Hana Sato",
)
QUESTIONS = (
    ("missed-deadline", "Tell me about a time a project was delivered late."),
    ("conflict", "Tell me about a conflict with a peer, and how you settled it."),
)
EXPECTED = {
    "missed-deadline": (SignalName.SITUATION, SignalName.ACTION, SignalName.METRIC, SignalName.REFLECTION),
    "conflict": (SignalName.ACTION, SignalName.RESULT, SignalName.EMPATHY, SignalName.SHARED_GOAL),
}


def row(path: str = "a.wav", **values) -> Row:
    return Row(**{"path": path, "sha256": "abc", "hearing": "h", "reading": "r"} | values)


def cohort(count: int = 40) -> list[Row]:
    """Return so many rows, the same ones every time; every twelfth could not be analysed."""
    return [_one(number, random.Random(number)) for number in range(count)]


def _one(number: int, chance: random.Random) -> Row:
    who, (question_id, question) = NAMES[number % len(NAMES)], QUESTIONS[number % len(QUESTIONS)]
    expected = EXPECTED[question_id]
    known = {
        "path": f"recordings/{who.split()[0].lower()}/answer-{number:03}.m4a",
        "candidate": who,
        "date": f"2026-11-{number % 28 + 1:02}",
        "question_id": question_id,
        "question": question,
        "sha256": f"{chance.getrandbits(256):064x}",
    }
    if number % 12 == 11:
        return row(**known, error=f"{known['path']}: no speech found.")
    length_s, pauses = chance.lognormvariate(4.6, 0.45), round(chance.lognormvariate(1.1, 0.7), 1)
    signals = {name: heard for name in expected if (heard := chance.choice((True, True, False, None))) is not None}
    checks = (pauses > 5 and "fillers", length_s < 60 and "length", chance.random() < 0.3 and "hedging")
    missing = SignalName.METRIC in expected and signals.get(SignalName.METRIC) is False and "missing_metric"
    return row(
        **known,
        report=f"reports/answer-{number:03}/report.html",
        expected=tuple(name.value for name in expected),
        target_min_s=60.0,
        target_max_s=150.0,
        duration_s=length_s + 3,
        words=round(length_s * 2.3),
        speech_rate_wpm=round(chance.gauss(140, 20), 1),
        filled_pauses_per_min=None if chance.random() < 0.1 else pauses,
        i_share=round(chance.uniform(0.1, 0.95), 2),
        metric=signals.get(SignalName.METRIC),
        signals=signals,
        measures={"length": round(length_s, 2)},
        findings=tuple(check for check in (*checks, missing) if check),
        quality="poor" if chance.random() < 0.1 else "ok",
    )
