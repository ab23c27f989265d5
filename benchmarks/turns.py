"""How surely two people are told apart, and one is left one.

    python benchmarks/turns.py SPEAKERS [--write docs/hearing.md]

SPEAKERS holds a folder a speaker with FLAC files of 16 kHz, as LibriSpeech does. From them come, by chance but always
the same, recordings of one person, in which half is noisy, telephoned, in a room, quieter or from across the room; and
conversations of two, at different levels, with silences of 0.15 to 0.8 s between the turns. Of some conversations the
words are also recognised and given to who said them. Questions of the shipped sets, spoken by hibari-tts, are put
before a stranger's reading, which must then be all that is left.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import soundfile
from scoring import put_into, table
from synthesise import RATE_HZ, damage

from voicemock.analyze import analyze_recording
from voicemock.audio.load import AudioFile
from voicemock.models.catalogue import find_model
from voicemock.questions.sets import list_sets
from voicemock.schema import Question
from voicemock.speech.detector import HighPass
from voicemock.speech.listen import Listener
from voicemock.speech.recognise import Recogniser
from voicemock.speech.segments import Segmenter
from voicemock.speech.turns import speakers_in, who_says
from voicemock.speech.voiceprint import Print, prints_in
from voicemock.voices import open_voice

LEVEL = 0.05
ALONE = ("clean", "half in noise", "half by telephone", "half in a room", "half 20 dB quieter", "half from afar")
TOGETHER = ("clean", "room", "telephone", "noise-15")
SHAPES = ("a conversation", "one question of 3 to 6 s, then the answer", "one question of 1.5 to 3 s, then the answer")
HALVES = {"half in noise": "noise-10", "half by telephone": "telephone", "half in a room": "room"}


@dataclass(frozen=True)
class Recording:
    """A sound and who speaks when: (start, end, 0 for the candidate or 1 for the other), in samples."""

    kind: str
    sound: np.ndarray
    turns: list[tuple[int, int, int]]

    def who(self, start_s: float, end_s: float) -> int:
        """Return who speaks most of the time between two times."""
        shared = [0.0, 0.0]
        for start, end, person in self.turns:
            shared[person] += max(0.0, min(end_s, end / RATE_HZ) - max(start_s, start / RATE_HZ))
        return int(np.argmax(shared))


def said(rng: np.random.Generator, files: list[Path]) -> np.ndarray:
    """Return up to 80 s of a speaker at one level, in an order of chance."""
    parts = [soundfile.read(files[i], dtype="float32")[0] for i in rng.permutation(len(files))[:8]]
    sound = np.concatenate(parts)[: 80 * RATE_HZ]
    return LEVEL * sound / np.sqrt(np.mean(sound**2))


def alone(rng: np.random.Generator, files: list[Path], way: str) -> Recording:
    sound = said(rng, files)
    half = len(sound) // 2
    first, second = sound[:half], sound[half:]
    if way in HALVES:
        second = damage(rng, second, HALVES[way], sound)
    elif way == "half 20 dB quieter":
        second = second * 0.1
    elif way == "half from afar":
        second = 0.2 * damage(rng, second, "room", sound)
    sound = np.concatenate([first, second])
    sound = sound + rng.normal(0, 0.0002 if way == "clean" else 0.001, len(sound))
    return Recording(way, sound.astype(np.float32), [(0, len(sound), 0)])


def together(rng: np.random.Generator, own: list[Path], other: list[Path], way: str, shape: str) -> Recording:
    """Let two people take turns; the other is up to 8 dB quieter or 2 dB louder."""
    voices = [said(rng, own), said(rng, other) * 10 ** (rng.uniform(-8, 2) / 20)]
    lengths = [(5, 14), {SHAPES[0]: (2, 7), SHAPES[1]: (3, 6), SHAPES[2]: (1.5, 3)}[shape]]
    parts: list[np.ndarray] = []
    turns: list[tuple[int, int, int]] = []
    at, used = 0, [0, 0]
    for person in (1, 0, 1, 0, 1, 0) if shape == SHAPES[0] else (1, 0):
        length = int(rng.uniform(*lengths[person]) * RATE_HZ) if shape == SHAPES[0] or person else 30 * RATE_HZ
        part = voices[person][used[person] : used[person] + length]
        used[person] += length
        if len(part) < RATE_HZ:
            continue
        turns.append((at, at + len(part), person))
        parts += [part, np.zeros(int(rng.uniform(0.15, 0.8) * RATE_HZ))]
        at += len(part) + len(parts[-1])
    sound = np.concatenate(parts) + rng.normal(0, 0.0002, at)
    if way != "clean":
        sound = damage(rng, sound, way, sound)
    return Recording(shape, sound.astype(np.float32), turns)


def prints_of(sound: np.ndarray) -> list[Print]:
    """Return the voiceprints of a recording as the listener takes them."""
    clean, segmenter = HighPass(), Segmenter()
    pieces = [p for at in range(0, len(sound), RATE_HZ) for p in segmenter.feed(clean(sound[at : at + RATE_HZ]))]
    return [one for piece in pieces + segmenter.finish() for one in prints_in(piece, segmenter.speech)]


def judged(recording: Recording) -> tuple[bool, float, float]:
    """Return whether more than one person is found, and how many seconds are given to the right one, of how many."""
    prints = prints_of(recording.sound)
    found = speakers_in(prints)
    if found is None:
        return False, 0.0, 0.0
    right = whole = 0.0
    for one, who in zip(prints, found.of_print, strict=True):
        whole += one.end_s - one.start_s
        right += (one.end_s - one.start_s) * (min(who, 1) == recording.who(one.start_s, one.end_s))
    return True, max(right, whole - right), whole


def words_right(recording: Recording, recogniser: Recogniser) -> tuple[int, int]:
    """Return how many of the words heard are given to who said them, and how many there are."""
    listener = Listener(recogniser, voices=True)
    listener.feed(recording.sound)
    sound = listener.finish(path="conversation").sound
    speakers = speakers_in(sound.prints) if sound else None
    if sound is None or speakers is None:
        return 0, 0
    who = who_says(sound.words, sound.prints, speakers)
    right = sum(min(w, 1) == recording.who(word.start_s, word.end_s) for word, w in zip(sound.words, who, strict=True))
    return max(right, len(who) - right), len(who)


def question_left_out(rng: np.random.Generator, files: list[Path], question: Question, recogniser: Recogniser) -> bool:
    """Tell whether a spoken question is left out, from its first word to the silence after it."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "question.wav"
        open_voice("natural").render(question.text, path)
        asked = np.concatenate(list(AudioFile(path).blocks()))
        asked = LEVEL * asked / np.sqrt(np.mean(asked**2))
        pause = np.zeros(int(rng.uniform(0.6, 2.0) * RATE_HZ))
        soundfile.write(path, np.concatenate([asked, pause, said(rng, files)[: 12 * RATE_HZ]]), RATE_HZ)
        answer = analyze_recording(path, recogniser=recogniser, question=question)
    asked_s, begins_s = len(asked) / RATE_HZ, (len(asked) + len(pause)) / RATE_HZ
    return [one.kind for one in answer.asides] == ["question"] and asked_s - 1 < answer.asides[0].end_s < begins_s


