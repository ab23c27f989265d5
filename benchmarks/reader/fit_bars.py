"""Fit where the reader's log odds become verdicts, on answers it did not learn from, and show what that gives.

    python benchmarks/reader/fit_bars.py --real FILE [FILE …] [--fold 0] [--measure FILE [--diagram SVG]] [--write]

Reads with the file that ships, as voicemock does. Of each signal the chance is fitted to the log odds by logistic
regression; "not heard" is said up to the chance that keeps it right, "heard" from the chance on that serves best, and
praised from where it is mostly right. With --write ``voicemock/reading/reader/bars.json`` is replaced, and beside it
``question_words.txt``, the words of voicemock's own questions and of those that the invented answers were given to.
"""

from __future__ import annotations

import argparse
import dataclasses
import itertools
import math
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec
import numpy as np
from diagram import reliability_svg
from numpy.typing import NDArray
from rows import ROOT, SIGNALS, SPANS, Row, apart, elsewhere, invented, real, split
from sklearn.linear_model import LogisticRegression

from voicemock.questions.sets import list_sets
from voicemock.reading import encoder, from_text
from voicemock.reading.encoder import Bars, Encoded, SignalBars
from voicemock.reading.familiar import FAMILIAR, question_words
from voicemock.reading.fillers import find_fillers
from voicemock.reading.metrics import find_metrics
from voicemock.reading.pronouns import find_pronouns
from voicemock.reading.sentences import strengths
from voicemock.reading.text import Passage, passage
from voicemock.reading.tradeoffs import find_tradeoffs

MISSED = 0.08
"""Chance up to which a signal is called missing: of what is called missing so, 19 in 20 are."""
ACCUSED = 0.05
"""Nor may more than this share of the answers that hold a signal lie there: who is asked for a rare one may have it."""
LEAST_HEARD, MOST_HEARD = 0.30, 0.5
PRAISED = 0.75
CHANCES = (0.1, 0.3, 0.5, 0.75, 0.9)
"""Borders of the rows in the table of how often what is said is true."""
ON_TOPIC_MARGIN = 0.5
"""In log odds: how far below every answer held out, and every beginning of one, lies what is about something else."""
SHORT = 45
"""Words of a beginning; with fewer than forty nothing is assessed."""
FEW = 12
"""With fewer examples of either kind among real passages, invented answers are fitted to as well."""


def read(rows: Sequence[Row]) -> list[Encoded]:
    network = encoder.load_encoder()
    return [network.read(row.question, passage(row.text)) for row in rows]


def beginnings(rows: Sequence[Row]) -> list[Row]:
    """Return the first words of answers, as few as are assessed: short, and about work all the same."""
    told = [row for row in rows if row.habit != "strict"]
    return [dataclasses.replace(row, text=" ".join(row.text.split()[:SHORT])) for row in told]


def chances(odds: NDArray, labels: NDArray) -> tuple[float, float]:
    """Return slope and intercept of the chance that a signal is there."""
    model = LogisticRegression(C=1.0).fit(odds[:, None], labels)
    return float(model.coef_[0, 0]), float(model.intercept_[0])


def fit(rows: Sequence[Row], found: Sequence[Encoded]) -> tuple[dict[str, SignalBars], dict[str, tuple[float, float]]]:
    """Return each signal's bars, and the line from its log odds to those of the chance that it is there."""
    bars, lines = {}, {}
    for n, name in enumerate(SIGNALS):
        odds = np.array([one.signals[n] for one in found])
        labels = np.array([np.nan if row.labels[name] is None else row.labels[name] for row in rows])
        usable = np.array([row.habit in ("careful", "own") for row in rows]) & ~np.isnan(labels)
        if min((labels[usable] == 1).sum(), (labels[usable] == 0).sum()) < FEW:
            usable = np.array([row.habit != "strict" for row in rows]) & ~np.isnan(labels)
        lines[name] = slope, intercept = chances(odds[usable], labels[usable])

        def at(chance: float, slope: float = slope, intercept: float = intercept) -> float:
            return round((_logit(chance) - intercept) / max(slope, 0.05), 3)

        there = odds[np.array([row.habit != "strict" for row in rows]) & (labels == 1)]
        heard = min(MOST_HEARD, max(LEAST_HEARD, float(labels[usable].mean())))
        missed = min(at(MISSED), round(float(np.quantile(there, ACCUSED)), 3))
        bars[name] = SignalBars(heard=at(heard), praised=at(PRAISED), missed=missed)
        if name == "on_topic":
            least = min(float(odds.min()), *(float(one.signals[n]) for one in read(beginnings(rows))))
            bars[name] = SignalBars(heard=0.0, praised=0.0, missed=round(least - ON_TOPIC_MARGIN, 3))
    return bars, lines


