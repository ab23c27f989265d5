"""A session to be killed: the real interview, recorder and store, a microphone that gives noise, an ear that is fast.

Each line on standard input starts a life, forked from one process that has imported everything. It tells on standard
output, a JSON list a line, what it has done and what it is about to write: what reached the pipe outlives the process.
"""

import functools
import json
import os
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from rich.console import Console

from tests.builders import spoken
from tests.practised import QUESTIONS
from tests.sounds import RATE_HZ, noise
from voicemock.analyze import analyze, assemble
from voicemock.archive import store as store_module
from voicemock.archive.listing import State, list_sessions
from voicemock.archive.progress import Take
from voicemock.archive.resume import open_session
from voicemock.archive.store import Store, new_session
from voicemock.audio.load import AudioFile
from voicemock.audio.record import Block, OnBlock, Recorder, SourceEnd
from voicemock.cli.orderly_end import orderly_end
from voicemock.cli.screen import PlainScreen
from voicemock.demo.samples import Unattended
from voicemock.interview.interview import Interview
from voicemock.interview.stage import Room
from voicemock.report.write import write_report
from voicemock.schema import AnswerReport, Question

BLOCK_S = 0.032
ANSWER_S = 1.0
SPEED = 4.0
LISTENS_S = 0.15


def said(file: str) -> np.ndarray:
    """Return what is spoken into a take: no two takes alike, so that a mix-up shows."""
    samples = noise(ANSWER_S, seed=sum(file.encode()))
    return (samples * 32767).astype(np.int16)


def log(*event: object) -> None:
    os.write(1, json.dumps(event).encode() + b"\n")


class Speech:
    """Gives an answer block by block, four times as fast as one speaks, and logs how much of it."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._stopped = threading.Event()
        self._thread: threading.Thread

    def start(self, put: Callable[[Block | SourceEnd], None]) -> int:
        self._thread = threading.Thread(target=self._run, args=(put,), daemon=True)
        self._thread.start()
        return RATE_HZ

    def stop(self) -> None:
        self._stopped.set()
        self._thread.join()

    def _run(self, put: Callable[[Block | SourceEnd], None]) -> None:
        size, given, due = round(BLOCK_S * RATE_HZ), 0, time.monotonic()
        samples = said(self._file)
        for start in range(0, len(samples), size):
            due += BLOCK_S / SPEED
            if self._stopped.wait(max(0.0, due - time.monotonic())):
                return
            block = samples[start : start + size]
            put(Block(block.tobytes()))
            given += len(block)
            log("given", self._file, given)
        put(SourceEnd())


class Microphone:
    """Gives every take words of its own."""

    name = "noise"

    def record(self, path: Path, *, on_block: OnBlock | None = None) -> Recorder:
        return Recorder(path, Speech(f"{path.parent.name}/{path.name}"), on_block=on_block)


class Ear:
    """Takes its time to report on a recording that must be readable."""

    partial, filled_pauses = "", 0

    def begin(self) -> None:
        pass

    def feed(self, block: np.ndarray) -> None:
        pass

    def abandon(self) -> None:
        pass

    def finish(self, recording: Path, question: Question, take: int) -> AnswerReport:
        time.sleep(LISTENS_S)
        assert sum(map(len, AudioFile(recording).blocks()))
        return analyze(spoken("So we moved it.", question=question), take=take)

    analyse = finish


class Silent:
    """An interviewer without a voice."""

    def prepare(self, text: str) -> None:
        pass

    def say(self, text: str) -> None:
        pass


def hold(store: Store) -> None:
    """Hold the interview, with nobody at the keyboard."""
    room = Room(Microphone, Silent(), Ear(), Unattended(), PlainScreen(Console(file=sys.stderr)))
    Interview(store, room, pause=False).run()


def logged(name: str) -> None:
    """Have one of the store's methods tell when it is done."""
    method = getattr(Store, name)

    @functools.wraps(method)
    def wrapper(self: Store, *arguments: Any, **options: Any) -> Any:
        result = method(self, *arguments, **options)
        what = result if isinstance(result, Take) else arguments[0] if arguments else ""
        file = what.file if isinstance(what, Take) else what.relative_to(self.folder).as_posix()
        log(name, file)
        return result

    setattr(Store, name, wrapper)


def watch() -> None:
    """Have the store tell what it has done, and what it is about to write."""
    for name in ("begin", "end", "save"):
        logged(name)
    write, write_report = store_module.write_whole, store_module.write_report
    store_module.write_whole = lambda path, content: (log("writes", path.name), write(path, content))[1]
    store_module.write_report = lambda report, folder: (log("writes", "report"), write_report(report, folder))[1]


def live() -> None:
    """Begin a session or take up one that is unfinished, and hold it to its end."""
    unfinished = [listed for listed in list_sessions() if listed.state is State.UNFINISHED]
    if unfinished:
        store = open_session(unfinished[0].folder, tell=lambda text: print(text, file=sys.stderr))
    else:
        store = new_session(title="Crash", questions=QUESTIONS)
    log("ready", store.folder.name)
    with orderly_end():
        hold(store)
    log("over", store.folder.name)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:  # everything is loaded before the first life
        write_report(assemble([analyze(spoken("So we moved it."))]), Path(folder))
    watch()
    for _ in sys.stdin:
        child = os.fork()
        if not child:
            log("life", os.getpid())
            live()
            os._exit(0)
        _, status = os.waitpid(child, 0)
        log("end of life", os.waitstatus_to_exitcode(status))


if __name__ == "__main__":
    main()
