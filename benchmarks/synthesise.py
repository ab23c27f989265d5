"""Make hesitant speech with exact times: ``python benchmarks/synthesise.py OUT``.

Writes ``train-*.flac`` and ``test-*.flac`` with a JSON file beside each (words, filled_pauses, backchannels,
voice, damage). Test clips have voices and sentences of their own. Each clip is one or two sentences of an
interview answer with filled pauses put in where speakers put them, words drawn out as hesitating speakers
draw them out, and listeners' sounds that are no fillers. Clips named ``*-accent-*`` are said with an accent, other
ones in training than in the test, and with vowels held. Half of the clips are damaged: noise, telephone,
room, MP3.
"""

from __future__ import annotations

import argparse
import json
from io import BytesIO
from pathlib import Path

import accents
import numpy as np
import soundfile
from accents import DRAWN_OUT, HELD_S, TEST_ACCENTS, TRAIN_ACCENTS, accented
from voices import FILLERS, Timed, Token, pronounce, speaker

RATE_HZ = 16_000
TEST_VOICES = ["heart", "kumo-beyond", "nezumi"]
TRAIN_VOICES = ["alpha", "joe", "gongitsune", "kumo", "joe", "kumo-alpha", "tebukuro", "joe", "kumo-nezumi"]
DAMAGES = ("noise-10", "noise-15", "noise-20", "noise-30", "babble-15", "telephone", "room", "mp3")

TRAIN_SENTENCES = """
so I joined the team in March and the first thing I noticed was the number of pages every night
we had about forty services and nobody could say which of them mattered to the customers
I talked to the product manager because the roadmap was full and something had to give
the database was the bottleneck and we could either shard it or move the reads somewhere else
my own part was the rollout plan and the decision to stop the project for a week
one of my engineers was struggling and I did not see it early enough
she told me that her work was never visible to the rest of the company
we cut the error rate from four percent to under one percent in two months
the other option was to buy a product from a vendor but the cost was hard to justify
I asked the team what would happen if we did nothing at all
there was a conflict between two senior people about the design of the interface
I learned that under pressure I tend to take over instead of asking others to help
our customers were banks and they were worried about the security of the data
the summer before that we had lost three people and hiring was slow
we ran an experiment with a small number of users before we opened it to everyone
it was a Tuesday morning and the alerts came in one after another
I would do it differently today and start with a smaller change
the support team had to answer the same question hundreds of times
he wanted to rewrite the whole thing and I thought that was a mistake
we agreed on an error budget and wrote down what happens once it is gone
some of them came from a company where nobody ever gave honest feedback
the numbers were better than we had hoped and the budget was approved
""".strip().splitlines()

TEST_SENTENCES = """
the hardest part was telling the director that we would miss the date
I had six engineers and a designer and none of us had built a payment system before
we measured the latency at the ninety ninth percentile and it was terrible
after the outage I wrote the summary myself and shared it with the whole department
people were tired and another migration was the last thing they wanted
my manager asked me to choose between quality and speed and I said neither
we moved the traffic region by region so that a mistake would only hurt a few users
in the end the revenue grew by twelve percent and churn went down
I gave him the feedback in private and we made a plan for ninety days
the trade off was that we paid more for storage but slept through the night
""".strip().splitlines()

CLINGY = {"the", "a", "and", "so", "to", "that", "of", "because", "was", "but", "with", "for", "in", "we", "I", "my"}
"""Words speakers hesitate after, and draw out."""

BREAK = Token(",", ",", 0.03)
"""A comma too short to hear: without it the voices take an "um" for part of the next word."""

FADE_S = 0.03
"""Sounds die away into a silenced comma, and begin out of it, over twice this."""

BACKCHANNELS = {"mm-hmm": "mhˈm", "uh-huh": "ʌhˈʌ"}


def sentence_tokens(rng: np.random.Generator, sentence: str) -> list[Token]:
    """Put hesitations into a sentence."""
    tokens: list[Token] = []
    words = sentence.split()
    for i, word in enumerate(words):
        before = words[i - 1] if i else ""
        odds = 0.4 if not i else 0.3 if before in CLINGY else 0.08
        if rng.random() < odds:
            tokens += hesitation(rng)
        drawn_out = word in CLINGY and rng.random() < 0.12
        tokens.append(Token(word, pronounce(word), rng.uniform(0.25, 0.6) if drawn_out else None))
        if rng.random() < 0.06:
            tokens.append(pause(rng))
    return [*tokens, Token(".", ".", rng.uniform(0.1, 1.2))]