def figures(voices: list[list[Path]], each: int) -> str:
    """Return the table of recordings of one and of two people."""
    rows: dict[str, list[tuple[bool, float, float]]] = defaultdict(list)
    for way in ALONE:
        for i in range(each):
            rng = np.random.default_rng([ALONE.index(way), i])
            rows[f"one person, {way}"].append(judged(alone(rng, voices[rng.integers(len(voices))], way)))
    for shape in SHAPES:
        for i in range(each):
            rows[f"two people, {shape}"].append(judged(talk(voices, shape, i)))
    lines = []
    for kind, found in rows.items():
        right, whole = (sum(one[part] for one in found) for part in (1, 2))
        share = f"{right / whole:.1%}" if whole and kind.startswith("two") else "–"
        lines.append([kind, len(found), sum(one[0] for one in found), share])
    return table(["recordings", "number", "more than one found", "of the time given rightly"], lines)


def talk(voices: list[list[Path]], shape: str, number: int) -> Recording:
    """Return one of the conversations of a shape, always the same one for its number."""
    rng = np.random.default_rng([100 + SHAPES.index(shape), number])
    own, other = (voices[j] for j in rng.choice(len(voices), 2, replace=False))
    return together(rng, own, other, TOGETHER[number % len(TOGETHER)], shape)


def questions_left_out(voices: list[list[Path]], recogniser: Recogniser, count: int) -> int:
    """Return how many of some shipped questions are left out when spoken."""
    shipped = [question for one in list_sets() for question in one.questions]
    rng = np.random.default_rng(7)
    return sum(
        question_left_out(rng, voices[rng.integers(len(voices))], shipped[i], recogniser)
        for i in rng.permutation(len(shipped))[:count]
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("speakers", type=Path)
    parser.add_argument("--each", type=int, default=40, help="recordings of each kind")
    parser.add_argument("--words", type=int, default=12, help="conversations of which the words are recognised")
    parser.add_argument("--questions", type=int, default=16, help="questions spoken before a reading")
    parser.add_argument("--write", type=Path, help="page whose table is renewed")
    args = parser.parse_args()
    voices = [sorted(folder.glob("*.flac")) for folder in sorted(args.speakers.iterdir())]
    shown = figures(voices, args.each)
    recogniser = Recogniser(find_model("tiny.en"))
    counts = [words_right(talk(voices, SHAPES[0], i), recogniser) for i in range(args.words)]
    right, whole = (sum(count[i] for count in counts) for i in (0, 1))
    left_out = questions_left_out(voices, recogniser, args.questions)
    shown += (
        f"\n\nOf {whole} words heard in {args.words} conversations {right / max(1, whole):.1%} were given to who said"
        f" them. Of {args.questions} spoken questions {left_out} were left out, and nothing after them."
    )
    print(shown)
    if args.write:
        put_into(args.write, "turns", shown)


if __name__ == "__main__":
    main()
