"""Fine-tune a small encoder as a reader of answers, and say how it reads answers it has not seen.

    python benchmarks/reader/train.py --real FILE [FILE …] [--measure FILE] [--fold 0] [--out WEIGHTS.npz]

Needs the ``train`` extra. FILE: labelled real passages; benchmarks/real_speech/README.md tells how to rebuild. With
--fold, a quarter of the episodes and writers is held out and measured on. --top: layers that learn, from the top.
Prints, for each set, the balanced accuracy of each signal at the threshold that serves the held-out real passages best
(an upper bound there, fair on --measure), the area under its curve, and F1 of the spans' words.
"""

from __future__ import annotations

import argparse
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
import optax
from model import LAYERS, Params, forward, load_params, load_tokenizer, loss
from numpy.typing import NDArray
from rows import ELSEWHERE, HABITS, SIGNALS, SPANS, Row, apart, elsewhere, invented, real, split
from sklearn.linear_model import LogisticRegression

from voicemock.reading.pieces import pieces
from voicemock.reading.text import passage

LENGTHS = (96, 160, 224, 288, 352, 416, 512)
"""Word pieces a window; answers are padded to the next, longer ones cut at random."""
MOST_OF_QUESTION = 40
WORDS_A_STEP = 16 * 288
UNPROVEN = 0.15
"""What the words of a true answer that are not among its proofs count as evidence against: some may prove it too."""
NO_QUESTION, OTHER_QUESTION = 0.10, 0.08
"""Shares of answers learned from without their question, and with another's, which they do not answer."""
WEIGHTS = {"careful": 2.0, "own": 1.5}
"""What an answer's labels count by who gave them: real speech, twenty signals judged one by one, counts most."""
ON_TOPIC = SIGNALS.index("on_topic")
SHORT_PIECES = (45, 150)
BEGINNINGS = 2
"""Word pieces of a beginning, and how many of each answer tell an answer from a recipe."""

Floats = NDArray[np.float32]


class Encoded(NamedTuple):
    """A row in word pieces: ids (n), spans (n, 5), their weight (5), proofs and their weight (n, 30), labels (30)."""

    row: Row
    question: list[int]
    ids: list[int]
    spans: Floats
    spans_weight: Floats
    proofs: Floats
    proofs_weight: Floats
    labels: Floats


def encode(row: Row, tokenizer) -> Encoded:
    def ids_of(text: str) -> list[int]:
        return tokenizer.encode(text, add_special_tokens=False).ids

    spoken = passage(row.text)
    read = [(spoken.chars(piece.first, piece.end), ids_of(piece.read)) for piece in pieces(spoken)]
    starts = np.array([start for (start, _), ids in read for _ in ids])
    ends = np.array([end for (_, end), ids in read for _ in ids])

    def covered(places) -> Floats:
        inside = [(starts < end) & (ends > start) for start, end in places or ()]
        return np.any([np.zeros(len(starts), bool), *inside], axis=0).astype(np.float32)

    labels = np.array([np.nan if row.labels[s] is None else row.labels[s] for s in SIGNALS], np.float32)
    proofs = np.stack([covered(row.proofs.get(signal)) for signal in SIGNALS], axis=1)
    weight = np.ones_like(proofs)
    for n, signal in enumerate(SIGNALS):
        if labels[n] == 1 and signal not in ("metric", "tradeoff"):
            weight[:, n] = np.where(proofs[:, n], 1.0, UNPROVEN * proofs[:, n].any())
    weight[:, np.isnan(labels)] = 0.0
    question = [i for piece in pieces(passage(row.question)) for i in ids_of(piece.read)][:MOST_OF_QUESTION]
    spans = np.stack([covered(row.spans[kind]) for kind in SPANS.values()], axis=1)
    marked = np.array([row.spans[kind] is not None for kind in SPANS.values()], np.float32)
    return Encoded(row, question, [i for _, ids in read for i in ids], spans, marked, proofs, weight, labels)


def length(one: Encoded) -> int:
    return next((n for n in LENGTHS if n >= len(one.ids) + len(one.question) + 3), LENGTHS[-1])


