"""Give every command damaged files and hostile names, and hold it to its word: an answer, or a sentence.

    python benchmarks/fuzz.py [--sounds 520] [--data 520] [--names 120] [--seed 1] [--workers 2] [--session FOLDER]

Inputs are made from the demo's recordings and the shipped question sets and damaged by ``damage.py``, the same for the
same seed. Commands run as a user's would, many in one process so that Whisper loads once; whatever they print is
caught below Python, so native messages count too. A fault is

- a traceback, or "a fault in voicemock"; a process that dies by a signal, or is still busy after two minutes;
- an exit code other than 0 with a result or 2 with a reason on stderr; or 2 for a sound file nobody damaged;
- a control character or a change of the reading direction on the screen;
- a temporary file left behind.

Prints each fault with the command that repeats it, a table of counts, and exits with 1 where there was one.
"""

from __future__ import annotations

import argparse
import contextlib
import functools
import io
import itertools
import json
import multiprocessing
import os
import random
import re
import shutil
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

import av
import numpy as np
from damage import HOSTILE, bytes_damaged, json_damaged, text_damaged

from voicemock.audio.load import RATE_HZ, decode
from voicemock.paths import shipped

PATIENCE_S = 120.0
FOLDERS = ("VOICEMOCK_DATA", "VOICEMOCK_CONFIG", "VOICEMOCK_CACHE")
SAMPLE = Path(__file__).parent.parent / "voicemock" / "demo" / "latency-hunt.ogg"
SECONDS = 2.5

FORMATS = {
    "wav": "pcm_s16le",
    "aiff": "pcm_s16be",
    "flac": "flac",
    "mp3": "libmp3lame",
    "m4a": "aac",
    "ogg": "libopus",
    "webm": "libopus",
    "mkv": "aac",
}

RAW = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""What text must not bring to a terminal; tabs and line ends are the program's own."""


@dataclass(frozen=True)
class Case:
    """One command. whole: the input was not damaged, so it must succeed. home: holds the user's folders, if any."""

    kind: str
    command: tuple[str, ...]
    home: Path | None = None
    whole: bool = False


@dataclass(frozen=True)
class Done:
    """What became of a case; code: None if the process died or hung."""

    code: int | None
    out: str
    err: str
    died: str = ""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name, count in (("sounds", 520), ("data", 520), ("names", 120), ("seed", 1), ("workers", 2)):
        parser.add_argument(f"--{name}", type=int, default=count)
    parser.add_argument("--session", type=Path, help="one to damage, instead of the demo's")
    parser.add_argument("--keep", type=Path, help="folder for the inputs; kept only then")
    options = parser.parse_args()
    with contextlib.ExitStack() as cleanup:
        top = options.keep or Path(cleanup.enter_context(tempfile.TemporaryDirectory(prefix="voicemock-fuzz-")))
        top.mkdir(parents=True, exist_ok=True)
        cases = [
            *itertools.islice(sounds(top, options.seed), options.sounds),
            *itertools.islice(data(top, options.seed, options.session), options.data),
            *itertools.islice(names(top, options.seed), options.names),
        ]
        return report(cases, run_all(cases, top, options.workers))


def report(cases: list[Case], results: Iterator[Done]) -> int:
    """Print the faults and the counts; return the exit code."""
    counts: Counter[tuple[str, str]] = Counter()
    failed = 0
    for case, done in zip(cases, results, strict=True):
        faults = list(judge(case, done))
        counts[case.kind, "runs"] += 1
        counts[case.kind, f"exit {done.code}"] += 1
        failed += bool(faults)
        for fault in faults:
            counts[case.kind, "faults"] += 1
            print(f"{case.kind}: {fault}\n    voicemock {' '.join(map(ascii, case.command))}", flush=True)
    for kind in dict.fromkeys(case.kind for case in cases):
        row = ", ".join(f"{what} {n}" for (of, what), n in sorted(counts.items()) if of == kind and what != "runs")
        print(f"{kind}: {counts[kind, 'runs']} runs, {row}")
    print(json.dumps({"runs": len(cases), "faulty": failed}))
    return bool(failed)