def hesitation(rng: np.random.Generator) -> list[Token]:
    """Return a filler, often with a pause before or after it, now and then with a second one."""
    before = pause(rng) if rng.random() < 0.5 else BREAK
    after = pause(rng) if rng.random() < 0.6 else BREAK
    if rng.random() < 0.08:
        return [before, filler(rng), Token(",", ",", rng.uniform(0.15, 0.5)), filler(rng), after]
    return [filler(rng)] if rng.random() < 0.1 else [before, filler(rng), after]


def filler(rng: np.random.Generator) -> Token:
    text = rng.choice(["um", "uh", "er"], p=[0.48, 0.42, 0.1])
    lasts_s = float(np.clip(rng.lognormal(np.log(0.42), 0.4), 0.2, 1.1))
    return Token(text, rng.choice(FILLERS[text]), lasts_s)


def pause(rng: np.random.Generator) -> Token:
    return Token(",", ",", rng.uniform(0.08, 0.9))


def with_accent(rng: np.random.Generator, tokens: list[Token], accent: str) -> list[Token]:
    """Say tokens with an accent, holding the last vowels of some words while the next is looked for."""
    said: list[Token] = []
    for token in tokens:
        held_s = None
        if token.text not in {*FILLERS, ",", "."} and rng.random() < (0.25 if token.text in DRAWN_OUT else 0.05):
            held_s = float(np.clip(rng.lognormal(np.log(HELD_S), 0.35), 0.2, 0.8))
        lasts_s = token.lasts_s if held_s is None else None
        said.append(Token(token.text, accented(token.phonemes, accent), lasts_s, held_s))
    return said


def make(
    rng: np.random.Generator, voice: str, sentences: list[str], accent: str = ""
) -> tuple[np.ndarray, list[Timed]]:
    """Speak one or two sentences; the second clip of a voice is another person's: pitch and size differ."""
    tokens = [t for i in rng.choice(len(sentences), rng.integers(1, 3)) for t in sentence_tokens(rng, sentences[i])]
    tokens = with_accent(rng, tokens, accent) if accent else tokens
    if rng.random() < 0.25:
        text = rng.choice(list(BACKCHANNELS))
        tokens += [pause(rng), Token(text, BACKCHANNELS[text], rng.uniform(0.3, 0.6)), Token(".", ".")]
    audio, timed = speaker(voice).speak(tokens, speed=rng.uniform(0.85, 1.25), seed=int(rng.integers(1 << 30)))
    audio = hushed(audio, timed, speaker(voice).rate_hz)
    size = 2 ** rng.uniform(-0.28, 0.22)  # read slower or faster: a bigger or a smaller speaker
    audio = resample(audio, speaker(voice).rate_hz * size, RATE_HZ)
    lead = rng.uniform(0.2, 1.0)
    audio = np.pad(audio, (int(lead * RATE_HZ), int(rng.uniform(0.2, 0.8) * RATE_HZ)))
    level = 10 ** (rng.uniform(-32, -18) / 20)
    audio = audio * level / np.sqrt(np.mean(audio**2))
    audio = audio + noise(rng, len(audio), 1.0) * level * 10 ** (-rng.uniform(36, 50) / 20)
    return audio, [Timed(t.text, lead + t.start_s / size, lead + t.end_s / size) for t in timed]


def hushed(audio: np.ndarray, timed: list[Timed], rate_hz: int) -> np.ndarray:
    """Silence the commas: voices fill long ones with a murmur that an annotator would call a filled pause."""
    beside = int(FADE_S * rate_hz)
    loud = np.ones(len(audio))
    for token in timed:
        if token.text == ",":
            loud[int((token.start_s + FADE_S) * rate_hz) : int((token.end_s - FADE_S) * rate_hz)] = 0.0
    fade = np.hanning(2 * beside + 1)
    return audio * np.convolve(np.pad(loud, beside, constant_values=1.0), fade / fade.sum(), "valid")


def resample(audio: np.ndarray, from_hz: float, to_hz: float) -> np.ndarray:
    import soxr

    return soxr.resample(audio, from_hz, to_hz)


def noise(rng: np.random.Generator, length: int, slope: float) -> np.ndarray:
    """Return noise of power one whose spectrum falls by the given power of the frequency (1 is pink)."""
    spectrum = np.fft.rfft(rng.normal(size=length))
    spectrum *= np.maximum(np.arange(len(spectrum)), 50.0) ** (-slope / 2)
    sound = np.fft.irfft(spectrum, length)
    return sound / np.sqrt(np.mean(sound**2))


