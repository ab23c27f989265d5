"""A question answered in several sessions, on disk with a sweep as its sound, for the page of takes side by side."""

import wave
from functools import cache
from pathlib import Path

import numpy as np

from tests.builders import spoken
from tests.practised import begun, killed
from voicemock.analyze import analyze
from voicemock.archive.progress import Ended
from voicemock.schema import AnswerReport, Kind, Question, SignalName

RATE = 16_000
LOW_HZ, HIGH_HZ = 300.0, 5300.0
"""The sweep played to the browser: its frequency tells the time."""

MOVE = Question(
    id="big-move",
    text="Tell me about a migration you led.",
    kind=Kind.BEHAVIOURAL,
    expects=(SignalName.ACTION, SignalName.METRIC, SignalName.TRADEOFF),
)
TELLINGS = (
    "Um, last spring our billing ran on one old machine. I moved it to a new cluster over one weekend in March, and "
    "uh nobody noticed that anything had happened at all. We gave up a feature for a month to do it.",
    "Last spring our billing ran on one old machine and we lost money with every outage. I moved it to a new cluster "
    "over one weekend in March. The error rate went from four percent to nearly zero. It was tiring, and I would do it "
    "again.",
    "Our billing broke once a week. I decided to move it, and I gave up a feature that sales wanted for a month, "
    "because each outage cost us more. The error rate went from four percent to nearly zero in six weeks.",
)
LASTS_S = 24.0


def record(path: Path, duration_s: float) -> None:
    """Write a sweep from LOW_HZ to HIGH_HZ."""
    t = np.arange(int(duration_s * RATE)) / RATE
    sweep = 0.3 * np.sin(2 * np.pi * (LOW_HZ * t + (HIGH_HZ - LOW_HZ) / (2 * duration_s) * t * t))
    path.parent.mkdir(parents=True, exist_ok=True)
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, RATE, 0, "NONE", ""))
        file.writeframes((sweep * 32767).astype("<i2").tobytes())


@cache
def told(text: str, lasts_s: float = LASTS_S) -> AnswerReport:
    """Return what is found in an answer to it."""
    return analyze(spoken(text, question=MOVE, lasts_s=lasts_s))


def retold(*tellings: str, lasts_s: float = LASTS_S) -> list[Path]:
    """Answer it once a session, and return the sessions' folders."""
    folders = []
    for text in tellings or TELLINGS:
        store = begun(questions=(MOVE,))
        store.ask(1, MOVE)
        take = store.begin()
        record(store.path(take), lasts_s)
        store.save(store.path(store.end(take, Ended.ANSWERED)), told(text, lasts_s))
        folders.append(killed(store))
    return folders
