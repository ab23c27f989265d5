"""Read the example answers: strong ones should not be accused, hollow ones not praised for what they lack.

usage: python benchmarks/examples.py [--aloud] [--some 8] [--voice natural] [--model tiny.en]

Without --aloud, as text: prints the table of docs/examples.md and what is wrong, label by label. With it, strong
answers, so many of them and spread over the sets, are spoken and listened to.
"""

import argparse
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import voicemock
from voicemock.coaching.what_worked import praiseworthy
from voicemock.questions.examples import Example, examples
from voicemock.schema import AnswerReport, SignalName
from voicemock.voices import open_voice

MISSING = ("missing_signals", "missing_metric", "missing_tradeoff")


class Label(NamedTuple):
    """One thing an answer is labelled to show, or to lack, and what was heard.

    heard: None if it could not be told. sure: clearly enough to be praised, see ``coaching.what_worked``.
    """

    question: str
    name: str
    signal: bool
    heard: bool | None
    sure: bool


def labels(example: Example, report: AnswerReport, *, strong: bool) -> Iterator[Label]:
    """Yield each label of one of the two answers beside what its report says; a concept is labelled by points."""
    points = {point.name: point.heard for point in report.points}
    for name in example.shows if strong else example.lacks:
        if name in points:
            yield Label(example.question.id, name, False, points[name], False)
        else:
            read = report.signals[SignalName(name)]
            heard = None if name in report.undecided else read.present
            yield Label(example.question.id, name, True, heard, bool(heard) and name in praiseworthy(report))


def other_findings(report: AnswerReport) -> list[str]:
    """Return the findings that are not about something missing."""
    return [finding.check for finding in report.findings if finding.check not in MISSING]


def spread(every: tuple[Example, ...], wanted: int) -> list[Example]:
    """Return so many of the examples, at even distances."""
    return [every[n * len(every) // wanted] for n in range(min(wanted, len(every)))]


def read_all(*, strong: bool) -> tuple[list[Label], list[str]]:
    """Read every strong or every hollow answer as text: its labels, and findings about something else than a gap."""
    found, others = [], []
    for one in examples():
        report = voicemock.check(one.strong if strong else one.hollow, question=one.question)
        found += labels(one, report, strong=strong)
        others += [f"{one.question.id}: {check}" for check in other_findings(report)]
    return found, others


def wrong(found: list[Label], *, strong: bool) -> list[Label]:
    """Return what was not heard of what is there, or heard of what is not."""
    return [label for label in found if label.heard is (not strong)]


def rows(found: list[Label], *, strong: bool) -> Iterator[str]:
    """Yield the rows of the table in docs/examples.md."""
    for signal, what in ((True, "signals"), (False, "points of a concept")):
        some = [label for label in found if label.signal is signal]
        states = [sum(label.heard is state for label in some) for state in (True, None, False)]
        title = f"{what} that a strong answer shows" if strong else f"{what} that a hollow answer lacks"
        sure = str(sum(label.sure for label in some)) if signal else "–"
        yield f"| {title} | {len(some)} | {states[0]} | {sure} | {states[1]} | {states[2]} |"


def by_text() -> None:
    print("| | labels | heard | of these clearly | could not tell | not heard |\n|---|---|---|---|---|---|")
    read = {strong: read_all(strong=strong) for strong in (True, False)}
    for strong, (found, _) in read.items():
        print(*rows(found, strong=strong), sep="\n")
    for strong, (found, others) in read.items():
        print("\nwrongly not heard in strong answers:" if strong else "\nwrongly heard in hollow answers:")
        for label in wrong(found, strong=strong):
            print(f"- {label.question}: {label.name}{', clearly' if label.sure else ''}")
        if strong:
            print("\nother findings on strong answers:", *others, sep="\n- ")


def by_ear(some: int, voice: str, model: str) -> None:
    speaker = open_voice(voice)
    print(
        "| strong answer to | shown | heard | could not tell | not heard | other findings |\n|---|---|---|---|---|---|"
    )
    for one in spread(examples(), some):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "answer.wav"
            speaker.render(one.strong, path)
            report = voicemock.review(path, question=one.question, model=model)
        found = list(labels(one, report, strong=True))
        row = [sum(label.heard is state for label in found) for state in (True, None)]
        missed = ", ".join(label.name for label in found if label.heard is False) or "–"
        cells = [f"`{one.question.id}`", len(found), *row, missed, ", ".join(other_findings(report)) or "–"]
        print(f"| {' | '.join(map(str, cells))} |", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--aloud", action="store_true", help="speak and listen, instead of reading the text")
    parser.add_argument("--some", type=int, default=8, help="so many of them are spoken")
    parser.add_argument("--voice", default="natural")
    parser.add_argument("--model", default="tiny.en")
    args = parser.parse_args()
    if args.aloud:
        by_ear(args.some, args.voice, args.model)
    else:
        by_text()


if __name__ == "__main__":
    main()
