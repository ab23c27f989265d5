"""Fit the weights of the learned part on labelled answers, and show how they do on writers held out.

usage: python benchmarks/train_reading.py tests/answers [--write] [--hold WRITER]

The folder holds one file of answers a writer (see ``benchmarks/reading.py``) and
``evidence.jsonl``: the sentences that prove a label. Without --write every writer is read with
weights fitted on the others; with it the weights in ``voicemock/reading/weights`` are replaced.
"""

import argparse
import json
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec
from fitting import fit
from reading import load, overlaps, read_row, score

from voicemock.reading import learned
from voicemock.reading.cues import load_cues
from voicemock.reading.learned import SignalWeights, Weights
from voicemock.reading.metrics import quantity_features, sentence_of
from voicemock.reading.numbers import find_quantities
from voicemock.reading.sentences import cut, features
from voicemock.reading.signals import answer_features
from voicemock.reading.text import passage
from voicemock.schema import Reading, SignalName

FOLDS = 4
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


def fit_metric(rows: Sequence[Row]) -> Weights:
    seen, wanted = [], []
    for row in rows:
        spoken = row["passage"]
        inside = sentence_of(spoken)
        for quantity in find_quantities(spoken):
            seen.append(dict.fromkeys(quantity_features(spoken, quantity, inside[quantity.head]), 1.0))
            wanted.append(overlaps(spoken.chars(quantity.first, quantity.end), row["spans"]["metric"]))
    return fit(seen, wanted, prior=VERDICTS, bias=0.0, pull=3.0, seen_in=2)


def fit_tradeoff(rows: Sequence[Row]) -> Weights:
    seen, wanted = [], []
    for row in rows:
        sentences = row["sentences"]
        for sentence, names in zip(sentences, features(sentences, load_cues()[SignalName.TRADEOFF]), strict=True):
            start, end = row["passage"].chars(sentence.first, sentence.end)
            shared = [min(end, e) - max(start, s) for s, e in row["spans"]["tradeoff"]]
            seen.append(scaled(names))
            wanted.append(max(shared, default=0) > 0.5 * (end - start))
    weights = fit(
        seen, wanted, prior=cue_priors(SignalName.TRADEOFF, near=0.4), bias=-4.0, pull=2.0, seen_in=3, keep=300
    )
    return unscaled(weights)


def fit_sentences(name: SignalName, rows: Sequence[Row]) -> Weights:
    seen, wanted, weight = [], [], []
    for row in rows:
        proofs = row["evidence"].get(name.value, [])
        for sentence, names in zip(row["sentences"], row["seen"][name], strict=True):
            quote = row["text"][slice(*row["passage"].chars(sentence.first, sentence.end))]
            proves = quote in proofs
            seen.append(scaled(names))
            wanted.append(proves)
            # A sentence nobody marked in an answer that holds the signal may prove it all the same.
            weight.append(4.0 if proves else 0.3 if row["labels"][name.value] else 1.0)
    weights = fit(
        seen, wanted, prior=cue_priors(name, near=0.1), bias=-4.0, pull=1.0, row_weights=weight, seen_in=3, keep=150
    )
    return unscaled(weights)


def fit_signal(name: SignalName, rows: Sequence[Row]) -> SignalWeights:
    scores: dict[str, list[float]] = {}
    for fold in range(FOLDS):
        inner = fit_sentences(name, [row for i, row in enumerate(rows) if i % FOLDS != fold])
        for row in rows[fold::FOLDS]:
            scores[row["id"]] = [inner.score(names) for names in row["seen"][name]]
    wanted = [row["labels"][name.value] for row in rows]
    balance = max(0.3, min(3.0, wanted.count(False) / max(1, wanted.count(True))))
    answer = fit(
        [answer_features(scores[row["id"]]) for row in rows],
        wanted,
        prior={"best": 0.8, "second": 0.3},
        bias=0.0,
        pull=1.0,
        row_weights=[balance if want else 1.0 for want in wanted],
    )
    return SignalWeights(sentence=fit_sentences(name, rows), answer=answer)


def fit_all(rows: Sequence[Row]) -> Iterator[tuple[str, Weights | SignalWeights]]:
    yield "metric", fit_metric(rows)
    yield "tradeoff", fit_tradeoff(rows)
    for name in load_cues():
        if name is not SignalName.TRADEOFF:
            yield name.value, fit_signal(name, rows)


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
            rows.append(row)
    return rows


def write(folder: Path, rows: Sequence[Row]) -> None:
    folder.mkdir(exist_ok=True)
    for name, weights in fit_all(rows):
        path = folder / f"{name}.json"
        path.write_bytes(msgspec.json.format(msgspec.json.encode(weights, order="sorted"), indent=1) + b"\n")


def read_with(folder: Path, rows: Sequence[Row]) -> list[Reading]:
    """Read answers with the weights of another folder than the one that ships."""
    learned.FOLDER = folder
    learned.load_weights.cache_clear()
    learned.load_signal.cache_clear()
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
