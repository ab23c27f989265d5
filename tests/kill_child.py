"""Work to be killed, in one process a life: forked from one that has imported everything, so that lives are cheap.

Each line on standard input starts a life. Standard output tells, a JSON list a line, what a life is about to write;
what reached the pipe outlives the process.

usage: python -m tests.kill_child batch FOLDER | pull NAME
"""

import functools
import json
import os
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import filelock  # noqa: F401 (loaded once, not in every life)
import httpx2  # noqa: F401
import msgspec
from huggingface_hub import HfApi, get_session, hf_hub_url  # noqa: F401

from tests.builders import spoken
from tests.here import InThisProcess
from voicemock.analyze import analyze, assemble
from voicemock.batch import index, run, tables, work
from voicemock.batch.files import look
from voicemock.batch.task import Job, Task
from voicemock.models import hub, pull
from voicemock.models.catalogue import Model
from voicemock.report import write as report
from voicemock.schema import AnswerReport, Question, Recording

SAID = "So, um, we moved it and it went well for all of us."
RECORDINGS = 4


def log(*event: object) -> None:
    os.write(1, json.dumps(event).encode() + b"\n")


def logged(module: Any, name: str) -> None:
    """Have a function tell that it begins, and that it is done."""
    function = getattr(module, name)

    def wrapper(*arguments: Any, **options: Any) -> Any:
        log(name, str(arguments[0]))
        result = function(*arguments, **options)
        log(name, "done")
        return result

    setattr(module, name, wrapper)


@functools.cache
def answer() -> AnswerReport:
    return analyze(spoken(SAID, lasts_s=30))


def heard(path: Path, **_: object) -> AnswerReport:
    """Stand in for the recogniser: every file says the same."""
    recording = Recording(path=str(path), duration_s=30.0, sample_rate_hz=16_000)
    return msgspec.structs.replace(answer(), recording=recording)


def batch(folder: str) -> None:
    """Analyse a folder as `voicemock batch` does, with a recogniser that is fast."""
    work.analyze_recording, work._recogniser = heard, lambda *_: None
    for name in ("render_html", "render_markdown"):  # not what is tried here, and most of the time
        setattr(report, name, lambda *_, **__: "<html>\n" + 10_000 * "so " + "</html>\n")
    for module in (report, tables, index):
        logged(module, "write_whole")
    out = Path(folder) / "out"
    question = Question(id="q", text="Why?", kind="behavioural")
    job = Job(out=out, model=Model("tiny.en", Path("nowhere"), "folder"))
    tasks = [Task(path=path, question=question) for path in look(Path(folder) / "in").recordings]
    rows = run.run_batch(tasks, job, progress=lambda row: log("row", row.path), pool=InThisProcess())
    index.write_index(rows, out, title="All")


def pulled(name: str) -> None:
    """Fetch a model from the hub that HF_ENDPOINT names."""
    hub.RETRY_WAIT_S = 0
    for function in ("checksum", "write_manifest", "replace"):
        logged(pull, function)

    def slowly(here: int, _everything: int) -> None:
        log("piece", here)
        time.sleep(0.002)

    pull.pull(name, progress=slowly)


def main(work: Callable[[str], None], what: str) -> None:
    os.fsync = lambda _: None  # a killed process loses nothing the system has; a busy disk would take most of the time
    with tempfile.TemporaryDirectory() as folder:  # everything is loaded before the first life
        report.write_report(assemble([answer()]), Path(folder))
    log("ready", os.getpid())
    for _ in sys.stdin:
        child = os.fork()
        if not child:
            signal.alarm(60)
            log("life", os.getpid())
            work(what)
            log("over", os.getpid())
            os._exit(0)
        _, status = os.waitpid(child, 0)
        log("end", os.waitstatus_to_exitcode(status))


if __name__ == "__main__":
    main({"batch": batch, "pull": pulled}[sys.argv[1]], sys.argv[2])
