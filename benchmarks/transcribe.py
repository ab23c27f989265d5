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

from scoring import clips_in, content, put_into, table, word_errors

from voicemock.audio.load import AudioFile
from voicemock.speech.listen import listen
from voicemock.speech.models import find_model
from voicemock.speech.recognise import Recogniser


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--model", default="tiny.en")
    parser.add_argument("--clips", default="*")
    parser.add_argument("--write", type=Path, help="page whose table is renewed")
    args = parser.parse_args()
    model = find_model(args.model)
    readers = {"faster-whisper, beam 1, word times": _plain(model.path)}
    for name, verbatim in (("voicemock --no-verbatim", False), ("voicemock", True)):
        readers[name] = _voicemock(Recogniser(model, threads=1, verbatim=verbatim))
    clips = list(clips_in(args.folders, args.clips))
    for read in readers.values():
        read(clips[0].audio)  # the first call compiles and warms caches
    errors: dict[str, int] = defaultdict(int)
    spent: dict[str, float] = defaultdict(float)
    said = seconds = 0.0
    for clip in clips:
        reference = content(word["text"] for word in clip.gold["words"])
        said += len(reference)
        seconds += clip.gold["duration_s"]
        for name, read in readers.items():
            started = time.process_time()
            words = read(clip.audio)
            spent[name] += time.process_time() - started
            errors[name] += word_errors(reference, content(words)) if reference else 0
    base = next(iter(spent.values()))
    text = table(
        ["", "word error rate", "processor time", "times real time", "cost"],
        [
            [
                name,
                f"{errors[name] / said:.1%}",
                f"{spent[name]:.1f} s",
                f"{seconds / spent[name]:.0f}x",
                f"{spent[name] / base:.2f}",
            ]
            for name in readers
        ],
    )
    text = f"{len(clips)} clips, {seconds / 60:.1f} minutes, {said:.0f} words.\n\n{text}"
    print(text)
    if args.write:
        put_into(args.write, f"transcribe {model.name}", text)


def _plain(path: Path) -> Callable[[Path], list[str]]:
    from faster_whisper import WhisperModel

    whisper = WhisperModel(str(path), device="cpu", compute_type="int8", cpu_threads=1)

    def read(audio: Path) -> list[str]:
        segments, _ = whisper.transcribe(str(audio), language="en", beam_size=1, word_timestamps=True)
        return [word.word for segment in segments for word in segment.words]

    return read


def _voicemock(recogniser: Recogniser) -> Callable[[Path], list[str]]:
    def read(audio: Path) -> list[str]:
        return [word.text for word in listen(AudioFile(audio), recogniser).transcript.words]

    return read


if __name__ == "__main__":
    main()
