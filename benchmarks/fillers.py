"""How many filled pauses are heard, and how many of those were said, against plain faster-whisper.

    python benchmarks/fillers.py FOLDER... [--model tiny.en] [--write docs/hearing.md]

A FOLDER holds NAME.flac and NAME.json with words, filled_pauses and backchannels (text, start_s, end_s), as
``benchmarks/synthesise.py`` writes them.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from pathlib import Path

from scoring import Tally, clips_in, put_into, table

from voicemock.audio.load import AudioFile
from voicemock.models.catalogue import find_model
from voicemock.schema import Certainty
from voicemock.speech.listen import listen
from voicemock.speech.recognise import Recogniser
from voicemock.speech.verbatim import is_filled_pause


def whisper_alone(path: Path):
    """Return faster-whisper's model, without what is built on it here."""
    from faster_whisper import WhisperModel

    return WhisperModel(str(path), device="cpu", compute_type="int8", cpu_threads=2)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--model", default="tiny.en")
    parser.add_argument("--clips", default="*")
    parser.add_argument("--alone", action="store_true", help="leave faster-whisper out: half the time")
    parser.add_argument("--write", type=Path, help="page whose table is renewed")
    args = parser.parse_args()
    model = find_model(args.model)
    recogniser = Recogniser(model)
    plain = None if args.alone else whisper_alone(model.path)
    any_, sure, whisper = defaultdict(Tally), defaultdict(Tally), defaultdict(Tally)
    minutes: dict[str, float] = defaultdict(float)
    for clip in clips_in(args.folders, args.clips):
        found = listen(AudioFile(clip.audio), recogniser).filled_pauses
        spans = [(f.start_s, f.end_s) for f in found]
        any_[clip.group].add(spans, clip.gold)
        confirmed = [s for f, s in zip(found, spans, strict=True) if f.certainty is Certainty.CONFIRMED]
        sure[clip.group].add(confirmed, clip.gold)
        if plain:
            segments, _ = plain.transcribe(str(clip.audio), language="en", beam_size=1, word_timestamps=True)
            words = [word for segment in segments for word in segment.words]
            whisper[clip.group].add([(w.start, w.end) for w in words if is_filled_pause(w.word)], clip.gold)
        minutes[clip.group] += clip.gold["duration_s"] / 60
    rows = []
    for group in minutes:
        heard, certain = any_[group], sure[group]
        said = heard.hits + heard.misses
        rates = (*([whisper[group].recall] if plain else []), heard.recall, heard.precision)
        shares = [f"{rate:.2f}" for rate in rates]
        shares += [f"**{heard.f1:.2f}**", f"{certain.precision:.2f} ({certain.hits + certain.alarms})"]
        rows.append([group, said, *(shares if said else ["–"] * len(shares)), f"{heard.alarms / minutes[group]:.2f}"])
    head = ["clips", "filled pauses", *(["faster-whisper recall"] if plain else []), "recall", "precision", "F1",
            "precision of confirmed (number)", "false alarms a minute"]  # fmt: skip
    text = table(head, rows)
    print(text)
    if args.write:
        put_into(args.write, f"fillers {model.name}", text)


if __name__ == "__main__":
    main()