def damage(rng: np.random.Generator, audio: np.ndarray, kind: str, babble: np.ndarray) -> np.ndarray:
    """Return the sound as a bad microphone, room or line would have left it."""
    power = np.sqrt(np.mean(audio**2))
    name, _, amount = kind.partition("-")
    if name == "noise":
        return audio + noise(rng, len(audio), rng.uniform(0, 1.2)) * power * 10 ** (-int(amount) / 20)
    if name == "babble":
        other = np.resize(babble, len(audio))
        return audio + other / np.sqrt(np.mean(other**2)) * power * 10 ** (-int(amount) / 20)
    if name == "telephone":
        return resample(np.round(resample(audio, RATE_HZ, 8000) * 512) / 512, 8000, RATE_HZ)[: len(audio)]
    if name == "room":
        length = int(rng.uniform(0.25, 0.6) * RATE_HZ)
        echo = rng.normal(size=length) * np.exp(-6.9 * np.arange(length) / length)
        echo *= rng.uniform(0.3, 0.8) / np.sqrt(np.sum(echo**2))
        echo[0] = 1.0
        return np.convolve(audio, echo)[: len(audio)]
    coded = BytesIO()
    soundfile.write(coded, audio, RATE_HZ, format="MP3", bitrate_mode="CONSTANT", compression_level=0.95)
    coded.seek(0)
    return np.resize(soundfile.read(coded)[0], len(audio))


def write(folder: Path, name: str, audio: np.ndarray, timed: list[Timed], **facts: object) -> None:
    def of(texts: set[str]) -> list[dict[str, object]]:
        return [
            {"text": t.text, "start_s": round(t.start_s, 3), "end_s": round(t.end_s, 3), "speaker": "A"}
            for t in timed
            if t.text in texts
        ]

    peak = np.abs(audio).max()
    soundfile.write(folder / f"{name}.flac", audio / max(1.0, peak / 0.99), RATE_HZ)
    spoken = {t.text for t in timed} - {",", "."}
    gold = {
        "name": name,
        **facts,
        "duration_s": round(len(audio) / RATE_HZ, 2),
        "words": of(spoken),
        "filled_pauses": of(set(FILLERS)),
        "backchannels": of(set(BACKCHANNELS)),
    }
    (folder / f"{name}.json").write_text(json.dumps(gold, indent=1))


PARTS = {
    "train": (TRAIN_VOICES, TRAIN_SENTENCES, TRAIN_ACCENTS, accents.TRAIN_SENTENCES),
    "test": (TEST_VOICES, TEST_SENTENCES, TEST_ACCENTS, accents.TEST_SENTENCES),
}
"""Voices, sentences, accents, and the sentences said with accents only."""


def write_part(folder: Path, part: str, count: int, seed: int, *, with_accents: bool) -> None:
    """Write so many clips of a part, every other one damaged."""
    voices, sentences, all_accents, more = PARTS[part]
    babble = np.zeros(RATE_HZ)
    for i in range(count):
        rng = np.random.default_rng([seed, len(part), i, *([1] if with_accents else [])])
        voice = voices[i % len(voices)]
        accent = all_accents[i // 2 % len(all_accents)] if with_accents else ""
        audio, timed = make(rng, voice, sentences + more if accent else sentences, accent)
        kind = DAMAGES[i // 2 % len(DAMAGES)] if i % 2 and i > 3 else "none"
        previous, babble = babble, audio
        if kind != "none":
            audio = damage(rng, audio, kind, previous)
        facts = {"accent": accent} if accent else {}
        name = f"{part}-accent-{i:03d}" if accent else f"{part}-{i:03d}"
        write(folder, name, audio, timed, voice=voice, damage=kind, **facts)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    parser.add_argument("--train", type=int, default=100, help="clips to train on")
    parser.add_argument("--test", type=int, default=66, help="clips held back")
    parser.add_argument("--train-accents", type=int, default=100, help="clips with accents to train on")
    parser.add_argument("--test-accents", type=int, default=48, help="clips with accents held back")
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    write_part(args.out, "test", args.test, args.seed, with_accents=False)
    write_part(args.out, "train", args.train, args.seed, with_accents=False)
    write_part(args.out, "test", args.test_accents, args.seed, with_accents=True)
    write_part(args.out, "train", args.train_accents, args.seed, with_accents=True)


if __name__ == "__main__":
    main()
