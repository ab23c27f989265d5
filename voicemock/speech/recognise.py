"""Whisper on the CPU, one piece at a time: encode once, decode as often as needed, align.

Drives CTranslate2's Whisper through faster-whisper's model instead of its ``transcribe``: that would run
the encoder, three quarters of the work, again for every pass over the same sound.
"""

__all__ = ["Decoded", "ModelFolder", "PrimedWord", "Recogniser", "Said"]

import functools
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ParamSpec, Protocol, TypeVar

import numpy as np

from voicemock.audio.arrays import Samples
from voicemock.audio.load import RATE_HZ
from voicemock.errors import ModelError
from voicemock.schema import Certainty
from voicemock.speech.decoded import Decoded
from voicemock.speech.encoded import MEL_HZ, Encoded, joined

P = ParamSpec("P")
T = TypeVar("T")

STAMP_S = 0.02
"""Whisper's time stamps count half spectrum frames."""

WINDOW = 30 * MEL_HZ
"""Spectrum frames Whisper was trained on."""

MAX_TOKENS_PER_S = 10.0
"""Nobody says more than this: what comes after is a loop. Fast speech at 300 words a minute makes about 7. voicemock
default, unvalidated."""

MAX_TOKENS_AT_LEAST = 24
"""Allowed in addition, however short the piece. voicemock default, unvalidated."""

NO_REPEAT = 4
"""A careful reading never writes this many tokens in a row twice. voicemock default, unvalidated."""

SMALL_BYTES = 200_000_000
"""A model file up to this size is loaded a second time if there are two cores: on both at once the encoder takes
0.7 of the time it takes on one, but one reading takes three to five times as long (CTranslate2's threads wait for each
other at every step), so the encoder gets all cores and each of the two readings one. Measured with tiny.en:
the end of an answer of 40 s is heard in 0.85 s instead of 0.95 s, for 75 MB (base: 200 MB). Larger models (not
measured) share all threads: there, memory matters more."""

BEAM = 5
"""Readings weighed for the words: OpenAI's default in whisper/transcribe.py. On two monologues tiny.en got 7 of 116
words wrong instead of 13, base 8 instead of 14; it takes a third longer to decode."""

TOGETHER = 4
"""Pieces read at once: each step passes over the decoder's weights once for all of them. With tiny.en two take 0.85 of
the time a piece, four 0.75, eight 0.73; four need 40 MB more than two, eight 190."""

PRIMED_TOGETHER = 2
"""Pieces read at once with a primer: CTranslate2 keeps how likely each of 51,864 tokens was at each step, 20 MB for a
piece. Four at once need 40 MB more, two take a seventh longer."""

HESITATION_SOUNDS = (" um", " uh", " Um", " Uh", " er", " Er")
"""What Whisper writes for a filled pause; each is, or begins with, a token of its own."""


class ModelFolder(Protocol):
    """A Whisper model in CTranslate2's format."""

    @property
    def name(self) -> str:
        """Return what people call it, such as ``tiny.en``."""

    @property
    def path(self) -> Path:
        """Return the folder that holds it."""


@dataclass(frozen=True, slots=True)
class PrimedWord:
    """One word of a reading, without a time.

    hesitation: how likely Whisper held "um" or "uh" to be at this place, 0 to 1: of the word itself where it
    is one, else of a filled pause before it.
    """

    text: str
    hesitation: float


@dataclass(frozen=True, slots=True)
class Said:
    """One word with its time in seconds; punctuation belongs to the word it touches.

    certainty: of a filled pause, None of any other word.
    """

    text: str
    start_s: float
    end_s: float
    probability: float
    certainty: Certainty | None = None