def judge(case: Case, done: Done) -> Iterator[str]:
    """Say what is wrong with what a command did."""
    if done.code is None:
        yield done.died
        return
    said = done.out + done.err
    if "Traceback (most recent call last)" in said:
        yield f"a traceback: {done.err.strip().splitlines()[-1][:200]}"
    if "fault in voicemock" in said:
        yield f"a fault: {done.err.strip()[:300]}"
    if done.code not in (0, 2):
        yield f"exit code {done.code}: {done.err.strip()[-200:]}"
    if done.code == 2 and not done.err.strip():
        yield "exit code 2 without a word on stderr"
    if done.code == 0 and not done.out.strip():
        yield "exit code 0 without a result"
    if case.whole and done.code != 0:
        yield f"refused, though nothing was damaged: {done.err.strip()[:200]}"
    shown = said if "--json" not in case.command else done.err
    if raw := RAW.search(shown):
        yield f"raw {raw.group()!r} on the screen: {shown[max(0, raw.start() - 40) : raw.end() + 20]!r}"
    written = [case.home / name for name in ("data", "config", "cache", "out")] if case.home else []
    for path in itertools.chain.from_iterable(folder.rglob(".*.*") for folder in written):
        if path.suffix != ".lock":
            yield f"left behind: {path.name}"


def sounds(top: Path, seed: int) -> Iterator[Case]:
    """Yield reviews of damaged recordings, after each format as it should be."""
    rng = random.Random(f"sounds {seed}")
    samples = sample()
    whole = {suffix: encoded(samples, top / f"whole.{suffix}", codec) for suffix, codec in FORMATS.items()}
    home = top / "sounds"
    for suffix in whole:
        yield Case("sound, whole", ("review", str(top / f"whole.{suffix}"), "--json", "-"), home, whole=True)
    for number in itertools.count():
        suffix, said = rng.choice(list(whole)), rng.choice(list(whole))
        path = top / f"{number}.{suffix}"
        path.write_bytes(bytes_damaged(rng, whole[suffix if rng.random() < 0.9 else said]))
        yield Case("sound", ("review", str(path), "--json", "-"), home)


def encoded(samples: np.ndarray, path: Path, codec: str) -> bytes:
    """Write sound to a file of some format and return its bytes."""
    with av.open(str(path), "w") as container:
        stream = container.add_stream(codec, rate=48_000 if codec == "libopus" else RATE_HZ, layout="mono")
        frame = av.AudioFrame.from_ndarray((samples[None] * 32767).astype(np.int16), format="s16", layout="mono")
        frame.sample_rate = RATE_HZ
        resampler = av.AudioResampler(stream.format, "mono", stream.rate, frame_size=stream.frame_size or None)
        for piece in (*resampler.resample(frame), *resampler.resample(None)):
            container.mux(stream.encode(piece))
        container.mux(stream.encode(None))
    return path.read_bytes()


def data(top: Path, seed: int, session: Path | None = None) -> Iterator[Case]:
    """Yield commands that read a damaged question set, configuration, session or model folder."""
    rng = random.Random(f"data {seed}")
    sets = sorted(shipped("question_sets").glob("*.toml"))
    answer = top / "answer.txt"
    answer.write_text("We moved the checkout because it was slow. I measured it first: 900 ms, then 200.\n")
    ready = sample_home(top, session)
    files = [path for path in sorted((ready / "data").rglob("*.json")) if path.is_file()]
    for number in itertools.count():
        home = top / f"data-{number}"
        draw = rng.random()
        if draw < 0.45:
            yield set_case(rng, home, rng.choice(sets), answer)
        elif draw < 0.6:
            home.joinpath("config").mkdir(parents=True)
            text = 'voice = "natural"\nvoice_rate = 170\nquestion_set = "em_core"\ninput_device = "x"\n'
            home.joinpath("config", "config.toml").write_bytes(text_damaged(rng, text))
            yield Case("configuration", ("review", str(answer)), home)
        elif draw < 0.65:
            shutil.copytree(sample_batch(top), home / "out")
            table = home / "out" / "results.jsonl"
            table.write_bytes(json_damaged(rng, table.read_bytes()))
            yield Case("batch", batch_of(top, home), home)
        else:
            shutil.copytree(ready, home)
            damaged = home / rng.choice(files).relative_to(ready)
            damaged.write_bytes(json_damaged(rng, damaged.read_bytes()))
            yield session_case(rng, home)


