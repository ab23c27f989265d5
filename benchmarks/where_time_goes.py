"""What a batch's work on recordings costs, step by step, in processor time of one thread.

    python benchmarks/where_time_goes.py RECORDING... [--model tiny.en]

Each step is measured without the steps inside it. The decoder's own process counts as reading the file.
"""

from __future__ import annotations

import argparse
import functools
import os
import resource
import tempfile
import time
from collections import defaultdict
from pathlib import Path
from typing import Any

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from faster_whisper.feature_extractor import FeatureExtractor
from scoring import table

import voicemock.analyze as analysis
from voicemock.audio.decoding import Decoding
from voicemock.batch import work
from voicemock.batch.task import Job, Task
from voicemock.models.catalogue import find_model
from voicemock.speech import listen, pitch
from voicemock.speech.detector import SpeechDetector
from voicemock.speech.recognise import Recogniser

STEPS: list[tuple[Any, str, str]] = [
    (FeatureExtractor, "__call__", "spectrum"),
    (Recogniser, "encode", "encoder"),
    (Recogniser, "decode_each", "readings"),
    (Recogniser, "decode", "readings"),
    (Recogniser, "align", "word times"),
    (SpeechDetector, "probabilities", "speech detector"),
    (Decoding, "_message", "file, levels, pieces"),
    (analysis, "read", "reading of the words"),
    (listen, "track_f0", "pitch"),
    (listen, "prints_in", "voiceprints"),
    (listen, "hesitations_in", "probes, witnesses"),
    (listen, "talk_in", "probes, witnesses"),
    (listen, "settle", "probes, witnesses"),
    (work, "write_report", "report"),
    (work, "analyse", "file, levels, pieces"),
]
"""Where a step is called from, its name there, what it counts as."""

TRANSCRIPTION = {"spectrum", "encoder", "plain readings", "word times", "speech detector", "file, levels, pieces"}


class Clock:
    """Sums up processor time by step."""

    def __init__(self) -> None:
        self.spent: dict[str, float] = defaultdict(float)
        self._inner = [0.0]

    def watch(self, owner: Any, name: str, step: str) -> None:
        """Measure every call of a function from now on."""
        function = getattr(owner, name)

        @functools.wraps(function)
        def measured(*args: Any, **kwargs: Any) -> Any:
            started = time.process_time()
            self._inner.append(0.0)
            try:
                return function(*args, **kwargs)
            finally:
                took = time.process_time() - started
                self.spent[_kind(step, kwargs)] += took - self._inner.pop()
                self._inner[-1] += took

        setattr(owner, name, measured)


def _kind(step: str, kwargs: dict[str, Any]) -> str:
    return step if step != "readings" else "primed readings" if kwargs.get("primer") else "plain readings"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("recordings", nargs="+", type=Path)
    parser.add_argument("--model", default="tiny.en")
    args = parser.parse_args()
    clock, once = Clock(), time.process_time()
    model = find_model(args.model)
    work._recogniser(model, True, 1)
    pitch._compiled_librosa()
    once = time.process_time() - once
    with tempfile.TemporaryDirectory() as out:
        job = Job(out=Path(out), model=model)
        work.analyse(job, Task(path=args.recordings[0]), threads=1)  # the first loads the rest
        for step in STEPS:
            clock.watch(*step)
        decoded = _children()
        rows = [work.analyse(job, Task(path=path), threads=1) for path in args.recordings]
    clock.spent["file, levels, pieces"] += _children() - decoded
    audio_s = sum(row.duration_s or 0.0 for row in rows)
    total = sum(clock.spent.values())
    lines = [
        [step, "yes" if step in TRANSCRIPTION else "", f"{3600 * spent / audio_s:.0f} s", f"{spent / total:.0%}"]
        for step, spent in sorted(clock.spent.items(), key=lambda item: -item[1])
    ]
    beyond = sum(spent for step, spent in clock.spent.items() if step not in TRANSCRIPTION)
    print(f"{len(rows)} recordings, {audio_s / 60:.1f} minutes, {model.name}.\n")
    print(table(["step", "transcription", "an audio hour", "share"], lines))
    print(
        f"\nBeyond transcription: {beyond / total:.0%}. An hour takes {3600 * total / audio_s:.0f} s of one core:",
        end=" ",
    )
    print(f"{audio_s / total:.1f} audio hours a core hour. Loading, once a process: {once:.1f} s.")


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    main()