def batch(some: Sequence[Encoded], size: int, special: tuple[int, int], chance=None) -> tuple[dict, list[slice]]:
    """Return rows as arrays padded to a size, and where each answer's words are; chance: for learning."""
    first, between = special
    shape = (len(some), size)
    arrays = {name: np.zeros(shape, np.int32) for name in ("ids", "kinds")}
    arrays |= {name: np.zeros(shape, bool) for name in ("there", "answer")}
    arrays |= {n: np.zeros((*shape, len(SPANS)), np.float32) for n in ("spans", "spans_weight")}
    arrays |= {n: np.zeros((*shape, len(SIGNALS)), np.float32) for n in ("proofs", "proofs_weight")}
    labels, places = [], []
    for n, one in enumerate(some):
        question, wanted, draw = one.question, one.labels.copy(), chance.random() if chance else 1.0
        if draw < NO_QUESTION:
            question, wanted[ON_TOPIC] = [], np.nan
        elif draw < NO_QUESTION + OTHER_QUESTION:
            question, wanted[ON_TOPIC] = some[n - 1].question, 0.0
        room = min(len(one.ids), size - 3 - len(question))
        start = int(chance.integers(len(one.ids) - room + 1)) if chance else 0
        part, place = slice(start, start + room), slice(len(question) + 2, len(question) + 2 + room)
        ids = [first, *question, between, *one.ids[part], between]
        arrays["ids"][n, : len(ids)], arrays["there"][n, : len(ids)] = ids, True
        arrays["kinds"][n, place.start : len(ids)], arrays["answer"][n, place] = 1, True
        arrays["spans"][n, place], arrays["spans_weight"][n, place] = one.spans[part], one.spans_weight
        arrays["proofs"][n, place], arrays["proofs_weight"][n, place] = one.proofs[part], one.proofs_weight[part]
        labels.append(wanted)
        places.append(place)
    known = ~np.isnan(labels)
    habit = np.array([HABITS.index(one.row.habit) for one in some])
    weight = np.array([WEIGHTS.get(one.row.habit, 1.0) for one in some], np.float32)
    return {**arrays, "labels": np.where(known, labels, 0.0), "known": known, "habit": habit, "weight": weight}, places