def set_case(rng: random.Random, home: Path, source: Path, answer: Path) -> Case:
    """Return a command that reads a damaged question set."""
    own = home / "data" / "question_sets"
    own.mkdir(parents=True)
    path = own / f"{source.stem}_own.toml"
    path.write_bytes(text_damaged(rng, source.read_text()))
    commands = (
        ("questions", "validate", str(path)),
        ("questions", "list", str(path)),
        ("questions", "list"),
        ("read", str(answer), "--question", "delivered-late"),
    )
    return Case("question set", rng.choice(commands), home)


def session_case(rng: random.Random, home: Path) -> Case:
    """Return a command that reads a damaged session."""
    (folder,) = (home / "data" / "sessions").iterdir()
    commands = (
        ("sessions", "list"),
        ("sessions", "show", folder.name),
        ("sessions", "export", folder.name, "--to", str(home / "out.zip"), "--no-audio"),
        ("resume", folder.name, "--no-open"),
    )
    return Case("session", rng.choice(commands), home)


def batch_of(top: Path, home: Path) -> tuple[str, ...]:
    """Return the command that goes on with a batch of one recording."""
    return "batch", str(top / "whole.wav"), "--out", str(home / "out"), "--workers", "1"


def sample_home(top: Path, session: Path | None) -> Path:
    """Make a session as it is left behind; return the folder that holds the user's folders."""
    home = top / "ready"
    if not home.exists():
        home.mkdir()
        encoded(sample(), top / "whole.wav", FORMATS["wav"])
        if session:
            shutil.copytree(session, home / "data" / "sessions" / session.name)
        else:
            made(Case("demo", ("demo", "--no-open"), home), top)
    return home


def sample_batch(top: Path) -> Path:
    """Make a batch as it is left behind, once one is to be damaged; return its folder."""
    home = top / "batch"
    if not home.exists():
        made(Case("batch", batch_of(top, home), home), top)
    return home / "out"


def made(case: Case, top: Path) -> None:
    (done,) = run_all([case], top, 1)
    if done.code != 0:
        raise SystemExit(f"The sample could not be made: {done.err}")


def sample() -> np.ndarray:
    """Return a few seconds of speech at 16 kHz."""
    return decode(SAMPLE, rate_hz=RATE_HZ)[0][RATE_HZ : RATE_HZ + int(SECONDS * RATE_HZ)]


def names(top: Path, seed: int) -> Iterator[Case]:
    """Yield commands given hostile names and texts."""
    rng = random.Random(f"names {seed}")
    for number in itertools.count():
        home = top / f"names-{number}"
        home.mkdir(parents=True, exist_ok=True)
        text = rng.choice(HOSTILE) + rng.choice(("", " ", rng.choice(HOSTILE)))
        name = text.replace("\x00", "").replace("/", "")[: rng.choice((60, 80))] or "x"
        yield Case("name or text", name_case(rng, home, text, name), home)


