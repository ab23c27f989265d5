"""How long a history of a thousand sessions takes: read for the first time, read again, after a deletion, told, drawn.

    python benchmarks/history.py --sessions 1000 --answers 4

The answers are labelled ones of tests/answers, as if spoken in two and a half minutes, analysed once each. The sessions
lie in a folder of their own that is deleted at the end; the first reading finds their files in the system's cache.
"""

import argparse
import datetime
import json
import os
import re
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec

from tests.builders import spoken
from voicemock.analyze import analyze, assemble
from voicemock.archive.history import history
from voicemock.archive.listing import delete_session, find_session
from voicemock.archive.progress import Ended, Progress, Step, Take
from voicemock.paths import private_dir, sessions_dir
from voicemock.progress.page import render_progress
from voicemock.progress.summary import progress_of
from voicemock.questions.sets import load_set
from voicemock.report import to_json
from voicemock.schema import AnswerReport, SessionInfo

ANSWERS = Path(__file__).parent.parent / "tests" / "answers" / "dev.jsonl"
MARKS = re.compile(r"\[\[[a-z]+:|\]\]")
TODAY = datetime.date(2026, 12, 1)
LAST = datetime.datetime(2026, 11, 30, tzinfo=datetime.UTC)


def answers() -> Iterator[AnswerReport]:
    """Yield an answer to each question of a set."""
    texts = [MARKS.sub("", json.loads(line)["marked"]) for line in ANSWERS.read_text(encoding="utf-8").splitlines()]
    for text, question in zip(texts, load_set("em_core").questions, strict=False):
        yield analyze(spoken(text, lasts_s=150.0, question=question, speech_rate_wpm=150.0))


def write_session(at: datetime.datetime, given: list[AnswerReport]) -> SessionInfo:
    """Write a session that was held then and is over, as far as a history reads it; return what it is called."""
    info = SessionInfo(
        id=f"{at:%Y-%m-%dT%H-%M-%S}-em-core",
        title="Core",
        started_at=at.isoformat(),
        question_set="em_core",
    )
    folder = private_dir(sessions_dir() / info.id)
    steps = [Step(number=n, question=a.question) for n, a in enumerate(given, 1) if a.question]
    takes = tuple(Take(step=step, take=1, ended=Ended.ANSWERED) for step in steps)
    progress = Progress(session=info, questions=tuple(s.question for s in steps), takes=takes, finished=True)
    (folder / "progress.json").write_bytes(msgspec.json.encode(progress))
    (folder / "session.json").write_bytes(to_json(assemble(given, session=info)))
    return info


def timed(what: str, work: Callable[[], Any]) -> Any:
    """Do something once, and print how long it took, by the clock and by the processor."""
    began, used = time.perf_counter(), time.process_time()
    done = work()
    used, began = time.process_time() - used, time.perf_counter() - began
    print(f"| {what} | {began:.2f} s | {used:.2f} s |")
    return done


def main() -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sessions", type=int, default=1000)
    parser.add_argument("--answers", type=int, default=4)
    options = parser.parse_args()
    given = list(answers())
    with tempfile.TemporaryDirectory(prefix="voicemock-") as home:
        os.environ["VOICEMOCK_DATA"] = home
        for number in range(options.sessions):
            chosen = [given[(number * 7 + n) % len(given)] for n in range(options.answers)]
            write_session(LAST - datetime.timedelta(hours=12 * (options.sessions - number)), chosen)
        size = sum(path.stat().st_size for path in sessions_dir().rglob("*.json")) / 1e6
        print(f"{options.sessions} sessions of {options.answers} answers, {size:.0f} MB\n")
        print("| step | clock | processor |\n|---|---|---|")
        timed("history, read for the first time", history)
        rows = timed("history, read again", history)
        delete_session(find_session(rows[-1].session.id))
        timed("history, after a session was deleted", history)
        told = timed("told", lambda: progress_of(rows, today=TODAY))
        page = timed("drawn", lambda: render_progress(told, today=TODAY))
        kept = (Path(home) / "history.msgpack").stat().st_size
        print(f"\nrows kept: {kept / 1e6:.1f} MB; page: {len(page.encode()) / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
