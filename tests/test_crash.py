"""Killed without warning at random moments, a session is taken up again with everything that was said."""

import contextlib
import json
import os
import random
import signal
import subprocess
import sys
import time
import wave
from collections.abc import Iterator
from pathlib import Path

import msgspec
import numpy as np
import pytest

from tests.crash_child import BLOCK_S, LISTENS_S, said
from tests.practised import QUESTIONS
from tests.sounds import RATE_HZ
from voicemock.archive.listing import State, list_sessions
from voicemock.archive.progress import read_progress
from voicemock.archive.resume import open_session
from voicemock.paths import sessions_dir
from voicemock.report import from_json
from voicemock.schema import AnswerReport

KILLS = 20
MOMENTS = {
    "given": BLOCK_S,  # while recording
    "end": LISTENS_S,  # while listening back
    "writes": 0.01,  # while writing
}
"""What is waited for before a kill, and up to how many seconds longer."""
OCCURRENCES = {"given": 50, "end": 2, "writes": 8}


class Truth(msgspec.Struct):
    """What a child said it did in one session, over all its lives."""

    begun: list[str] = []
    given: dict[str, int] = {}
    ended: list[str] = []
    saved: list[str] = []
    over: bool = False

    def add(self, event: list[object]) -> None:
        match event:
            case ["begin", str(file)]:
                self.begun.append(file)
            case ["given", str(file), int(samples)]:
                self.given[file] = samples
            case ["end", str(file)]:
                self.ended.append(file)
            case ["save", str(file)]:
                self.saved.append(file)
            case ["over", _]:
                self.over = True


class Lives:
    """Lives of sessions, one after the other; a context manager."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.crash_child"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=Path(__file__).parent.parent,
        )
        assert self._process.stdin
        assert self._process.stdout
        self._start, self._told = self._process.stdin, self._process.stdout

    def __enter__(self) -> "Lives":
        return self

    def __exit__(self, *_: object) -> None:
        self._start.close()
        self._told.close()
        self._process.wait(30)

    def events(self) -> Iterator[list[object]]:
        """Begin one life, and yield what it does, to its end."""
        self._start.write(b"\n")
        self._start.flush()
        for line in self._told:
            event = json.loads(line)
            yield event
            if event[0] == "end of life":
                return
        pytest.fail("whose lives these are is dead itself")

    def live(self, sessions: dict[str, Truth], *, until: tuple[str, int, float] | None = None) -> str | None:
        """Let a session live, and kill it some seconds after the n-th event of a kind.

        Returns the session's id, None if it did not live to have one.
        """
        name, pid, seen, code = None, 0, 0, None
        for event in self.events():
            if event[0] == "life":
                pid = int(str(event[1]))
            if event[0] == "end of life":
                code = event[1]
            if event[0] == "ready":
                name = str(event[1])
            if name:
                sessions.setdefault(name, Truth()).add(event)
            if until and event[0] == until[0]:
                seen += 1
                if seen == until[1]:
                    time.sleep(until[2])
                    with contextlib.suppress(ProcessLookupError):  # it was quicker
                        os.kill(pid, signal.SIGKILL)
        over = bool(name and sessions[name].over)
        assert code in ((0, -signal.SIGKILL) if over else (-signal.SIGKILL,))  # killed on its way out is over too
        return name


def on_disk(recording: Path) -> np.ndarray:
    with wave.open(str(recording)) as file:
        return np.frombuffer(file.readframes(file.getnframes()), np.int16)


def state(folder: Path) -> tuple[list[str], list[str], list[int]]:
    """Return what a resumed session finds: takes reported, takes to be listened to, questions to be asked."""
    if read_progress(folder).finished:  # killed after its last write
        report = from_json((folder / "session.json").read_bytes())
        return [answer.recording.path for answer in report.answers if answer.recording], [], []
    store = open_session(folder, tell=lambda text: None)
    try:
        answers = [answer.recording.path for answer in store.answers if answer.recording]
        return answers, [take.file for take in store.waiting], [step.number for step in store.progress.remaining]
    finally:
        store.close()


def check(folder: Path, truth: Truth) -> int:
    """Compare what is on disk with what was done; return how many samples given are missing."""
    answers, waiting, remaining = state(folder)
    missing, complete = 0, set()
    for file in truth.begun:
        samples = on_disk(folder / file) if (folder / file).exists() else np.zeros(0, np.int16)
        assert np.array_equal(samples, said(file)[: len(samples)]), "not what was said"
        lost = truth.given.get(file, 0) - len(samples)
        missing = max(missing, lost)
        if len(samples) == len(said(file)):
            complete.add(int(file[:2]))
        if file in truth.ended:
            assert lost <= 0, "an answer that was complete is cut off"
        if len(samples):
            assert (file in answers) + (file in waiting) == 1, f"{file} is lost to the report"
    assert set(truth.saved) <= set(answers), "an answer listened to is lost"
    assert sorted(answers) == answers
    first = remaining[0] if remaining else len(QUESTIONS) + 1
    assert remaining == list(range(first, len(QUESTIONS) + 1))
    # That an answer was complete may have reached the disk and not the pipe.
    assert {int(file[:2]) for file in truth.ended} <= set(range(1, first)) <= complete
    for path in folder.rglob("*.json"):
        if path.name == "session.json":
            from_json(path.read_bytes())
        elif path.name.startswith("take"):
            msgspec.json.decode(path.read_bytes(), type=AnswerReport)
    return missing


@pytest.mark.skipif(not hasattr(os, "fork"), reason="lives are forked")
def test_a_session_outlives_twenty_kills():
    chance = random.Random(1)
    sessions: dict[str, Truth] = {}
    kills = missing = 0
    with Lives() as lives:
        while kills < KILLS:
            kind = chance.choice(list(MOMENTS))
            until = (kind, chance.randint(1, OCCURRENCES[kind]), chance.uniform(0, MOMENTS[kind]))
            name = lives.live(sessions, until=until)
            kills += not (name and sessions[name].over)
            if name:
                missing = max(missing, check(sessions_dir() / name, sessions[name]))
        while any(listed.state is State.UNFINISHED for listed in list_sessions()):
            lives.live(sessions)
    for name, truth in sessions.items():
        assert read_progress(sessions_dir() / name).answered == len(QUESTIONS)
        check(sessions_dir() / name, truth)
        assert not list((sessions_dir() / name).rglob(".*.json.*"))
    print(f"{kills} kills, {len(sessions)} sessions, at most {missing / RATE_HZ:.3f} s missing")
    assert missing <= RATE_HZ