def batches(rows: Sequence[Encoded], chance) -> list[tuple[int, list[Encoded]]]:
    """Return the rows in random groups of one length and about as many words each."""
    by: dict[int, list[Encoded]] = defaultdict(list)
    for row in rows:
        by[length(row)].append(row)
    found = []
    for size, some in by.items():
        many = max(4, WORDS_A_STEP // size // 4 * 4)
        order = [some[i] for i in chance.permutation(len(some))]
        groups = [order[at : at + many] for at in range(0, len(order), many)]
        groups[-1] += [some[i] for i in chance.integers(len(some), size=many - len(groups[-1]))]
        found += [(size, group) for group in groups]
    chance.shuffle(found)
    return found


def optimiser(params: Params, steps: int, *, rate: float, top: int) -> optax.GradientTransformation:
    """Return AdamW with a smaller rate the lower a layer lies; layers below the top do not learn."""

    def adam(peak: float, decay: float = 0.01) -> optax.GradientTransformation:
        course = optax.warmup_cosine_decay_schedule(0, peak, steps // 16 + 1, steps, peak * 0.02)
        return optax.adamw(course, weight_decay=decay)

    kinds = {
        str(n): adam(rate * 0.9 ** (LAYERS - 1 - n)) if n >= LAYERS - top else optax.set_to_zero()
        for n in range(LAYERS)
    }
    kinds["heads"] = adam(2e-3)
    kinds["embedding"] = adam(rate * 0.9**LAYERS, 0.0) if top == LAYERS else optax.set_to_zero()
    names = {name: jax.tree.map(lambda _, name=name: name, params[name]) for name in ("heads", "embedding")}
    names["layers"] = [jax.tree.map(lambda _, n=n: str(n), layer) for n, layer in enumerate(params["layers"])]
    return optax.chain(optax.clip_by_global_norm(1.0), optax.multi_transform(kinds, names))


class Read(NamedTuple):
    """What was read of rows: log odds of signals (rows, 30), of each row's span words (n, 5)."""

    signals: Floats
    spans: list[Floats]


def read(params: Params, rows: Sequence[Encoded], special: tuple[int, int]) -> Read:
    order = sorted(range(len(rows)), key=lambda i: length(rows[i]))
    signals, spans = np.zeros((len(rows), len(SIGNALS)), np.float32), [np.zeros(0)] * len(rows)
    for at in range(0, len(order), 8):
        some = order[at : at + 8]
        filled = [rows[i] for i in some] + [rows[some[-1]]] * (8 - len(some))
        arrays, places = batch(filled, max(map(length, filled)), special)
        words, _, whole, _ = map(np.asarray, _forward(params, arrays))
        for n, i in enumerate(some):
            signals[i], spans[i] = whole[n], words[n, places[n]]
    return Read(signals, spans)


_forward = jax.jit(lambda params, arrays: forward(params, arrays))


def learn_on_topic(params: Params, rows: Sequence[Encoded], special: tuple[int, int], seed: int) -> Params:
    """Fit once more what tells an answer from a recipe, on beginnings of every length.

    What is about something else is short, the answers are long; left alone, the network takes what is short for off
    topic. Whether it was *this* question that was answered, it cannot tell anyhow.
    """
    chance = np.random.default_rng(seed)
    parts, wanted = [], []
    for one in rows:
        other = one.row.group == ELSEWHERE
        if other or one.row.habit != "strict":
            for _ in range(1 if other else BEGINNINGS):
                keep = int(chance.integers(*SHORT_PIECES))
                parts.append(one._replace(ids=one.ids[:keep], spans=one.spans[:keep], proofs=one.proofs[:keep]))
                wanted.append(not other)
        if not other:
            parts.append(one)
            wanted.append(True)
    found = []
    for at in range(0, len(parts), 8):
        some = parts[at : at + 8]
        filled = some + [some[-1]] * (8 - len(some))
        cut = [one._replace(proofs_weight=one.proofs_weight[: len(one.ids)]) for one in filled]
        arrays, _ = batch(cut, max(map(length, cut)), special)
        found.append(np.asarray(_forward(params, arrays)[3])[: len(some), ON_TOPIC])
    fitted = LogisticRegression(C=1.0, class_weight="balanced", max_iter=2000).fit(np.concatenate(found), wanted)
    heads = dict(params["heads"])
    heads["signals"] = heads["signals"].at[ON_TOPIC].set(fitted.coef_[0])
    heads["signals_bias"] = heads["signals_bias"].at[ON_TOPIC].set(fitted.intercept_[0])
    heads["strongest"] = heads["strongest"].at[ON_TOPIC].set(0.0)
    return params | {"heads": heads}


def balanced(odds: Floats, labels: Floats, bar: float) -> float:
    return float(((odds[labels == 1] > bar).mean() + (odds[labels == 0] <= bar).mean()) / 2)


def best_bar(odds: Floats, labels: Floats) -> float:
    return max(np.unique(odds), key=lambda bar: balanced(odds, labels, bar))


def bars(done: Read, rows: Sequence[Encoded]) -> dict[str, float]:
    """Return the threshold of each signal that serves these rows best."""
    labels = np.array([row.labels for row in rows])
    known = ~np.isnan(labels)
    enough = [n for n in range(len(SIGNALS)) if {0.0, 1.0} <= set(labels[known[:, n], n])]
    return {SIGNALS[n]: best_bar(done.signals[known[:, n], n], labels[known[:, n], n]) for n in enough}


def report(name: str, done: Read, rows: Sequence[Encoded], bar: dict[str, float]) -> Iterator[str]:
    """Yield a line a signal that at least four rows show and four do not, then the means and the spans' F1."""
    labels = np.array([row.labels for row in rows])
    accuracies, areas = [], []
    for n, signal in enumerate(SIGNALS):
        known = ~np.isnan(labels[:, n])
        odds, wanted = done.signals[known, n], labels[known, n]
        yes, no = odds[wanted == 1], odds[wanted == 0]
        if min(len(yes), len(no)) >= 4:
            accuracies.append(balanced(odds, wanted, bar.get(signal, 0.0)))
            areas.append(float((yes[:, None] > no).mean()))
            yield f"  {signal:16} {len(yes):4} of {len(wanted):4}  balanced {accuracies[-1]:.2f}  area {areas[-1]:.2f}"
    f1 = []
    for n, kind in enumerate(SPANS.values()):
        marked = [
            (d[:, n] > 0, row.spans[: len(d), n] > 0)
            for d, row in zip(done.spans, rows, strict=True)
            if row.spans_weight[n]
        ]
        both, either = sum((a & b).sum() for a, b in marked), sum(a.sum() + b.sum() for a, b in marked)
        f1.append(f"{kind} {2 * both / max(1, either):.2f}")
    yield f"{name}: balanced {np.mean(accuracies):.3f}, area {np.mean(areas):.3f}; F1 of words: {', '.join(f1)}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--real", type=Path, nargs="+", required=True)
    parser.add_argument("--measure", type=Path)
    parser.add_argument("--fold", type=int)
    parser.add_argument("--top", type=int, default=LAYERS)
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--rate", type=float, default=1.2e-4)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--limit", type=int, help="learn from so many rows only, to try it out")
    parser.add_argument("--start", type=Path, help="weights to go on from; with --epochs 0 only on_topic is fitted")
    parser.add_argument("--out", type=Path, help="where the weights go")
    options = parser.parse_args()
    jax.config.update("jax_default_prng_impl", "rbg")

    tokenizer = load_tokenizer()
    special = tokenizer.token_to_id("[CLS]"), tokenizer.token_to_id("[SEP]")
    measured = real(options.measure) if options.measure else []
    rows = apart([*invented(), *elsewhere(), *(row for path in options.real for row in real(path))], measured)
    learned, held = ([encode(row, tokenizer) for row in some] for some in split(rows, options.fold))
    learned = learned[: options.limit]
    print(f"{len(learned)} rows to learn from, {len(held)} held out, {len(measured)} to measure on.", flush=True)

    params = load_params(options.seed)
    if options.start:
        stored = {name: jnp.asarray(value) for name, value in np.load(options.start).items()}
        params = jax.tree_util.tree_map_with_path(lambda path, _: stored[jax.tree_util.keystr(path)], params)
    chance, key = np.random.default_rng(options.seed), jax.random.key(options.seed)
    course = [group for _ in range(options.epochs) for group in batches(learned, chance)]
    tool = optimiser(params, max(2, len(course)), rate=options.rate, top=options.top)
    state = tool.init(params)

    @jax.jit
    def step(params, state, arrays, key):
        lost, slope = jax.value_and_grad(loss)(params, arrays, key)
        moves, state = tool.update(slope, state, params)
        return optax.apply_updates(params, moves), state, lost

    began, losses = time.monotonic(), []
    for number, (size, group) in enumerate(course, start=1):
        key, own = jax.random.split(key)
        params, state, lost = step(params, state, batch(group, size, special, chance)[0], own)
        losses.append(float(lost))
        if number % 50 == 0:
            print(
                f"{number} of {len(course)}, {time.monotonic() - began:.0f} s: {np.mean(losses[-50:]):.3f}", flush=True
            )
    params = learn_on_topic(params, learned, special, options.seed)
    if options.out:
        flat = {jax.tree_util.keystr(path): np.asarray(x) for path, x in jax.tree_util.tree_leaves_with_path(params)}
        np.savez(options.out, **flat)
    sets = {
        "held out, real": [one for one in held if one.row.habit in ("careful", "own")],
        "held out, real, strict": [one for one in held if one.row.habit == "strict"],
        "held out, invented": [one for one in held if one.row.habit == "invented"],
        "measured": [encode(row, tokenizer) for row in measured],
    }
    done = {name: read(params, some, special) for name, some in sets.items() if some}
    bar = bars(done["held out, real"], sets["held out, real"]) if "held out, real" in done else {}
    for name, result in done.items():
        print(*report(name, result, sets[name], bar), sep="\n", flush=True)


if __name__ == "__main__":
    main()