Places = list[tuple[int, int]]


def _spans_of(kind: str) -> Callable[[Passage, Encoded], Places]:
    """Return what finds a kind of span in a passage, as characters."""

    def found_by(spoken: Passage, found: Encoded) -> Places:
        if kind == "filler":
            fillers = find_fillers(spoken, from_text(spoken.text), found, filled_pauses=None)
            return [(one.char_start, one.char_end) for one in fillers]
        if kind in ("i", "we"):
            return [(one.char_start, one.char_end) for one in getattr(find_pronouns(spoken, found), kind)]
        finder = find_metrics if kind == "metric" else find_tradeoffs
        return [spoken.chars(*place) for place in finder(spoken, found)]

    return found_by


def span_f1(kind: str, rows: Sequence[Row], found: Sequence[Encoded]) -> float:
    """Return the F1 of a kind of span: found and marked ones match if they touch."""
    hit_found = n_found = hit_marked = n_marked = 0
    for row, one in zip(rows, found, strict=True):
        marked = row.spans[kind]
        if marked is not None:
            places = _spans_of(kind)(passage(row.text), one)
            hit_found += sum(any(a < d and c < b for c, d in marked) for a, b in places)
            hit_marked += sum(any(a < d and c < b for c, d in places) for a, b in marked)
            n_found, n_marked = n_found + len(places), n_marked + len(marked)
    precision, recall = hit_found / max(1, n_found), hit_marked / max(1, n_marked)
    return 2 * precision * recall / max(1e-9, precision + recall)


def set_bars(bars: Bars, path: Path) -> None:
    """Have everything read with these bars."""
    path.write_bytes(msgspec.json.format(msgspec.json.encode(bars), indent=1) + b"\n")
    encoder.BARS = path
    encoder.load_bars.cache_clear()


def fit_spans(
    signals: dict[str, SignalBars], rows: Sequence[Row], found: Sequence[Encoded], path: Path
) -> dict[str, float]:
    """Return from which log odds a word, a quantity or a sentence counts: where F1 is best, and around it."""
    best: dict[str, float] = dict.fromkeys(SPANS.values(), 0.0)
    for kind in best:
        scores = {}
        for bar in np.arange(-3.5, 1.75, 0.25):
            set_bars(Bars(signals, best | {kind: float(bar)}), path)
            scores[float(bar)] = span_f1(kind, rows, found)
        smooth = {b: sum(scores.get(b + step, scores[b]) for step in (-0.25, 0, 0.25)) for b in scores}
        best[kind] = max(smooth, key=smooth.__getitem__)
    return best


def report(name: str, bars: Bars, rows: Sequence[Row], found: Sequence[Encoded]) -> None:
    """Print of each signal how many are true, what "not heard" and "heard" are worth, and the whole."""
    accuracies, areas, right, missed, heard, good, unsure, asked = [], [], 0, 0, 0, 0, 0, 0
    for n, (signal, bar) in enumerate(bars.signals.items()):
        odds = np.array([one.signals[n] for one in found])
        labels = np.array([np.nan if row.labels[signal] is None else row.labels[signal] for row in rows])
        odds, labels = odds[~np.isnan(labels)], labels[~np.isnan(labels)]
        said = np.where(odds >= bar.heard, 1.0, np.where(odds <= bar.missed, 0.0, 0.5))
        praised = labels[odds >= bar.praised]
        if min((labels == 1).sum(), (labels == 0).sum()) >= 4:
            accuracy = (said[labels == 1].mean() + 1 - said[labels == 0].mean()) / 2
            area = float((odds[labels == 1][:, None] > odds[labels == 0]).mean())
            if n < 20:
                accuracies.append(accuracy)
                areas.append(area)
            print(
                f"  {signal:15} {int(labels.sum()):4}/{len(labels):4} balanced {accuracy:.2f} area {area:.2f}"
                f"  not heard {int((labels[said == 0] == 0).sum())}/{(said == 0).sum()}"
                f"  heard {int(labels[said == 1].sum())}/{(said == 1).sum()}"
                f"  praised {int(praised.sum())}/{len(praised)}"
            )
        if n < 20:
            right, missed = right + (labels[said == 0] == 0).sum(), missed + (said == 0).sum()
            good, heard = good + labels[said == 1].sum(), heard + (said == 1).sum()
            unsure, asked = unsure + (said == 0.5).sum(), asked + len(said)
    f1 = {kind: round(span_f1(kind, rows, found), 2) for kind in SPANS.values()}
    print(
        f"{name}: {len(rows)} answers, macro {np.mean(accuracies):.3f}, area {np.mean(areas):.3f}, not heard right"
        f" {right / max(1, missed):.3f} of {missed}, heard right {good / max(1, heard):.3f},"
        f" unsure {unsure / asked:.2f}, quotes right {quotes_right(rows, found):.2f}, spans {f1}"
    )


