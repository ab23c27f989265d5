"""Fit what tells an answer about work from a text about something else, and show how it does on texts held out.

usage: python benchmarks/train_off_topic.py [--write] [ANSWERS.jsonl...]

Reads ``tests/answers`` and ``tests/off_topic.jsonl``: recipes, matches, fairy tales (``something else``), and stories
of cooks, nurses and coaches, which are answers (``work``). Fitted is on all answers and the part called ``fit``; the
part called ``held`` is of other kinds; ``later`` was written once the first threshold stood. Every text is put to every
tenth question of the sets. Further files of answers (as in ``tests/answers``) are measured, not learned. With --write
the weights in ``voicemock/reading/weights`` are replaced.
"""

import argparse
import functools
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from reading import load
from scipy.optimize import minimize

from voicemock.questions.sets import list_sets
from voicemock.reading import elsewhere
from voicemock.reading.learned import FOLDER
from voicemock.reading.meaning import Meaning, load_meaning
from voicemock.reading.sentences import cut
from voicemock.reading.text import passage

TESTS = Path(__file__).parent.parent / "tests"
PENALTY = 0.5
EACH = 100.0
"""What all answers, and all other texts, weigh together in the fit."""
STORY = 15.0
"""What a story from another walk of life weighs against one of the many labelled answers."""


def mean_vector(text: str, model: Meaning) -> NDArray[np.float32]:
    mean = model.vectors([s.line for s in cut(passage(text))]).mean(axis=0)
    return mean / np.linalg.norm(mean)


def fit(
    answers: Sequence[str], stories: Sequence[str], other: Sequence[str], model: Meaning
) -> tuple[float, list[float]]:
    """Return bias and weights of a logistic regression in which both classes count the same."""
    x = np.array([mean_vector(text, model) for text in (*answers, *stories, *other)], dtype=float)
    sizes = [len(answers), len(stories), len(other)]
    y = np.repeat([1.0, 1.0, 0.0], sizes)
    work = len(answers) + STORY * len(stories)
    weight = np.repeat([EACH / work, STORY * EACH / work, EACH / len(other)], sizes)

    def loss(point: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        z = x @ point[:-1] + point[-1]
        off = weight * (1 / (1 + np.exp(-z)) - y)
        value = (weight * (np.logaddexp(0, z) - y * z)).sum() + PENALTY / 2 * (point[:-1] @ point[:-1])
        return value, np.append(x.T @ off + PENALTY * point[:-1], off.sum())

    best = minimize(loss, np.zeros(x.shape[1] + 1), jac=True, method="L-BFGS-B")
    return round(float(best.x[-1]), 3), [round(float(w), 3) for w in best.x[:-1]]


def called_off(texts: Sequence[tuple[str, str]], model: Meaning) -> int:
    """Count the answers of (question, answer) that are called off topic, as ``reading/signals.py`` does."""
    return sum(elsewhere.about_something_else(question, cut(passage(text)), model) for question, text in texts)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("more", nargs="*", type=Path)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    model = load_meaning()
    assert model, "needs the extra `meaning`"
    model._vector = functools.cache(model._embed)  # every text is read many times
    answers = [r for p in sorted((TESTS / "answers").glob("*.jsonl")) if p.stem != "evidence" for r in load(p)]
    texts = [json.loads(line) for line in (TESTS / "off_topic.jsonl").read_text(encoding="utf-8").splitlines()]

    def of(about: str, half: str) -> list[str]:
        return [t["text"] for t in texts if t["about"] == about and t["part"] == half]

    if options.write:
        told = [r["text"] for r in answers]
        bias, vector = fit(told, of("work", "fit"), of("something else", "fit"), model)
        line = json.dumps({"bias": bias, "vector": vector}, separators=(",", ":"))
        (FOLDER / "elsewhere.json").write_text(line + "\n", encoding="utf-8")
        elsewhere._reader.cache_clear()
    questions = [q.text for s in list_sets() for q in s.questions][::10]
    for about in ("something else", "work"):
        for half in ("fit", "held", "later"):
            pairs = [(question, text) for text in of(about, half) for question in questions]
            print(f"{about}, {half}: {called_off(pairs, model)} of {len(pairs)} called off topic")
    for name, rows in (("tests/answers", answers), *((p.stem, load(p)) for p in options.more)):
        asked = [(r["question"], r["text"]) for r in rows]
        other = [(rows[(n + 7) % len(rows)]["question"], r["text"]) for n, r in enumerate(rows)]
        first = [(question, " ".join(text.split()[:45])) for question, text in asked]
        for what, pairs in (("", asked), (", another's question", other), (", first 45 words", first)):
            print(f"{name}{what}: {called_off(pairs, model)} of {len(pairs)} called off topic", flush=True)


if __name__ == "__main__":
    main()
