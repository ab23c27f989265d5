"""Train the reader that hears a second voice in Whisper's encoder: one linear reader a model.

    python benchmarks/synthesise.py SYNTHETIC
    python benchmarks/train_second_voice.py --model tiny.en --real REAL --synthetic SYNTHETIC [--write docs/hearing.md]

REAL and SYNTHETIC hold NAME.flac and NAME.json, as ``benchmarks/synthesise.py`` writes them. Each clip of one
speaker is mixed with another voice, some decibels below. Shows on speakers the reader was not trained on how often a
recording is called poor for it, then writes ``voicemock/speech/probes/MODEL.second-voice.json``, trained on the
``train-*`` clips of SYNTHETIC and the single speakers of REAL.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import msgspec
import numpy as np
import soundfile
from readers import linear_reader
from scoring import pieces_of, put_into, table
from synthesise import RATE_HZ, damage, resample

from voicemock.audio.frames import HOP, HOP_S
from voicemock.models.catalogue import find_model
from voicemock.speech import second_voice
from voicemock.speech.encoded import Encoded
from voicemock.speech.probe import Reader
from voicemock.speech.recognise import Recogniser
from voicemock.speech.second_voice import problems, talk_in
from voicemock.speech.segments import Piece

TRAINED_DB = (0, 18)
TESTED_DB = (5, 10, 15, 20)
"""How far the other voice lies below the speaker, in power over the whole clip."""

VARIED = ("size-0.85", "size-1.18", "noise-15", "telephone", "room")
"""Real speakers are few: each also comes in these ways, alone."""

AUDIBLE_DB = 12
"""A frame holds the other voice where that is so close to its own loudest and to the speaker."""

REGULARISATION = 0.002


@dataclass(frozen=True)
class Clip:
    """One speaker's recording."""

    speaker: str
    kind: str
    sound: np.ndarray


