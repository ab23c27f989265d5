"""The learned reader: a small encoder that reads question and answer together, in context, once.

``reader/reader.onnx`` is all-MiniLM-L6-v2 (Apache-2.0) fine-tuned on labelled answers by ``benchmarks/reader``; its
card stands beside it. It runs in onnxruntime, which faster-whisper needs too, on one core.
"""

__all__ = [
    "BARS",
    "FOLDER",
    "SPANS",
    "Bars",
    "Encoded",
    "SignalBars",
    "encode",
    "load_bars",
    "load_encoder",
    "proved",
    "reader_version",
]

import functools
import hashlib
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from voicemock.reading.pieces import pieces
from voicemock.reading.text import Passage, passage
from voicemock.schema import SignalName
from voicemock.telemetry import load_onnxruntime

Floats = NDArray[np.float32]

FOLDER = Path(__file__).parent / "reader"
BARS = FOLDER / "bars.json"
SPANS = ("filler", "metric", "tradeoff", "i", "we")

_WINDOW = 512
"""Word pieces read together, the question's among them: all that BERT has places for."""
_OVERLAP = 96
"""Word pieces that a window of a longer answer shares with the next."""
_MOST_OF_QUESTION = 40
"""Word pieces of the question; as in training."""
_UNSEEN = np.float32(-1e9)


class SignalBars(msgspec.Struct, frozen=True):
    """The log odds from which a signal is heard, from which it is praised, and down to which it is not heard."""

    heard: float
    praised: float
    missed: float


class Bars(msgspec.Struct, frozen=True):
    """Where the encoder's log odds become a verdict, fitted by ``benchmarks/reader/fit_bars.py``.

    signals: in the order of the encoder's outputs. spans: from where a word, a quantity or a sentence counts.
    """

    signals: dict[str, SignalBars]
    spans: dict[str, float]


class Encoded(msgspec.Struct, frozen=True):
    """What the encoder says of a passage, in log odds.

    spans: (tokens, 5), in the order of ``SPANS``. proofs: (tokens, signals), whether a word helps to prove a signal.
    signals: (signals,), of the whole passage.
    """

    spans: Floats
    proofs: Floats
    signals: Floats


class Encoder:
    """The network and its tokenizer, loaded once."""

    def __init__(self, path: Path, wordpieces: Path) -> None:
        from tokenizers import BertWordPieceTokenizer

        onnxruntime = load_onnxruntime()
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        # They would keep what the largest input took.
        options.enable_cpu_mem_arena = options.enable_mem_pattern = False
        self._session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
        self._tokenizer: Any = BertWordPieceTokenizer(str(wordpieces), lowercase=True)
        self._first = self._tokenizer.token_to_id("[CLS]")
        self._between = self._tokenizer.token_to_id("[SEP]")

    def read(self, question: str, spoken: Passage) -> Encoded:
        """Read a passage as an answer to a question, empty if it is not known."""
        read = pieces(spoken)
        ids, owner = self._ids([piece.read for piece in read])
        asked = self._ids([piece.read for piece in pieces(passage(question))])[0][:_MOST_OF_QUESTION]
        room = _WINDOW - 3 - len(asked)
        spans, proofs, signals = self._windows(asked, ids, room)
        tokens = np.full(len(spoken.tokens), -1)
        written, begins = np.unique(owner, return_index=True)  # a word may have no word pieces
        for number, word in enumerate(written.tolist()):
            tokens[read[word].first : read[word].end] = number
        return Encoded(_of_tokens(spans, begins, tokens), _of_tokens(proofs, begins, tokens), signals)

    def _ids(self, words: list[str]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return word pieces, and the word each belongs to."""
        encoded = self._tokenizer.encode(words, is_pretokenized=True, add_special_tokens=False)
        return np.array(encoded.ids, np.int64), np.array(encoded.word_ids, np.int64)

    def _windows(self, asked: NDArray[np.int64], ids: NDArray[np.int64], room: int) -> tuple[Floats, Floats, Floats]:
        """Read in windows: each word from the one in which it lies deeper, each signal where it is clearest."""
        starts = [0, *range(room - _OVERLAP, len(ids) - _OVERLAP, room - _OVERLAP)] if len(ids) > room else [0]
        kept, wholes = [], []
        for number, start in enumerate(starts):
            spans, proofs, signals = self._window(asked, ids[start : start + room])
            skip = _OVERLAP // 2 if number else 0
            stop = None if number == len(starts) - 1 else room - _OVERLAP // 2
            kept.append((spans[skip:stop], proofs[skip:stop]))
            wholes.append(signals)
        joined = [np.concatenate(parts) for parts in zip(*kept, strict=True)]
        return joined[0], joined[1], np.max(wholes, axis=0)

    def _window(self, asked: NDArray[np.int64], part: NDArray[np.int64]) -> tuple[Floats, Floats, Floats]:
        ids = np.concatenate([[self._first], asked, [self._between], part, [self._between]])
        begin = len(asked) + 2
        inside = slice(begin, begin + len(part))
        kinds = np.zeros(len(ids), np.int64)
        kinds[begin:] = 1
        says = np.full(len(ids), _UNSEEN, np.float32)
        says[inside] = 0.0
        spans, proofs, signals = self._session.run(None, {"ids": ids[None], "kinds": kinds[None], "says": says[None]})
        return spans[0, inside], proofs[0, inside], signals[0]


def encode(question: str, spoken: Passage) -> Encoded:
    """Return what the encoder says of a passage as an answer to a question, empty if it is not known."""
    return load_encoder().read(question, spoken)


def proved(found: Encoded, signal: SignalName) -> Floats:
    """Return how much each token helps to prove a signal."""
    return found.proofs[:, list(load_bars().signals).index(signal.value)]


@functools.cache
def load_encoder() -> Encoder:
    """Load the reader that ships with voicemock."""
    return Encoder(FOLDER / "reader.onnx", FOLDER / "wordpieces.txt")


@functools.cache
def load_bars() -> Bars:
    """Read where log odds become verdicts."""
    return msgspec.json.decode(BARS.read_bytes(), type=Bars)


@functools.cache
def reader_version() -> str:
    """Return what changes whenever the reader does: eight hexadecimal digits of the hash of its files."""
    total = hashlib.sha256()
    for path in sorted(FOLDER.iterdir()):
        if path.suffix != ".md":
            total.update(path.read_bytes())
    return total.hexdigest()[:8]


def _of_tokens(odds: Floats, begins: NDArray[np.int64], tokens: NDArray[np.int64]) -> Floats:
    """Return each token's odds, the highest among its word pieces; a hesitation, which is not read, has none."""
    if not len(odds):
        return np.full((len(tokens), odds.shape[1]), _UNSEEN, np.float32)
    words = np.maximum.reduceat(odds, begins, axis=0)
    return np.where(tokens[:, None] >= 0, words[tokens], _UNSEEN)
