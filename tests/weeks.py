"""Weeks of practice for tests: rows as the history has them, with trends and noise planted by a seed."""

import datetime
import math
from collections.abc import Sequence

import numpy as np

from voicemock.archive.practised import Practised
from voicemock.reading.amounts import words_and_amounts
from voicemock.schema import Kind, Question, SessionInfo, SignalName

ASKED = (
    SignalName.SITUATION,
    SignalName.ACTION,
    SignalName.RESULT,
    SignalName.METRIC,
    SignalName.TRADEOFF,
    SignalName.RATIONALE,
    SignalName.REFLECTION,
)
COMPETENCIES = ("conflict", "delivery", "coaching", "strategy", "hiring", "incidents")
START = datetime.datetime(2026, 10, 19, 19, 30, tzinfo=datetime.UTC)
WEEKS, SESSIONS, ANSWERS = 6, 40, 4

FALL = (8.0, 4.0)
"""Filled pauses a minute, at the first session and at the last."""
RISE = (0.25, 0.85)
"""Share of answers with a metric."""
MOOD = 0.2
"""Standard deviation of a session's own factor on everything counted, as a share: good days and bad days."""


def questions() -> tuple[Question, ...]:
    return tuple(
        Question(
            id=f"q{n}",
            text=f"Question {n}?",
            kind=Kind.BEHAVIOURAL,
            competencies=(COMPETENCIES[n % 6], COMPETENCIES[(n + 2) % 6]),
            expects=(SignalName.METRIC, *ASKED[: 3 + n % 2], ASKED[4 + n % 3]),
        )
        for n in range(24)
    )


def row(session: SessionInfo, question: Question | None, **fields: object) -> Practised:
    found = {
        "take": 1,
        "place": 1,
        "replaced": False,
        "follows": None,
        "said": "so we moved it .",
        "model": "tiny.en",
        **fields,
    }
    return Practised(session=session, question=question, **found)


def session(number: int, *, of: int = SESSIONS, **fields: str | None) -> SessionInfo:
    at = START + datetime.timedelta(days=round(number * WEEKS * 7 / of), minutes=7 * number)
    found = {"title": "Core", "question_set": "em_core", **fields}
    return SessionInfo(id=f"{at:%Y-%m-%dT%H-%M-%S}-{number}", started_at=at.isoformat(), **found)


def weeks(seed: int, *, planted: bool = True, sessions: int = SESSIONS, resemble: float = 0.0) -> tuple[Practised, ...]:
    """Return six weeks of practice: fillers fall and metrics rise if planted; all else is noise, as it is if not.

    resemble: the correlation of a session's mood with that of the one before.
    """
    noise = np.random.default_rng(seed)
    asked = questions()
    rows = []
    feeling = noise.normal()
    for number in range(sessions):
        on = number / max(1, sessions - 1) if planted else 0.5
        mood = math.exp(MOOD * feeling)
        feeling = resemble * feeling + math.sqrt(1 - resemble**2) * noise.normal()
        info = session(number, of=sessions)
        for question in noise.choice(len(asked), ANSWERS, replace=False):
            rows.append(_answer(noise, info, asked[question], on=on, mood=mood))
    return tuple(rows)


def _answer(noise: np.random.Generator, info: SessionInfo, question: Question, *, on: float, mood: float) -> Practised:
    length_s = float(np.clip(noise.normal(125, 35), 30, 260))
    minutes = length_s / 60
    fillers = FALL[0] + on * (FALL[1] - FALL[0])
    heard = dict.fromkeys(question.expects, 0.6) | {SignalName.METRIC: RISE[0] + on * (RISE[1] - RISE[0])}
    words = int(minutes * noise.normal(150, 16))
    measures = {
        "filled_pauses_per_min": noise.poisson(fillers * mood * minutes) / minutes,
        "crutch_words": float(noise.poisson(2.0 * mood * minutes)),
        "long_pauses": float(noise.poisson(0.9 * minutes)),
        "hedges": 100 * noise.poisson(1.5 * mood * words / 100) / words,
        "speech_rate": noise.normal(162, 14),
        "length": length_s,
        "i_share": float(np.clip(noise.normal(0.45, 0.15), 0, 1)),
    }
    return row(
        info,
        question,
        measures={name: round(float(value), 2) for name, value in measures.items()},
        expected={n: None if noise.random() < 0.2 else bool(noise.random() < p) for n, p in heard.items()},
        crutches={"like": int(measures["crutch_words"])},
        words=words,
        duration_s=length_s + 2,
    )


def said(text: str, on: Sequence[int], *, question: Question | None = None) -> tuple[Practised, ...]:
    """Return a row for each session named, in which the same is said."""
    words, amounts = words_and_amounts(text)
    return tuple(
        row(session(number), question, said=words, amounts=amounts, measures={"length": 60.0}) for number in on
    )
