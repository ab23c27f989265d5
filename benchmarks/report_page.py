"""What a page with a ten-minute answer costs: its size, the time to make it, and how near its sound is.

    python benchmarks/report_page.py [--minutes 10] [--runs 5]

The recording is the demo's two answers again and again; the words are labelled answers of tests/answers. Printed as
Markdown: the whole page and its parts, the least of the runs, in seconds of the clock and of the processor (the sound's
encoders work at once, and a decoder is a process of its own); then the sound as the page has it and as other settings
would, in seconds of the processor a minute, beside how far its spectrum (24 bands of 20 ms within 50 dB of the loudest)
and its waveform are from the recording. A busy machine measures itself: compare what was measured in one run.
"""

from __future__ import annotations

import argparse
import base64
import functools
import io
import json
import re
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import av
import msgspec
import numpy as np
from numpy.typing import NDArray
from scoring import table

sys.path.insert(0, str(Path(__file__).parent.parent))
from tests.builders import spoken
from voicemock.analyze import analyze, assemble
from voicemock.audio.load import RATE_HZ, AudioFile
from voicemock.audio.wav import wav_bytes
from voicemock.demo.samples import load_samples
from voicemock.questions.sets import load_set
from voicemock.report import opus, render_html
from voicemock.report.player_audio import load_sound
from voicemock.schema import SessionReport

ANSWERS = Path(__file__).parent.parent / "tests" / "answers" / "dev.jsonl"
MARKS = re.compile(r"\[\[[a-z]+:|\]\]")
SETTINGS = {
    "20 ms, 36 kbit/s": {"PACKET_MS": 20, "BIT_RATE": 36_000},
    "60 ms, 36 kbit/s": {"BIT_RATE": 36_000},
    "as the page has it": {},
    "120 ms, 40 kbit/s": {"PACKET_MS": 120},
    "voip, effort 10, 20 ms, 32 kbit/s": {"PACKET_MS": 20, "BIT_RATE": 32_000, "voip": True},
}
BAND_EDGES = np.unique(np.geomspace(2, 160, 25).round().astype(int))


def report_of(minutes: float, folder: Path) -> tuple[SessionReport, NDArray[np.float32]]:
    """Return a report on one long answer, and its sound, which lies in the folder as a take would."""
    heard = [block for sample in load_samples() for block in AudioFile(sample.path).blocks()]
    once = np.concatenate(heard)
    samples = np.resize(once, round(minutes * 60) * RATE_HZ)
    (folder / "take-1.wav").write_bytes(wav_bytes(samples, RATE_HZ))
    texts = [MARKS.sub("", json.loads(line)["marked"]) for line in ANSWERS.read_text(encoding="utf-8").splitlines()]
    words = " ".join(texts).split()[: round(minutes * 150)]
    question = load_set("em_core").questions[0]
    answer = analyze(spoken(" ".join(words), question=question, lasts_s=minutes * 60, speech_rate_wpm=150.0))
    assert answer.recording
    recording = msgspec.structs.replace(answer.recording, path="take-1.wav")
    return assemble([msgspec.structs.replace(answer, recording=recording)], session=None), samples


def least(work: Callable[[], Any], runs: int) -> tuple[float, float]:
    """Return the least seconds of the clock and of the processor, children's too."""
    found = []
    for _ in range(runs):
        clock, used = time.perf_counter(), _used()
        work()
        found.append((time.perf_counter() - clock, _used() - used))
    return min(clock for clock, _ in found), min(used for _, used in found)


def _used() -> float:
    both = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(used.ru_utime + used.ru_stime for used in both)


def with_settings(blocks: list[NDArray[np.float32]], changed: dict[str, Any]) -> bytes:
    """Encode with other settings than the page's."""
    ms = changed.get("PACKET_MS", opus.PACKET_MS)
    options = {**opus.OPTIONS, "frame_duration": str(ms)}
    if changed.get("voip"):
        options |= {"application": "voip", "compression_level": "10"}
    kept = {name: getattr(opus, name) for name in ("BIT_RATE", "OPTIONS", "PACKET", "LEAD")}
    packet = RATE_HZ * ms // 1000
    try:
        opus.BIT_RATE = changed.get("BIT_RATE", opus.BIT_RATE)
        opus.OPTIONS, opus.PACKET, opus.LEAD = options, packet, 2 * packet
        return opus.encoded(blocks)
    finally:
        for name, value in kept.items():
            setattr(opus, name, value)


def nearness(data: bytes, samples: NDArray[np.float32]) -> tuple[float, float]:
    """Return how far the spectrum is from the recording's, in dB, and how far the error lies below it."""
    with av.open(io.BytesIO(data)) as container:
        resampler = av.AudioResampler(format="flt", layout="mono", rate=RATE_HZ)
        frames = [out for frame in container.decode(audio=0) for out in resampler.resample(frame)]
        frames += resampler.resample(None)
    heard = np.concatenate([frame.to_ndarray()[0] for frame in frames])[: len(samples)]
    said = samples[: len(heard)]
    ours, theirs = _bands(heard), _bands(said)
    loud = theirs.max(axis=1) > theirs.max() - 50
    below = 10 * np.log10(np.square(said).sum() / np.square(heard - said).sum())
    return float(np.abs(ours - theirs)[loud].mean()), float(below)


def _bands(samples: NDArray[np.float32]) -> NDArray[np.float64]:
    frames = samples[: len(samples) // 320 * 320].reshape(-1, 320) * np.hanning(320)
    power = np.abs(np.fft.rfft(frames, axis=1)) ** 2
    return np.asarray(10 * np.log10(np.add.reduceat(power, BAND_EDGES[:-1], axis=1) + 1e-9))


def main() -> None:
    """Print two tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="voicemock-") as name:
        folder = Path(name)
        report, samples = report_of(options.minutes, folder)
        recording = report.answers[0].recording
        assert recording
        parts: dict[str, Callable[[], Any]] = {
            "page": functools.partial(render_html, report, folder=folder),
            "of it, the sound": functools.partial(load_sound, recording, folder=folder),
            "of it, all else": functools.partial(render_html, report, folder=None),
        }
        lines = [[what, *(f"{value:.2f} s" for value in least(work, options.runs))] for what, work in parts.items()]
        size = len(render_html(report, folder=folder).encode())
    print(f"{options.minutes:.0f} minutes, {size / 1e6:.2f} MB.\n\n{table(['', 'clock', 'processor'], lines)}\n")
    blocks = np.split(samples, range(RATE_HZ, len(samples), RATE_HZ))
    lines = []
    for what, changed in SETTINGS.items():
        _, used = least(functools.partial(with_settings, blocks, changed), options.runs)
        data = with_settings(blocks, changed)
        spectrum, below = nearness(data, samples)
        size = len(base64.b64encode(data))
        cells = (f"{used / options.minutes:.3f} s", f"{size / options.minutes / 1e6:.2f} MB")
        lines.append([what, *cells, f"{spectrum:.2f} dB", f"{below:.1f} dB"])
    print(table(["sound", "processor a minute", "size a minute", "spectrum off by", "error below by"], lines))


if __name__ == "__main__":
    main()
