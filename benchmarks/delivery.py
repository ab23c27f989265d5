"""Pauses, pace and pitch against what is known, and what they cost.

    python benchmarks/delivery.py FOLDER... [--model tiny.en] [--write docs/hearing.md]

Pauses and pace: against the annotated words of one-speaker clips in FOLDER. Pitch: against vowels whose
contour is known. Cost: processor time of level, voice activity, pauses and pitch, against the sound's length.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator
from itertools import pairwise, product
from pathlib import Path

import numpy as np
from scipy.signal import lfilter
from scoring import Clip, clips_in, content, put_into, table

from voicemock.audio.frames import HOP
from voicemock.audio.load import RATE_HZ, AudioFile
from voicemock.models.catalogue import find_model
from voicemock.speech.detector import HighPass
from voicemock.speech.listen import listen
from voicemock.speech.pauses import PAUSE_S, speech_stretches
from voicemock.speech.pitch import track_f0
from voicemock.speech.quality import Meter
from voicemock.speech.recognise import Recogniser
from voicemock.speech.segments import Segmenter

FORMANTS = {"ah": (700, 1200, 2600), "ee": (300, 2300, 3000), "oo": (350, 800, 2400)}
MEDIANS_HZ = (75, 110, 210, 330)
NOISE_DB = (40, 20, 10)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--model", default="tiny.en")
    parser.add_argument("--clips", default="*")
    parser.add_argument("--write", type=Path, help="page whose table is renewed")
    args = parser.parse_args()
    model = find_model(args.model)
    recogniser = Recogniser(model)
    groups: dict[str, list[Clip]] = {}
    for clip in clips_in(args.folders, args.clips):
        if clip.gold["words"] and len({word["speaker"] for word in clip.gold["words"]}) == 1:
            groups.setdefault(clip.group, []).append(clip)
    rows = [[name, *_pauses_and_pace(clips, recogniser)] for name, clips in groups.items()]
    head = ["clips", "pauses", "found", "edges, median", "edges, 9 in 10 within", "words a minute off by"]
    pitch = table(["vowels in noise at", "median F0 off by", "frame off by", "octave errors"], _pitch())
    text = f"{table(head, rows)}\n\n{pitch}\n\n{_cost([c for clips in groups.values() for c in clips])}"
    print(text)
    if args.write:
        put_into(args.write, f"delivery {model.name}", text)


def _pauses_and_pace(clips: list[Clip], recogniser: Recogniser) -> list[str]:
    found = total = 0
    edges, pace = [], []
    for clip in clips:
        words = clip.gold["words"]
        prosody = listen(AudioFile(clip.audio), recogniser).prosody
        for before, after in pairwise(words):
            if after["start_s"] - before["end_s"] < PAUSE_S:
                continue
            total += 1
            near = [p for p in prosody.pauses if p.start_s < after["start_s"] and p.end_s > before["end_s"]]
            found += bool(near)
            if near:
                edges += [abs(near[0].start_s - before["end_s"]), abs(near[-1].end_s - after["start_s"])]
        said = len(content(word["text"] for word in words)) / (words[-1]["end_s"] - words[0]["start_s"]) * 60
        pace.append(abs((prosody.speech_rate_wpm or 0.0) / said - 1))
    return [
        str(total),
        f"{found / total:.0%}",
        f"{np.median(edges):.2f} s",
        f"{np.percentile(edges, 90):.2f} s",
        f"{np.mean(pace):.1%}",
    ]


def _pitch() -> Iterator[list[str]]:
    rng = np.random.default_rng(0)
    at = np.arange(4 * RATE_HZ) / RATE_HZ
    for noise_db in NOISE_DB:
        medians, frames, octaves = [], [], []
        for median_hz, formants in product(MEDIANS_HZ, FORMANTS.values()):
            contour = median_hz * 2 ** (0.25 * np.sin(2 * np.pi * 0.7 * at))
            vowel = _vowel(contour, formants)
            noise = rng.normal(size=len(vowel)) * np.sqrt(np.mean(vowel**2)) * 10 ** (-noise_db / 20)
            f0 = track_f0((vowel + noise).astype(np.float32))
            voiced = np.isfinite(f0)
            true = contour[np.minimum(np.arange(len(f0)) * HOP, len(contour) - 1)]
            medians.append(abs(np.median(f0[voiced]) / np.median(true[voiced]) - 1))
            frames += list(np.abs(f0[voiced] / true[voiced] - 1))
            octaves += list(np.abs(np.log2(f0[voiced] / true[voiced])) > 0.5)
        yield [f"{noise_db} dB", f"{max(medians):.2%}", f"{np.median(frames):.2%}", f"{np.mean(octaves):.2%}"]


def _vowel(f0: np.ndarray, formants: tuple[int, ...]) -> np.ndarray:
    """Return glottal pulses at the given pitch, through resonances 100 Hz wide."""
    sound = np.diff(np.floor(np.cumsum(f0 / RATE_HZ)), prepend=0)
    sound = lfilter([1], [1, -0.97], sound)
    for hz in formants:
        radius = np.exp(-np.pi * 100 / RATE_HZ)
        sound = lfilter([1], [1, -2 * radius * np.cos(2 * np.pi * hz / RATE_HZ), radius**2], sound)
    return 0.3 * sound / np.abs(sound).max()


def _cost(clips: list[Clip]) -> str:
    track_f0(np.zeros(RATE_HZ, np.float32))  # librosa compiles itself once a process
    sounds = [np.concatenate(list(AudioFile(clip.audio).blocks())) for clip in clips]
    started = time.process_time()
    for sound in sounds:
        clean, meter, segmenter = HighPass(), Meter(), Segmenter()
        pieces = []
        for i in range(0, len(sound), RATE_HZ):
            block = clean(sound[i : i + RATE_HZ])
            meter.feed(sound[i : i + RATE_HZ], block)
            pieces += segmenter.feed(block)
        for piece in pieces + segmenter.finish():
            track_f0(piece.samples)
        speech_stretches(segmenter.speech, meter.levels_db())
    spent = time.process_time() - started
    return f"The acoustic part costs {spent * RATE_HZ / sum(map(len, sounds)):.1%} of the sound's length."


if __name__ == "__main__":
    main()