class Recogniser:
    """A Whisper model, loaded once, English.

    threads: how many cores may be busy.
    verbatim: also hear filled pauses, repeats and cut-off words, at up to twice the cost.
    """

    def __init__(self, model: ModelFolder, *, threads: int = 2, verbatim: bool = True) -> None:
        self.name = model.name
        self.verbatim = verbatim
        self._whisper, self._encoder = _load(model.path, threads)
        from faster_whisper.tokenizer import Tokenizer

        inner = self._whisper
        self._tokenizer = Tokenizer(inner.hf_tokenizer, inner.model.is_multilingual, task="transcribe", language="en")
        self._beside = ThreadPoolExecutor(1, "voicemock-reading") if threads > 1 else None
        self._hesitations = [self._tokenizer.encode(sound)[0] for sound in HESITATION_SOUNDS]

    def encode(self, samples: Samples, *, padded: bool = True) -> Encoded:
        """Run the encoder.

        Parameters
        ----------
        samples
            (samples,) at 16 kHz, up to 30 s; what comes after is not heard.
        padded
            Fill the window up with silence, as Whisper was trained; readings need it, the probe does not, and without
            it 6 s cost a tenth.
        """
        from faster_whisper.audio import pad_or_trim
        from faster_whisper.transcribe import get_ctranslate2_storage

        frames = min(len(samples) * MEL_HZ // RATE_HZ, WINDOW)
        features = pad_or_trim(self._whisper.feature_extractor(samples), WINDOW if padded else frames)
        return Encoded(self._encoder.encode(get_ctranslate2_storage(features[None])), frames)

    def decode(self, encoded: Encoded, *, primer: str = "", careful: bool = False, timed: bool = False) -> Decoded:
        """Read the piece as text.

        primer: what Whisper is told was said before; with one, hesitations are looked for, greedily.
        careful: never write the same four tokens twice, for pieces that loop.
        timed: with time stamps between phrases, as Whisper mostly learned to read.
        """
        prompt = self._prompt(primer, timed)
        return self._generate([encoded], prompt, self._most(prompt, encoded), primed=bool(primer), careful=careful)[0]

    def decode_each(self, sounds: Sequence[Encoded], *, primer: str = "", timed: bool = False) -> list[Decoded]:
        """Read several pieces at once, as ``decode`` would read each, in less time."""
        found: list[Decoded] = []
        prompt = self._prompt(primer, timed)
        at_once = PRIMED_TOGETHER if primer else TOGETHER
        for first in range(0, len(sounds), at_once):
            some = sounds[first : first + at_once]
            limits = [self._most(prompt, encoded) for encoded in some]
            read = self._generate(some, prompt, max(limits), primed=bool(primer))
            for encoded, decoded, most in zip(some, read, limits, strict=True):
                lost = len(prompt) + decoded.length >= most  # alone it would have been cut off earlier
                found.append(self.decode(encoded, primer=primer, timed=timed) if lost else decoded)
        return found

    def _prompt(self, primer: str, timed: bool) -> list[int]:
        prompt: list[int] = self._whisper.get_prompt(
            self._tokenizer, [], without_timestamps=not timed, hotwords=primer or None
        )
        return prompt

    def _most(self, prompt: list[int], encoded: Encoded) -> int:
        """Return how many tokens a reading may have, with its prompt."""
        most = int(MAX_TOKENS_AT_LEAST + MAX_TOKENS_PER_S * encoded.duration_s)
        return int(min(len(prompt) + most, self._whisper.max_length))

    def _generate(
        self, sounds: Sequence[Encoded], prompt: list[int], most: int, *, primed: bool, careful: bool = False
    ) -> list[Decoded]:
        results = self._whisper.model.generate(
            joined([encoded.output for encoded in sounds]),
            [prompt] * len(sounds),
            beam_size=1 if primed else BEAM,
            no_repeat_ngram_size=NO_REPEAT if careful else 0,
            max_length=most,
            return_scores=True,
            return_no_speech_prob=True,
            return_logits_vocab=primed,
        )
        return [self._decoded(result, cut_at=most - len(prompt), primed=primed) for result in results]

    def _decoded(self, result: Any, *, cut_at: int, primed: bool) -> Decoded:
        (ids,), tokenizer = result.sequences_ids, self._tokenizer
        tokens = tuple(token for token in ids if token < tokenizer.eot)
        stamps = max(ids[-1:], default=0) - tokenizer.timestamp_begin
        return Decoded(
            tokens,
            tokenizer.decode(tokens).strip(),
            result.scores[0],
            result.no_speech_prob,
            self._hesitation(result.logits[0]) if primed else (),
            cut_off=len(ids) >= cut_at,
            until_s=max(0, stamps) * STAMP_S,
            length=len(ids),
        )

    def beside(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> Callable[[], T]:
        """Start some work on the second core, if there is one, and return a function that waits for its result."""
        if self._beside is None:
            return functools.partial(work, *args, **kwargs)
        return self._beside.submit(work, *args, **kwargs).result

    def _hesitation(self, steps: list[Any]) -> tuple[float, ...]:
        """Return the probability of a hesitation sound at every step."""
        chances = []
        for step in steps:
            scores = np.asarray(step).ravel()
            scores = np.exp(scores - scores.max())
            chances.append(float(scores[self._hesitations].sum() / scores.sum()))
        return tuple(chances)

    def words(self, decoded: Decoded) -> tuple[list[PrimedWord], float]:
        """Return the words of a primed reading, and how likely a hesitation came after the last."""
        texts, tokens = self._tokenizer.split_to_word_tokens([*decoded.tokens, self._tokenizer.eot])
        found: list[PrimedWord] = []
        at, before = 0, 0.0
        for text, own in zip(texts[:-1], tokens[:-1], strict=True):
            chance = max(before, _at(decoded.hesitation, at))
            at += len(own)
            if found and not text.startswith(" "):  # a comma; a hesitation in its place comes before the next
                found[-1] = PrimedWord(found[-1].text + text.rstrip(), found[-1].hesitation)
                before = chance
            else:
                found.append(PrimedWord(text.strip(), chance))
                before = 0.0
        return found, max(before, _at(decoded.hesitation, at))

    def align(self, encoded: Encoded, tokens: tuple[int, ...]) -> list[Said]:
        """Return the words of a reading with their times in the piece."""
        if not tokens:
            return []
        (found,) = self._whisper.find_alignment(self._tokenizer, [list(tokens)], encoded.output, encoded.frames)
        words: list[Said] = []
        for piece in found:
            text, start_s, end_s = piece["word"], float(piece["start"]), float(piece["end"])
            if words and not text.startswith(" "):  # Whisper splits "30%" and "24/7" at the signs
                last = words.pop()
                words.append(Said(last.text + text.rstrip(), last.start_s, end_s, last.probability))
            else:
                words.append(Said(text.strip(), start_s, end_s, float(piece["probability"])))
        return [word for word in words if any(map(str.isalnum, word.text))]


def _at(values: tuple[float, ...], index: int) -> float:
    """Return the value, 0 past the end: a reading cut off at its limit has none for what would come next."""
    return values[index] if index < len(values) else 0.0


def _load(path: Path, threads: int) -> tuple[Any, Any]:
    """Return faster-whisper's model, which reads, and CTranslate2's, which encodes."""
    missing = [name for name in ("model.bin", "config.json", "tokenizer.json") if not (path / name).is_file()]
    if missing:
        raise ModelError(
            f"The model in {path} is incomplete: {', '.join(missing)} is missing.",
            hint="`voicemock models list` shows which models are here, `voicemock models pull` fetches one.",
        )
    from ctranslate2.models import Whisper
    from faster_whisper import WhisperModel

    twice = threads > 1 and (path / "model.bin").stat().st_size <= SMALL_BYTES
    common = {"device": "cpu", "compute_type": "int8"}
    try:
        whisper = WhisperModel(str(path), cpu_threads=1 if twice else threads, num_workers=min(threads, 2), **common)
        return whisper, Whisper(str(path), intra_threads=threads, **common) if twice else whisper.model
    except (RuntimeError, ValueError, OSError) as error:
        raise ModelError(
            f"The model in {path} cannot be loaded: {error}",
            hint="`voicemock models verify` compares it with the catalogue.",
        ) from error
