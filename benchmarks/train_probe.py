"""Train the probe that hears filled pauses in Whisper's encoder: one linear reader a model.

    python benchmarks/synthesise.py SYNTHETIC
    python benchmarks/train_probe.py --model tiny.en --real REAL --synthetic SYNTHETIC

REAL and SYNTHETIC hold NAME.flac and NAME.json, as ``benchmarks/synthesise.py`` writes them. Real clips are
few, so each also comes as a smaller and a bigger speaker and through noise, telephone and room. Prints how
the probe does on speakers it was not trained on, then writes ``voicemock/speech/probes/MODEL.json``, trained
on all of REAL and the ``train-*`` clips of SYNTHETIC.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import msgspec
import numpy as np
import soundfile
from readers import linear_reader
from scoring import Tally, pieces_of, table
from synthesise import RATE_HZ, damage, resample

from voicemock.audio.frames import HOP_S
from voicemock.models.catalogue import find_model
from voicemock.schema import Filler
from voicemock.speech import probe as probes
from voicemock.speech.encoded import Encoded
from voicemock.speech.listen import Listener
from voicemock.speech.probe import Event, Probe
from voicemock.speech.recognise import Recogniser
from voicemock.speech.segments import Piece

SIZES = (0.84, 0.92, 1.1, 1.2)
ROOMS = ("noise-15", "babble-15", "telephone", "room")

EDGE_S = 0.06
"""Frames this near an annotated edge teach nothing: annotators differ by as much."""

BRIEFEST_S = 0.1
"""An annotation this short marks a place, not a sound."""

ALONE = 0.9
"""The probe by itself is judged by what it finds at least this clear."""

REAL_WEIGHT = 2.0
REGULARISATION = 0.002


@dataclass
class Clip:
    """The encoder's frames of one clip, and what is known about them.

    slower: how many annotated seconds one second of the sound stands for.
    """

    speaker: str
    kind: str
    gold: dict
    sound: np.ndarray
    pieces: list[tuple[Piece, Encoded]]
    slower: float = 1.0

    def frames(self) -> Iterator[tuple[np.ndarray, np.ndarray]]:
        """Yield for each piece the frames that may teach, and whether each is part of a filled pause."""
        for piece, encoded in self.pieces:
            values = np.asarray(encoded.output)[0, : encoded.frames // 2]
            at = self.slower * np.array([piece.time_s((i + 0.5) * HOP_S) for i in range(len(values))])
            filled, usable = np.zeros(len(at), bool), np.ones(len(at), bool)
            for pause in self.gold["filled_pauses"]:
                start_s, end_s = pause["start_s"], pause["end_s"]
                filled |= (at >= start_s) & (at < end_s)
                near_s = EDGE_S if end_s - start_s >= BRIEFEST_S else 2 * BRIEFEST_S
                usable &= (np.abs(at - start_s) > near_s) & (np.abs(at - end_s) > near_s)
            if "voice" not in self.gold:  # a real listener's "mm" may be called either
                for sound in self.gold["backchannels"]:
                    usable &= (at < sound["start_s"] - 0.1) | (at > sound["end_s"] + 0.1)
            yield values[usable], filled[usable]

    def heard(self, probe: Probe, least: float) -> list[tuple[float, float]]:
        """Return (start, end) in annotated seconds of what the probe hears by itself."""

        def at_s(piece: Piece, event: Event) -> tuple[float, float]:
            return piece.time_s(event.start_s) * self.slower, piece.time_s(event.end_s) * self.slower

        return [
            at_s(piece, event)
            for piece, encoded in self.pieces
            for event in probe.events(encoded)
            if event.strength >= least
        ]


def load(folder: Path, pattern: str, recogniser: Recogniser, *, vary: bool = False) -> list[Clip]:
    """Encode the clips of a folder; varied ones come nine times, each time another speaker or room."""
    clips = []
    for path in sorted(folder.glob(f"{pattern}.flac")):
        gold = json.loads(path.with_suffix(".json").read_text())
        sound, rate_hz = soundfile.read(path)
        if rate_hz != RATE_HZ:
            raise SystemExit(f"{path} is not at {RATE_HZ} Hz")
        # Clips cut from one person's recordings name the same place, up to the file.
        speaker = gold.get("voice") or gold["source"].rsplit("/", 1)[0]
        kind = path.stem.split("-")[0] if "damage" not in gold else f"synthetic, {gold['damage'].split('-')[0]}"
        versions = [(kind, 1.0, sound)]
        if vary:
            rng = np.random.default_rng(len(path.stem))
            versions += [(f"{kind}, varied", size, resample(sound, RATE_HZ * size, RATE_HZ)) for size in SIZES]
            versions += [(f"{kind}, varied", 1.0, damage(rng, sound, room, sound[::-1])) for room in ROOMS]
        for name, slower, samples in versions:
            encoded = [(piece, recogniser.encode(piece.samples)) for piece in pieces_of(samples)]
            clips.append(Clip(speaker, name, gold, samples, encoded, slower))
    return clips


def hear(sound: np.ndarray, recogniser: Recogniser, probe: Probe) -> tuple[Filler, ...]:
    """Return the filled pauses both witnesses together find."""
    listener = Listener(recogniser, probe=probe)
    for start in range(0, len(sound), RATE_HZ):
        listener.feed(sound[start : start + RATE_HZ].astype(np.float32))
    return listener.finish(path="").filled_pauses


def train(model: str, real: Iterable[Clip], synthetic: Iterable[Clip]) -> Probe:
    """Fit a logistic regression on single frames, filled pauses counting as much as all the rest."""
    values, filled, weights = [], [], []
    for clips, weight in ((real, REAL_WEIGHT), (synthetic, 1.0)):
        for clip in clips:
            for frames, labels in clip.frames():
                values.append(frames)
                filled.append(labels)
                weights.append(np.full(len(labels), weight))
    bias, reader = linear_reader(
        np.concatenate(values), np.concatenate(filled), np.concatenate(weights), REGULARISATION
    )
    return Probe(
        model=model,
        made="benchmarks/train_probe.py; docs/hearing.md says from what and how well it does",
        bias=bias,
        weights=reader,
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", default="tiny.en")
    parser.add_argument("--real", type=Path, required=True)
    parser.add_argument("--synthetic", type=Path, required=True)
    args = parser.parse_args()
    model = find_model(args.model)
    recogniser = Recogniser(model, verbatim=False)
    real = load(args.real, "*", recogniser, vary=True)
    synthetic = load(args.synthetic, "train-*", recogniser)
    held_back = load(args.synthetic, "test-*", recogniser)
    probe = train(model.name, real, synthetic)
    left_out = {
        speaker: train(model.name, [clip for clip in real if clip.speaker != speaker], synthetic)
        for speaker in {clip.speaker for clip in real}
    }
    alone: dict[str, Tally] = {}
    both: dict[str, Tally] = {}
    recogniser.verbatim = True
    for clip, judge in [(clip, left_out[clip.speaker]) for clip in real] + [(clip, probe) for clip in held_back]:
        alone.setdefault(clip.kind, Tally()).add(clip.heard(judge, ALONE), clip.gold)
        if "varied" not in clip.kind:
            found = [(pause.start_s, pause.end_s) for pause in hear(clip.sound, recogniser, judge)]
            both.setdefault(clip.kind, Tally()).add(found, clip.gold)
    print(f"On speakers the probe was not trained on: by itself from {ALONE}, then with the recogniser's word.")
    head = ["clips", "hits", "false alarms", "misses", "F1"]
    for tallies in (alone, both):
        print(table(head, [[k, t.hits, t.alarms, t.misses, f"{t.f1:.2f}"] for k, t in sorted(tallies.items())]))
    path = Path(probes.__file__).parent / "probes" / f"{model.name}.json"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(msgspec.json.format(msgspec.json.encode(probe), indent=1) + b"\n")
    print(f"Written: {path}")


if __name__ == "__main__":
    main()