def name_case(rng: random.Random, home: Path, text: str, name: str) -> tuple[str, ...]:
    """Return a command with a hostile name or text in it."""
    written = home / f"{name}.txt"
    spoken = home / f"{name}.wav"
    sets = home / f"{name}.toml"
    written.write_text(f"{text} We cut it by 30% because it was slow. {text}", "utf-8", errors="surrogatepass")
    shutil.copy(home.parent / "whole.wav", spoken)
    plain = text.replace("\x00", "") or "x"
    return rng.choice(
        (
            ("read", str(written)),
            ("read", str(written), "--ask", f"Tell me about {plain}?"),
            ("review", str(spoken), "--out", str(home / "out")),
            ("review", str(home / f"missing-{name}.wav"), str(spoken)),
            ("questions", "new", str(sets)),
            ("questions", "validate", str(written)),
            ("questions", "show", f"x{plain}"),
            ("sessions", "show", f"x{plain}"),
            ("sessions", "delete", f"x{plain}"),
            ("explain", f"x{plain}"),
            ("models", "path", f"x{plain}"),
            ("practice", f"x{plain}", "--text-only"),
        )
    )


def run_all(cases: list[Case], top: Path, workers: int) -> Iterator[Done]:
    """Yield what became of each case, in order; each worker process runs one after the other."""
    hands = [Hand(top) for _ in range(workers)]
    free = list(hands)

    def run(case: Case) -> Done:
        hand = free.pop()
        try:
            return hand.run(case)
        finally:
            free.append(hand)

    try:
        with ThreadPoolExecutor(workers) as pool:
            yield from pool.map(run, cases)
    finally:
        for hand in hands:
            hand.close()


class Hand:
    """A process that runs commands, replaced when it dies or hangs."""

    def __init__(self, top: Path) -> None:
        self._top = top
        self._start()

    def _start(self) -> None:
        context = multiprocessing.get_context("spawn")
        self._pipe, other = context.Pipe()
        self._process = context.Process(target=serve, args=(other, self._top))
        self._process.start()
        other.close()

    def run(self, case: Case) -> Done:
        """Run one command."""
        self._pipe.send(case)
        began_at = time.monotonic()
        try:
            if self._pipe.poll(PATIENCE_S):
                done: Done = self._pipe.recv()
                return done
            died = f"still busy after {time.monotonic() - began_at:.0f} s"
        except (EOFError, OSError):
            self._process.join()
            died = f"died with {self._process.exitcode}"
        self.close()
        self._start()
        return Done(None, "", "", died)

    def close(self) -> None:
        """End the process."""
        self._process.kill()
        self._process.join()
        self._pipe.close()


def serve(pipe: Connection, top: Path) -> None:
    """Run the commands that come through a pipe, with one Whisper."""
    from voicemock.speech import recognise

    recognise._load = functools.cache(recognise._load)
    with contextlib.suppress(EOFError):
        while True:
            pipe.send(run_here(pipe.recv(), top))


def run_here(case: Case, top: Path) -> Done:
    """Run a command in this process, with everything it prints, native code included, caught."""
    from voicemock.cli.main import run

    home = case.home or top / "home"
    for variable in FOLDERS:
        os.environ[variable] = str(home / variable.removeprefix("VOICEMOCK_").lower())
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err, tempfile.TemporaryFile() as nothing:
        before = [os.dup(stream) for stream in (0, 1, 2)]
        for stream, file in enumerate((nothing, out, err)):
            os.dup2(file.fileno(), stream)
        sys.stdin, sys.stdout, sys.stderr = (
            io.TextIOWrapper(os.fdopen(os.dup(stream), "rb" if stream == 0 else "wb"), "utf-8") for stream in (0, 1, 2)
        )
        sys.argv = ["voicemock", *case.command]
        code: int | None = 0
        try:
            run()
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else 0 if end.code is None else 1
        except BaseException:
            traceback.print_exc()
            code = 1
        finally:
            for stream in (sys.stdout, sys.stderr):
                stream.flush()
            for number, saved in enumerate(before):
                os.dup2(saved, number)
                os.close(saved)
        return Done(code, _text(out), _text(err))


def _text(file: io.BufferedRandom) -> str:
    file.seek(0)
    return file.read().decode("utf-8", "replace")


if __name__ == "__main__":
    sys.exit(main())