@dataclass(frozen=True)
class Mixture:
    """A recording as the encoder sees it, and when another voice sounds in it.

    below_db: how far the other voice lies below the speaker; None if there is none.
    other: for every 20 ms of the recording.
    """

    speaker: str
    kind: str
    below_db: int | None
    pieces: list[tuple[Piece, Encoded]]
    other: np.ndarray

    def frames(self) -> Iterator[tuple[np.ndarray, np.ndarray]]:
        """Yield for each piece its frames, and whether each holds another voice."""
        for piece, encoded in self.pieces:
            values = np.asarray(encoded.output)[0, : encoded.frames // 2]
            at = [int(piece.time_s((i + 0.5) * HOP_S) / HOP_S) for i in range(len(values))]
            yield values, self.other[np.minimum(at, len(self.other) - 1)]

    def called_poor(self, reader: Reader) -> bool:
        """Tell whether the reader finds that somebody else talks."""
        return bool(problems([talk_in(piece, encoded, reader) for piece, encoded in self.pieces]))


def load(folder: Path, pattern: str) -> list[Clip]:
    """Return the clips of a folder in which one person speaks."""
    clips = []
    for path in sorted(folder.glob(f"{pattern}.flac")):
        gold = json.loads(path.with_suffix(".json").read_text())
        if len({word["speaker"] for word in gold["words"]}) <= 1 and "babble" not in gold.get("damage", ""):
            speaker = gold.get("voice") or gold["source"].rsplit("/", 1)[0]
            clean = "clean" if gold.get("damage") == "none" else "damaged"
            kind = f"synthetic, {clean}" if "voice" in gold else "real"
            clips.append(Clip(speaker, kind, soundfile.read(path)[0]))
    return clips


def varied(clip: Clip, how: str, rng: np.random.Generator) -> Clip:
    """Return the clip as of a smaller or bigger speaker, or from a bad line."""
    if how.startswith("size-"):
        return Clip(clip.speaker, clip.kind, resample(clip.sound, RATE_HZ * float(how.removeprefix("size-")), RATE_HZ))
    return Clip(clip.speaker, clip.kind, damage(rng, clip.sound, how, clip.sound))


def levels_db(sound: np.ndarray) -> np.ndarray:
    """Return the level of every encoder frame."""
    whole = sound[: len(sound) // HOP * HOP].reshape(-1, HOP)
    return 10 * np.log10(np.mean(whole**2, axis=1) + 1e-10)


def mixed(clip: Clip, other: Clip | None, below_db: int, recogniser: Recogniser) -> Mixture:
    """Let another voice talk along, and encode both; None leaves the speaker alone."""
    sound, theirs = clip.sound, np.zeros(len(clip.sound) // HOP, bool)
    if other is not None:
        voice = np.resize(other.sound, len(sound))
        voice = voice * np.sqrt(np.mean(sound**2) / np.mean(voice**2)) * 10 ** (-below_db / 20)
        level = levels_db(voice)
        theirs = (level > np.percentile(level, 95) - AUDIBLE_DB) & (level > levels_db(sound) - AUDIBLE_DB)
        sound = sound + voice
    pieces = [(piece, recogniser.encode(piece.samples)) for piece in pieces_of(sound)]
    return Mixture(clip.speaker, clip.kind, below_db if other else None, pieces, theirs)


def mixtures(clips: list[Clip], others: list[Clip], recogniser: Recogniser, *, each: int) -> Iterator[Mixture]:
    """Yield every clip alone and a few times with another voice, at levels drawn by chance."""
    rng = np.random.default_rng(0)
    for clip in clips:
        yield mixed(clip, None, 0, recogniser)
        strangers = [other for other in others if other.speaker != clip.speaker]
        for _ in range(each):
            other = strangers[rng.integers(len(strangers))]
            yield mixed(clip, other, int(rng.integers(*TRAINED_DB)), recogniser)


def tests(clips: list[Clip], others: list[Clip], recogniser: Recogniser) -> Iterator[Mixture]:
    """Yield every clip alone and with another voice at each level."""
    rng = np.random.default_rng(1)
    for clip in clips:
        yield mixed(clip, None, 0, recogniser)
        strangers = [other for other in others if other.speaker != clip.speaker]
        for below_db in TESTED_DB:
            yield mixed(clip, strangers[rng.integers(len(strangers))], below_db, recogniser)


def train(model: str, examples: Iterable[Mixture]) -> Reader:
    """Fit a logistic regression on single frames."""
    parts = [part for example in examples for part in example.frames()]
    values, other = (np.concatenate(column) for column in zip(*parts, strict=True))
    bias, weights = linear_reader(values, other, np.ones(len(other)), REGULARISATION)
    return Reader(
        model=model,
        made="benchmarks/train_second_voice.py; docs/hearing.md says from what and how well it does",
        bias=bias,
        weights=weights,
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", default="tiny.en")
    parser.add_argument("--real", type=Path, required=True)
    parser.add_argument("--synthetic", type=Path, required=True)
    parser.add_argument("--write", type=Path, help="page whose table is renewed")
    args = parser.parse_args()
    model = find_model(args.model)
    recogniser = Recogniser(model, verbatim=False)
    rng = np.random.default_rng(2)
    real, made, held_back = load(args.real, "*"), load(args.synthetic, "train-*"), load(args.synthetic, "test-*")
    ways = [varied(clip, how, rng) for clip in real for how in VARIED]
    voices = [clip for clip in made if clip.kind == "synthetic, clean"]
    seen = list(mixtures(made, voices, recogniser, each=3))
    seen_real = list(mixtures(real, voices, recogniser, each=3)) + list(mixtures(ways, voices, recogniser, each=0))
    reader = train(model.name, seen + seen_real)
    left_out = {
        speaker: train(model.name, seen + [one for one in seen_real if one.speaker != speaker])
        for speaker in {clip.speaker for clip in real}
    }
    strange = [clip for clip in held_back if clip.kind == "synthetic, clean"]
    called: dict[tuple[str, int | None], list[bool]] = defaultdict(list)
    for example in (*tests(real + ways, strange, recogniser), *tests(held_back, strange, recogniser)):
        judge = left_out.get(example.speaker, reader)
        called[example.kind, example.below_db].append(example.called_poor(judge))
    columns = (None, *reversed(TESTED_DB))
    head = ["called poor", "alone", *(f"{below_db} dB below" for below_db in reversed(TESTED_DB))]
    kinds = sorted({kind for kind, _ in called})
    rows = [[kind, *(f"{sum(c)} of {len(c)}" for at in columns for c in [called[kind, at]])] for kind in kinds]
    print(table(head, rows))
    if args.write:
        put_into(args.write, f"second voice {model.name}", table(head, rows))
    path = Path(second_voice.__file__).parent / "probes" / f"{model.name}.second-voice.json"
    path.write_bytes(msgspec.json.format(msgspec.json.encode(reader), indent=1) + b"\n")
    print(f"Written: {path}")


if __name__ == "__main__":
    main()