def reliability(
    lines: dict[str, tuple[float, float]], rows: Sequence[Row], found: Sequence[Encoded], diagram: Path | None
) -> None:
    """Print, and draw, how often a signal is there, by the chance that its log odds stand for."""
    said, true = [], []
    for n, (signal, (slope, intercept)) in enumerate(lines.items()):
        if signal != "on_topic":
            for row, one in zip(rows, found, strict=True):
                if row.labels[signal] is not None:
                    said.append(1 / (1 + math.exp(-slope * one.signals[n] - intercept)))
                    true.append(row.labels[signal])
    edges = np.digitize(said, CHANCES)
    for step, (low, high) in enumerate(itertools.pairwise((0.0, *CHANCES, 1.0))):
        inside = edges == step
        if inside.any():
            print(
                f"  chance {low:.2f} to {high:.2f}: {inside.sum():5} judged, {np.mean(np.array(true)[inside]):.2f} true"
            )
    if diagram:
        diagram.write_text(reliability_svg(said, true), "utf-8")


def quotes_right(rows: Sequence[Row], found: Sequence[Encoded]) -> float:
    """Return how often the sentence that would be quoted for a signal is one that the annotator marked as its proof."""
    right = []
    for row, one in zip(rows, found, strict=True):
        spoken = passage(row.text)
        for n, signal in enumerate(SIGNALS):
            if signal not in ("metric", "tradeoff", "on_topic") and row.proofs.get(signal):
                scores = strengths(spoken, one.proofs[:, n])
                start, end = spoken.chars(*spoken.sentences[int(np.argmax(scores))])
                right.append(any(start < b and a < end for a, b in row.proofs[signal]))
    return float(np.mean(right))


def report_elsewhere(bars: Bars) -> None:
    """Print how much of what is about something else altogether is told, and whether stories of other trades pass."""
    place, bar = list(bars.signals).index("on_topic"), bars.signals["on_topic"].missed
    for about in ("something else", "work"):
        for part in ("fit", "held", "later"):
            rows = elsewhere(part, about)
            told = sum(one.signals[place] <= bar for one in read(rows))
            print(f"about {about}, {part}: {told} of {len(rows)} called off topic")


def write_question_words() -> None:
    """Keep the words of all questions that the reader knows."""
    shipped = [question for each in list_sets(ROOT / "question_sets") for question in each.questions]
    own = [question for question in shipped if question.kind != "concept"]  # from explanations it did not learn
    probes = [text for question in own for text in (*question.variants, *question.follow_ups.values())]
    texts = [*(question.text for question in own), *probes, *(row.question for row in invented())]
    FAMILIAR.write_text("\n".join(sorted(set().union(*map(question_words, texts)))) + "\n", "utf-8")


def _logit(chance: float) -> float:
    return math.log(chance / (1 - chance))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--real", type=Path, nargs="+", required=True)
    parser.add_argument("--measure", type=Path)
    parser.add_argument("--fold", type=int, default=0)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--diagram", type=Path, help="where the reliability on --measure is drawn, as SVG")
    options = parser.parse_args()
    measured = real(options.measure) if options.measure else []
    rows = apart([*invented(), *elsewhere(), *(row for path in options.real for row in real(path))], measured)
    held = split(rows, options.fold)[1]
    found = read(held)
    signals, lines = fit(held, found)
    spoken = [(row, one) for row, one in zip(held, found, strict=True) if row.habit != "invented"]
    shipped = encoder.BARS
    if options.write:
        write_question_words()
    with tempfile.TemporaryDirectory() as folder:
        bars = Bars(signals, fit_spans(signals, *zip(*spoken, strict=True), Path(folder) / "bars.json"))
        set_bars(bars, shipped if options.write else Path(folder) / "bars.json")
        for habits in (("careful", "own"), ("strict",), ("invented",)):
            some = [(row, one) for row, one in zip(held, found, strict=True) if row.habit in habits]
            report("held out, " + ", ".join(habits), bars, *zip(*some, strict=True))
        if measured:
            report_elsewhere(bars)
            found = read(measured)
            report("measured", bars, measured, found)
            reliability(lines, measured, found, options.diagram)


if __name__ == "__main__":
    main()
