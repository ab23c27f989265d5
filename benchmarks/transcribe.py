"""Word errors and speed with and without the filler machinery, against plain faster-whisper.

    python benchmarks/transcribe.py FOLDER... [--model tiny.en] [--write docs/hearing.md]

FOLDER as for ``benchmarks/fillers.py``; clips without annotated words count for speed alone. Times are of the
processor, one thread, so that other work on the machine does not show.
"""

from __future__ import annotations

import argparse
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

from scoring import Errors, clips_in, content, put_into, table, word_errors

from voicemock.audio.load import AudioFile
from voicemock.models.catalogue import find_model
from voicemock.speech.listen import listen
from voicemock.speech.recognise import Recogniser


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--model", default="tiny.en")
    parser.add_argument("--clips", default="*")
    parser.add_argument("--write", type=Path, help="page whose table is renewed")
    args = parser.parse_args()
    model = find_model(args.model)
    readers = {
        "faster-whisper, beam 1, word times": _plain(model.path, beam_size=1, word_timestamps=True),
        "faster-whisper, its defaults": _plain(model.path),
    }
    for name, verbatim in (("voicemock --no-verbatim", False), ("voicemock", True)):
        readers[name] = _voicemock(Recogniser(model, threads=1, verbatim=verbatim))
    clips = list(clips_in(args.folders, args.clips))
    for read in readers.values():
        read(clips[0].audio)  # the first call compiles and warms caches
    errors: dict[tuple[str, str], Errors] = defaultdict(Errors)
    spent: dict[str, float] = defaultdict(float)
    seconds = 0.0
    for clip in clips:
        reference = content(word["text"] for word in clip.gold["words"])
        seconds += clip.gold["duration_s"]
        for name, read in readers.items():
            started = time.process_time()
            words = read(clip.audio)
            spent[name] += time.process_time() - started
            if reference:
                errors[clip.group, name] += word_errors(reference, content(words))
    text = f"{len(clips)} clips, {seconds / 60:.1f} minutes.\n\n{_rates(errors)}\n\n{_costs(spent, seconds)}"
    print(text)
    if args.write:
        put_into(args.write, f"transcribe {model.name}", text)


def _rates(errors: dict[tuple[str, str], Errors]) -> str:
    """Return a row for every kind of clip and reader, and one for all clips where there are several kinds."""
    groups = list(dict.fromkeys(group for group, _ in errors))
    readers = list(dict.fromkeys(name for _, name in errors))
    rows = [(group, name, errors[group, name]) for group in groups for name in readers]
    if len(groups) > 1:
        rows += [("all", name, sum((errors[group, name] for group in groups), Errors())) for name in readers]
    return table(
        ["clips", "words", "", "word error rate", "left out", "put in another's place", "added"],
        [[group, e.said, name, f"{e.rate:.1%}", e.left_out, e.substituted, e.added] for group, name, e in rows],
    )


def _costs(spent: dict[str, float], seconds: float) -> str:
    base = next(iter(spent.values()))
    return table(
        ["", "processor time", "times real time", "cost"],
        [
            [name, f"{spent_s:.1f} s", f"{seconds / spent_s:.0f}x", f"{spent_s / base:.2f}"]
            for name, spent_s in spent.items()
        ],
    )


def _plain(path: Path, **options: Any) -> Callable[[Path], list[str]]:
    from faster_whisper import WhisperModel

    whisper = WhisperModel(str(path), device="cpu", compute_type="int8", cpu_threads=1)

    def read(audio: Path) -> list[str]:
        segments, _ = whisper.transcribe(str(audio), language="en", **options)
        return " ".join(segment.text for segment in segments).split()

    return read


def _voicemock(recogniser: Recogniser) -> Callable[[Path], list[str]]:
    def read(audio: Path) -> list[str]:
        return [word.text for word in listen(AudioFile(audio), recogniser).transcript.words]

    return read


if __name__ == "__main__":
    main()
