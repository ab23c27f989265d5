"""Throughput of a batch beside faster-whisper and whisper-ctranslate2, on the same recordings and weights.

    python benchmarks/batch.py [FOLDER] [--model tiny.en] [--rounds 2] [--only WHAT...]
    python benchmarks/batch.py --scaling | --lengths 3 30 180

Without FOLDER, recordings of two minutes are made of the demo's answers. Systems take turns, each in processes of its
own; wall and processor seconds are of all of them, memory is that of the largest process. Only ratios within one run
mean anything. whisper-ctranslate2 is left out unless its command is there: ``pip install whisper-ctranslate2``, best in
an environment of its own, its folder ``bin`` in PATH.
"""

from __future__ import annotations

import argparse
import itertools
import os
import shutil
import subprocess
import sys
import tempfile
import time
import wave
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scoring import table

from voicemock.audio.load import RATE_HZ, decode
from voicemock.demo.samples import load_samples
from voicemock.models.catalogue import Model, find_model

OURS = "voicemock batch, two processes"
PLAIN = "faster-whisper, beam 5, one process"
BATCHED = "BatchedInferencePipeline, two processes"
COMMAND = "whisper-ctranslate2"
RECORDINGS, MINUTES = 6, 2.0


@dataclass
class Cost:
    """What a run took: seconds of the clock and of the processor, megabytes of the largest process."""

    wall_s: float
    cpu_s: float
    peak_mb: float


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path)
    parser.add_argument("--model", default="tiny.en")
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--only", nargs="+", default=[OURS, PLAIN, BATCHED, COMMAND])
    parser.add_argument(
        "--scaling", action="store_true", help="one process, two, and two that know nothing of each other"
    )
    parser.add_argument("--lengths", nargs="+", type=float, metavar="MINUTES", help="cost by length of one recording")
    parser.add_argument("--work", nargs="+", help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.work:
        WORK[args.work[0]](find_model(args.model), args.work[1:])
        return
    with tempfile.TemporaryDirectory() as scratch:
        if args.lengths:
            _by_length(args.lengths, args.model, Path(scratch))
            return
        folder = args.folder or _made(Path(scratch) / "recordings", RECORDINGS, MINUTES)
        files = sorted(path for path in folder.rglob("*") if path.suffix in {".wav", ".ogg", ".flac", ".mp3", ".m4a"})
        audio_s = sum(len(decode(path, rate_hz=RATE_HZ)[0]) / RATE_HZ for path in files)
        print(f"{len(files)} recordings, {audio_s / 60:.1f} minutes, {args.model}, {os.cpu_count()} cores.\n")
        if args.scaling:
            _scaling(files, args.model)
        else:
            _compare(files, audio_s, args)


def _compare(files: Sequence[Path], audio_s: float, args: argparse.Namespace) -> None:
    names = [name for name in args.only if name != COMMAND or shutil.which(COMMAND)]
    if COMMAND in args.only and COMMAND not in names:
        print(f"{COMMAND} is not installed (pip install {COMMAND}) and is left out.\n")
    costs: dict[str, list[Cost]] = defaultdict(list)
    for _, name in itertools.product(range(args.rounds), names):
        costs[name].append(_run([_command(name, files, args.model)]))
        print(f"{name}: {costs[name][-1]}", file=sys.stderr)
    ours = costs.get(OURS)
    rows = []
    for name, runs in costs.items():
        wall_s, cpu_s = min(run.wall_s for run in runs), min(run.cpu_s for run in runs)
        row = [
            name,
            f"{wall_s:.0f} s",
            f"{cpu_s:.0f} s",
            f"{audio_s / cpu_s:.1f}",
            f"{max(r.peak_mb for r in runs):.0f} MB",
        ]
        if ours:
            row += [f"{wall_s / min(r.wall_s for r in ours):.2f}", f"{cpu_s / min(r.cpu_s for r in ours):.2f}"]
        rows.append(row)
    head = ["", "wall", "processor", "audio hours a core hour", "largest process"]
    print(table([*head, *(["wall, of ours", "processor, of ours"] if ours else [])], rows))


def _scaling(files: Sequence[Path], model: str) -> None:
    """Compare one process with one thread, two of them apart, and the batch's own two."""
    half = files[: len(files) // 2], files[len(files) // 2 :]
    one = _run([_self(model, "ours", half[0])])
    apart = _run([_self(model, "ours", part) for part in half])
    two = _run([_command(OURS, files, model)])
    rows = []
    for name, cost, work in (
        ("one process, one thread, half of the recordings", one, 1),
        ("two that know nothing of each other, a half each", apart, 2),
        (OURS, two, 2),
    ):
        rows.append([name, f"{cost.wall_s:.0f} s", f"{cost.cpu_s:.0f} s", f"{work * one.wall_s / cost.wall_s:.2f}"])
    print(table(["", "wall", "processor", "throughput"], rows))


def _by_length(lengths: Sequence[float], model: str, scratch: Path) -> None:
    rows = []
    for minutes in lengths:
        folder = _made(scratch / f"{minutes}", 1, minutes)
        cost = _run([_self(model, "ours", sorted(folder.iterdir()))])
        rows.append(
            [f"{minutes:g} min", f"{cost.cpu_s:.0f} s", f"{cost.cpu_s / minutes * 60:.0f} s", f"{cost.peak_mb:.0f} MB"]
        )
        shutil.rmtree(folder)
    print(table(["length", "processor", "processor an audio hour", "largest process"], rows))


def _command(name: str, files: Sequence[Path], model: str) -> list[str]:
    """Return the command of a system; {out} becomes an empty folder."""
    paths = [str(path) for path in files]
    if name == OURS:
        return [
            sys.executable,
            "-m",
            "voicemock",
            "batch",
            *paths,
            "--out",
            "{out}",
            "--model",
            model,
            "--workers",
            "2",
        ]
    if name == COMMAND:
        where = ["--model_directory", str(find_model(model).path), "--output_dir", "{out}", "--language", "en"]
        asked = ["--compute_type", "int8", "--beam_size", "5", "--word_timestamps", "True", "--vad_filter", "True"]
        return [COMMAND, *paths, *where, *asked]
    return _self(model, "plain" if name == PLAIN else "batched", files)


def _self(model: str, work: str, files: Sequence[Path]) -> list[str]:
    as_batch = ["env", "OPENBLAS_NUM_THREADS=1", "MALLOC_ARENA_MAX=1"] if work == "ours" else []
    return [*as_batch, sys.executable, __file__, "--model", model, "--work", work, *map(str, files)]


def _run(commands: Sequence[Sequence[str]]) -> Cost:
    """Run commands side by side; raise RuntimeError if one of them fails."""
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as out:
        running = [
            subprocess.Popen(
                [part.replace("{out}", out) for part in command], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
            )
            for command in commands
        ]
        cpu_s = peak_mb = 0.0
        for process in running:
            _, status, used = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
            if process.returncode:
                raise RuntimeError(f"{process.args!r} failed with exit code {process.returncode}")
            cpu_s += used.ru_utime + used.ru_stime
            peak_mb = max(peak_mb, used.ru_maxrss / 1024)
    return Cost(time.monotonic() - started, cpu_s, peak_mb)


def _made(folder: Path, count: int, minutes: float) -> Path:
    """Write recordings of the demo's answers over and over, each begun at another place."""
    folder.mkdir(parents=True)
    answers = [decode(sample.path, rate_hz=RATE_HZ)[0] for sample in load_samples()]
    sound = (np.concatenate(answers) * 32767).clip(-32768, 32767).astype("<i2")
    for number in range(count):
        left, at = round(minutes * 60 * RATE_HZ), len(sound) * number // count
        with wave.open(str(folder / f"answer-{number:03}.wav"), "wb") as file:
            file.setparams((1, 2, RATE_HZ, 0, "NONE", ""))
            while left:
                part = sound[at : at + left]
                file.writeframes(part.tobytes())
                left, at = left - len(part), 0
    return folder


def _plain(model: Model, files: Sequence[str]) -> None:
    from faster_whisper import WhisperModel

    whisper = WhisperModel(str(model.path), device="cpu", compute_type="int8")
    for path in files:
        segments, _ = whisper.transcribe(path, language="en", beam_size=5, word_timestamps=True, vad_filter=True)
        list(segments)


def _batched(model: Model, files: Sequence[str]) -> None:
    import multiprocessing

    context = multiprocessing.get_context("spawn")
    parts = [context.Process(target=_batched_part, args=(model, files[at::2])) for at in range(2)]
    for part in parts:
        part.start()
    for part in parts:
        part.join()
        if part.exitcode:
            sys.exit(1)


def _batched_part(model: Model, files: Sequence[str]) -> None:
    from faster_whisper import BatchedInferencePipeline, WhisperModel

    whisper = WhisperModel(str(model.path), device="cpu", compute_type="int8", cpu_threads=1)
    pipeline = BatchedInferencePipeline(whisper)
    for path in files:
        segments, _ = pipeline.transcribe(path, language="en", beam_size=5, word_timestamps=True, batch_size=8)
        list(segments)


def _ours(model: Model, files: Sequence[str]) -> None:
    """Do a batch's work on files one after the other, in this process, with one thread."""
    from voicemock.batch.task import Job, Task
    from voicemock.batch.work import analyse

    with tempfile.TemporaryDirectory() as out:
        job = Job(out=Path(out), model=model)
        for path in files:
            if error := analyse(job, Task(path=Path(path)), threads=1).error:
                sys.exit(error)


WORK: dict[str, Callable[[Model, Sequence[str]], None]] = {"plain": _plain, "batched": _batched, "ours": _ours}

if __name__ == "__main__":
    main()
